"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const table = byId("table");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];

  const filter = () => {
    const wanted = byId("search").value.trim().toLowerCase();
    const verdict = byId("verdict").value;
    let shown = 0;
    for (const row of body.rows) {
      const fits = (!verdict || row.dataset.verdict === verdict)
        && row.dataset.text.toLowerCase().includes(wanted);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    byId("count").textContent = `${shown} of ${body.rows.length} shown`;
  };

  const columns = () => {
    const which = byId("columns").value;
    for (const cell of table.querySelectorAll(".cell")) {
      const task = cell.classList.contains("of-task");
      cell.hidden = which === "tasks" ? !task
        : task || (which === "must" && !cell.classList.contains("of-must"));
    }
  };

  const key = (row, at) => row.cells[at].dataset.sort ?? row.cells[at].textContent.trim();
  const sort = (at) => {
    const down = heads[at].getAttribute("aria-sort") === "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[at].setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = new Intl.Collator("en", { numeric: true });
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [key(a, at), key(b, at)];
      const numbers = x !== "" && y !== "" && !Number.isNaN(+x) && !Number.isNaN(+y);
      return (numbers ? +x - +y : order.compare(x, y)) * (down ? -1 : 1);
    });
    body.append(...rows);
  };

  heads.forEach((head, at) => head.querySelector("button").addEventListener("click", () => sort(at)));
  byId("filters").addEventListener("input", () => { filter(); columns(); });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  filter();
  columns();
})();
