// Elements, words and numbers. Whatever comes from a page is inserted as text, never as markup.

let language = navigator.language.startsWith("vi") ? "vi" : "en";

function t(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "onclick" || name === "oninput" || name === "onchange") node[name] = value;
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

const el = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);
const svg = (tag, properties = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);

// A button that looks like a link in running text.
const link = (text, onclick, more = {}) => el("button", { type: "button", class: "link", onclick, ...more }, text);

// A number as the language writes it, with at most so many decimals; `fixed` keeps zeros, for columns.
const shown = (number, digits = 0, fixed = false) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB",
  { maximumFractionDigits: digits, minimumFractionDigits: fixed ? digits : 0 }).format(number);

const compare = (one, other) => {
  if (one === other) return 0;
  if (one === null || one === undefined || one === "") return 1;
  if (other === null || other === undefined || other === "") return -1;
  return typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
};
const collator = new Intl.Collator("vi");

// Text as it is searched: without case, tone marks and the stroke of đ.
const folded = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");

const titleOf = (number) => report.documents[number].title || report.documents[number].id;

// A date as the language writes it; what is no ISO date stays as it is.
function dateOf(published) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(published || "");
  if (!parts) return published || t("undated");
  const [, year, month, day] = parts;
  if (language === "vi") return [day, month, year].filter(Boolean).join("/");
  if (!month) return year;
  const date = new Date(Date.UTC(+year, +month - 1, +(day || 1)));
  const how = { year: "numeric", month: "short", timeZone: "UTC", ...(day ? { day: "numeric" } : {}) };
  return Number.isNaN(date.getTime()) ? published : new Intl.DateTimeFormat("en-GB", how).format(date);
}

function section(id, heading, note, ...children) {
  return el("section", { id, "aria-labelledby": `${id}-heading` },
    el("h2", { id: `${id}-heading` }, heading), note ? el("p", { class: "note" }, note) : null, ...children);
}
