// Beside an explorer in a page: given the class of its controls, and what to say where
// they are missing.
//
// Screen readers speak what changes inside an element that stays, and name a slider by
// its label. ipywidgets keeps the element around the text of an HTML widget, but gives
// neither it a role nor the handle of a slider a name.
//
// The picture below is folded only while there are controls: in a notebook that is
// opened again, an error of ipywidgets stands in their place.
(name, without) => {
  const mark = (all) => {
    all.querySelectorAll(".gradlab-line .widget-html-content").forEach((line) =>
      line.setAttribute("role", "status"));
    all.querySelectorAll("[role=slider]").forEach((handle) => {
      const row = handle.closest(".widget-inline-hbox");
      handle.setAttribute("aria-label", row.querySelector(".widget-label").textContent);
    });
  };
  const begin = () => {
    const fresh = document.querySelectorAll(`.${name}:not([data-marked])`);
    fresh.forEach((all) => {
      all.dataset.marked = "yes";
      mark(all);
      new MutationObserver(() => mark(all)).observe(all,
        { childList: true, subtree: true });
    });
    return fresh.length > 0;
  };
  const still = document.currentScript?.previousElementSibling;
  const area = still?.closest(".jp-OutputArea");
  const find = (words) => [...(area?.querySelectorAll("div") ?? [])].find((place) =>
    !place.children.length && place.textContent.startsWith(words));
  const settle = () => {
    const here = begin(), gone = find("Error displaying widget");
    if (gone) gone.textContent = without;
    if (still) still.open = !here && !find("Loading widget");
    return here || gone;
  };
  if (settle()) return;
  const watch = new MutationObserver(() => settle() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
}
