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

function counted(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
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
  const meter = element("meter", { min: 0, max: 1, value: weight, title: `Strength ${weight.toFixed(2)} of 1` });
  return element("span", { class: "bar" }, meter);
}

function tieFacts(tie) {
  return [tie.kindsText, tie.dates, tie.reports ? counted(tie.reports, "report", "reports") : ""].filter(Boolean).join(" · ");
}

function briefFacts(tie) {
  return [tie.kindsText, tie.reports ? counted(tie.reports, "report", "reports") : ""].filter(Boolean).join(" · ");
}

function tieRow(tie, names) {
  return element("li", {}, element("button", { type: "button", class: "row", "data-tie": tie.id, onclick: () => choose.tie(tie) },
    element("span", { class: "names" }, ...names),
    strengthBar(tie.weight),
    element("span", { class: "small" }, briefFacts(tie))));
}

function institutionRow(institution) {
  const own = tiesOf[institution.id].length;
  return element("li", {}, element("button", { type: "button", class: "row", "data-institution": institution.id, onclick: () => choose.institution(institution) },
    element("span", { class: "names" }, mark(institution), element("span", {}, institution.label)),
    element("span", { class: "small" }, own ? counted(own, "partner", "partners") : "no tie seen")));
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
  }, `Show all ${rows.length.toLocaleString("en")}`);
  return [holder, more];
}

function overview() {
  const open = institutions.filter(countryShown);
  const between = ties.filter((tie) => countryShown(institutions[tie.from]) && countryShown(institutions[tie.to]));
  const both = (tie) => [tie.from, tie.to].map((id) => element("span", { class: "end" }, mark(institutions[id]), element("span", {}, institutions[id].label)));
  const parts = [element("p", { class: "hint" }, ties.length
    ? `Choose ${settings.noun.a} to see the partners, or a line to read the sentences it rests on.`
    : `No tie between these ${settings.noun.many} was seen in the reports.`)];
  if (between.length) parts.push(element("h2", {}, "Strongest ties"), ...list(between.map((tie) => () => tieRow(tie, both(tie))), "Strongest ties"));
  if (open.length) parts.push(element("h2", {}, capital(settings.noun.many)), ...list(open.map((each) => () => institutionRow(each)), settings.noun.many));
  return parts;
}

function back(label, action) {
  return element("button", { type: "button", class: "back", onclick: action }, `← ${label}`);
}

function institutionPage(institution) {
  const own = tiesOf[institution.id].filter((tie) => countryShown(partner(tie, institution)));
  const row = (tie) => () => {
    const other = partner(tie, institution);
    return tieRow(tie, [element("span", { class: "end" }, mark(other), element("span", {}, other.label))]);
  };
  const kind = [institution.kind && institution.kindText, institution.countryText].filter(Boolean).join(" · ");
  return [
    back(`All ${settings.noun.many}`, choose.nothing),
    element("h2", { class: "name" }, institution.label),
    element("p", { class: "small" }, mark(institution), kind),
    institution.aliases.length ? element("p", { class: "aliases" }, `Also: ${institution.aliases.join(" · ")}`) : null,
    element("h3", {}, own.length ? counted(own.length, "partner", "partners") : "No tie seen in the reports"),
    ...list(own.map(row), "Partners, strongest first"),
  ].filter(Boolean);
}

function endButton(institution) {
  return element("button", { type: "button", class: "row end", "data-institution": institution.id, onclick: () => choose.institution(institution) },
    mark(institution), element("span", {}, institution.label));
}

function source(entry) {
  const title = entry.title || entry.source || "Report without a title";
  const safe = /^https?:\/\//iu.test(entry.link);
  const name = safe
    ? element("a", { href: entry.link, target: "_blank", rel: "noopener noreferrer" }, title)
    : element("span", {}, title);
  return element("figcaption", {}, name, entry.date ? element("span", { class: "date" }, entry.date) : null);
}

function evidenceGroups(tie) {
  const groups = new Map();
  for (const entry of tie.evidence) {
    const what = entry.what || entry.kind || "Reported";
    if (!groups.has(what)) groups.set(what, []);
    groups.get(what).push(entry);
  }
  return [...groups].map(([what, entries]) => element("section", { class: "fact" },
    element("h3", {}, what),
    ...entries.map((entry) => element("figure", {}, element("blockquote", {}, entry.quote), source(entry)))));
}

function tiePage(tie, cameFrom) {
  return [
    cameFrom ? back(cameFrom.label, () => choose.institution(cameFrom)) : back("All ties", choose.nothing),
    element("h2", { class: "ends" }, endButton(institutions[tie.from]), endButton(institutions[tie.to])),
    element("p", { class: "strength" }, strengthBar(tie.weight), `strength ${tie.weight.toFixed(2)} of 1`),
    element("p", { class: "small" }, tieFacts(tie)),
    ...(tie.evidence.length ? evidenceGroups(tie) : [element("p", { class: "hint" }, "No sentence is kept for this tie.")]),
  ];
}

let lastInstitution = null;
function showDetails() {
  const from = view.tie && lastInstitution && [view.tie.from, view.tie.to].includes(lastInstitution.id) ? lastInstitution : null;
  const content = view.tie ? tiePage(view.tie, from) : view.institution ? institutionPage(view.institution) : overview();
  lastInstitution = view.institution || from;
  const hadFocus = details.contains(document.activeElement);
  details.replaceChildren(...content);
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
  if (!("hovered" in changes) && !("limit" in changes)) showDetails();
});
