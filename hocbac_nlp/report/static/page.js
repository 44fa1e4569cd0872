// The page: heading, contents, sections; drawn anew when the language changes.

const LANGUAGES = { en: "English", vi: "Tiếng Việt" };

function draw() {
  document.documentElement.lang = language;
  const heading = report.title || t("report");
  document.title = heading;
  const dates = report.documents.map(({ published }) => published).filter((date) => /^\d{4}/.test(date || "")).sort();
  const sections = [overview(), timelineSection(), names(), personsSection(), references(), figures(), termsSection(), about()];
  document.getElementById("report").replaceChildren(
    el("header", { class: "head" },
      el("div", { class: "languages", role: "group", "aria-label": t("language") }, Object.entries(LANGUAGES).map(([code, name]) =>
        el("button", { type: "button", lang: code, id: `language-${code}`, "aria-pressed": String(code === language),
          onclick: () => speak(code) }, name))),
      el("h1", {}, heading),
      el("p", { class: "summary" }, t(dates.length ? "summary" : "summary_undated",
        { documents: shown(report.documents.length), first: dateOf(dates[0]), last: dateOf(dates.at(-1)) })),
      el("nav", { "aria-label": t("contents") }, el("ul", {}, sections.map((one) =>
        el("li", {}, el("a", { href: `#${one.id}` }, one.querySelector("h2").textContent)))))),
    el("main", {}, sections), dialog);
}

function about() {
  const points = ["about_counts", "about_g2", "about_dp", report.articles ? "about_text" : "no_text"];
  return section("about", t("about"), null, points.map((key) => el("p", {}, t(key))),
    el("p", { class: "note" }, t("made_with", { version: report.version })));
}

function speak(code) {
  language = code;
  draw();
  document.getElementById(`language-${code}`).focus();
}

load().then(draw).catch((error) => {
  document.getElementById("report").replaceChildren(el("p", { class: "waiting", role: "alert" }, `${t("broken")} ${error}`));
});
