// The map itself: vis-network draws what the view asks for; nothing moves by itself.

const stage = document.getElementById("map");
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const [SIDE, ABOVE, BELOW] = [130, 62, 54]; // room for names around the fitted map
const REACH = window.matchMedia("(pointer: coarse)").matches ? 14 : 6; // pixels beside a thing that count as on it

let colours = {};
let tall = false;

const nodeSet = new vis.DataSet(institutions.map((institution) => ({
  id: institution.id, shape: institution.shape, size: institution.size, x: institution.x, y: institution.y,
})));
const edgeSet = new vis.DataSet(ties.map((tie) => ({
  id: tie.id, from: tie.from, to: tie.to, width: tie.width, dashes: tie.lasting ? false : [7, 6],
})));
const network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, given("options-data"));

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const named = (name) => style.getPropertyValue(`--${name}`).trim();
  const slots = ["0", "1", "2", "3", "4", "5", "rest", "unknown"].map((slot) => [slot, named(`slot-${slot}`)]);
  colours = {
    paper: named("paper"), ink: named("ink"), muted: named("muted"), line: named("tie"), chosen: named("tie-chosen"),
    slots: Object.fromEntries(slots),
  };
}

// Only what differs from the last picture is handed over.
function updater(set) {
  const last = new Map();
  return (items) => {
    const changed = items.filter((item) => {
      const text = JSON.stringify(item);
      const differs = last.get(item.id) !== text;
      last.set(item.id, text);
      return differs;
    });
    if (changed.length) set.update(changed);
  };
}
const updateNodes = updater(nodeSet);
const updateEdges = updater(edgeSet);

// Towards the colour of the paper, but opaque: lines do not shine through.
function faded(colour) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const paper = parts(colours.paper);
  const mixed = parts(colour).map((part, each) => Math.round(part * 0.17 + paper[each] * 0.83));
  return `rgb(${mixed.join(",")})`;
}

function look(institution) {
  const colour = colours.slots[institution.slot];
  const background = institution.slot === "unknown" ? colours.paper : colour;
  const border = institution.slot === "unknown" ? colour : colours.paper;
  const chosen = institution === view.institution;
  return {
    id: institution.id,
    hidden: !institutionShown(institution),
    borderWidth: chosen ? 3 : 1.5,
    color: inFocus(institution)
      ? { background, border: chosen ? colours.ink : border, hover: { background, border: colours.ink } }
      : { background: faded(background), border: faded(border), hover: { background, border } },
  };
}

function lineLook(tie) {
  const chosen = isChosenTie(tie);
  const dim = somethingChosen() && !chosen;
  const near = view.hovered === tie;
  const colour = chosen || near ? colours.chosen : colours.line;
  return {
    id: tie.id,
    hidden: !tieShown(tie),
    color: { color: colour, hover: colours.chosen, opacity: dim ? 0.1 : chosen || near ? 0.95 : 0.55 },
  };
}

function paint() {
  updateEdges(ties.map(lineLook));
  updateNodes(institutions.map(look));
  network.redraw();
}

// Bridges flow across the river; ties within a bank bow away from it.
function curve(tie) {
  const [a, b] = [institutions[tie.from], institutions[tie.to]];
  if (a.region !== b.region) {
    return { enabled: true, type: "cubicBezier", forceDirection: tall ? "vertical" : "horizontal", roundness: 0.38 };
  }
  const [from, to] = [position(a), position(b)];
  const forward = tall ? to.x > from.x : to.y > from.y;
  const outwards = tall ? a.region !== 0 : a.region === 0;
  return { enabled: true, type: forward === outwards ? "curvedCCW" : "curvedCW", roundness: 0.24 };
}

function turn() {
  tall = stage.clientHeight > stage.clientWidth * 1.15;
  nodeSet.update(institutions.map((institution) => ({ id: institution.id, ...position(institution) })));
  edgeSet.update(ties.map((tie) => ({ id: tie.id, smooth: curve(tie) })));
}

function position(institution) {
  return tall ? { x: institution.tall[0], y: institution.tall[1] } : { x: institution.x, y: institution.y };
}

// The part of the stage that the sheet of a telephone leaves free.
function freeHeight() {
  const { top, bottom } = stage.getBoundingClientRect();
  const sheet = panel.getBoundingClientRect();
  const covers = sheet.left < stage.getBoundingClientRect().right - 1;
  return covers ? Math.max(Math.min(bottom, sheet.top) - top, 80) : bottom - top;
}

function motion(duration) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return calm ? false : { duration, easingFunction: "easeInOutQuad" };
}

