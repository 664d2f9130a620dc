// The panel of one institution: its card, partners, people and posts, agreements, facilities,
// latest events, and what its parts did.

function opened(title, note, evidence) {
  return element("details", { class: "fact-row" },
    element("summary", {}, element("span", { class: "what" }, title), note ? element("span", { class: "small" }, note) : null),
    ...evidence.map(sentence));
}

function section(title, rows) {
  return rows.length ? [element("h3", {}, title), ...list(rows, title)] : [];
}

const personRow = (fact) => () => element("li", {}, opened(fact.name, fact.post, fact.evidence));
const eventRow = (fact) => () => element("li", {}, opened(fact.name, sayDate(fact.day), fact.evidence));
const paperRow = (fact) => () => element("li", {}, opened(fact.name, [say(fact.status), sayDate(fact.day)].filter(Boolean).join(" · "), fact.evidence));

function institutionPage(institution) {
  const own = tiesOf[institution.id].filter(tieOpen);
  const row = (tie) => () => tieRow(tie, [end(partner(tie, institution))]);
  const place = institution.place && `${institution.place}${institution.placeFromName ? ` (${say("fromName")})` : ""}`;
  const facts = [institution.kind && sayKind(institution.kind), sayCountry(institution.country), place].filter(Boolean).join(" · ");
  return [
    view.open !== null ? back(sayName(groups[view.open]), choose.nothing) : back(say(`all.${settings.noun}`), choose.nothing),
    element("h2", { class: "name" }, institution.label),
    element("p", { class: "small" }, mark(institution), facts),
    cardOf(institution),
    !institution.card.names.length && institution.aliases.length ? element("p", { class: "aliases" }, say("also", institution.aliases.join(" · "))) : null,
    own.length ? pathForm(institution) : null,
    element("h3", {}, countedTies(own) || say("noTie")),
    ...list(own.map(row), say("partnersTitle")),
    ...section(say("peopleAndPosts"), institution.people.map(personRow)),
    ...section(say("agreements"), institution.agreements.map(paperRow)),
    ...section(say("facilities"), institution.facilities.map(eventRow)),
    ...section(say("latestEvents"), institution.events.map(eventRow)),
    ...rolledUp(institution),
  ].filter(Boolean);
}

function pathForm(institution) {
  const box = element("input", { type: "search", id: "path-to", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: say("how"), "aria-label": say("how"), "aria-expanded": "false", "aria-controls": "path-matches", "aria-autocomplete": "list" });
  const matches = element("ul", { id: "path-matches", class: "matches", role: "listbox", "aria-label": say("pathTo"), hidden: "" });
  completion(box, matches, (other) => choose.path(institution, other));
  return element("div", { class: "search path-search" }, box, matches);
}
