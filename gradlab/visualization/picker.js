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
    const data = root.querySelector(".gradlab-choices");
    if (!data || root.dataset.picking) return;
    root.dataset.picking = "yes";
    root.classList.add("gradlab-picking");
    const { start, groups, cells } = JSON.parse(data.textContent);
    let chosen = start;

    const form = make("div", { className: "gradlab-pick" }, root);
    const select = (text) => {
      const label = make("label", { textContent: text + " " }, form);
      return make("select", {}, label);
    };
    const tensor = select("Follow a cell of");
    const cell = select("at");
    groups.forEach(([name], k) => make("option", { value: k, textContent: name }, tensor));
    const ledger = make("section", { className: "gradlab-ledger", tabIndex: 0 }, root);
    ledger.setAttribute("aria-label", "Paths of the chosen cell");
    const head = make("p", {}, ledger);
    head.setAttribute("aria-live", "polite");
    const table = make("table", {}, ledger);
    const foot = make("p", { className: "gradlab-sum" }, ledger);

    function offer(k) {
      cell.replaceChildren();
      groups[k][1].forEach(([name, key]) => {
        make("option", { value: key, textContent: name }, cell);
      });
    }
    function choose(key) {
      chosen = key;
      const own = cells[key];
      const k = groups.findIndex(([, all]) => all.some((each) => each[1] === key));
      tensor.value = k;
      offer(k);
      cell.value = key;
      head.textContent = own.head;
      foot.textContent = own.foot;
      table.replaceChildren();
      own.rows.forEach(([where, product]) => {
        const row = make("tr", {}, table);
        make("td", { textContent: where }, row);
        make("td", { textContent: product }, row);
      });
      light();
    }
    function light() {
      const lit = new Set(cells[chosen].lit);
      root.querySelectorAll(".gradlab-stage [data-cell]").forEach((rect) => {
        const key = rect.dataset.cell;
        rect.classList.toggle("gradlab-lit", lit.has(key));
        rect.classList.toggle("gradlab-chosen", key === chosen);
      });
    }
    tensor.addEventListener("change", () => choose(groups[tensor.value][1][0][1]));
    cell.addEventListener("change", () => choose(cell.value));
    root.addEventListener("click", (event) => {
      const rect = event.target.closest("[data-cell]");
      if (rect && cells[rect.dataset.cell]) choose(rect.dataset.cell);
    });
    root.addEventListener("gradlab-frame", light);
    choose(start);
  }

  players.forEach(mount);
})();
