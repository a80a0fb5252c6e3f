/* When a kernel ends, puts a sentence in the place of the controls that it moved.
 *
 * Left alone they would still stand there, do nothing, be left out when the notebook is
 * saved, and come back as "Error displaying widget: model not found". Browsers keep this
 * file for good: rename it when you change it.
 */
(() => {
  const VIEW = "application/vnd.jupyter.widget-view+json";
  const SAID = "These controls ended with their kernel. Run this cell for new ones.";
  const ENDS = ["restarting", "autorestarting", "terminating", "dead"];
  const watched = new WeakSet();

  function endControls(notebook) {
    for (const { outputArea } of notebook.widgets) {
      const outputs = outputArea?.model;
      for (let place = 0; place < (outputs?.length || 0); place += 1) {
        if (!(VIEW in outputs.get(place).data)) continue;
        const data = { "text/html": `<p>${SAID}</p>`, "text/plain": SAID };
        outputs.set(place, { output_type: "display_data", data, metadata: {} });
      }
    }
  }

  function watch(app) {
    for (const panel of app.shell.widgets("main")) {
      if (!panel.sessionContext || !panel.content?.widgets || watched.has(panel)) continue;
      watched.add(panel);
      panel.sessionContext.statusChanged.connect((_, status) => {
        if (ENDS.includes(status)) endControls(panel.content);
      });
    }
  }

  const plugin = {
    id: "gradlab-ended-controls:plugin",
    autoStart: true,
    activate: (app) => {
      app.restored.then(() => {
        watch(app);
        app.shell.layoutModified.connect(() => watch(app));
      });
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["gradlab-ended-controls"] = {
    init: () => {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
