// Slider, country switches, zoom buttons and the keyboard.

const slider = document.getElementById("limit");
const shownCount = document.getElementById("shown");
const countryButtons = [...document.querySelectorAll("button.country")];

// The slider is finer where the strong ties are: its way is the square root of the number.
const LEAST = Math.min(5, ties.length);
const limitAt = (value) => Math.round(LEAST + (ties.length - LEAST) * (value / 100) ** 2);
const valueAt = (limit) => (ties.length > LEAST ? 100 * Math.sqrt((limit - LEAST) / (ties.length - LEAST)) : 100);

function showCounts() {
  if (!slider) return;
  const tieCount = ties.filter(tieShown).length;
  const text = `${tieCount.toLocaleString("en")} of ${ties.length.toLocaleString("en")}`;
  shownCount.textContent = text;
  slider.setAttribute("aria-valuetext", `${text} ties`);
}

function showCountry(code, shown) {
  const hiddenCountries = new Set(view.hiddenCountries);
  if (shown) hiddenCountries.delete(code);
  else hiddenCountries.add(code);
  const lost = (institution) => institution && hiddenCountries.has(institution.country);
  const gone = lost(view.institution) || (view.tie && [view.tie.from, view.tie.to].some((id) => lost(institutions[id])));
  change(gone ? { hiddenCountries, institution: null, tie: null } : { hiddenCountries });
}

function pressButtons() {
  for (const button of countryButtons) {
    button.setAttribute("aria-pressed", String(!view.hiddenCountries.has(button.dataset.country)));
  }
}

for (const button of countryButtons) {
  button.addEventListener("click", () => showCountry(button.dataset.country, button.getAttribute("aria-pressed") === "false"));
}
if (slider) {
  slider.value = valueAt(view.limit);
  slider.addEventListener("input", () => change({ limit: limitAt(Number(slider.value)) }));
}
for (const button of document.querySelectorAll("[data-zoom]")) {
  const action = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), fit: () => fit(undefined, motion(300)) }[button.dataset.zoom];
  button.addEventListener("click", action);
}
document.addEventListener("pointerdown", () => { delete document.documentElement.dataset.keyboard; });
document.addEventListener("keydown", (event) => {
  document.documentElement.dataset.keyboard = "true"; // the map shows its focus to those who need it
  if (event.key === "Escape" && somethingChosen()) {
    searchBox.value = "";
    choose.nothing();
  } else if (event.key === "/" && document.activeElement !== searchBox) {
    event.preventDefault();
    searchBox.focus();
  }
});
watchers.push((changes) => {
  if ("hovered" in changes) return;
  showCounts();
  pressButtons();
});
