// The first picture, and a small window for those who test or script the page.

const keys = document.querySelector("details.keys");
if (narrow) keys.open = false;

const asked = window.location.hash.slice(1);
const chosenFirst = institutions.find((institution) => institution.name === settings.about.chosen);
readColours();
tall = stage.clientHeight > stage.clientWidth * 1.15;
change(asked ? stateOf(asked) : { ...first, ...(chosenFirst ? { institution: chosenFirst } : {}) });
past.length = 0;
undoButton.disabled = true;
fit();

const byLabel = (label) => [...institutions, ...groups].find((item) => sayName(item) === label) || null;
window.silkgraph = Object.freeze({
  shown: () => ({
    institutions: [...shownScene().items].map(sayName),
    ties: [...shownScene().ties].sort((a, b) => a.rank - b.rank).map((tie) => tie.id),
    labels: labelBoxes.map(({ institution, left, top, right, bottom }) => ({ label: sayName(institution), left, top, right, bottom })),
    hulls: shownHulls().length,
  }),
  where: (label) => network.canvasToDOM(position(byLabel(label))),
  whereTie: (id) => {
    const [a, b] = ends(tieOf(id)).map((item) => network.canvasToDOM(position(item)));
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  },
  svg: svgPicture,
});
document.documentElement.dataset.ready = "true";
