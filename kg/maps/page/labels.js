// Names on the map: always the same size on the screen, the strongest first, and only
// where they cover neither another name nor a symbol. Zooming in makes room for more.

const LABEL = { size: 12, leading: 14.5, widest: 128, narrow: 84, lines: 3, gap: 4, cell: 64 };

const labelBoxes = []; // of the names last drawn, for pointing at them
const wrapped = new Map();
const zoomBox = { left: 0, top: 0, right: narrow ? 52 : 64, bottom: narrow ? 44 : 112 }; // its buttons

function fontOf(strong) {
  return `${strong ? 600 : 400} ${LABEL.size}px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`;
}

function wrap(context, text, lines, widest) {
  const rows = [];
  let row = "";
  for (const word of text.split(/\s+/u)) {
    const longer = row ? `${row} ${word}` : word;
    if (row && context.measureText(longer).width > widest) {
      rows.push(row);
      row = word;
    } else {
      row = longer;
    }
  }
  rows.push(row);
  const kept = rows.slice(0, lines);
  if (rows.length > lines) kept[lines - 1] += " …";
  return kept.map((each) => shorten(context, each));
}

function shorten(context, text) {
  const most = LABEL.widest * 1.4;
  if (context.measureText(text).width <= most) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && context.measureText(letters.join("") + "…").width > most) letters.pop();
  return letters.join("") + "…";
}

function labelOf(context, institution, strong, widest = LABEL.widest) {
  const key = `${institution.id} ${widest}${strong ? " strong" : ""}${institution.isGroup ? view.language : ""}`;
  if (!wrapped.has(key)) {
    context.font = fontOf(strong);
    const rows = wrap(context, sayName(institution) + (institution.isGroup ? ` · ${number(institution.count)}` : ""), strong || widest < LABEL.widest ? 4 : LABEL.lines, widest);
    const width = Math.max(...rows.map((row) => context.measureText(row).width));
    wrapped.set(key, { rows, width, height: rows.length * LABEL.leading });
  }
  return wrapped.get(key);
}

// Boxes that are taken, in a coarse grid so that a crowd stays quick to ask.
function occupancy() {
  const cells = new Map();
  const each = (box, visit) => {
    for (let x = Math.floor(box.left / LABEL.cell); x <= Math.floor(box.right / LABEL.cell); x += 1) {
      for (let y = Math.floor(box.top / LABEL.cell); y <= Math.floor(box.bottom / LABEL.cell); y += 1) {
        if (visit(`${x},${y}`)) return true;
      }
    }
    return false;
  };
  const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    add: (box) => each(box, (cell) => {
      if (!cells.has(cell)) cells.set(cell, []);
      cells.get(cell).push(box);
      return false;
    }),
    free: (box) => !each(box, (cell) => (cells.get(cell) || []).some((other) => overlap(box, other))),
  };
}

// On a bank away from the river, where no bridge passes; elsewhere below the symbol.
const LABEL_SIDES = {
  wide: [["left", "below", "above", "right"], ["right", "below", "above", "left"]],
  tall: [["above", "below", "left", "right"], ["below", "above", "right", "left"]],
};

function places(at, radius, label, sides) {
  const { width } = label;
  const height = label.height + 3; // so that two names below each other are not read as one
  const away = radius + LABEL.gap;
  const corner = (left, top, align) => ({ left, top, right: left + width, bottom: top + height, align });
  const all = {
    below: corner(at.x - width / 2, at.y + away, "center"),
    above: corner(at.x - width / 2, at.y - away - height, "center"),
    right: corner(at.x + away, at.y - height / 2, "left"),
    left: corner(at.x - away - width, at.y - height / 2, "right"),
  };
  return sides.map((side) => all[side]);
}

function labelOrder(shown) {
  const rank = (institution) => {
    if (institution === view.institution || institution === view.hovered) return -2;
    return somethingChosen() && inFocus(institution) ? -1 : 0;
  };
  return shown.map((institution) => [rank(institution), institution])
    .sort(([a, one], [b, other]) => a - b || (one.id < other.id ? -1 : 1))
    .map(([, institution]) => institution);
}

// `spots` holds where the shown institutions stand on the screen and how large they are.
function drawLabels(context, spots, screen, colours) {
  const taken = occupancy();
  for (const [institution, { x, y, radius }] of spots) {
    if (!inFocus(institution)) continue; // what is faded may be written over
    taken.add({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
  }
  taken.add(zoomBox);
  labelBoxes.length = 0;
  if (!narrow || !somethingChosen()) drawCaptions(context, spots, taken, colours);
  for (const institution of labelOrder([...spots.keys()])) {
    const faded = somethingChosen() && !inFocus(institution);
    if (faded && institution !== view.hovered) continue;
    const strong = institution === view.institution || institution === view.hovered;
    const spot = spots.get(institution);
    const inside = (box) => box.left > 2 && box.top > 2 && box.right < screen.width - 2 && box.bottom < screen.height - 2;
    const onBank = view.layout === "countries" && view.open === null;
    const sides = (onBank && LABEL_SIDES[tall ? "tall" : "wide"][institution.region]) || ["below", "above", "right", "left"];
    const must = strong || ((view.tie || view.path) && inFocus(institution));
    const options = [LABEL.widest, LABEL.narrow].flatMap((widest) => {
      const label = labelOf(context, institution, strong, widest);
      return places(spot, spot.radius, label, sides).map((place) => ({ ...place, label }));
    });
    const box = options.find((option) => inside(option) && taken.free(option)) || (must ? options[0] : null);
    if (!box) continue;
    taken.add(box);
    labelBoxes.push({ ...box, institution });
    drawLabel(context, box.label, box, strong, colours);
  }
}

function drawLabel(context, label, box, strong, colours) {
  context.font = fontOf(strong);
  context.textAlign = box.align;
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.ink;
  const x = { left: box.left, right: box.right, center: (box.left + box.right) / 2 }[box.align];
  label.rows.forEach((row, number) => {
    const top = box.top + number * LABEL.leading + 1;
    context.strokeText(row, x, top);
    context.fillText(row, x, top);
  });
}

function labelAt(point) {
  const hit = labelBoxes.find((box) => point.x >= box.left && point.x <= box.right
    && point.y >= box.top && point.y <= box.bottom);
  return hit ? hit.institution : null;
}
