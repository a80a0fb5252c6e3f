(function () {
  "use strict";
  const here = document.currentScript && document.currentScript.closest(".gradlab-player");
  const players = here ? [here] : document.querySelectorAll(".gradlab-player");

  function make(tag, properties, parent) {
    const element = Object.assign(document.createElement(tag), properties);
    parent.append(element);
    return element;
  }

  function mount(root) {
    if (root.dataset.live) return;
    root.dataset.live = "yes";
    const film = JSON.parse(root.querySelector(".gradlab-film-data").textContent);
    window.gradlabSerial = (window.gradlabSerial || 0) + 1;
    const own = "gradlab-player-" + window.gradlabSerial + "-";
    const svg = (step, prefix) => film.frames[step].map((n) => film.pieces[n]).join("")
      .replaceAll(film.prefix, prefix);
    const last = film.frames.length - 1;
    let shown = 0;
    let asking = false;

    root.querySelector(".gradlab-still").remove();
    const stage = make("div", { className: "gradlab-stage" }, root);
    const drawn = make("div", {}, stage);
    const foot = make("div", { className: "gradlab-foot" }, root);
    const cover = make("div", { className: "gradlab-cover", hidden: true }, foot);
    const question = make("p", {}, cover);
    const reveal = make("button", { type: "button", textContent: "Reveal" }, cover);
    const bar = make("div", { className: "gradlab-bar", hidden: last === 0 }, foot);
    const button = (text, act) => {
      const made = make("button", { type: "button", textContent: text }, bar);
      made.addEventListener("click", act);
      return made;
    };
    const first = button("First", () => go(0));
    const previous = button("Previous", back);
    const next = button("Next", on);
    const end = button("Last", () => go(last));
    const range = make("input", { type: "range", min: 1, max: last + 1, step: 1 }, bar);
    range.setAttribute("aria-label", "Step of: " + film.title);
    range.addEventListener("input", () => go(range.value - 1));
    const count = make("span", { className: "gradlab-count" }, bar);
    const said = make("p", { className: "gradlab-said" }, root);
    said.setAttribute("aria-live", "polite");
    reveal.addEventListener("click", on);
    if (film.demo && root.requestFullscreen) button("Full screen", fullScreen);

    function fullScreen() {
      if (document.fullscreenElement) document.exitFullscreen();
      else root.requestFullscreen();
    }
    function on() {
      if (film.demo && !asking && shown < last) show(shown, true);
      else go(shown + 1);
    }
    function back() {
      go(asking ? shown : shown - 1);
    }
    function go(step) {
      show(Math.max(0, Math.min(last, step)), false);
    }
    function show(step, ask) {
      if (step !== shown || !drawn.firstChild) drawn.innerHTML = svg(step, own);
      // A wide picture scrolls: then the stage can be reached, and arrows move it.
      if (stage.scrollWidth > stage.clientWidth + 1) stage.tabIndex = 0;
      else stage.removeAttribute("tabindex");
      root.dispatchEvent(new CustomEvent("gradlab-frame", { detail: step }));
      shown = step;
      asking = ask;
      const place = "Step " + (step + 1) + " of " + (last + 1);
      const focused = root.contains(document.activeElement) ? document.activeElement : null;
      cover.hidden = !ask;
      bar.hidden = ask || last === 0;
      if (ask && bar.contains(focused)) reveal.focus({ preventScroll: true });
      if (!ask && focused === reveal) next.focus({ preventScroll: true });
      question.textContent = ask ? film.asks[step + 1] : "";
      range.value = step + 1;
      range.setAttribute("aria-valuetext", place);
      count.textContent = step + 1 + " / " + (last + 1);
      said.textContent = ask ? question.textContent : place + ". " + film.says[step];
      [first, previous].forEach((b) => b.setAttribute("aria-disabled", step === 0 && !ask));
      [next, end].forEach((b) => b.setAttribute("aria-disabled", step === last));
    }
    function key(event) {
      if (event.target.closest("select")) {
        // JupyterLab would take arrows and letters for commands of its own.
        if (!["Tab", "Escape"].includes(event.key)) event.stopPropagation();
        return;
      }
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target === stage) return event.stopPropagation();
      const act = {
        ArrowRight: on,
        ArrowLeft: back,
        Home: () => go(0),
        End: () => go(last),
        " ": event.target.closest("button") ? null : on,
      }[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    }
    function strip() {
      const list = document.querySelector(".gradlab-film");
      film.frames.forEach((_, k) => {
        make("li", { innerHTML: svg(k, "gradlab-film-" + k + "-") }, list);
      });
    }
    (film.page ? document : root).addEventListener("keydown", key);
    if (film.page) strip();
    show(0, false);
  }

  players.forEach(mount);
})();
