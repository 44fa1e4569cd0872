// What the report is about, when, who and what is named, which documents are cited, which terms matter.

function overview() {
  const { documents, entities, persons, references, statistics, stripped } = report;
  const numbers = [
    ["documents", documents.length, "timeline"],
    ["running_words", documents.reduce((sum, { size }) => sum + size, 0), "terms"],
    ["names_found", entities.length, "names"],
    ["posts_found", persons.length, "persons"],
    ["citations", references.length, "references"],
    ["figures_found", statistics.length, "figures"],
  ];
  const sections = [...grouped(documents, (one) => one.section)].map(([name, same]) => ({ name, documents: same }));
  const blocks = { kept: 0, dropped: 0 };
  for (const { kept, blocks: count } of stripped) blocks[kept ? "kept" : "dropped"] += count;
  return section("overview", t("overview"), null,
    el("dl", { class: "numbers" }, numbers.map(([key, count, target]) =>
      el("div", {}, el("dt", {}, el("a", { href: `#${target}` }, t(key))), el("dd", {}, shown(count))))),
    el("div", { class: "columns" },
      el("div", {}, el("h3", {}, t("sections")), dataTable({
        id: "sections", caption: t("sections_caption"), rows: sections, sort: "documents", columns: [
          { key: "name", label: t("section"), value: (row) => row.name, cell: (row) => row.name || t("none") },
          documentsColumn((row) => row.documents.map(({ number }) => number), (row) => row.name || t("none")),
        ] })),
      el("div", {}, el("h3", {}, t("stripped")),
        el("p", { class: "note" }, t("stripped_note", { kept: shown(blocks.kept), dropped: shown(blocks.dropped) })),
        dataTable({ id: "stripped", caption: t("stripped_caption"), rows: stripped, sort: "blocks", columns: [
          { key: "role", label: t("role"), value: (row) => t(`role_${row.role}`), cell: (row) => t(`role_${row.role}`) },
          { key: "rule", label: t("rule"), value: (row) => row.rule, cell: (row) => el("code", {}, row.rule) },
          { key: "kept", label: t("in_text"), value: (row) => (row.kept ? 1 : 0), cell: (row) => t(row.kept ? "yes" : "no") },
          plainNumber("documents", t("documents"), (row) => row.documents),
          plainNumber("blocks", t("blocks"), (row) => row.blocks),
          plainNumber("characters", t("characters"), (row) => row.characters),
        ] }))));
}

const plainNumber = (key, label, value) => ({ key, label, look: "number", value, cell: (row) => shown(value(row)) });

const documentsColumn = (numbers, heading) => ({ key: "documents", label: t("documents"), look: "number",
  value: (row) => numbers(row).length,
  cell: (row) => link(shown(numbers(row).length), () => showDocuments(heading(row), numbers(row)),
    { "aria-label": `${t("n_documents", { count: shown(numbers(row).length) })}: ${heading(row)}` }) });

const mentionsColumn = (heading) => ({ key: "mentions", label: t("mentions"), look: "number",
  value: (row) => row.items.length,
  cell: (row) => link(shown(row.items.length), () => showItems(heading(row), row.items),
    { "aria-label": `${t("times", { count: shown(row.items.length) })}: ${heading(row)}` }) });

const numbersOf = (items) => [...new Set(items.map(({ document }) => document))];

const PERIOD_LIMIT = 36;

function timelineSection() {
  const dated = report.documents.filter(({ published }) => /^\d{4}/.test(published || ""));
  const undated = report.documents.length - dated.length;
  const note = undated ? t("undated_note", { count: shown(undated) }) : null;
  if (!dated.length) return section("timeline", t("timeline"), note);
  const months = dated.every(({ published }) => /^\d{4}-\d\d/.test(published)) ? between(dated, 7) : [];
  const periods = months.length && months.length <= PERIOD_LIMIT ? months : between(dated, 4);
  const found = grouped(dated, ({ published }) => published.slice(0, periods[0].length));
  const rows = periods.map((period) => ({ period, documents: found.get(period) || [] }));
  return section("timeline", t("timeline"), note, el("figure", {}, timeline(rows)),
    el("details", {}, el("summary", {}, t("as_table")), dataTable({
      id: "periods", caption: t("timeline_label"), rows, sort: "period", down: false, size: 12, columns: [
        { key: "period", label: t("period"), value: (row) => row.period, cell: (row) => dateOf(row.period) },
        documentsColumn((row) => row.documents.map(({ number }) => number), (row) => dateOf(row.period)),
      ] })));
}

