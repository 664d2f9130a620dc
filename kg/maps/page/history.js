// The view as a text: what undo goes back to, and what a shared link carries after its "#".

const prefix = institutions.reduce((held, { name }) => {
  let at = 0;
  while (at < held.length && held[at] === name[at]) at += 1;
  return held.slice(0, at);
}, institutions[0].name);
const keyOf = (institution) => institution.name.slice(prefix.length);
const byKey = new Map(institutions.map((institution) => [keyOf(institution), institution]));

const sets = { c: "hiddenCountries", k: "hiddenKinds", t: "hiddenTieKinds" };
const pair = (one, other) => JSON.stringify([keyOf(one), keyOf(other)]);

function stateText() {
  const state = new URLSearchParams();
  const put = (key, value, plain) => { if (value !== plain) state.set(key, value); };
  put("lang", view.language, first.language);
  put("view", view.layout, first.layout);
  put("ties", String(view.limit), String(first.limit));
  put("years", `${view.since}-${view.until}`, `${first.since}-${first.until}`);
  put("area", view.area, "");
  put("sure", String(view.confidence), "0");
  if (view.hulls) state.set("communities", "1");
  for (const [key, name] of Object.entries(sets)) if (view[name].size) state.set(key, JSON.stringify([...view[name]]));
  if (view.open !== null) state.set("open", view.open);
  if (view.institution) state.set("at", keyOf(view.institution));
  if (view.tie && !view.tie.isMerged) state.set("tie", pair(...ends(view.tie)));
  if (view.path) state.set("path", pair(view.path.from, view.path.to));
  return state.toString();
}

// Whatever a link says is checked against what the page holds; the rest is left out.
function stateOf(text) {
  const state = new URLSearchParams(text);
  const changes = { ...first };
  const listed = (key) => { try { return [].concat(JSON.parse(state.get(key) || "[]")); } catch { return []; } };
  const whole = (value, low, high, otherwise) => (/^\d+$/u.test(value ?? "") ? Math.min(Math.max(Number(value), low), high) : otherwise);
  if (LANGUAGES.includes(state.get("lang"))) changes.language = state.get("lang");
  if (layouts.includes(state.get("view"))) changes.layout = state.get("view");
  changes.limit = whole(state.get("ties"), 0, ties.length, first.limit);
  const [since, until] = (state.get("years") || "").split("-");
  changes.since = whole(since, firstYear, lastYear, firstYear);
  changes.until = whole(until, changes.since, lastYear, lastYear);
  if (ties.some((tie) => tie.areas.includes(state.get("area")))) changes.area = state.get("area");
  changes.confidence = Math.min(Math.max(Number(state.get("sure")) || 0, 0), 1);
  changes.hulls = state.has("communities");
  for (const [key, name] of Object.entries(sets)) changes[name] = new Set(listed(key).map(String));
  if (groups[state.get("open")]) changes.open = Number(state.get("open"));
  changes.institution = byKey.get(state.get("at")) || null;
  const [a, b] = listed("tie").map((key) => byKey.get(key));
  changes.tie = a && b ? tiesOf[a.id].find((tie) => partner(tie, a) === b) || null : null;
  const [from, to] = listed("path").map((key) => byKey.get(key));
  changes.path = from && to ? { from, to } : null;
  return changes;
}

const undoButton = document.getElementById("undo");
const past = [];
let current = "";
let lastChange = { keys: "", time: 0 };
const GRADUAL = ["limit", "since", "until", "since,until", "confidence"]; // what sliders change

function remember(changes) {
  const text = stateText();
  if (text === current) return;
  const keys = Object.keys(changes).join();
  const sameMove = GRADUAL.includes(keys) && keys === lastChange.keys && Date.now() - lastChange.time < 700;
  if (!sameMove) past.push(current);
  lastChange = { keys, time: Date.now() };
  keep(text);
}

function keep(text) {
  current = text;
  undoButton.disabled = past.length === 0;
  try {
    window.history.replaceState(null, "", `#${text}`);
  } catch { /* a page inside another may not change its address; sharing then copies nothing new */ }
}

let going = false; // back to a former view, which is no new step
function restore(text) {
  going = true;
  change(stateOf(text));
  going = false;
  keep(text);
}

function undo() {
  if (past.length) restore(past.pop());
}

async function share() {
  try {
    await navigator.clipboard.writeText(window.location.href);
    tell(say("copied"));
  } catch {
    tell(say("copyFailed"));
  }
}

let noticeTimer = 0;
function tell(text) {
  const notice = document.getElementById("notice");
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { notice.hidden = true; }, 2500);
}

undoButton.addEventListener("click", undo);
document.getElementById("share").addEventListener("click", share);
window.addEventListener("hashchange", () => {
  const text = window.location.hash.slice(1);
  if (text === current) return;
  past.push(current);
  restore(text);
});
watchers.push((changes) => { if (!("hovered" in changes) && !going) remember(changes); });
