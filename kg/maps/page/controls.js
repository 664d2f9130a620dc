// Slider, country switches, arrangements, zoom buttons, language and the keyboard.

const slider = document.getElementById("limit");
const shownCount = document.getElementById("shown");
const countryButtons = [...document.querySelectorAll("button.country")];
const layoutButtons = [...document.querySelectorAll("[data-layout]")];

// The slider is finer where the strong ties are: its way is the square root of the number.
const total = () => levelTies().length;
const least = () => Math.min(5, total());
const limitAt = (value) => Math.round(least() + (total() - least()) * (value / 100) ** 2);
const valueAt = (limit) => (total() > least() ? 100 * Math.sqrt(Math.max(limit - least(), 0) / (total() - least())) : 100);

function showCounts() {
  if (!slider) return;
  const text = say("of", number(shownScene().ties.size), number(total()));
  shownCount.textContent = text;
  slider.setAttribute("aria-valuetext", text);
  if (document.activeElement !== slider) slider.value = valueAt(view.limit);
}

function showCountry(code, shown) {
  const hiddenCountries = new Set(view.hiddenCountries);
  if (shown) hiddenCountries.delete(code);
  else hiddenCountries.add(code);
  const lost = (institution) => institution && hiddenCountries.has(institution.country);
  const gone = lost(view.institution) || (view.tie && ends(view.tie).some(lost)) || (view.path && [view.path.from, view.path.to].some(lost));
  change(gone ? { hiddenCountries, ...nothing } : { hiddenCountries });
}

function pressButtons() {
  for (const button of countryButtons) button.setAttribute("aria-pressed", String(!view.hiddenCountries.has(button.dataset.country)));
  for (const button of layoutButtons) button.setAttribute("aria-pressed", String(button.dataset.layout === view.layout));
}

function showLayout(layout) {
  if (layout) change({ layout, hulls: layout === "communities" && !groups.length });
}

const keyDialog = document.getElementById("keys");
function showKeys() {
  document.getElementById("key-list").replaceChildren(...found("keys").flatMap(([key, meaning]) => [element("dt", {}, key), element("dd", {}, meaning)]));
  keyDialog.showModal();
}

for (const button of countryButtons) {
  button.addEventListener("click", () => showCountry(button.dataset.country, button.getAttribute("aria-pressed") === "false"));
}
for (const button of layoutButtons) button.addEventListener("click", () => showLayout(button.dataset.layout));
if (slider) slider.addEventListener("input", () => change({ limit: limitAt(Number(slider.value)) }));
for (const button of document.querySelectorAll("[data-zoom]")) {
  const action = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), fit: () => fit(undefined, motion(300)) }[button.dataset.zoom];
  button.addEventListener("click", action);
}
document.getElementById("help").addEventListener("click", showKeys);
document.getElementById("language").addEventListener("click", () => {
  change({ language: LANGUAGES[(LANGUAGES.indexOf(view.language) + 1) % LANGUAGES.length] });
});

function letGo() {
  searchBox.value = "";
  if (somethingChosen()) choose.nothing();
  else if (view.open !== null) change({ ...nothing, open: null });
}

// Keys that do something wherever the focus is, but not while one writes.
function shortcut(event) {
  const writing = document.activeElement.matches("input:not([type=range]):not([type=checkbox]), select, textarea");
  if (keyDialog.open) return null;
  if (event.key === "Escape") return form && !form.hidden ? () => openFilters(false) : letGo;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !writing) return undo;
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return null;
  const onButton = document.activeElement.matches("button, summary, a, input");
  const layout = layouts[Number(event.key) - 1];
  const keys = {
    "/": () => searchBox.focus(), "?": showKeys, c: () => hullButton && hullButton.click(), f: () => openFilters(!form || form.hidden), " ": onButton ? null : play,
  };
  return layout && event.key !== " " ? () => showLayout(layout) : keys[event.key.toLowerCase()] || null;
}

document.addEventListener("pointerdown", () => { delete document.documentElement.dataset.keyboard; });
document.addEventListener("keydown", (event) => {
  document.documentElement.dataset.keyboard = "true"; // the map shows its focus to those who need it
  const action = shortcut(event);
  if (!action) return;
  if (event.key !== "Escape") event.preventDefault();
  action();
});
watchers.push((changes) => {
  if ("hovered" in changes) return;
  if ("language" in changes) sayInterface();
  showCounts();
  pressButtons();
});
