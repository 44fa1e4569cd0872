// One dialog with two views: a list of passages, and an article with a passage marked.

const dialog = el("dialog", { "aria-labelledby": "dialog-heading" });
let trail = [];

function show(view) {
  if (!dialog.open) {
    trail = [];
    dialog.showModal();
  }
  trail.push(view);
  redrawDialog();
}

function redrawDialog() {
  if (!dialog.open) return;
  const { heading, facts, body, settle } = trail.at(-1)();
  const back = trail.length > 1
    ? el("button", { type: "button", onclick: () => { trail.pop(); redrawDialog(); } }, `← ${t("back")}`) : null;
  dialog.replaceChildren(
    el("header", {},
      el("div", { class: "tools" }, back, el("button", { type: "button", onclick: () => dialog.close() }, t("close"))),
      el("h2", { id: "dialog-heading", tabindex: "-1" }, heading), facts ? el("p", { class: "note" }, facts) : null),
    el("div", { class: "body", tabindex: "0", role: "region", "aria-labelledby": "dialog-heading" }, body));
  dialog.querySelector("h2").focus();
  dialog.querySelector(".body").scrollTop = 0;
  if (settle) settle();
}

dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

const factsOf = ({ published, section: place, authors, id, title }) =>
  [dateOf(published), place, authors, title ? id : null].filter(Boolean).join(" · ");

// An article; the item's passage is marked and scrolled to.
function showArticle(document, item = null) {
  show(() => {
    const about = report.documents[document];
    const body = report.articles ? articleBody(document, item) : el("p", {}, t("no_text"));
    return { heading: titleOf(document), facts: factsOf(about), body, settle: () => {
      const mark = dialog.querySelector("mark");
      if (mark) mark.scrollIntoView({ block: "center" });
    } };
  });
}

const BLOCK_TAGS = { title: "h3", heading: "h4", question: "p", caption: "p", lead: "p" };

function articleBody(document, item) {
  const article = report.texts[document];
  return el("article", { lang: "vi" }, (report.blocksOf.get(document) || []).map((block) => {
    const end = block.start + block.length;
    const inside = item && item.start >= block.start && item.start < end;
    const stop = inside ? Math.min(item.start + item.length, end) : 0;
    const parts = inside
      ? [article.slice(block.start, item.start), el("mark", {}, article.slice(item.start, stop)), article.slice(stop, end)]
      : [article.slice(block.start, end)];
    return el(BLOCK_TAGS[block.role] || "p", { class: block.role }, ...parts);
  }));
}

const AT_ONCE = 100;

// The passages of items, each leading to its place. `aligned` sets them as a concordance.
function showItems(heading, items, aligned = false) {
  let limit = AT_ONCE;
  show(() => {
    const many = documentsIn(items);
    const facts = t("mentions_in", { mentions: shown(items.length), documents: shown(many) });
    const more = el("button", { type: "button", onclick: () => { limit += AT_ONCE; redrawDialog(); } }, t("more"));
    if (!report.articles) return { heading, facts: `${facts}. ${t("no_text")}`, body: documentList(items) };
    const rows = items.slice(0, limit).map(aligned ? aligned_ : passage);
    return { heading, facts, body: [el("ol", { class: aligned ? "concordance" : "passages" }, rows),
      items.length > limit ? more : null] };
  });
}

function passage(item) {
  const { before, text, after } = inSentence(item);
  return el("li", {},
    el("p", { lang: "vi" }, before, el("mark", {}, text), after),
    el("p", { class: "source" }, link(titleOf(item.document), () => showArticle(item.document, item)),
      ` · ${dateOf(report.documents[item.document].published)}`));
}

const REACH = 60;

function aligned_(item) {
  const { before, text, after } = inSentence(item);
  const name = `${text}: ${titleOf(item.document)}`;
  return el("li", { lang: "vi" },
    el("span", { class: "left" }, el("bdi", {}, before.slice(-REACH))),
    link(text, () => showArticle(item.document, item), { "aria-label": name, title: titleOf(item.document) }),
    el("span", { class: "right" }, after.slice(0, REACH)));
}

function documentList(items) {
  return el("ol", { class: "passages" }, [...grouped(items, (item) => item.document)].map(([number, same]) =>
    el("li", {}, titleOf(number), el("p", { class: "source" },
      `${factsOf(report.documents[number])} · ${t("times", { count: shown(same.length) })}`))));
}

// A list of documents.
function showDocuments(heading, numbers) {
  show(() => ({ heading, facts: t("n_documents", { count: shown(numbers.length) }), body:
    el("ol", { class: "passages" }, numbers.map((number) => el("li", {},
      link(titleOf(number), () => showArticle(number)),
      el("p", { class: "source" }, factsOf(report.documents[number]))))) }));
}
