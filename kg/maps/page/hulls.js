// Communities as soft shapes behind their members.

const HULL = { padding: 34, corners: 10, least: 3, colours: 6 };

// Andrew's monotone chain: the convex hull of points, around once.
function convexHull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const cross = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list) => list.reduce((chain, point) => {
    while (chain.length > 1 && cross(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
    return [...chain, point];
  }, []).slice(0, -1);
  return [...half(sorted), ...half(sorted.reverse())];
}

function hullOf(members) {
  const around = members.flatMap((item) => {
    const { x, y } = position(item);
    return Array.from({ length: HULL.corners }, (_, at) => {
      const angle = (2 * Math.PI * at) / HULL.corners;
      return { x: x + HULL.padding * Math.cos(angle), y: y + HULL.padding * Math.sin(angle) };
    });
  });
  return convexHull(around);
}

function shownHulls() {
  if (!view.hulls || groups.length) return [];
  const members = new Map();
  for (const item of shownScene().items) {
    if (!members.has(item.community)) members.set(item.community, []);
    members.get(item.community).push(item);
  }
  return [...members].filter(([, list]) => list.length >= HULL.least)
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([community, list]) => ({ community, points: hullOf(list), colour: colours.hulls[community % HULL.colours] }));
}

function drawHulls(context) {
  for (const { points, colour } of shownHulls()) {
    context.beginPath();
    points.forEach(({ x, y }) => context.lineTo(x, y));
    context.closePath();
    context.fillStyle = colour;
    context.globalAlpha = 0.55;
    context.fill();
    context.globalAlpha = 1;
  }
}

const hullButton = document.getElementById("hulls");
function showHulls() {
  if (!hullButton) return;
  hullButton.setAttribute("aria-pressed", String(view.hulls));
  const key = document.getElementById("hull-key");
  if (key) key.hidden = !view.hulls;
}
if (hullButton) hullButton.addEventListener("click", () => change({ hulls: !view.hulls }));
watchers.push((changes) => { if (!("hovered" in changes)) showHulls(); });
