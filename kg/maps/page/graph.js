// What the page was given, parsed once and indexed. Everything in it is data, never markup.

const given = (id) => JSON.parse(document.getElementById(id).textContent);

const settings = given("settings-data");
const institutions = given("node-data"); // strongest first; the id is the place in the list
const ties = given("edge-data"); // strongest first
const tieById = new Map(ties.map((tie, rank) => [tie.id, Object.assign(tie, { rank })]));

const tiesOf = institutions.map(() => []);
for (const tie of ties) {
  tiesOf[tie.from].push(tie);
  tiesOf[tie.to].push(tie);
}

function partner(tie, institution) {
  return institutions[tie.from === institution.id ? tie.to : tie.from];
}

function strengthOf(institution) {
  return tiesOf[institution.id].reduce((sum, tie) => sum + tie.weight, 0);
}
