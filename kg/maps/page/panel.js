// The side panel: an overview, an institution with its partners, or a tie with its sentences.

const details = document.getElementById("details");
const panel = document.getElementById("panel");
const handle = panel.querySelector(".handle");
const FIRST_ROWS = 12;

// Children that are strings become text nodes: no name or quote is ever read as markup.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function mark(institution) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#shape-${institution.shape}`);
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("data-slot", institution.slot);
  svg.append(use);
  return svg;
}

function strengthBar(weight) {
  const meter = element("meter", { min: 0, max: 1, value: weight, title: say("strength", weight.toFixed(2)) });
  return element("span", { class: "strengthbar" }, meter);
}

function tieFacts(tie) {
  const reports = tie.isMerged ? counted(tie.count, "ties") : tie.reports ? counted(tie.reports, "reports") : "";
  return [tie.kinds.map(sayTieKind).join(", "), tie.isMerged ? "" : saySpan(tie.first, tie.last), reports].filter(Boolean).join(" · ");
}

function tieRow(tie, names) {
  return element("li", {}, element("button", { type: "button", class: "row", "data-tie": tie.id, onclick: () => choose.tie(tie) },
    element("span", { class: "names" }, ...names),
    strengthBar(tie.weight),
    element("span", { class: "small" }, tieFacts(tie))));
}

function institutionRow(item) {
  const facts = item.isGroup ? counted(item.count, "members") : countedTies(tiesOf[item.id]) || say("noTie");
  return element("li", {}, element("button", { type: "button", class: "row", "data-institution": item.id, onclick: () => choose.institution(item) },
    element("span", { class: "names" }, mark(item), element("span", {}, sayName(item))),
    element("span", { class: "small" }, facts)));
}

// A list that starts short and opens on demand.
function list(rows, title) {
  const holder = element("ul", { class: "rows", "aria-label": title });
  holder.append(...rows.slice(0, FIRST_ROWS).map((make) => make()));
  if (rows.length <= FIRST_ROWS) return [holder];
  const more = element("button", {
    type: "button", class: "more",
    onclick: () => {
      const added = rows.slice(FIRST_ROWS).map((make) => make());
      holder.append(...added);
      more.remove();
      added[0].querySelector("button").focus();
    },
  }, say("showAll", number(rows.length)));
  return [holder, more];
}

function end(item) {
  return element("span", { class: "end" }, mark(item), element("span", {}, sayName(item)));
}

function overview() {
  const open = [...levelItems()].filter(itemOpen);
  const between = levelTies().filter(tieOpen).sort((a, b) => (a.isMerged ? a.rank - b.rank : b.weight - a.weight));
  const atGroups = groups.length > 0 && view.open === null;
  const many = atGroups ? say("allPlaces") : capital(say(`many.${settings.noun}`));
  const hint = !ties.length ? say("noTies", say(`many.${settings.noun}`)) : atGroups ? say("groupHint") : say(`hint.${settings.noun}`);
  const parts = view.open === null ? [] : [
    back(say("allPlaces"), () => change({ ...nothing, open: null })),
    element("h2", { class: "name" }, sayName(groups[view.open])),
  ];
  parts.push(element("p", { class: "hint" }, hint));
  if (between.length) parts.push(element("h2", {}, say("strongestTies")), ...list(between.map((tie) => () => tieRow(tie, ends(tie).map(end))), say("strongestTies")));
  if (open.length) parts.push(element("h2", {}, many), ...list(open.map((each) => () => institutionRow(each)), many));
  return parts;
}

function back(label, action) {
  return element("button", { type: "button", class: "back", onclick: action }, `← ${label}`);
}

function endButton(institution) {
  return element("button", { type: "button", class: "row end", "data-institution": institution.id, onclick: () => choose.institution(institution) },
    mark(institution), element("span", {}, sayName(institution)));
}

function source(entry) {
  const title = entry.title || entry.source || say("untitled");
  const safe = /^https?:\/\//iu.test(entry.link);
  const name = safe
    ? element("a", { href: entry.link, target: "_blank", rel: "noopener noreferrer" }, title)
    : element("span", {}, title);
  return element("figcaption", {}, name, entry.date ? element("span", { class: "date" }, sayDate(entry.date)) : null);
}

function evidenceGroups(tie) {
  const groups = new Map();
  for (const entry of tie.evidence) {
    const what = entry.what || (entry.kind ? capital(sayTieKind(entry.kind)) : say("reported"));
    if (!groups.has(what)) groups.set(what, []);
    groups.get(what).push(entry);
  }
  return [...groups].map(([what, entries]) => element("section", { class: "fact" },
    element("h3", {}, what),
    ...entries.map(sentence)));
}

function sentence(entry) {
  return element("figure", {}, element("blockquote", {}, entry.quote), source(entry));
}

function tiePage(tie, cameFrom) {
  const [from, to] = ends(tie);
  const strongest = tie.isMerged ? tie.strongest.map((each) => () => tieRow(each, ends(each).map(end))) : [];
  return [
    cameFrom ? back(cameFrom.label, () => choose.institution(cameFrom)) : back(say("allTies"), choose.nothing),
    element("h2", { class: "ends" }, endButton(from), endButton(to)),
    tie.change ? element("p", { class: "change", "data-change": tie.change }, say(`changes.${tie.change}`, ...settings.about.names)) : null,
    element("p", { class: "strength" }, strengthBar(tie.weight), say("strength", tie.weight.toFixed(2))),
    element("p", { class: "small" }, tieFacts(tie)),
    ...(tie.isMerged ? list(strongest, say("strongestTies"))
      : tie.evidence.length ? evidenceGroups(tie) : [element("p", { class: "hint" }, say("noSentence"))]),
  ].filter(Boolean);
}

let lastInstitution = null;
function showDetails() {
  const from = view.tie && lastInstitution && [view.tie.from, view.tie.to].includes(lastInstitution.id) ? lastInstitution : null;
  const page = view.path ? pathPage() : view.tie ? tiePage(view.tie, from) : view.institution ? institutionPage(view.institution) : overview();
  lastInstitution = view.institution || from;
  const hadFocus = details.contains(document.activeElement);
  details.replaceChildren(...page);
  details.scrollTop = 0;
  if (hadFocus) details.focus();
}

function openPanel(open) {
  panel.classList.toggle("open", open);
  handle.setAttribute("aria-expanded", String(open));
}

handle.addEventListener("click", () => openPanel(!panel.classList.contains("open")));
watchers.push((changes) => {
  if ("institution" in changes || "tie" in changes) openPanel(somethingChosen());
  if (!("hovered" in changes) && Object.keys(changes).join() !== "limit") showDetails();
});
