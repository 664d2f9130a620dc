// The map as a file: SVG of what is shown now, and PNG drawn from it.

const SVG = "http://www.w3.org/2000/svg";
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uD800-\uDFFF]/gu; // no XML file may hold these

function shapeOf(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text.replace(CONTROL, "\uFFFD");
  return made;
}

const round = (value) => Math.round(value * 10) / 10;
const onScreen = (point) => network.canvasToDOM(point);

function linePath(tie, from, to) {
  const drawn = network.body.edges[tie.id].edgeType;
  const start = `M${round(from.x)} ${round(from.y)}`;
  const finish = `${round(to.x)} ${round(to.y)}`;
  const via = curve(tie).enabled && drawn.getViaNode ? drawn.getViaNode() : null;
  if (!via) return `${start}L${finish}`;
  const at = [].concat(via).map(onScreen).map((point) => `${round(point.x)} ${round(point.y)}`);
  return `${start}${at.length === 2 ? "C" : "Q"}${at.join(" ")} ${finish}`;
}

function drawnLine(tie) {
  const [from, to] = ends(tie).map((item) => onScreen(position(item)));
  const { color } = lineLook(tie);
  const scale = network.getScale();
  const dashes = tie.lasting ? {} : { "stroke-dasharray": `${round(7 * scale)} ${round(6 * scale)}` };
  return shapeOf("path", {
    d: linePath(tie, from, to), fill: "none", stroke: color.color, "stroke-opacity": color.opacity, "stroke-width": round(tie.width * scale), ...dashes,
  });
}

function drawnItem(item, { x, y, radius }) {
  const { color, borderWidth } = look(item);
  const outline = document.querySelector(`#shape-${item.shape} path`).getAttribute("d");
  return shapeOf("path", {
    d: outline, transform: `translate(${round(x)} ${round(y)}) scale(${round((radius / 8) * 10) / 10})`,
    fill: color.background, stroke: color.border, "stroke-width": borderWidth, "vector-effect": "non-scaling-stroke",
  });
}

function drawnLabel(box) {
  const strong = box.institution === view.institution;
  const { rows } = box.label;
  const anchor = { left: "start", right: "end", center: "middle" }[box.align];
  const x = { left: box.left, right: box.right, center: (box.left + box.right) / 2 }[box.align];
  const text = shapeOf("text", { "text-anchor": anchor, "font-size": LABEL.size, "font-weight": strong ? 600 : 400, fill: colours.ink, stroke: colours.paper, "stroke-width": 3, "paint-order": "stroke" });
  rows.forEach((row, at) => text.append(shapeOf("tspan", { x: round(x), y: round(box.top + at * LABEL.leading + LABEL.size) }, row)));
  return text;
}

function drawnLegend(top) {
  const group = shapeOf("g", { "font-size": 13, fill: colours.muted });
  let x = 28;
  for (const button of countryButtons.filter((each) => each.getAttribute("aria-pressed") === "true")) {
    const text = button.textContent.replace(/\s+/gu, " ").trim();
    const colour = colours.slots[button.dataset.slot];
    group.append(
      shapeOf("circle", { cx: x + 6, cy: top - 4, r: 5.5, fill: button.dataset.slot === "unknown" ? "none" : colour, stroke: colour }),
      shapeOf("text", { x: x + 18, y: top }, text),
    );
    x += 42 + text.length * 7.2;
  }
  for (const [word, dashes] of [["lastingTie", "none"], ["eventTie", "7 6"]]) {
    if (!document.querySelector(`.legend [data-word="${word}"]`)) continue;
    group.append(
      shapeOf("path", { d: `M${x} ${top - 4}h28`, stroke: colours.muted, "stroke-width": 2, "stroke-dasharray": dashes }),
      shapeOf("text", { x: x + 36, y: top }, say(word)),
    );
    x += 60 + say(word).length * 6.4;
  }
  return group;
}

function svgPicture() {
  const [width, height, head, foot] = [stage.clientWidth, stage.clientHeight, 76, 40];
  const svg = shapeOf("svg", { xmlns: SVG, width, height: height + head + foot, viewBox: `0 ${-head} ${width} ${height + head + foot}`, "font-family": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif" });
  const facts = [...document.querySelectorAll(".facts span")].map((each) => each.textContent).join(" · ");
  svg.append(
    shapeOf("title", {}, headline()),
    shapeOf("rect", { x: 0, y: -head, width, height: height + head + foot, fill: colours.paper }),
  );
  for (const { points, colour } of shownHulls()) {
    const at = points.map(onScreen).map(({ x, y }) => `${round(x)},${round(y)}`);
    svg.append(shapeOf("polygon", { points: at.join(" "), fill: colour, "fill-opacity": 0.55 }));
  }
  svg.append(...[...shownScene().ties].map(drawnLine));
  svg.append(...[...shownSpots()].map(([item, spot]) => drawnItem(item, spot)));
  svg.append(...labelBoxes.map(drawnLabel));
  svg.append(
    shapeOf("text", { x: 28, y: -44, "font-size": 20, "font-weight": 650, fill: colours.ink }, headline()),
    shapeOf("text", { x: 28, y: -22, "font-size": 13, fill: colours.muted }, facts),
    drawnLegend(height + foot - 14),
  );
  return new XMLSerializer().serializeToString(svg);
}

function save(blob, ending) {
  const link = element("a", { href: URL.createObjectURL(blob), download: `map.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function saveSvg() {
  save(new Blob([svgPicture()], { type: "image/svg+xml" }), "svg");
}

function savePng() {
  const address = URL.createObjectURL(new Blob([svgPicture()], { type: "image/svg+xml" }));
  const image = new Image();
  image.onload = () => {
    const canvas = element("canvas", { width: image.width * 2, height: image.height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, "png"), "image/png");
    URL.revokeObjectURL(address);
  };
  image.src = address;
}

document.getElementById("save-svg").addEventListener("click", saveSvg);
document.getElementById("save-png").addEventListener("click", savePng);
