// The identity card of an institution: names in every language, kin, heads, addresses in registries;
// and what its parts did, which counts for it and is marked so.

function cardOf(institution) {
  const { names, former, identifiers, part_of: above, parts, heads } = institution.card;
  const others = names.map((each) => ({ ...each, names: each.names.filter((name) => name !== institution.label) }));
  const rows = [
    ...others.filter((each) => each.names.length).map((each) => cardRow(sayLanguage(each.tag), each.tag, each.names.join(" · "))),
    former.length ? cardRow(say("formerly"), null, former.join(" · ")) : null,
    above.length ? cardRow(say("partOf"), null, ...above.map(kinOf)) : null,
    parts.length ? cardRow(say("parts"), null, ...parts.map(kinOf)) : null,
    heads.length ? cardRow(say("headedBy"), null, ...heads.map(headOf)) : null,
    identifiers.length ? cardRow(say("identifiers"), null, ...identifiers.map(addressOf)) : null,
  ].filter(Boolean);
  return rows.length ? element("dl", { class: "card", "aria-label": say("card") }, ...rows.flat()) : null;
}

function cardRow(title, language, ...values) {
  return [element("dt", {}, title), element("dd", { lang: language || null }, ...values)];
}

// A part or whole that is on the map is a button, any other its name.
function kinOf(kin) {
  const other = institutions.find((each) => each.name === kin.iri);
  if (!other) return element("span", { class: "kin" }, kin.name);
  return element("button", { type: "button", class: "kin", "data-institution": other.id, onclick: () => choose.institution(other) }, kin.name);
}

function headOf(head) {
  const seen = head.day ? say("seenThere", saySpan(head.day, head.until)) : say("seenUndated");
  return element("span", { class: "kin" }, `${head.name}, ${head.post}`, element("span", { class: "small" }, ` ${seen}`));
}

const REGISTRIES = { "ror.org": "ROR", "wikidata.org": "Wikidata", "geonames.org": "GeoNames", "isni.org": "ISNI" };

function addressOf(address) {
  const [host, id] = [address.split("/")[2].replace(/^www\./u, ""), address.split("/").pop()];
  return element("a", { class: "kin", href: address, target: "_blank", rel: "noopener noreferrer" }, `${REGISTRIES[host] || host} ${id}`);
}

function sayLanguage(tag) {
  if (!tag) return say("otherNames");
  try {
    return capital(new Intl.DisplayNames([view.language], { type: "language" }).of(tag));
  } catch {
    return tag;
  }
}

function rolledUp(institution) {
  const rows = institution.card.rolled.map((fact) => () =>
    element("li", { class: "rolled" }, opened(fact.name, [say("through", fact.through), sayDate(fact.day)].filter(Boolean).join(" · "), fact.evidence)));
  if (!rows.length) return [];
  return [element("h3", {}, say("partsDid")), element("p", { class: "hint" }, say("partsDidHint")), ...list(rows, say("partsDid"))];
}
