// A table that is sorted by its headings, filtered, and turned page by page. Its state outlives a change of language.

const states = new Map();

// columns: { key, label, value: row => what to sort by, cell: row => what to show, look: class of its cells }
function dataTable({ id, caption, columns, rows, sort, down = true, size = 10, controls = null, kept = () => rows }) {
  if (!states.has(id)) states.set(id, { sort, down, page: 0 });
  const state = states.get(id);
  const body = el("tbody");
  const status = el("p", { class: "status", role: "status" });
  const pager = el("div", { class: "pager" });
  const headings = columns.map((column) => el("th", { scope: "col", class: column.look },
    el("button", { type: "button", onclick: () => order(column) }, column.label,
      el("span", { "aria-hidden": "true", class: "arrow" }))));

  function order(column) {
    state.down = state.sort === column.key ? !state.down : column.look === "number";
    state.sort = column.key;
    state.page = 0;
    redraw();
  }

  function turn(by) {
    state.page += by;
    redraw();
    const again = pager.querySelector(by < 0 ? "button:first-child" : "button:last-child");
    (again.disabled ? pager.querySelector("button:not(:disabled)") || again : again).focus();
  }

  function redraw() {
    const column = columns.find(({ key }) => key === state.sort);
    const found = [...kept()];
    const sign = state.down ? -1 : 1;
    const empty = (value) => value === null || value === undefined || value === "";
    found.sort((one, other) => {
      const [first, second] = [column.value(one), column.value(other)];
      return empty(first) || empty(second) ? compare(first, second) : sign * compare(first, second);
    });
    const pages = Math.max(1, Math.ceil(found.length / size));
    state.page = Math.min(state.page, pages - 1);
    const first = state.page * size;
    body.replaceChildren(...found.slice(first, first + size).map((row) => el("tr", {},
      columns.map(({ cell, look }) => el("td", { class: look }, cell(row))))));
    columns.forEach((one, at) => {
      const mine = one === column;
      headings[at].setAttribute("aria-sort", mine ? (state.down ? "descending" : "ascending") : "none");
      headings[at].querySelector(".arrow").textContent = mine ? (state.down ? " ↓" : " ↑") : "";
    });
    const last = Math.min(first + size, found.length);
    status.textContent = found.length
      ? t("rows_shown", { first: shown(first + 1), last: shown(last), all: shown(found.length) }) : t("no_rows");
    pager.replaceChildren(...(pages === 1 ? [] : [
      el("button", { type: "button", disabled: first === 0, onclick: () => turn(-1) }, t("previous")),
      el("button", { type: "button", disabled: last === found.length, onclick: () => turn(1) }, t("next")),
    ]));
  }

  redraw();
  const table = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, headings)), body);
  const changed = () => { state.page = 0; redraw(); };
  return el("div", { class: "table", id },
    controls ? controls(state, changed) : null,
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table),
    el("div", { class: "foot" }, status, pager));
}
