// Filters by kind, kind of tie, area of cooperation and confidence.

const form = document.getElementById("filters");
const formButton = document.getElementById("open-filters");

function tally(values) {
  const counts = new Map();
  values.forEach((value) => counts.set(value, (counts.get(value) || 0) + 1));
  return [...counts].sort(([, a], [, b]) => b - a);
}

const kindCounts = tally(institutions.map((institution) => institution.kind));
const tieCounts = tally(ties.flatMap((tie) => tie.kinds));
const areas = tally(ties.flatMap((tie) => tie.areas));
const unsure = Math.min(...ties.map((tie) => tie.confidence), 1);

function boxes(title, counts, set, spoken) {
  if (counts.length < 2) return null;
  const box = ([value, count]) => {
    const input = element("input", { type: "checkbox", "data-filter": set, value });
    input.checked = !view[set].has(value);
    input.addEventListener("change", () => {
      const hidden = new Set(view[set]);
      if (input.checked) hidden.delete(value);
      else hidden.add(value);
      change({ [set]: hidden, ...leftOut() });
    });
    return element("label", {}, input, element("span", {}, spoken(value)), element("span", { class: "number" }, number(count)));
  };
  return element("fieldset", {}, element("legend", {}, title), ...counts.map(box));
}

// A choice that the filters hide is let go.
function leftOut() {
  const hidden = (view.institution && !itemOpen(view.institution)) || (view.tie && !tieOpen(view.tie));
  return hidden ? nothing : {};
}

function areaChoice() {
  if (!areas.length) return null;
  const options = [["", say("everyArea")], ...areas.map(([area]) => [area, capital(area.replace(/-/gu, " "))])];
  const select = element("select", { "data-filter": "area" }, ...options.map(([value, text]) => element("option", { value }, text)));
  select.value = view.area;
  select.addEventListener("change", () => change({ area: select.value }));
  return element("label", { class: "wide" }, element("span", {}, say("areaFilter")), select);
}

function confidenceChoice() {
  if (unsure >= 1) return null;
  const input = element("input", { type: "range", min: "0", max: "1", step: "0.05", "data-filter": "confidence" });
  input.value = view.confidence;
  const shown = element("output", {}, view.confidence.toFixed(2));
  input.addEventListener("input", () => {
    shown.textContent = Number(input.value).toFixed(2);
    change({ confidence: Number(input.value) });
  });
  return element("label", { class: "wide" }, element("span", {}, say("confidence")), input, shown);
}

function resetButton() {
  const reset = element("button", { type: "button", class: "more" }, say("reset"));
  reset.addEventListener("click", () => change({ ...first, language: view.language }));
  return reset;
}

function showFilters() {
  if (!form || form.contains(document.activeElement)) return markFilters();
  form.replaceChildren(...[
    boxes(say("kindFilter"), kindCounts, "hiddenKinds", sayKind),
    boxes(say("tieFilter"), tieCounts, "hiddenTieKinds", (kind) => capital(sayTieKind(kind))),
    element("div", { class: "others" }, ...[areaChoice(), confidenceChoice(), resetButton()].filter(Boolean)),
  ].filter(Boolean));
  return markFilters();
}

function markFilters() {
  const set = view.hiddenKinds.size || view.hiddenTieKinds.size || view.area || view.confidence > 0;
  if (formButton) formButton.classList.toggle("set", Boolean(set));
}

function openFilters(open) {
  if (!form) return;
  form.hidden = !open;
  formButton.setAttribute("aria-expanded", String(open));
}
if (formButton) formButton.addEventListener("click", () => openFilters(form.hidden));
if (form) form.addEventListener("submit", (event) => event.preventDefault());
watchers.push((changes) => { if (!("hovered" in changes)) showFilters(); });