// All years (4 characters of a date) or months (7) from the first to the last, empty ones included.
function between(dated, length) {
  const cut = dated.map(({ published }) => published.slice(0, length)).sort();
  const count = (period) => (length === 4 ? +period : +period.slice(0, 4) * 12 + +period.slice(5) - 1);
  const [first, last] = [count(cut[0]), count(cut.at(-1))];
  if (last - first > 400) return [...new Set(cut)];
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const value = first + at;
    return length === 4 ? String(value).padStart(4, "0")
      : `${String(Math.floor(value / 12)).padStart(4, "0")}-${String((value % 12) + 1).padStart(2, "0")}`;
  });
}

function names() {
  const labels = ["PER", "ORG", "LOC"].map((label) => {
    const same = grouped(report.entities.filter((one) => one.label === label), ({ name }) => name);
    const rows = [...same].map(([name, items]) => ({ name, items }));
    const most = Math.max(...rows.map(({ items }) => items.length), 1);
    return el("div", {}, el("h3", {}, t(label)), searched({
      id: `names-${label}`, caption: t(`${label}_caption`), rows, sort: "mentions", text: (row) => row.name, columns: [
        { key: "name", label: t("name"), value: (row) => row.name, cell: (row) => [row.name, share(row.items.length / most)] },
        documentsColumn((row) => numbersOf(row.items), (row) => row.name),
        mentionsColumn((row) => row.name),
      ] }));
  });
  return section("names", t("names"), t("names_note"), el("div", { class: "columns three" }, labels));
}

function share(part) {
  const bar = el("span", { class: "share", "aria-hidden": "true" });
  bar.style.width = `${Math.max(1, 100 * part)}%`;
  return bar;
}

// A table with a search field over it; `text` is what is searched.
function searched({ id, text, ...more }) {
  const state = () => states.get(id) || {};
  const known = new Map(more.rows.map((row) => [row, folded(text(row))]));
  return dataTable({ id, ...more,
    kept: () => {
      const wanted = folded(state().query || "");
      return wanted ? more.rows.filter((row) => known.get(row).includes(wanted)) : more.rows;
    },
    controls: (mine, changed) => el("div", { class: "controls" }, searchField(id, mine, changed)) });
}

function searchField(id, state, changed) {
  const field = el("input", { type: "search", id: `${id}-search`, autocomplete: "off",
    oninput: () => { state.query = field.value; changed(); } });
  field.value = state.query || "";
  return el("label", { for: field.id }, t("search"), field);
}

function personsSection() {
  const rows = [...grouped(report.persons, ({ name }) => name)].map(([name, items]) => ({
    name, items, posts: [...grouped(items, ({ post }) => post)].sort((one, other) => other[1].length - one[1].length) }));
  return section("persons", t("persons"), t("persons_note"), searched({
    id: "posts", caption: t("persons_caption"), rows, sort: "mentions",
    text: (row) => [row.name, ...row.posts.map(([post]) => post)].join(" "), columns: [
      { key: "name", label: t("name"), value: (row) => row.name, cell: (row) => row.name },
      { key: "posts", label: t("posts"), look: "wide", value: (row) => row.posts[0][0], cell: (row) =>
        el("ul", { class: "plain" }, row.posts.map(([post, items]) =>
          el("li", {}, link(post, () => showItems(`${row.name}, ${post}`, items)),
            items.length > 1 ? ` × ${shown(items.length)}` : null))) },
      documentsColumn((row) => numbersOf(row.items), (row) => row.name),
      mentionsColumn((row) => row.name),
    ] }));
}

