// Where things stand: as computed before the page was written; only an opened group is set here.

let tall = false;

function position(item) {
  if (view.open !== null && !item.isGroup) return openedPlace(item);
  const [x, y] = item.at[view.layout][tall ? 1 : 0];
  return { x, y };
}

// Members in a sunflower's spiral, the strongest in the middle; their partners on a ring around.
let openedAt = { key: "", at: new Map() };
function openedPlace(item) {
  const key = `${view.open} ${view.limit} ${tall}`;
  if (openedAt.key !== key) openedAt = { key, at: openedPlaces() };
  return openedAt.at.get(item) || { x: 0, y: 0 };
}

function openedPlaces() {
  const items = [...levelItems()];
  const members = items.filter((item) => item.group === view.open);
  const busy = members.filter((item) => levelTies().slice(0, view.limit).some((tie) => ends(tie).includes(item)));
  const order = [...busy, ...members.filter((item) => !busy.includes(item))];
  const [wide, high] = tall ? [1, 1.4] : [1.6, 1];
  const at = new Map(order.map((item, place) => {
    const [away, angle] = [52 * Math.sqrt(place), 2.399963 * place];
    return [item, { x: away * Math.cos(angle) * wide, y: away * Math.sin(angle) * high }];
  }));
  const outside = items.filter((item) => item.group !== view.open).sort((a, b) => a.region - b.region || a.id - b.id);
  const reach = 52 * Math.sqrt(busy.length) + 130;
  outside.forEach((item, place) => {
    const angle = (2 * Math.PI * place) / outside.length;
    at.set(item, { x: reach * Math.cos(angle) * wide, y: reach * Math.sin(angle) * high });
  });
  return at;
}

// Bridges flow across the river; ties within a bank bow away from it. Elsewhere lines are straight.
function curve(tie) {
  const [a, b] = ends(tie);
  if (view.layout === "geography" || view.layout === "time") return { enabled: true, type: "curvedCW", roundness: 0.12 };
  if (view.layout !== "countries" || view.open !== null) return { enabled: false };
  if (a.region !== b.region) {
    return { enabled: true, type: "cubicBezier", forceDirection: tall ? "vertical" : "horizontal", roundness: 0.38 };
  }
  const [from, to] = [position(a), position(b)];
  const forward = tall ? to.x > from.x : to.y > from.y;
  const outwards = tall ? a.region !== 0 : a.region === 0;
  return { enabled: true, type: forward === outwards ? "curvedCCW" : "curvedCW", roundness: 0.24 };
}
