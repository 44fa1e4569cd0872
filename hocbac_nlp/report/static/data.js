// The data: inflated, columns decoded into rows, and what is looked up by document.

async function inflated(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The articles, from the numbers of their pieces; 0 ends an article (`texts.py` says how numbers are written).
function unpieced(bytes, pieces) {
  const texts = [];
  let text = [];
  for (let at = 0; at < bytes.length;) {
    let number = bytes[at++];
    if (number === 255) {
      number = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
      at += 3;
    } else if (number >= 192) {
      number = 192 + ((number - 192) << 8) + bytes[at++];
    }
    if (number) text.push(pieces[number]);
    else {
      texts.push(text.join(""));
      text = [];
    }
  }
  return texts;
}

function decoded(column) {
  if (Array.isArray(column)) return column;
  if (column.words) return column.at.map((index) => column.words[index]);
  let value = 0;
  return column.deltas.map((difference) => (value += difference));
}

function rowsOf(table) {
  const columns = Object.entries(table).map(([name, column]) => [name, decoded(column)]);
  return columns[0][1].map((_, row) => Object.fromEntries(columns.map(([name, values]) => [name, values[row]])));
}

function grouped(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (groups.has(key)) groups.get(key).push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

const documentsIn = (items) => new Set(items.map((item) => item.document)).size;

let report;

async function load() {
  const { pieces, ...data } = JSON.parse(new TextDecoder().decode(await inflated("data")));
  report = { texts: data.articles ? unpieced(await inflated("texts"), pieces) : [] };
  for (const [name, value] of Object.entries(data)) {
    report[name] = value && typeof value === "object" ? rowsOf(value) : value;
  }
  report.documents.forEach((one, number) => (one.number = number));
  report.statistics.forEach((one, number) => (one.number = number));
  if (report.articles) {
    report.blocksOf = grouped(report.blocks, (block) => block.document);
    report.sentencesOf = grouped(report.sentences, (sentence) => sentence.document);
    for (const item of [...report.statistics, ...report.references]) {
      item.text = report.texts[item.document].slice(item.start, item.start + item.length).replace(/\s+/g, " ");
    }
  }
}

// The sentence around an item: { before, text, after }; null in a report without articles.
function inSentence(item) {
  if (!report.articles) return null;
  const article = report.texts[item.document];
  const end = item.start + item.length;
  const around = sentenceAt(report.sentencesOf.get(item.document) || [], item.start);
  const first = around ? around.start : item.start;
  const last = around ? Math.max(around.start + around.length, end) : end;
  return { before: article.slice(first, item.start), text: article.slice(item.start, end), after: article.slice(end, last) };
}

function sentenceAt(sentences, offset) {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle].start <= offset) low = middle + 1;
    else high = middle;
  }
  return low ? sentences[low - 1] : undefined;
}
