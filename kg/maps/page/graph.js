// What the page was given, parsed once and indexed. Everything in it is data, never markup.

const given = (id) => JSON.parse(document.getElementById(id).textContent);

const settings = given("settings-data");
const institutions = given("node-data"); // strongest first; the id is the place in the list
const ties = given("edge-data"); // strongest first; the rank goes from essential to dispensable
const groups = given("group-data"); // places of a very large network; empty in all others
const tieById = new Map(ties.map((tie) => [tie.id, tie]));

const tiesOf = institutions.map(() => []);
for (const tie of ties) {
  tiesOf[tie.from].push(tie);
  tiesOf[tie.to].push(tie);
}
const byRank = [...ties].sort((a, b) => a.rank - b.rank);
const allYears = [...new Set(ties.flatMap((tie) => tie.years))].sort((a, b) => a - b);
const [firstYear, lastYear] = [allYears[0] ?? 0, allYears[allYears.length - 1] ?? 0];

const itemById = new Map(institutions.map((institution) => [institution.id, institution]));
for (const group of groups) {
  Object.assign(group, { group: group.id, id: `g${group.id}`, isGroup: true, shape: "dot", aliases: [], kind: "" });
  itemById.set(group.id, group);
}

function partner(tie, institution) {
  return itemById.get(tie.from === institution.id ? tie.to : tie.from);
}

function ends(tie) {
  return [itemById.get(tie.from), itemById.get(tie.to)];
}

// Ties between groups: as strong as all ties of their members together.
function mergedTies() {
  const merged = new Map();
  for (const tie of ties) {
    const [a, b] = [institutions[tie.from].group, institutions[tie.to].group].sort((x, y) => x - y);
    if (a === b) continue;
    const key = `g${a}-${b}`;
    if (!merged.has(key)) merged.set(key, { id: key, from: `g${a}`, to: `g${b}`, missing: 1, count: 0, years: new Set(), kinds: new Set(), lasting: false, strongest: [] });
    const one = merged.get(key);
    one.missing *= 1 - tie.weight;
    one.count += 1;
    tie.years.forEach((year) => one.years.add(year));
    tie.kinds.forEach((kind) => one.kinds.add(kind));
    one.lasting ||= tie.lasting;
    if (one.strongest.length < 50) one.strongest.push(tie);
  }
  const list = [...merged.values()].map((one) => ({
    ...one, weight: 1 - one.missing, years: [...one.years], kinds: [...one.kinds],
    confidence: 1, areas: [], change: "", isMerged: true,
  }));
  const most = list.reduce((found, tie) => Math.max(found, tie.count), 1);
  list.sort((a, b) => b.count - a.count);
  list.forEach((tie, rank) => { tie.rank = rank; tie.width = 1 + 8 * Math.sqrt(tie.count / most); });
  return list;
}
const groupTies = groups.length ? mergedTies() : [];
