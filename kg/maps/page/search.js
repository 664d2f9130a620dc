// The search box: finds an institution under any of its names, in any script.

const searchBox = document.getElementById("search");
const matchList = document.getElementById("matches");
const MOST_MATCHES = 8;

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en").replace(/ё/gu, "е");
}

const nameIndex = institutions.map((institution) => ({
  institution,
  names: [institution.label, ...institution.aliases].map((name) => ({ name, plain: plain(name) })),
}));

// Every word of the question must occur; a name that begins with it comes first.
function quality(name, question) {
  if (name.plain.startsWith(question)) return 0;
  const words = question.split(/\s+/u).filter(Boolean);
  if (!words.every((word) => name.plain.includes(word))) return Infinity;
  return words.every((word) => name.plain.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) ? 1 : 2;
}

function find(text) {
  const question = plain(text).trim();
  if (!question) return [];
  return nameIndex
    .map(({ institution, names }) => {
      const best = names.map((name) => ({ name: name.name, score: quality(name, question) }))
        .reduce((a, b) => (b.score < a.score ? b : a));
      return { institution, ...best };
    })
    .filter((match) => match.score < Infinity)
    .sort((a, b) => a.score - b.score || a.institution.id - b.institution.id)
    .slice(0, MOST_MATCHES);
}

let found = [];
let marked = -1;

function closeMatches() {
  matchList.hidden = true;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

function markMatch(number) {
  marked = number;
  [...matchList.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === marked)));
  if (marked >= 0 && found.length) searchBox.setAttribute("aria-activedescendant", `match-${marked}`);
}

function take(match) {
  searchBox.value = match.institution.label;
  closeMatches();
  if (!countryShown(match.institution)) showCountry(match.institution.country, true);
  choose.institution(match.institution);
}

function showMatches() {
  found = find(searchBox.value);
  const items = found.map((match, number) => {
    const item = element("li", { role: "option", id: `match-${number}` },
      mark(match.institution),
      element("span", {}, match.institution.label),
      match.name === match.institution.label ? null : element("span", { class: "small" }, match.name));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(match); });
    return item;
  });
  if (!items.length) items.push(element("li", { class: "none" }, "Nobody and nothing of this name on the map"));
  matchList.replaceChildren(...items);
  matchList.hidden = searchBox.value.trim() === "";
  searchBox.setAttribute("aria-expanded", String(!matchList.hidden));
  markMatch(found.length ? 0 : -1);
}

searchBox.addEventListener("input", showMatches);
searchBox.addEventListener("focus", () => { if (searchBox.value && !somethingChosen()) showMatches(); });
searchBox.addEventListener("blur", closeMatches);
searchBox.addEventListener("keydown", (event) => {
  const open = !matchList.hidden && found.length > 0;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const step = event.key === "ArrowDown" ? 1 : found.length - 1;
    markMatch((marked + step) % found.length);
    event.preventDefault();
  } else if (open && event.key === "Enter") {
    take(found[Math.max(marked, 0)]);
  } else if (event.key === "Escape" && !matchList.hidden) {
    closeMatches();
    event.stopPropagation();
  }
});
