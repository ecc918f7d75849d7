"use strict";
// The page's behaviour. Nothing here makes markup of text: every string of the corpus goes into a
// text node. Nothing asks for anything from anywhere.

const LABELS = JSON.parse(document.getElementById("labels").textContent);
const $ = (id) => document.getElementById(id);
const clamp = (x, low, high) => Math.max(low, Math.min(high, x));
let language = document.documentElement.lang === "en" ? 0 : 1;
let data = null;

function t(key, ...values) {
  let at = 0;
  const label = LABELS[key];
  return label ? label[language].replace(/\{\}/g, () => shown(values[at++])) : key;
}
function shown(value) {
  return typeof value === "number" ? value.toLocaleString("en") : String(value);
}

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") node.className = value;
    else if (name === "click") node.addEventListener("click", value);
    else if (typeof value === "boolean" && name.startsWith("aria-")) node.setAttribute(name, String(value));
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}
function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Characters that cannot be seen, written so that they can.
const UNSEEN = /[\u0000-\u001f\u007f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff\ue000-\uf8ff]| /g;
function visible(text) {
  const parts = [];
  let last = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > last) parts.push(text.slice(last, match.index));
    const c = match[0];
    const sign = c === " " ? "␣" : c === "\n" ? "↵" : c === "\r" ? "␍" : c === "\t" ? "⇥" : c === "\u3000" ? "□" : `U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    parts.push(el("span", { class: "sign" }, sign));
    if (c === "\n") parts.push("\n");
    last = match.index + c.length;
  }
  if (last < text.length) parts.push(text.slice(last));
  return parts;
}
const plain = (text) => text.replace(/\n/g, "↵").replace(/ /g, "␣");

// ------------------------------------------------------------------ a list of any length
class VirtualList {
  // Only what can be seen is in the document. Heights are guessed, then measured.
  constructor(box, { guess, render }) {
    this.box = box;
    this.guess = guess;
    this.render = render;
    this.count = 0;
    this.room = el("div", { class: "room", role: "presentation" });
    this.items = new Map();
    box.append(this.room);
    box.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => {
      if (box.clientWidth !== this.width) this.reset(this.count, true);
    }).observe(box);
  }
  reset(count, keep = false) {
    const top = keep && this.tops ? this.at(this.box.scrollTop) : 0;
    this.count = count;
    this.width = this.box.clientWidth;
    this.heights = new Float64Array(count);
    for (let i = 0; i < count; i++) this.heights[i] = this.guess(i, this.width || 600);
    this.tops = new Float64Array(count + 1);
    this.sum(0);
    this.clear();
    this.box.scrollTop = keep ? this.tops[clamp(top, 0, count)] : 0;
    this.draw();
  }
  clear() {
    for (const node of this.items.values()) node.remove();
    this.items.clear();
  }
  again() {
    this.clear();
    this.draw();
  }
  sum(from) {
    for (let i = from; i < this.count; i++) this.tops[i + 1] = this.tops[i] + this.heights[i];
    this.room.style.height = `${this.tops[this.count]}px`;
  }
  at(y) {
    let low = 0, high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle + 1] <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  draw() {
    if (!this.count || !this.box.clientHeight) return;
    for (let pass = 0; pass < 4; pass++) {
      const top = this.box.scrollTop, bottom = top + this.box.clientHeight;
      const first = Math.max(0, this.at(top - 300)), last = Math.min(this.count, this.at(bottom + 300) + 1);
      for (const [i, node] of this.items) {
        if ((i < first || i >= last) && !node.contains(document.activeElement)) {
          node.remove();
          this.items.delete(i);
        }
      }
      const fresh = [];
      for (let i = first; i < last; i++) {
        if (this.items.has(i)) continue;
        const node = this.render(i);
        node.classList.add("item");
        this.items.set(i, node);
        fresh.push([i, node]);
      }
      for (const [i, node] of fresh) {
        // In order, for whoever walks through the document.
        let after = null;
        for (let j = i + 1; j < last && !after; j++) after = this.items.get(j)?.parentNode ? this.items.get(j) : null;
        this.room.insertBefore(node, after);
      }
      let lowest = -1, shift = 0;
      for (const [i, node] of fresh) {
        const height = node.getBoundingClientRect().height;
        if (Math.abs(height - this.heights[i]) > 0.5) {
          if (this.tops[i] < top) shift += height - this.heights[i];
          this.heights[i] = height;
          lowest = lowest < 0 ? i : Math.min(lowest, i);
        }
      }
      if (lowest >= 0) this.sum(lowest);
      for (const [i, node] of this.items) node.style.transform = `translateY(${this.tops[i]}px)`;
      if (shift) this.box.scrollTop = top + shift;
      if (lowest < 0) return;
    }
  }
  show(i) {
    if (i < 0 || i >= this.count) return;
    for (let pass = 0; pass < 2; pass++) {
      const top = this.tops[i], bottom = this.tops[i + 1], height = this.box.clientHeight;
      if (top < this.box.scrollTop || bottom > this.box.scrollTop + height) {
        this.box.scrollTop = Math.max(0, bottom - top > height ? top : (top + bottom - height) / 2);
      }
      this.draw();
    }
  }
}

// ------------------------------------------------------------------ changes and decisions
let base = []; // where the changes of each text begin among all
let total = 0;
let found = new Uint32Array(0); // those that fit the filters
let place = new Map(); // of each of them its place there
let perText = [];
let chosen = -1;
let current = 0; // the text that is shown
let view = "pairs";
let rowsShown = [];
const verdicts = new Map(); // change -> "accept" | "reject"
const ruleVerdicts = new Map();
const copyVerdicts = new Map(); // "group:member" -> "reject"
let strangers = []; // decisions that nothing here fits; they are saved again
const families = new Set();

function textOf(id) {
  let low = 0, high = base.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (base[middle] <= id) low = middle;
    else high = middle - 1;
  }
  return low;
}
function change(id) {
  const d = textOf(id), i = id - base[d], doc = data.documents[d], c = doc.changes;
  const cause = data.causes[c.c[i]];
  return {
    id, d, i, doc, start: c.s[i], end: c.e[i], row: c.r[i], state: c.p[i],
    before: doc.text.slice(c.s[i], c.e[i]), after: data.afters[c.a[i]],
    rule: cause[0], tier: cause[1], confidence: cause[2], evidence: cause[3], others: cause[4],
    left: c.k[i][0], right: c.k[i][1], number: (c.q[i] || [0, 1])[0], of: (c.q[i] || [0, 1])[1],
    group: c.g[i], witnesses: c.w[i] || [],
  };
}
const isApplied = (state) => state === "a";
const isFinding = (state) => state === "f" || state === "F";
function verdictOf(id, rule) {
  return verdicts.get(id) || ruleVerdicts.get(rule) || null;
}
function groupOf(one) {
  if (one.group === undefined) return [one.id];
  return Object.keys(one.doc.changes.g)
    .filter((i) => one.doc.changes.g[i] === one.group)
    .map((i) => base[one.d] + Number(i));
}
function decide(one, verdict) {
  if (isFinding(one.state)) return;
  for (const id of groupOf(one)) {
    if (verdict) verdicts.set(id, verdict);
    else verdicts.delete(id);
  }
  decided();
}
function decideRule(code, verdict) {
  if (verdict) ruleVerdicts.set(code, verdict);
  else ruleVerdicts.delete(code);
  decided();
}
function decided() {
  const number = verdicts.size + ruleVerdicts.size + copyVerdicts.size + strangers.length;
  $("decided").textContent = shown(number);
  remember();
  pairs.again();
  list.again();
  details();
}

function decisionRows() {
  const rows = [...ruleVerdicts].map(([rule, decision]) => ({ rule, decision }));
  for (const id of [...verdicts.keys()].sort((a, b) => a - b)) {
    const one = change(id);
    rows.push({
      document: one.doc.name, rule: one.rule, before: one.before, after: one.after,
      left: one.left, right: one.right, number: one.number, of: one.of, decision: verdicts.get(id),
    });
  }
  for (const [key, decision] of copyVerdicts) {
    const [g, m] = key.split(":").map(Number);
    const goes = data.copies[g].goes[m], [document, digest, number, of] = goes.known;
    rows.push({ document, digest, begins: [...goes.at[2]].slice(0, 60).join(""), number, of, decision });
  }
  return [...rows, ...strangers];
}
function decisionsFile() {
  const body = decisionRows().map((row) => JSON.stringify(row)).join(",\n");
  return `{"textclean-decisions": 1, "decisions": [\n${body}\n]}\n`;
}
function save() {
  const url = URL.createObjectURL(new Blob([decisionsFile()], { type: "application/json" }));
  const link = el("a", { href: url, download: "decisions.json", hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  say(t("saved", decisionRows().length));
}
const known = (...parts) => JSON.stringify(parts);
function take(rows) {
  const wanted = new Map();
  strangers = [];
  for (const row of rows) {
    if (row.document === undefined) ruleVerdicts.set(row.rule, row.decision);
    else if (row.digest !== undefined) wanted.set(known(row.document, row.digest, row.number), row);
    else wanted.set(known(row.document, row.rule, row.before, row.after, row.left, row.right, row.number), row);
  }
  if (wanted.size) {
    const documents = new Set([...wanted.values()].map((row) => row.document));
    data.documents.forEach((doc, d) => {
      if (!documents.has(doc.name)) return;
      for (let i = 0; i < doc.changes.s.length; i++) {
        const one = change(base[d] + i);
        const key = known(doc.name, one.rule, one.before, one.after, one.left, one.right, one.number);
        const row = wanted.get(key);
        if (row && row.of === one.of) {
          verdicts.set(one.id, row.decision);
          wanted.delete(key);
        }
      }
    });
    data.copies.forEach((group, g) => group.goes.forEach((goes, m) => {
      const key = goes.known && known(goes.known[0], goes.known[1], goes.known[2]);
      if (wanted.has(key)) {
        copyVerdicts.set(`${g}:${m}`, wanted.get(key).decision);
        wanted.delete(key);
      }
    }));
    strangers = [...wanted.values()];
  }
  return rows.length;
}
function load(content) {
  let rows = null;
  try {
    const file = JSON.parse(content);
    if (file["textclean-decisions"] === 1 && Array.isArray(file.decisions)) rows = file.decisions;
  } catch { /* said below */ }
  if (!rows) return say(t("not_decisions"));
  verdicts.clear();
  ruleVerdicts.clear();
  copyVerdicts.clear();
  const number = take(rows);
  drawCopies();
  decided();
  say(t("loaded", number, strangers.length));
}

// What was decided is remembered by the browser, as far as it lets a page do so.
let store = "";
function remember() {
  try {
    localStorage.setItem(store, JSON.stringify(decisionRows()));
  } catch { /* then it is not */ }
}
function recall() {
  try {
    return JSON.parse(localStorage.getItem(store) || "null");
  } catch {
    return null;
  }
}

function say(message) {
  $("status").textContent = "";
  requestAnimationFrame(() => ($("status").textContent = message));
}

// ------------------------------------------------------------------ filters
function filter() {
  const query = $("search").value.trim().toLowerCase();
  const rule = $("rule").value, tier = $("tier").value, state = $("state").value;
  const fits = data.causes.map((cause) => (families.size === 0 || families.has(cause[0][0]))
    && (!rule || cause[0] === rule || cause[4].includes(rule)) && (!tier || cause[1] === tier));
  const byCause = data.causes.map((cause) =>
    !query || `${cause[0]} ${data.rules[cause[0]] ? data.rules[cause[0]][0] : ""} ${cause[3]}`.toLowerCase().includes(query));
  const byAfter = data.afters.map((after) => query !== "" && after.toLowerCase().includes(query));
  const result = new Uint32Array(total);
  let count = 0;
  perText = data.documents.map((doc, d) => {
    const c = doc.changes, named = !query || doc.name.toLowerCase().includes(query);
    const before = count;
    for (let i = 0; i < c.s.length; i++) {
      const cause = c.c[i];
      if (!fits[cause]) continue;
      if (!named && !byCause[cause] && !byAfter[c.a[i]]
        && !doc.text.slice(Math.max(0, c.s[i] - 24), c.e[i] + 24).toLowerCase().includes(query)) continue;
      if (state && !hasState(base[d] + i, c.p[i], data.causes[cause][0], state)) continue;
      result[count++] = base[d] + i;
    }
    return count - before;
  });
  found = result.slice(0, count);
  place = null;
  texts.visible = data.documents.map((_, d) => d).filter((d) => perText[d] || !filtered());
  $("fitting").value = t("matches", count, total);
  $("none").hidden = count > 0 || !filtered();
  texts.reset(texts.visible.length);
  if (texts.visible.length && !texts.visible.includes(current)) openText(texts.visible[0]);
  else openText(current);
  list.reset(found.length);
}
function filtered() {
  return Boolean($("search").value.trim() || $("rule").value || $("tier").value || $("state").value || families.size);
}
function hasState(id, state, rule, wanted) {
  const verdict = verdictOf(id, rule);
  switch (wanted) {
    case "applied": return isApplied(state);
    case "offered": return !isApplied(state) && !isFinding(state);
    case "finding": return isFinding(state);
    case "undecided": return !verdict;
    case "accepted": return verdict === "accept";
    default: return verdict === "reject";
  }
}
function indexIn(id) {
  let low = 0, high = found.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (found[middle] < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
const isFound = (id) => found[indexIn(id)] === id;

// ------------------------------------------------------------------ the three lists
const texts = new VirtualList($("texts"), {
  guess: () => 55,
  render(i) {
    const d = texts.visible[i], doc = data.documents[d];
    return el("div", {
      class: "text-item", role: "option", id: `text-${d}`, "aria-selected": d === current,
      "aria-posinset": i + 1, "aria-setsize": texts.visible.length, title: doc.name,
      click: () => openText(d),
    }, el("b", {}, doc.name), el("span", {}, `${t(doc.kind[0])} · ${t(doc.kind[1])} · ${shown(perText[d] || 0)}`));
  },
});
texts.visible = [];

const pairs = new VirtualList($("pairs"), {
  guess(i, width) {
    const row = rowsShown[i], narrow = width < 640;
    const length = row.cut ? row.cut[1].length : rowEnd(row.r) - data.documents[current].rows[row.r];
    const perLine = Math.max(8, (narrow ? width - 70 : (width - 120) / 2) / 17);
    return (narrow ? 2 : 1) * (Math.ceil(length / perLine) * 30 + 13);
  },
  render: (i) => renderRow(rowsShown[i]),
});
function rowEnd(r) {
  const doc = data.documents[current];
  return r + 1 < doc.rows.length ? doc.rows[r + 1] : doc.text.length;
}
function isBlank(doc, r) {
  return !doc.text.slice(doc.rows[r], rowEnd(r)).trim() && !changesOfRow(r).length;
}
function changesOfRow(r) {
  const rows = data.documents[current].changes.r;
  let low = 0, high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < r) low = middle + 1;
    else high = middle;
  }
  const result = [];
  for (let i = low; i < rows.length && rows[i] === r; i++) result.push(base[current] + i);
  return result;
}
function renderRow(row) {
  const doc = data.documents[current];
  if (row.cut) {
    return el("div", { class: "pair cut" }, el("div", { class: "ln" }, row.cut[2] ? shown(row.cut[2]) : ""),
      el("div", { class: "side" }, row.cut[1].trim()), el("div", { class: "side" }, el("span", { class: "tag" }, t("gone"))));
  }
  const r = row.r, left = [], right = [];
  const start = doc.rows[r], end = rowEnd(r);
  const tail = end - (doc.text.slice(start, end).match(/[\r\n]+$/) || [""])[0].length;
  let at = start;
  for (const id of changesOfRow(r)) {
    const one = change(id);
    if (one.state === "S" || one.state === "F" || one.start < at) continue;
    const between = doc.text.slice(at, Math.min(one.start, Math.max(at, tail)));
    left.push(between, [one, one.before, "before"]);
    const verdict = verdictOf(id, one.rule);
    const made = isApplied(one.state) ? verdict !== "reject" : verdict === "accept";
    right.push(between, [one, made ? one.after : one.before, "after"]);
    at = one.end;
  }
  const rest = doc.text.slice(at, Math.max(at, tail));
  return el("div", { class: "pair" }, el("div", { class: "ln" }, doc.lines[r] ? shown(doc.lines[r]) : ""),
    ...[[...left, rest], [...right, rest]].map((parts) => el("div", { class: "side" }, ...glued(parts))));
}
// A button is one piece, and a line may break on each side of it. So what may not stand alone at a line's start or
// end is kept together with its neighbour here.
const NO_START = /^[，。、；：？！…—”’）》」』】〉,.;:?!)\]]/, NO_END = /[“‘（《「『【〈([]$/, MOST_GLUED = 4;
function glued(parts) {
  const nodes = [];
  let taken = 0;
  parts.forEach((part, i) => {
    if (typeof part === "string") {
      nodes.push(part.slice(taken));
      taken = 0;
      return;
    }
    const node = button(...part), text = part[1], before = nodes.at(-1), next = parts[i + 1];
    nodes.push(node);
    if (text.length > MOST_GLUED) return;
    let head = "", tail = "";
    if (typeof before === "string" && (NO_START.test(text) || NO_END.test(before))) head = (before.match(/\S$/u) || [""])[0];
    if (typeof next === "string" && (NO_END.test(text) || NO_START.test(next))) tail = (next.match(/^\S/u) || [""])[0];
    if (!head && !tail) return;
    if (head) nodes[nodes.length - 2] = before.slice(0, -head.length);
    taken = tail.length;
    nodes[nodes.length - 1] = el("span", { class: "glued" }, head, node, tail);
  });
  return nodes;
}
function button(one, text, side) {
  const verdict = verdictOf(one.id, one.rule), fits = isFound(one.id);
  const classes = ["ch", `f-${one.rule[0]}`];
  if (!isApplied(one.state)) classes.push("offer");
  if (!fits) classes.push("dim");
  if (one.id === chosen) classes.push("chosen");
  if (verdict) classes.push(`${verdict}ed`);
  const node = el("button", {
    type: "button", class: classes.join(" "), "data-id": one.id, "data-side": side,
    tabindex: one.id === chosen && side === "after" ? 0 : -1,
    "aria-label": spoken(one, verdict),
    "aria-pressed": one.id === chosen, click: () => choose(one.id, false),
  }, ...visible(text));
  if (!text) node.append(el("span", { class: "sign" }, "∅"));
  return node;
}
function spoken(one, verdict) {
  const name = data.rules[one.rule] ? data.rules[one.rule][0] : one.rule;
  const change_ = isFinding(one.state) ? plain(one.before) : `${plain(one.before) || t("insert")} → ${plain(one.after) || t("delete")}`;
  const state = isApplied(one.state) ? t("applied") : isFinding(one.state) ? t("finding") : t("offered");
  return `${one.rule} ${name}: ${change_}; ${state}${verdict ? `; ${t(`${verdict}ed`)}` : ""}`;
}

const list = new VirtualList($("list"), {
  guess: () => 37,
  render(i) {
    const one = change(found[i]), doc = one.doc, verdict = verdictOf(one.id, one.rule);
    const left = doc.text.slice(Math.max(0, one.start - 28), one.start), right = doc.text.slice(one.end, one.end + 28);
    const middle = el("span", { class: `ch f-${one.rule[0]}${isApplied(one.state) ? "" : " offer"}${verdict ? ` ${verdict}ed` : ""}` },
      el("del", {}, ...visible(one.before)), isFinding(one.state) ? "" : " → ", ...(isFinding(one.state) ? [] : visible(one.after)));
    return el("div", {
      class: "kwic", role: "option", id: `change-${one.id}`, "aria-selected": one.id === chosen,
      "aria-posinset": i + 1, "aria-setsize": found.length, "aria-label": `${doc.name}: ${spoken(one, verdict)}`,
      click: () => choose(one.id, false),
    }, el("span", { class: "where", title: doc.name }, doc.name), el("span", { class: "before" }, el("span", {}, left.slice(left.lastIndexOf("\n") + 1))), middle,
    el("span", {}, right.split("\n")[0]), el("span", { class: "code" }, `${one.rule} ${verdict ? (verdict === "accept" ? "✓" : "✗") : ""}`));
  },
});

function openText(d) {
  current = clamp(d, 0, data.documents.length - 1);
  const doc = data.documents[current];
  rowsShown = [];
  if (doc) {
    const only = $("only").checked;
    const withChanges = new Set();
    for (let at = indexIn(base[current]); at < found.length && found[at] < base[current + 1]; at++) {
      withChanges.add(doc.changes.r[found[at] - base[current]]);
    }
    let cut = 0;
    for (let r = 0; r <= doc.rows.length; r++) {
      while (cut < doc.removed.length && doc.removed[cut][0] <= r) rowsShown.push({ cut: doc.removed[cut++] });
      if (r < doc.rows.length && doc.text && (only ? withChanges.has(r) : !isBlank(doc, r))) rowsShown.push({ r });
    }
    if (doc.left) rowsShown.push({ cut: [0, t("not_shown", doc.left), 0] });
  }
  pairs.reset(rowsShown.length);
  texts.again();
  $("texts").setAttribute("aria-activedescendant", `text-${current}`);
  if (chosen >= 0 && textOf(chosen) !== current) {
    chosen = -1;
    details();
  }
}
function choose(id, focus = true) {
  chosen = id;
  const one = change(id);
  if (one.d !== current) {
    openText(one.d);
    texts.show(texts.visible.indexOf(one.d));
  }
  chosen = id;
  if (view === "pairs") {
    const i = rowsShown.findIndex((row) => row.r === one.row);
    pairs.show(i);
    pairs.again();
    const node = $("pairs").querySelector(`[data-id="${id}"][data-side="after"]`);
    if (node) {
      if (focus) node.focus({ preventScroll: true });
      const box = $("pairs").getBoundingClientRect(), mine = node.getBoundingClientRect();
      if (mine.top < box.top || mine.bottom > box.bottom) $("pairs").scrollTop += mine.top - box.top - box.height / 2;
    }
  } else {
    list.show(indexIn(id));
    list.again();
    $("list").setAttribute("aria-activedescendant", `change-${id}`);
    if (focus) $("list").focus({ preventScroll: true });
  }
  details();
  say(`${t("position", indexIn(id) + 1, found.length)}: ${spoken(one, verdictOf(id, one.rule))}`);
}
function step(by) {
  if (!found.length) return;
  let at = chosen >= 0 ? indexIn(chosen) : indexIn(base[current]) - (by > 0 ? 1 : 0);
  if (chosen >= 0 && found[at] !== chosen && by > 0) at -= 1;
  choose(found[clamp(at + by, 0, found.length - 1)]);
}

function details() {
  const box = $("details");
  box.replaceChildren(el("h2", {}, t("details")));
  if (chosen < 0 || !data) {
    box.append(el("p", { class: "empty" }, t("details_none")));
    const doc = data && data.documents[current];
    if (doc && !doc.looked) box.append(el("p", { class: "empty" }, t("not_looked")));
    return;
  }
  const one = change(chosen), rule = data.rules[one.rule] || [one.rule, one.tier, "", ""];
  const verdict = verdictOf(chosen, one.rule), own = verdicts.get(chosen);
  const swap = el("p", { class: "swap" }, el("span", { class: `ch f-${one.rule[0]}` }, ...(one.before ? visible(one.before) : ["∅"])));
  if (!isFinding(one.state)) swap.append(" → ", el("span", { class: `ch f-${one.rule[0]}` }, ...(one.after ? visible(one.after) : ["∅"])));
  const state = isApplied(one.state) ? "applied" : isFinding(one.state) ? "finding" : "offered";
  const group = groupOf(one);
  box.append(swap,
    el("h3", {}, el("span", { class: `dot f-${one.rule[0]}`, "aria-hidden": "true" }, one.rule[0]), `${one.rule} ${rule[0]}`),
    el("p", { class: "why" }, rule[2 + language]),
    el("div", { class: "actions" }, el("span", { class: "badge" }, t(state)), el("span", { class: "badge" }, t(one.tier)),
      verdict ? el("span", { class: `badge ${verdict}` }, t(`${verdict}ed`)) : null,
      verdict && !own ? el("small", {}, t("by_rule_decided")) : null));
  const facts = el("dl", {}, el("dt", {}, t("confidence")), el("dd", {}, one.confidence.toFixed(3).replace(/0+$/, "").replace(/\.$/, ""), meter(one)));
  if (one.evidence) facts.append(el("dt", {}, t("evidence")), el("dd", {}, one.evidence));
  if (one.witnesses.length) facts.append(el("dt", {}, t("witness")), el("dd", {}, one.witnesses.join(", ")));
  if (one.others.length) facts.append(el("dt", {}, t("with")), el("dd", {}, one.others.join(", ")));
  facts.append(el("dt", {}, t("document")), el("dd", {}, one.doc.name));
  box.append(facts);
  if (group.length > 1) box.append(el("p", { class: "why" }, t("group_of", group.length)));
  if (!isFinding(one.state)) {
    box.append(el("div", { class: "actions" },
      act("accept", "accept", verdict === "accept", () => decide(change(chosen), "accept"), "a"),
      act("reject", "reject", verdict === "reject", () => decide(change(chosen), "reject"), "r"),
      own ? act("undecide", "undecide", false, () => decide(change(chosen), null), "u") : null));
    const ruled = ruleVerdicts.get(one.rule);
    box.append(el("div", { class: "actions" },
      act("accept_rule", "rule-accept", ruled === "accept", () => decideRule(one.rule, "accept"), null, one.rule),
      act("reject_rule", "rule-reject", ruled === "reject", () => decideRule(one.rule, "reject"), null, one.rule),
      ruled ? act("undecide_rule", "rule-undecide", false, () => decideRule(one.rule, null), null, one.rule) : null));
  }
}
function act(key, name, pressed, click, shortcut, ...values) {
  return el("button", { type: "button", "data-act": name, "aria-pressed": pressed, "aria-keyshortcuts": shortcut,
    click: () => {
      click();
      const again = document.querySelector(`[data-act="${name}"]`);
      if (again) again.focus();
    } }, t(key, ...values));
}
function meter(one) {
  return svg("svg", { class: `meter f-${one.rule[0]}`, viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "track", width: 100, height: 8 }), svg("rect", { class: "fill", width: 100 * one.confidence, height: 8 }));
}

// ------------------------------------------------------------------ copies, twins and the rest
function marked(text, spans, tag) {
  // The text with some of its slices (in characters) in elements of their own.
  const characters = [...text], parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start > at) parts.push(characters.slice(at, start).join(""));
    if (end > start) parts.push(el(tag, {}, characters.slice(start, end).join("")));
    at = end;
  }
  parts.push(characters.slice(at).join(""));
  return parts;
}
function where(at, ...more) {
  return el("div", { class: "where-line" }, el("code", {}, at[0]), t("line", at[1]), ...more);
}
function short(text, most = 70) {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : text;
}
function lazily(group, fill) {
  // The body of a group is made when it is first opened.
  group.addEventListener("toggle", () => {
    const body = group.querySelector(".body");
    if (group.open && !body.childElementCount) fill(body);
  });
  return group;
}
const CHUNK = 200;
function chunked(box, count, make) {
  // As many as fit a screen at once, the others as the reader comes to them.
  let at = 0;
  const end = el("div", { class: "end" });
  box.append(end);
  const more = () => {
    const next = Math.min(count, at + CHUNK);
    for (; at < next; at++) end.before(make(at));
    if (at >= count) watcher.disconnect();
  };
  const watcher = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && more(), { rootMargin: "600px" });
  watcher.observe(end);
  more();
}
function drawCopies() {
  const box = $("panel-copies");
  if (!box) return;
  const goes = data.copies.reduce((sum, group) => sum + group.goes.length, 0);
  box.replaceChildren(el("p", {}, t("copies_note", goes, data.copies.length)), el("p", { class: "foot" }, el("span", { class: "passage-key" }, el("del", {}, t("only_stays")), el("ins", {}, t("only_goes")))));
  chunked(box, data.copies.length, (g) => {
    const group = data.copies[g];
    const summary = el("summary", {}, el("span", { class: "count" }, t("group_size", group.goes.length)), ` ${short(group.stays[2].trim())}`);
    return lazily(el("details", { class: "group", id: `group-${g}` }, summary, el("div", { class: "body" })), (body) => fillGroup(body, g));
  });
}
function fillGroup(body, g) {
  const group = data.copies[g];
  body.append(el("div", {}, where(group.stays, el("span", { class: "badge accept" }, t("stays"))), el("p", { class: "passage stays" }, group.stays[2])));
  group.goes.forEach((goes, m) => {
    const key = `${g}:${m}`;
    const keep = el("button", { type: "button", "aria-pressed": copyVerdicts.get(key) === "reject", click: () => {
      if (copyVerdicts.has(key)) copyVerdicts.delete(key);
      else copyVerdicts.set(key, "reject");
      keep.setAttribute("aria-pressed", copyVerdicts.has(key));
      keep.textContent = t(copyVerdicts.has(key) ? "kept_copy" : "keep_copy");
      decided();
    } }, t(copyVerdicts.has(key) ? "kept_copy" : "keep_copy"));
    const head = where(goes.at, el("span", { class: "badge" }, t(goes.kind)), t("likeness", goes.score), goes.known ? keep : null);
    let text = el("p", { class: "passage goes" }, goes.at[2]);
    if (goes.diff && goes.diff.length) text = laid(group.stays[2], goes.at[2], goes.diff);
    body.append(el("div", {}, head, text, goes.diff ? null : el("p", { class: "foot" }, t("too_long")),
      goes.lost.length ? el("p", { class: "foot" }, `${t("lost")}: `, ...goes.lost.map((each) => el("mark", { class: "value" }, each))) : null));
  });
}
function laid(one, other, differences) {
  // The other text, with what the one has instead struck out before it.
  const first = [...one], second = [...other], node = el("p", { class: "passage goes" });
  let at = 0;
  for (const [a, b, c, d] of differences) {
    node.append(second.slice(at, c).join(""));
    if (b > a) node.append(el("del", {}, first.slice(a, b).join("")));
    if (d > c) node.append(el("ins", {}, second.slice(c, d).join("")));
    at = d;
  }
  node.append(second.slice(at).join(""));
  return node;
}
function drawTwins() {
  const box = $("panel-twins");
  if (!box) return;
  box.replaceChildren();
  chunked(box, data.twins.length, (i) => {
    const twin = data.twins[i];
    const values = twin.values.map(([one, other]) => `${one || "∅"} ↔ ${other || "∅"}`).join("; ");
    const group = el("details", { class: "group" }, el("summary", {}, el("span", { class: "badge" }, t(twin.kind)), ` ${short(values, 90)} `, el("small", {}, short(twin.one[2].trim(), 50))), el("div", { class: "body" }));
    return lazily(group, (body) => {
      const diff = twin.diff || [];
      const side = (at, spans) => el("div", {}, where(at), el("p", { class: "passage" }, ...marked(at[2], spans, "mark").map(valued)));
      body.append(el("div", { class: "two" }, side(twin.one, diff.map((d) => [d[0], d[1]])), side(twin.other, diff.map((d) => [d[2], d[3]]))));
    });
  });
}
function valued(node) {
  if (node.nodeName === "MARK") node.className = "value";
  return node;
}
function drawBoilerplate() {
  const box = $("panel-boilerplate");
  if (!box) return;
  box.replaceChildren();
  chunked(box, data.boilerplate.length, (i) => {
    const line = data.boilerplate[i];
    return lazily(el("details", { class: "group" }, el("summary", {}, el("span", { class: "count" }, t("in_documents", line.documents)), ` ${short(line.text)}`), el("div", { class: "body" })), (body) => {
      body.append(el("p", { class: "passage" }, line.text), el("ul", { class: "plain" }, ...line.places.map((each) => el("li", {}, el("code", {}, each)))),
        line.more ? el("p", { class: "foot" }, t("and_more", line.more)) : null);
    });
  });
}
function drawOrder() {
  const box = $("panel-order");
  if (!box) return;
  box.replaceChildren();
  for (const doc of data.documents) if (doc.moved.length) box.append(map(doc));
  chunked(box, data.stitches.length, (i) => {
    const one = data.stitches[i];
    const line = svg("svg", { viewBox: "0 0 100 60", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("path", { class: `link-line${one.joined ? "" : " found"}`, d: "M0 45 C 45 45, 55 15, 100 15" }));
    return el("article", { class: "card", "aria-label": `${one.document} ${t("line", one.line)}` },
      el("div", { class: "where-line" }, el("code", {}, one.document), el("span", { class: "badge" }, t(one.joined ? "joined" : "found_only")), `${t("confidence")} ${one.confidence}`),
      el("div", { class: "link-row" },
        el("div", {}, el("div", { class: "where-line" }, t("line", one.line)), el("p", { class: "passage" }, one.text)), line,
        el("div", {}, el("div", { class: "where-line" }, `${t("goes_on")}: ${t("line", one.head_line)}`), el("p", { class: "passage" }, one.head_text))));
  });
}
function map(doc) {
  // Spans by place on the page, and by place in reading; links where the order changes.
  const height = 260, whole = doc.moved.reduce((sum, [, length]) => sum + length, 0) || 1;
  const scale = (x) => (x / whole) * height;
  const picture = svg("svg", { class: "map", viewBox: `0 -4 420 ${height + 8}`, role: "img", "aria-label": `${doc.name}: ${t("moved")}` });
  const stood = doc.moved.map((each) => each[2]), ranks = [...stood].sort((a, b) => a - b);
  doc.moved.forEach(([start, length, was], i) => {
    const isMoved = ranks[i] !== was;
    const one = scale(was), other = scale(start), size = Math.max(1.5, scale(length) - 1);
    picture.append(svg("g", { class: isMoved ? "moved" : "" },
      svg("rect", { x: 0, y: one, width: 130, height: size, rx: 2 }), svg("rect", { x: 290, y: other, width: 130, height: size, rx: 2 }),
      svg("path", { d: `M130 ${one + size / 2} C 210 ${one + size / 2}, 210 ${other + size / 2}, 290 ${other + size / 2}` })));
  });
  return el("section", { class: "card" }, el("h2", {}, doc.name), el("p", { class: "foot" }, t("moved")), picture);
}
function drawValues() {
  const box = $("panel-values");
  if (!box) return;
  box.replaceChildren();
  if (data.restorations.length) box.append(el("h2", {}, t("restorations")));
  for (const one of data.restorations) {
    box.append(el("article", { class: "card" },
      where([one.document, one.line], el("span", { class: `badge ${one.applied ? "accept" : ""}` }, t(one.applied ? "in_place" : "proposed")), `${t("confidence")} ${one.confidence}`),
      el("p", { class: "swap" }, el("del", {}, one.text), " → ", el("mark", { class: "value" }, one.value)),
      el("p", { class: "foot" }, one.evidence), el("div", {}, where([one.witness_document, one.witness_line], el("span", { class: "badge" }, t("witness"))), el("p", { class: "passage" }, one.witness_text))));
  }
  if (data.consistency.length) box.append(el("h2", {}, t("contradictions")));
  for (const one of data.consistency) {
    const side = (prefix) => one[`${prefix}document`] === undefined ? null
      : el("div", {}, where([one[`${prefix}document`], one[`${prefix}line`]]), el("p", { class: "passage" }, ...valuesIn(one[`${prefix}sentence`], one[`${prefix}text`])));
    box.append(el("article", { class: "card" }, el("h3", {}, `${one.rule}: ${one.evidence}`), el("div", { class: "two" }, side(""), side("other_"))));
  }
}
function valuesIn(sentence, value) {
  const at = sentence.indexOf(value);
  return at < 0 ? [sentence] : [sentence.slice(0, at), el("mark", { class: "value" }, value), sentence.slice(at + value.length)];
}

// ------------------------------------------------------------------ language, theme, tabs, keys
function speak() {
  document.documentElement.lang = language ? "zh-Hans" : "en";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-t-hint]")) node.placeholder = t(node.dataset.tHint);
  for (const node of document.querySelectorAll("[data-t-fill]")) node.textContent = t(node.dataset.tFill, ...JSON.parse(node.dataset.fill));
  for (const node of document.querySelectorAll("[data-en]")) node.textContent = language ? node.dataset.zh : node.dataset.en;
  if (!data) return;
  for (const node of $("families").children) name(node);
  $("fitting").value = t("matches", found.length, total);
  texts.again();
  pairs.again();
  list.again();
  details();
  for (const draw of [drawCopies, drawTwins, drawBoilerplate, drawOrder, drawValues]) draw();
}
function name(node) {
  const label = LABELS[`family_${node.dataset.family}`] ? t(`family_${node.dataset.family}`) : node.dataset.family;
  node.title = label;
  node.setAttribute("aria-label", label);
}
function open(tab, focus = false) {
  for (const each of document.querySelectorAll('[role="tab"]')) {
    const mine = each.id === `tab-${tab}`;
    each.setAttribute("aria-selected", String(mine));
    each.tabIndex = mine ? 0 : -1;
    $(each.getAttribute("aria-controls")).hidden = !mine;
    if (mine && focus) each.focus();
  }
  measure();
  if (tab === "changes" && data) {
    texts.reset(texts.visible.length, true);
    pairs.reset(rowsShown.length, true);
    list.reset(found.length, true);
  }
}
function measure() {
  document.documentElement.style.setProperty("--top", `${Math.ceil(document.querySelector("header").getBoundingClientRect().height)}px`);
}
function show(what) {
  view = what;
  $("view-pairs").setAttribute("aria-pressed", what === "pairs");
  $("view-list").setAttribute("aria-pressed", what === "list");
  $("pairs").hidden = $("heads").hidden = what !== "pairs";
  $("list").hidden = what !== "list";
  (what === "pairs" ? pairs : list).reset(what === "pairs" ? rowsShown.length : found.length);
  if (chosen >= 0) choose(chosen, false);
}
function only(what, value) {
  $("filters").reset();
  families.clear();
  if (what === "rule") $("rule").value = value;
  if (what === "family") families.add(value);
  press();
  filter();
  open("changes", true);
}
function press() {
  for (const node of $("families").children) node.setAttribute("aria-pressed", String(families.has(node.dataset.family)));
}
function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  const inField = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape" && event.target === $("search")) {
    (view === "pairs" ? $("pairs") : $("list")).focus();
    return;
  }
  if (inField) return;
  if (event.key === "?") {
    $("keys").showModal();
  } else if (event.key === "/") {
    open("changes");
    $("search").focus();
  } else if (!$("panel-changes").hidden && data) {
    const inTexts = event.target === $("texts"), inLists = event.target.closest && event.target.closest("#pairs, #list");
    if (inTexts && /^(ArrowDown|ArrowUp|Home|End)$/.test(event.key)) {
      const at = texts.visible.indexOf(current);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: texts.visible.length - 1 }[event.key];
      const i = clamp(next, 0, texts.visible.length - 1);
      openText(texts.visible[i]);
      texts.show(i);
    } else if (event.key === "j" || (inLists && event.key === "ArrowDown")) step(1);
    else if (event.key === "k" || (inLists && event.key === "ArrowUp")) step(-1);
    else if (inLists && event.key === "Home" && found.length) choose(found[0]);
    else if (inLists && event.key === "End" && found.length) choose(found[found.length - 1]);
    else if (chosen >= 0 && "aru".includes(event.key)) {
      decide(change(chosen), { a: "accept", r: "reject", u: null }[event.key]);
      choose(chosen);
    } else return;
  } else return;
  event.preventDefault();
}

function begin() {
  data = JSON.parse($("data").textContent);
  $("data").remove();
  for (const doc of data.documents) {
    base.push(total);
    total += doc.changes.s.length;
  }
  base.push(total);
  if (base.length === 1) base.push(0);
  const seen = {}, counts = {};
  for (const doc of data.documents) for (const c of doc.changes.c) counts[data.causes[c][0]] = (counts[data.causes[c][0]] || 0) + 1;
  for (const code of Object.keys(counts).sort()) {
    seen[code[0]] = true;
    $("rule").append(el("option", { value: code }, `${code} ${data.rules[code] ? data.rules[code][0] : ""} (${shown(counts[code])})`));
  }
  for (const family of Object.keys(seen).sort()) {
    const node = el("button", { type: "button", "data-family": family, "aria-pressed": false, click: () => {
      if (families.has(family)) families.delete(family);
      else families.add(family);
      press();
      filter();
    } }, el("span", { class: `dot f-${family}`, "aria-hidden": "true" }, family));
    name(node);
    $("families").append(node);
  }
  store = `textclean:${data.documents.length ? data.documents[0].name : ""}:${data.documents.length}:${total}:${data.documents.map((doc) => doc.name).join().length}`;
  const before = data.decisions.length ? data.decisions : recall();
  if (Array.isArray(before)) take(before);
  $("loading").hidden = true;
  filter();
  decided();
  for (const draw of [drawCopies, drawTwins, drawBoilerplate, drawOrder, drawValues]) draw();
  document.documentElement.dataset.ready = "true";
}

document.addEventListener("keydown", keys);
$("tabs").addEventListener("click", (event) => {
  const tab = event.target.closest('[role="tab"]');
  if (tab) open(tab.id.slice(4));
});
$("tabs").addEventListener("keydown", (event) => {
  const every = [...document.querySelectorAll('[role="tab"]')], at = every.indexOf(document.activeElement);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: every.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  open(every[(next + every.length) % every.length].id.slice(4), true);
});
$("language").addEventListener("change", (event) => {
  language = event.target.value === "zh" ? 1 : 0;
  speak();
  measure();
});
$("theme").addEventListener("change", (event) => {
  if (event.target.value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = event.target.value;
});
$("help").addEventListener("click", () => $("keys").showModal());
$("keys-close").addEventListener("click", () => $("keys").close());
$("save").addEventListener("click", () => data && save());
$("load").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file && data) load(await file.text());
  event.target.value = "";
});
let waiting = 0;
$("search").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => data && filter(), 120);
});
for (const id of ["rule", "tier", "state"]) $(id).addEventListener("change", () => data && filter());
$("only").addEventListener("change", () => data && openText(current));
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("filters").addEventListener("reset", () => {
  families.clear();
  setTimeout(() => {
    press();
    if (data) filter();
  });
});
$("view-pairs").addEventListener("click", () => show("pairs"));
$("view-list").addEventListener("click", () => show("list"));
$("panel-overview").addEventListener("click", (event) => {
  const link = event.target.closest("button.link");
  if (!link || !data) return;
  if (link.dataset.rule) only("rule", link.dataset.rule);
  else if (link.dataset.family) only("family", link.dataset.family);
  else {
    openText(Number(link.dataset.document));
    open("changes", true);
  }
});
window.addEventListener("resize", measure);
measure();
// The overview is painted first; then the changes are read.
requestAnimationFrame(() => setTimeout(begin));
