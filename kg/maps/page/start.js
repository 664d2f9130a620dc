// The first picture, and a small window for those who test or script the page.

const keys = document.querySelector("details.keys");
if (narrow) keys.open = false;

readColours();
turn();
paint();
fit();
showCounts();
showDetails();

const byLabel = (label) => institutions.find((institution) => institution.label === label) || null;
window.silkgraph = Object.freeze({
  shown: () => ({
    institutions: institutions.filter(institutionShown).map((institution) => institution.label),
    ties: ties.filter(tieShown).map((tie) => tie.id),
    labels: labelBoxes.map(({ institution, left, top, right, bottom }) => ({ label: institution.label, left, top, right, bottom })),
  }),
  where: (label) => network.canvasToDOM(position(byLabel(label))),
  whereTie: (id) => {
    const { from, to } = tieById.get(id);
    const [a, b] = [from, to].map((end) => network.canvasToDOM(position(institutions[end])));
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  },
});
document.documentElement.dataset.ready = "true";