const CITING = 3;

function references() {
  const rows = [...grouped(report.references, ({ key }) => key)].map(([key, items]) => ({ key, items,
    name: items.reduce((best, { text }) => (text.length > best.length ? text : best), ""), type: items[0].type,
    citing: numbersOf(items) }));
  return section("references", t("references"), t("references_note"), searched({
    id: "cited", caption: t("references_caption"), rows, sort: "documents",
    text: (row) => [row.key, row.name, ...row.citing.map(titleOf)].join(" "), columns: [
      { key: "name", label: t("cited"), look: "wide", value: (row) => row.name, cell: (row) =>
        [row.name, el("br"), el("code", {}, row.key)] },
      { key: "type", label: t("type"), value: (row) => row.type, cell: (row) => row.type },
      { key: "citing", label: t("citing"), look: "wide", value: (row) => titleOf(row.citing[0]), cell: (row) =>
        el("ul", { class: "plain" }, row.citing.slice(0, CITING).map((number) => el("li", {},
          link(titleOf(number), () => showArticle(number, row.items.find(({ document }) => document === number))))),
          row.citing.length > CITING ? el("li", {}, link(t("and_more", { count: shown(row.citing.length - CITING) }),
            () => showDocuments(row.name, row.citing))) : null) },
      documentsColumn((row) => row.citing, (row) => row.name),
      mentionsColumn((row) => row.name),
    ] }));
}

const STRIPS = 30;

function termsSection() {
  const { terms } = report;
  if (!terms.length) return section("terms", t("terms"), t("no_rows"));
  const occurrences = grouped(report.occurrences, ({ term }) => term);
  terms.forEach((term, number) => (term.items = occurrences.get(number) || []));
  const pick = (term) => showItems(term.term, term.items, true);
  const strip = strips();
  const typical = (row) => (row.typical < 0 ? null : row.typical);
  return section("terms", t("terms"), t("terms_note", { count: shown(terms.length) }),
    el("figure", {}, scatter(terms, pick), el("figcaption", {}, legend(), el("p", {}, t("scatter_caption")))),
    searched({ id: "term-table", caption: t("terms_caption"), rows: terms, sort: "count", size: 12, text: ({ term }) => term, columns: [
      { key: "term", label: t("term"), look: "wide", value: ({ term }) => term, cell: ({ term }) => term },
      { key: "count", label: t("mentions"), look: "number", value: ({ count }) => count, cell: (row) =>
        link(shown(row.count), () => pick(row), { "aria-label": `${t("times", { count: shown(row.count) })}: ${row.term}` }) },
      plainNumber("doc_freq", t("documents"), (row) => row.doc_freq),
      { key: "keyness", label: "G²", look: "number", value: ({ keyness }) => keyness, cell: ({ keyness }) => shown(keyness, 1, true) },
      { key: "typical", label: t("typical"), look: "wide", value: (row) => (typical(row) === null ? null : titleOf(row.typical)),
        cell: (row) => (typical(row) === null ? "–" : link(titleOf(row.typical), () =>
          showArticle(row.typical, row.items.find(({ document }) => document === row.typical)))) },
      { key: "dp_norm", label: t("dp"), look: "number", value: ({ dp_norm }) => dp_norm, cell: ({ dp_norm }) =>
        [shown(dp_norm, 2, true), el("span", { class: "iso" }, t(`${shapeOf(dp_norm).key}_short`))] },
    ] }),
    el("h3", {}, t("strips")), el("p", { class: "note" }, t("strips_note")),
    el("ul", { class: "strips" }, terms.slice(0, STRIPS).map((term) => el("li", {},
      link(term.term, () => pick(term)),
      strip(t("strip_label", { term: term.term, count: shown(term.count), documents: shown(term.doc_freq) }), term.items),
      el("span", { class: "number" }, shown(term.dp_norm, 2, true))))));
}
