// What the reader looks at: how many ties, which countries, which institution or tie.

const narrow = window.matchMedia("(max-width: 760px)").matches;
const view = {
  limit: narrow ? Math.min(settings.firstShown, 20) : settings.firstShown,
  hiddenCountries: new Set(),
  institution: null,
  tie: null,
  hovered: null,
};
const watchers = [];

function change(changes) {
  Object.assign(view, changes);
  for (const watcher of watchers) watcher(changes);
}

const choose = {
  institution: (institution) => change({ institution, tie: null }),
  tie: (tie) => change({ tie, institution: null }),
  nothing: () => change({ tie: null, institution: null }),
};

function countryShown(institution) {
  return !view.hiddenCountries.has(institution.country);
}

function isChosenTie(tie) {
  const chosen = view.institution;
  return tie === view.tie || (chosen !== null && (tie.from === chosen.id || tie.to === chosen.id));
}

// A chosen institution shows all its ties, however weak.
function tieShown(tie) {
  const within = tie.rank < view.limit || isChosenTie(tie);
  return within && countryShown(institutions[tie.from]) && countryShown(institutions[tie.to]);
}

function institutionShown(institution) {
  if (!countryShown(institution)) return false;
  const own = tiesOf[institution.id];
  if (own.length === 0) return view.limit >= ties.length || institution === view.institution;
  return institution === view.institution || own.some(tieShown);
}

function somethingChosen() {
  return view.institution !== null || view.tie !== null;
}

function inFocus(institution) {
  if (view.tie) return institution.id === view.tie.from || institution.id === view.tie.to;
  if (!view.institution) return true;
  return institution === view.institution
    || tiesOf[institution.id].some((tie) => partner(tie, institution) === view.institution);
}
