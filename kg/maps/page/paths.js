// How two institutions are connected: the fewest steps, and of these the strongest ties.

let pathOf = { key: "", ties: [] };
function pathTies() {
  const key = stateKey();
  if (pathOf.key !== key) pathOf = { key, ties: shortest(view.path.from, view.path.to) };
  return pathOf.ties;
}

function stateKey() {
  const { path, since, until, area, confidence, hiddenCountries, hiddenKinds, hiddenTieKinds } = view;
  const sets = [hiddenCountries, hiddenKinds, hiddenTieKinds].map((set) => [...set].join());
  return [path.from.id, path.to.id, since, until, area, confidence, ...sets].join("|");
}

// Step by step outwards; each institution keeps the strongest way by which it was first reached.
function shortest(from, to) {
  const way = new Map([[from, { tie: null, before: null, strength: 0 }]]);
  let edge = [from];
  while (edge.length && !way.has(to)) {
    const next = new Map();
    for (const here of edge) {
      for (const tie of tiesOf[here.id].filter(tieOpen)) {
        const there = partner(tie, here);
        const strength = way.get(here).strength + Math.log(Math.max(tie.weight, 1e-6));
        if (way.has(there) || (next.has(there) && next.get(there).strength >= strength)) continue;
        next.set(there, { tie, before: here, strength });
      }
    }
    next.forEach((step, there) => way.set(there, step));
    edge = [...next.keys()];
  }
  const found = [];
  for (let at = to; way.has(at) && way.get(at).tie; at = way.get(at).before) found.unshift(way.get(at).tie);
  return found;
}

function pathPage() {
  const { from, to } = view.path;
  const found = pathTies();
  const rows = [];
  let at = from;
  for (const tie of found) {
    const next = partner(tie, at);
    rows.push(element("li", {}, element("button", { type: "button", class: "row", "data-tie": tie.id, onclick: () => choose.tie(tie) },
      element("span", { class: "names" }, mark(next), element("span", {}, next.label)),
      strengthBar(tie.weight),
      element("span", { class: "small" }, tieFacts(tie)))));
    at = next;
  }
  return [
    back(from.label, () => choose.institution(from)),
    element("h2", {}, say("path")),
    endButton(from),
    found.length ? element("ol", { class: "rows path" }, ...rows) : element("p", { class: "hint" }, say("noPath")),
    found.length ? null : endButton(to),
    found.length ? element("p", { class: "small" }, counted(found.length, "steps")) : null,
    element("button", { type: "button", class: "more", onclick: choose.nothing }, say("closePath")),
  ].filter(Boolean);
}
