// What the reader looks at. Every change goes through `change`; the rest of the page watches.

const narrow = window.matchMedia("(max-width: 760px)").matches;
const { layouts } = settings;
const first = Object.freeze({
  language: LANGUAGES.includes(navigator.language.slice(0, 2)) ? navigator.language.slice(0, 2) : "en",
  layout: layouts[0],
  limit: narrow ? Math.min(settings.firstShown, 20) : settings.firstShown,
  since: firstYear,
  until: lastYear,
  hiddenCountries: new Set(),
  hiddenKinds: new Set(),
  hiddenTieKinds: new Set(),
  area: "",
  confidence: 0,
  hulls: false,
  institution: null,
  tie: null,
  path: null, // { from, to }: two institutions
  open: null, // the number of a group
});
const view = { ...first, hovered: null };
const watchers = [];

function change(changes) {
  Object.assign(view, changes);
  scene = null;
  for (const watcher of watchers) watcher(changes);
}

const nothing = { institution: null, tie: null, path: null };
const choose = {
  institution: (institution) => (institution.isGroup
    ? change({ ...nothing, open: institution.group })
    : change({ ...nothing, ...reachable(institution), institution })),
  tie: (tie) => change({ ...nothing, tie }),
  path: (from, to) => change({ ...nothing, path: { from, to } }),
  nothing: () => change({ ...nothing }),
};

// An institution of a large network is shown in its group.
function reachable(institution) {
  const there = !groups.length || (view.open !== null && levelItems().has(institution));
  return there ? {} : { open: institution.group };
}

function countryShown(institution) {
  return !view.hiddenCountries.has(institution.country);
}

function itemOpen(institution) {
  return countryShown(institution) && !view.hiddenKinds.has(institution.kind);
}

const allTime = () => view.since <= firstYear && view.until >= lastYear;

function inTime(tie) {
  return allTime() || tie.years.some((year) => year >= view.since && year <= view.until);
}

// Whether the filters let a tie through, however weak it is.
function tieOpen(tie) {
  return inTime(tie)
    && tie.confidence >= view.confidence
    && (!view.area || tie.areas.includes(view.area))
    && (!tie.kinds.length || tie.kinds.some((kind) => !view.hiddenTieKinds.has(kind)))
    && ends(tie).every(itemOpen);
}

// The ties among which the slider chooses: all of them, those between groups, or of one group.
let levels = new Map();
function levelTies() {
  if (!groups.length) return byRank;
  if (view.open === null) return groupTies;
  if (!levels.has(view.open)) {
    levels.set(view.open, byRank.filter((tie) => ends(tie).some((end) => end.group === view.open)));
  }
  return levels.get(view.open);
}

function levelItems() {
  if (!groups.length) return new Set(institutions);
  if (view.open === null) return new Set(groups);
  const members = institutions.filter((each) => each.group === view.open);
  return new Set([...members, ...levelTies().slice(0, view.limit).flatMap(ends)]);
}

function isChosenTie(tie) {
  const chosen = view.institution;
  if (view.path) return pathTies().includes(tie);
  return tie === view.tie || (chosen !== null && (tie.from === chosen.id || tie.to === chosen.id));
}

// What is drawn: the essential ties that the filters let through, and all of what is chosen.
let scene = null;
function shownScene() {
  if (scene) return scene;
  const open = levelTies().filter(tieOpen);
  const shown = new Set(open.filter((tie, at) => at < view.limit || isChosenTie(tie)));
  if (view.path) pathTies().forEach((tie) => shown.add(tie));
  const items = new Set([...shown].flatMap(ends));
  const all = open.length <= view.limit;
  for (const item of levelItems()) {
    if (itemOpen(item) && (item.isGroup || item === view.institution || (all && !view.open && tiesOf[item.id].length === 0 && allTime()))) items.add(item);
  }
  if (view.institution) items.add(view.institution);
  scene = { ties: shown, items, open: open.length };
  return scene;
}
const tieShown = (tie) => shownScene().ties.has(tie);
const institutionShown = (institution) => shownScene().items.has(institution);

function somethingChosen() {
  return view.institution !== null || view.tie !== null || view.path !== null;
}

function inFocus(institution) {
  if (view.path) return pathTies().some((tie) => ends(tie).includes(institution)) || [view.path.from, view.path.to].includes(institution);
  if (view.tie) return institution.id === view.tie.from || institution.id === view.tie.to;
  if (!view.institution) return true;
  return institution === view.institution
    || tiesOf[institution.id].some((tie) => tieShown(tie) && partner(tie, institution) === view.institution);
}
