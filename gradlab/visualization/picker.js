(function () {
  "use strict";
  const here = document.currentScript && document.currentScript.closest(".gradlab-player");
  const players = here ? [here] : document.querySelectorAll(".gradlab-player");

  function make(tag, properties, parent) {
    const element = Object.assign(document.createElement(tag), properties);
    if (parent) parent.append(element);
    return element;
  }

  function mount(root) {
    const data = root.querySelector(".gradlab-choices");
    if (!data || root.dataset.picking) return;
    root.dataset.picking = "yes";
    root.classList.add("gradlab-picking");
    const { start, groups, cells, sayings, said } = JSON.parse(data.textContent);
    const large = root.classList.contains("gradlab-demo");
    const most = large ? 2 : 3; // sentences a frame
    let chosen = start;
    let path = null; // the cells of one path, where a row of the ledger is pointed at
    let step = 0;
    let opened = false; // whether the reader has opened or closed the ledger

    const form = make("div", { className: "gradlab-pick" });
    root.insertBefore(form, root.querySelector(".gradlab-stage"));
    const ask = large ? "Click a cell, or choose" : "Click a cell to follow it, or choose";
    make("span", { textContent: ask }, form);
    const select = (text) => {
      const made = make("select", {}, form);
      made.setAttribute("aria-label", text);
      return made;
    };
    const tensor = select("Follow a cell of");
    const cell = select("Cell");
    groups.forEach(([name], k) => make("option", { value: k, textContent: name }, tensor));
    const sum = make("strong", { className: "gradlab-sum" }, form);
    sum.setAttribute("aria-live", "polite");
    const opener = make("button", { type: "button" }, form);
    opener.addEventListener("click", () => open(ledger.hidden, true));
    const now = make("div", { className: "gradlab-now" });
    const below = root.querySelector(".gradlab-foot");
    below.prepend(now);
    const ledger = make("section", { className: "gradlab-ledger", tabIndex: 0 }, below);
    ledger.setAttribute("aria-label", "Paths of the chosen cell");
    const head = make("p", {}, ledger);
    const table = make("table", {}, ledger);
    const foot = make("p", {}, ledger);

    function offer(k) {
      cell.replaceChildren();
      groups[k][1].forEach(([name, key]) => {
        make("option", { value: key, textContent: name }, cell);
      });
    }
    function choose(key) {
      chosen = key;
      path = null;
      const own = cells[key];
      const k = groups.findIndex(([, all]) => all.some((each) => each[1] === key));
      tensor.value = k;
      offer(k);
      cell.value = key;
      head.textContent = own.head;
      sum.textContent = own.sum;
      foot.textContent = own.foot;
      table.replaceChildren();
      own.rows.forEach(([where, product, spots]) => {
        const row = make("tr", {}, table);
        make("td", { textContent: where }, row);
        make("td", { textContent: product }, row);
        row.addEventListener("pointerenter", () => follow(row, spots));
        row.addEventListener("pointerleave", () => follow(null, null));
        row.dataset.spots = spots;
      });
      light();
    }
    function follow(row, spots) {
      for (const each of table.rows) each.classList.toggle("gradlab-row", each === row);
      path = spots && new Set(spots.split(" "));
      light();
    }
    function open(yes, byReader) {
      opened = opened || byReader;
      ledger.hidden = !yes;
      opener.textContent = yes ? "Paths ▴" : "Paths ▾";
      opener.setAttribute("aria-expanded", yes);
    }
    function walk(event) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const rows = [...table.rows];
      const at = rows.findIndex((row) => row.classList.contains("gradlab-row"));
      const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
      if (!row) return;
      follow(row, row.dataset.spots);
      row.scrollIntoView({ block: "nearest" });
    }
    function paint(shapes, lit, key) {
      shapes.forEach((shape) => {
        const [kind, ends] = shape.dataset.cell.includes(">")
          ? shape.dataset.cell.split(/:(.*)/) : ["cell", shape.dataset.cell];
        const on = ends.split(">").every((end) => lit.has(end));
        shape.classList.toggle("gradlab-lit", on);
        shape.classList.toggle("gradlab-unlit", !on && kind === "wire");
        shape.classList.toggle("gradlab-chosen", ends === key);
      });
    }
    function light() {
      const lit = path || new Set(cells[chosen].lit);
      paint(root.querySelectorAll(".gradlab-stage [data-cell]"), lit, chosen);
      say(lit);
    }
    function say(lit) {
      const own = sayings[said[step]] || {};
      const told = Object.keys(own).filter((key) => lit.has(key));
      now.replaceChildren();
      told.slice(0, most).forEach((key) => make("p", { textContent: own[key] }, now));
      const more = told.length - most;
      if (more > 0) now.lastChild.textContent += " … " + more + " more.";
    }
    tensor.addEventListener("change", () => choose(groups[tensor.value][1][0][1]));
    cell.addEventListener("change", () => choose(cell.value));
    ledger.addEventListener("keydown", walk);
    ledger.addEventListener("blur", () => follow(null, null));
    root.addEventListener("click", (event) => {
      const shape = event.target.closest("[data-cell]");
      if (shape && cells[shape.dataset.cell]) choose(shape.dataset.cell);
    });
    root.addEventListener("gradlab-frame", (event) => {
      step = event.detail;
      if (!opened) open(step === said.length - 1);
      light();
    });
    window.addEventListener("beforeprint", () => {
      const shapes = document.querySelectorAll(".gradlab-film [data-cell]");
      paint(shapes, new Set(cells[start].lit), start);
    });
    open(said.length === 1);
    choose(start);
  }

  players.forEach(mount);
})();
