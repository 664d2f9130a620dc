// The colours of the page, as the canvas needs them, and how each thing looks now.

const darkness = window.matchMedia("(prefers-color-scheme: dark)");
let colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const named = (name) => style.getPropertyValue(`--${name}`).trim();
  const all = (kind, names) => Object.fromEntries(names.map((name) => [name, named(`${kind}-${name}`)]));
  colours = {
    paper: named("paper"), ink: named("ink"), muted: named("muted"), rule: named("rule"), line: named("tie"), chosen: named("tie-chosen"),
    slots: all("slot", ["0", "1", "2", "3", "4", "5", "rest", "unknown"]),
    changes: all("change", ["new", "kept", "lost"]),
    hulls: all("hull", ["0", "1", "2", "3", "4", "5"]),
  };
}

// Towards the colour of the paper, but opaque: lines do not shine through.
function mixed(colour, share) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const paper = parts(colours.paper);
  const mix = parts(colour).map((part, each) => Math.round(part * share + paper[each] * (1 - share)));
  return `rgb(${mix.join(",")})`;
}
const faded = (colour) => mixed(colour, 0.17);

function look(item) {
  const colour = colours.slots[item.slot];
  const background = item.isGroup ? mixed(colour, 0.8) : item.slot === "unknown" ? colours.paper : colour;
  const border = item.slot === "unknown" ? colour : colours.paper;
  const chosen = item === view.institution || (view.path && [view.path.from, view.path.to].includes(item));
  return {
    id: item.id,
    borderWidth: chosen ? 3 : 1.5,
    color: inFocus(item)
      ? { background, border: chosen ? colours.ink : border, hover: { background, border: colours.ink } }
      : { background: faded(background.startsWith("#") ? background : colour), border: faded(border), hover: { background, border } },
  };
}

function lineLook(tie) {
  const chosen = isChosenTie(tie);
  const dim = somethingChosen() && !chosen;
  const near = view.hovered === tie;
  const plainColour = tie.change ? colours.changes[tie.change] : colours.line;
  const colour = (chosen || near) && !tie.change ? colours.chosen : plainColour;
  return {
    id: tie.id,
    color: { color: colour, hover: tie.change ? colour : colours.chosen, opacity: dim ? 0.1 : chosen || near ? 0.95 : tie.change ? 0.8 : 0.55 },
  };
}
