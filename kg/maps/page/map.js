// The map itself: vis-network draws what the view asks for; nothing moves by itself.

const stage = document.getElementById("map");
const [SIDE, ABOVE, BELOW] = [130, 62, 54]; // room for names around the fitted map
const REACH = window.matchMedia("(pointer: coarse)").matches ? 14 : 6; // pixels beside a thing that count as on it

let growth = 1; // of symbols, seen from afar

const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
const network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, given("options-data"));

// Keeps a data set to the items that are shown, and hands over only what differs.
function keeper(set) {
  let last = new Map();
  return (items) => {
    const next = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
    const gone = [...last.keys()].filter((id) => !next.has(id));
    if (gone.length) set.remove(gone);
    const changed = items.filter((item) => last.get(item.id) !== next.get(item.id));
    if (changed.length) set.update(changed);
    last = next;
  };
}
const keepNodes = keeper(nodeSet);
const keepEdges = keeper(edgeSet);

function paint() {
  const { items, ties: lines } = shownScene();
  keepNodes([...items].map((item) => ({ ...look(item), shape: item.shape, size: item.size * growth, ...position(item) })));
  keepEdges([...lines].map((tie) => ({
    ...lineLook(tie), from: tie.from, to: tie.to, width: tie.width, dashes: tie.lasting ? false : [7, 6], smooth: curve(tie),
  })));
  network.redraw();
}

function turn() {
  tall = stage.clientHeight > stage.clientWidth * 1.15;
  paint();
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

// Seen from afar, symbols shrink less than the map does; from near, they do not grow.
function grow(scale) {
  const exact = scale > 1 ? 0.8 / scale : Math.max(1, 0.6 / scale) ** 0.8;
  const wanted = 1.2 ** Math.round(Math.log(exact) / Math.log(1.2));
  if (wanted === growth) return;
  growth = wanted;
  paint();
}

let moved = false; // by the reader, since the map was last fitted

function fit(some = [...shownScene().items], animation = false) {
  if (some.length === 0) return;
  const points = [...some.map(position), ...captionPlaces()];
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

// Captions beside the names must be in the picture, too.
function captionPlaces() {
  if (somethingChosen() || view.open !== null) return [];
  return settings.captions[view.layout][tall ? 1 : 0].filter(({ kind }) => kind === "side" || kind === "year");
}

function zoom(factor) {
  const scale = network.getScale() * factor;
  network.moveTo({ scale, animation: motion(180) });
  grow(scale);
  moved = true;
}

// What was chosen comes into sight: on a telephone above the sheet, elsewhere without a leap.
function reveal() {
  if (freeHeight() < stage.clientHeight - 1) return fit([...shownScene().items].filter(inFocus), motion(250));
  if (view.path) return fit([...shownScene().items].filter(inFocus), motion(300));
  if (!view.institution) return undefined;
  const at = network.canvasToDOM(position(view.institution));
  const inside = at.x > 40 && at.y > 40 && at.x < stage.clientWidth - 40 && at.y < stage.clientHeight - 40;
  return inside ? undefined : network.moveTo({ position: position(view.institution), animation: motion(300) });
}

function shownSpots() {
  const scale = network.getScale();
  const spots = new Map();
  for (const institution of shownScene().items) {
    const at = network.canvasToDOM(position(institution));
    const near = at.x > -80 && at.y > -80 && at.x < stage.clientWidth + 80 && at.y < stage.clientHeight + 80;
    if (near) spots.set(institution, { ...at, radius: institution.size * growth * scale });
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

const tieOf = (id) => tieById.get(id) || groupTies.find((tie) => tie.id === id);

function lineAround(point) {
  const offsets = [[0, 0], [REACH, 0], [-REACH, 0], [0, REACH], [0, -REACH]];
  for (const [x, y] of offsets) {
    const id = network.getEdgeAt({ x: point.x + x, y: point.y + y });
    if (id !== undefined) return tieOf(id);
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
network.on("hoverNode", ({ node }) => hover(itemById.get(node)));
network.on("hoverEdge", ({ edge }) => hover(tieOf(edge)));
network.on("blurNode", () => hover(null));
network.on("blurEdge", () => hover(null));

network.on("beforeDrawing", drawHulls);
darkness.addEventListener("change", () => { readColours(); paint(); });
new ResizeObserver(() => { turn(); fit(); }).observe(stage);
network.on("dragEnd", () => { moved = true; });
stage.addEventListener("keydown", () => { moved = true; });
network.on("zoom", ({ scale }) => { moved = true; grow(scale); });
watchers.push(paint);
watchers.push((changes) => {
  if ("layout" in changes || "open" in changes) return fit(undefined, motion(300));
  if ("hovered" in changes || "hulls" in changes || "language" in changes) return undefined;
  if (!("institution" in changes)) return moved ? undefined : fit();
  return somethingChosen() || moved ? reveal() : fit();
});
