// Plots as inline SVG. Each is an image with a name; what it shows stands in a table beside it.

function timeline(periods) {
  const [width, height, base] = [800, 170, 138];
  const most = Math.max(...periods.map(({ documents }) => documents.length), 1);
  const step = Math.min(width / periods.length, 120);
  const every = Math.ceil(periods.length / 12);
  const bars = periods.map(({ period, documents }, at) => {
    const tall = (documents.length / most) * (base - 26);
    const x = at * step + step / 2;
    return [
      svg("rect", { class: "bar", x: at * step + step * 0.12, y: base - tall, width: step * 0.76, height: tall }),
      documents.length && step > 18 ? svg("text", { x, y: base - tall - 6, class: "value" }, shown(documents.length)) : null,
      at % every ? null : svg("text", { x, y: base + 18, class: "tick" }, dateOf(period)),
    ];
  });
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "plot", "aria-label": t("timeline_label") },
    svg("line", { class: "axis", x1: 0, x2: width, y1: base, y2: base }), bars);
}

const SHAPES = [
  { key: "even", least: 0, path: (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0` },
  { key: "middling", least: 1 / 3, path: (x, y, r) => `M${x},${y - 1.3 * r}l${1.3 * r},${1.3 * r}l${-1.3 * r},${1.3 * r}l${-1.3 * r},${-1.3 * r}z` },
  { key: "clumped", least: 2 / 3, path: (x, y, r) => `M${x - 0.9 * r},${y - 0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z` },
];
const shapeOf = (dp) => SHAPES.findLast(({ least }) => dp >= least);
const shadeOf = (dp) => `shade-${Math.min(4, Math.floor(dp * 5))}`;

function ticks(low, high) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const digit of [1, 2, 5]) {
      const value = digit * 10 ** power;
      if (value >= low && value <= high) found.push(value);
    }
  }
  return found;
}

function scatter(terms, onpick) {
  const [width, height, left, right, top, bottom] = [800, 520, 58, 24, 20, 54];
  const scale = (values, from, to) => {
    const low = Math.min(...values) * 0.85;
    const high = Math.max(...values) * 1.2;
    const at = (value) => from + ((Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))) * (to - from);
    return { at, ticks: ticks(low, high) };
  };
  const lifted = (g2) => Math.max(g2, 0.5);
  const x = scale(terms.map(({ count }) => count), left, width - right);
  const y = scale(terms.map(({ keyness }) => lifted(keyness)), height - bottom, top);
  const grid = [
    x.ticks.map((value) => [
      svg("line", { class: "grid", x1: x.at(value), x2: x.at(value), y1: top, y2: height - bottom }),
      svg("text", { class: "tick", x: x.at(value), y: height - bottom + 18 }, shown(value)),
    ]),
    y.ticks.map((value) => [
      svg("line", { class: "grid", x1: left, x2: width - right, y1: y.at(value), y2: y.at(value) }),
      svg("text", { class: "tick end", x: left - 8, y: y.at(value) + 4 }, shown(value, 1)),
    ]),
    svg("text", { class: "title", x: (left + width - right) / 2, y: height - 10 }, t("axis_count")),
    svg("text", { class: "title", transform: `translate(14 ${(top + height - bottom) / 2}) rotate(-90)` }, t("axis_keyness")),
  ];
  const radius = terms.length > 150 ? 3.8 : 5;
  const points = terms.map((term) => {
    const [px, py] = [x.at(term.count), y.at(lifted(term.keyness))];
    const about = t("point", { term: term.term, count: shown(term.count), g2: shown(term.keyness, 1), dp: shown(term.dp_norm, 2) });
    const node = svg("path", { class: `point ${shadeOf(term.dp_norm)}`, d: shapeOf(term.dp_norm).path(px, py, radius) },
      svg("title", {}, about));
    node.addEventListener("click", () => onpick(term));
    return { node, px, py, term };
  });
  const labels = placed(points, left, width - right, top).map(({ text, lx, ly, anchor }) =>
    svg("text", { class: "label", x: lx, y: ly, "text-anchor": anchor }, text));
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "plot", "aria-label": t("scatter_label") },
    grid, [...points].reverse().map(({ node }) => node), labels);
}

const PROMINENT = 14;

// Labels for as many points as have room. The most frequent and the most typical terms may cover other points.
function placed(points, left, right, top) {
  const spots = points.map(({ px, py }) => [px - 4, py - 4, px + 4, py + 4]);
  const taken = [];
  const apart = ([x1, y1, x2, y2]) => ([a1, b1, a2, b2]) => x2 < a1 || a2 < x1 || y2 < b1 || b2 < y1;
  const first = (measure) => [...points].sort((one, other) => measure(other.term) - measure(one.term)).slice(0, PROMINENT);
  const prominent = new Set([...first(({ count }) => count), ...first(({ keyness }) => keyness)]);
  const labels = [];
  for (const point of [...prominent, ...points.filter((one) => !prominent.has(one))]) {
    const { px, py, term } = point;
    const wide = term.term.length * 6.4 + 2;
    const tries = [
      ["start", px + 9, py + 4, [px + 8, py - 7, px + 9 + wide, py + 7]],
      ["end", px - 9, py + 4, [px - 9 - wide, py - 7, px - 8, py + 7]],
      ["middle", px, py - 10, [px - wide / 2, py - 21, px + wide / 2, py - 8]],
    ];
    const clear = (box) => box[0] > left - 4 && box[2] < right + 20 && box[1] > top - 12 && taken.every(apart(box));
    const found = tries.find(([, , , box]) => clear(box) && spots.every(apart(box)))
      || (prominent.has(point) && tries.find(([, , , box]) => clear(box)));
    if (found) {
      const [anchor, lx, ly, box] = found;
      taken.push(box);
      labels.push({ text: term.term, lx, ly, anchor });
    }
  }
  return labels;
}

function legend() {
  return el("ul", { class: "legend" }, SHAPES.map(({ key, least, path }) => el("li", {},
    svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" },
      svg("path", { class: `point ${shadeOf(least + 1 / 6)}`, d: path(8, 8, 5) })), t(key))));
}

const STRIP = 1000;
const STROKES = 250;
const BINS = 125;

// Where each document begins on a strip of all documents end to end, by date. Returns what draws a term's strip:
// a stroke for each occurrence or, where strokes would run together, the number of occurrences as height.
function strips() {
  const order = [...report.documents].sort((one, other) => compare(one.published, other.published) || one.number - other.number);
  const whole = order.reduce((sum, { characters }) => sum + characters, 0) || 1;
  const begins = [];
  let sum = 0;
  for (const { number, characters } of order) {
    begins[number] = sum / whole;
    sum += characters;
  }
  const at = ({ document, start }) =>
    (begins[document] + (start === undefined ? report.documents[document].characters / 2 : start) / whole) * STRIP;
  const borders = order.length <= 60 ? order.slice(1).map(({ number }) => `M${(begins[number] * STRIP).toFixed(1)},0v24`) : [];
  return (name, occurrences) => {
    const strokes = new Set(occurrences.map((one) => Math.round(at(one))));
    return svg("svg", { viewBox: `0 0 ${STRIP} 24`, preserveAspectRatio: "none", role: "img", class: "strip", "aria-label": name },
      svg("path", { class: "border", d: borders.join("") || "M0,0" }),
      strokes.size > STROKES ? svg("path", { class: "heights", d: heights(occurrences.map(at)) })
        : svg("path", { class: "ticks", d: [...strokes].map((x) => `M${x},3v18`).join("") }));
  };
}

function heights(places) {
  const counts = new Array(BINS).fill(0);
  for (const place of places) counts[Math.min(BINS - 1, Math.floor((place / STRIP) * BINS))] += 1;
  const most = Math.max(...counts);
  const wide = STRIP / BINS;
  return counts.map((count, bin) => `M${bin * wide + 0.5},24v${(-22 * count) / most}h${wide - 1}V24z`).join("");
}
