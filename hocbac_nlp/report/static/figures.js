// The figures: a table that is searched, filtered by kind, unit and year, and sorted; each row leads to its sentence.

const FIGURES_AT_ONCE = 25;

function figures() {
  const rows = report.statistics;
  const known = rows.map((row) => folded([row.text, row.unit, row.of, row.period, titleOf(row.document), sentenceText(row)].join(" ")));
  const yearOf = ({ document }) => (/^\d{4}/.exec(report.documents[document].published || "") || [null])[0];
  const filters = [
    { key: "kind", value: ({ kind }) => kind, shown: (kind) => t(`kind_${kind}`) },
    { key: "unit", value: ({ unit }) => unit, shown: (unit) => unit },
    { key: "year", value: yearOf, shown: (year) => year },
  ];
  let state = {};
  return section("figures", t("figures"), t("figures_note"), dataTable({
    id: "figure-table", caption: t("figures_caption"), rows, sort: "source", down: false, size: FIGURES_AT_ONCE,
    kept: () => {
      state = states.get("figure-table");
      const wanted = folded(state.query || "").split(/\s+/).filter(Boolean);
      return rows.filter((row) => wanted.every((word) => known[row.number].includes(word))
        && filters.every(({ key, value }) => !state[key] || value(row) === state[key]));
    },
    controls: (mine, changed) => el("div", { class: "controls" }, searchField("figures", mine, changed),
      filters.map((filter) => choice(filter, rows, mine, changed))),
    columns: [
      { key: "text", label: t("figure"), value: ({ text }) => text, cell: (row) =>
        link(row.text, () => showItems(row.text, [row]), { "aria-label": t("see_sentence", { text: row.text }) }) },
      { key: "value", label: t("value"), look: "number", value: ({ value, low }) => value ?? low, cell: valueOf },
      { key: "unit", label: t("unit"), value: ({ unit }) => unit, cell: ({ unit }) => unit },
      { key: "of", label: t("of"), look: "narrow", value: ({ of }) => of, cell: ({ of }) => of },
      { key: "period", label: t("period"), value: ({ period, when }) => when || period, cell: ({ period, when }) =>
        [period, when && when !== period ? el("span", { class: "iso" }, when) : null] },
      report.articles && { key: "sentence", label: t("sentence"), look: "sentence", value: sentenceText, cell: quoted },
      { key: "source", label: t("source"), look: "wide", value: (row) => row.number, cell: (row) =>
        [link(titleOf(row.document), () => showArticle(row.document, row)), el("span", { class: "iso" },
          dateOf(report.documents[row.document].published))] },
    ].filter(Boolean) }));
}

function choice({ key, value, shown: name }, rows, state, changed) {
  const counts = new Map();
  for (const row of rows) {
    const found = value(row);
    if (found) counts.set(found, (counts.get(found) || 0) + 1);
  }
  const options = [...counts].sort((one, other) => other[1] - one[1] || compare(one[0], other[0]));
  const select = el("select", { id: `figures-${key}`, onchange: () => { state[key] = select.value; changed(); } },
    el("option", { value: "" }, t("all")),
    options.map(([found, count]) => el("option", { value: found }, `${name(found)} (${shown(count)})`)));
  select.value = state[key] || "";
  return el("label", { for: select.id }, t(key), select);
}

const SIGNS = { "=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ ", ">": "> ", "<": "< " };

function valueOf({ value, low, high, relation, change, vague }) {
  const range = [low, high].map((bound) => (bound === null ? "" : shown(bound, 6))).join("–");
  const number = value === null ? (low === null && high === null ? "" : range) : shown(value, 6);
  const moved = change ? `${t(`change_${change.replace("-", "_")}`)} ` : "";
  return `${moved}${SIGNS[relation]}${number}${vague ? ` (${t("vague")})` : ""}`;
}

function sentenceText(row) {
  const parts = inSentence(row);
  return parts ? parts.before + parts.text + parts.after : "";
}

function quoted(row) {
  const { before, text, after } = inSentence(row);
  return el("span", { lang: "vi" }, before, el("mark", {}, text), after);
}