// Seen from afar, symbols shrink less than the map does.
let growth = 1;
function grow(scale) {
  const wanted = 1.2 ** Math.round(Math.log(Math.max(1, 0.6 / scale) ** 0.8) / Math.log(1.2));
  if (wanted === growth) return;
  growth = wanted;
  nodeSet.update(institutions.map(({ id, size }) => ({ id, size: size * growth })));
}

let moved = false; // by the reader, since the map was last fitted

function fit(some = institutions.filter(institutionShown), animation = false) {
  if (some.length === 0) return;
  const points = some.map(position);
  const [xs, ys] = [points.map((at) => at.x), points.map((at) => at.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height] = [stage.clientWidth, freeHeight()];
  const [side, above, below] = [Math.min(SIDE, width / 6), Math.min(ABOVE, height / 6), Math.min(BELOW, height / 6)];
  const scale = Math.min(
    (width - 2 * side) / Math.max(right - left, 1),
    (height - above - below) / Math.max(bottom - top, 1),
    1.5,
  );
  const lower = (stage.clientHeight - height + below - above) / 2;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + lower / scale }, scale, animation });
  grow(scale);
  moved = false;
}

function zoom(factor) {
  const scale = network.getScale() * factor;
  network.moveTo({ scale, animation: motion(180) });
  grow(scale);
  moved = true;
}

// What was chosen comes into sight: on a telephone above the sheet, elsewhere without a leap.
function reveal() {
  if (freeHeight() < stage.clientHeight - 1) return fit(institutions.filter((each) => institutionShown(each) && inFocus(each)), motion(250));
  if (!view.institution) return undefined;
  const at = network.canvasToDOM(position(view.institution));
  const inside = at.x > 40 && at.y > 40 && at.x < stage.clientWidth - 40 && at.y < stage.clientHeight - 40;
  return inside ? undefined : network.moveTo({ position: position(view.institution), animation: motion(300) });
}

function shownSpots() {
  const scale = network.getScale();
  const spots = new Map();
  for (const institution of institutions) {
    const at = network.canvasToDOM(position(institution));
    const near = at.x > -80 && at.y > -80 && at.x < stage.clientWidth + 80 && at.y < stage.clientHeight + 80;
    if (near && institutionShown(institution)) spots.set(institution, { ...at, radius: institution.size * growth * scale });
  }
  return spots;
}

function overlay(context, draw) {
  const ratio = context.canvas.width / stage.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw();
  context.restore();
}

function lineAround(point) {
  const offsets = [[0, 0], [REACH, 0], [-REACH, 0], [0, REACH], [0, -REACH]];
  for (const [x, y] of offsets) {
    const id = network.getEdgeAt({ x: point.x + x, y: point.y + y });
    if (id !== undefined && tieShown(tieById.get(id))) return tieById.get(id);
  }
  return null;
}

function institutionAt(point) {
  let [nearest, least] = [null, REACH];
  for (const [institution, { x, y, radius }] of shownSpots()) {
    const beside = Math.hypot(x - point.x, y - point.y) - radius;
    if (beside < least) [nearest, least] = [institution, beside];
  }
  return nearest || labelAt(point);
}

network.on("afterDrawing", (context) => overlay(context, () => {
  drawLabels(context, shownSpots(), { width: stage.clientWidth, height: stage.clientHeight }, colours);
}));
network.on("click", ({ pointer }) => {
  const institution = institutionAt(pointer.DOM);
  if (institution) return choose.institution(institution);
  const tie = lineAround(pointer.DOM);
  return tie ? choose.tie(tie) : choose.nothing();
});
const hover = (hovered) => {
  stage.classList.toggle("pointing", hovered !== null);
  change({ hovered });
};
network.on("hoverNode", ({ node }) => hover(institutions[node]));
network.on("hoverEdge", ({ edge }) => hover(tieById.get(edge)));
network.on("blurNode", () => hover(null));
network.on("blurEdge", () => hover(null));

darkness.addEventListener("change", () => { readColours(); paint(); });
new ResizeObserver(() => { turn(); fit(); }).observe(stage);
network.on("dragEnd", () => { moved = true; });
stage.addEventListener("keydown", () => { moved = true; });
network.on("zoom", ({ scale }) => { moved = true; grow(scale); });
watchers.push(paint);
watchers.push((changes) => {
  if ("limit" in changes || "hiddenCountries" in changes) return moved ? undefined : fit();
  if (!("institution" in changes)) return undefined;
  return somethingChosen() || moved ? reveal() : fit();
});
