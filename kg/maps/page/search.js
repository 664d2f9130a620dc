// The search box: finds an institution under any of its names, in any script.

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

function findNames(text) {
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

// Completion of a box: arrows choose, Enter takes, Escape closes.
function completion(box, list, take) {
  let found = [];
  let marked = -1;
  const close = () => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const markMatch = (at) => {
    marked = at;
    [...list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === marked)));
    if (marked >= 0 && found.length) box.setAttribute("aria-activedescendant", `${list.id}-${marked}`);
  };
  const taken = (match) => {
    box.value = match.institution.label;
    close();
    take(match.institution);
  };
  const option = (match, at) => {
    const item = element("li", { role: "option", id: `${list.id}-${at}` },
      mark(match.institution),
      element("span", {}, match.institution.label),
      match.name === match.institution.label ? null : element("span", { class: "small" }, match.name));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); taken(match); });
    return item;
  };
  const show = () => {
    found = findNames(box.value);
    const items = found.length ? found.map(option) : [element("li", { class: "none" }, say("nothingFound"))];
    list.replaceChildren(...items);
    list.hidden = box.value.trim() === "";
    box.setAttribute("aria-expanded", String(!list.hidden));
    markMatch(found.length ? 0 : -1);
  };
  box.addEventListener("input", show);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const open = !list.hidden && found.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : found.length - 1;
      markMatch((marked + step) % found.length);
      event.preventDefault();
    } else if (open && event.key === "Enter") {
      event.preventDefault();
      taken(found[Math.max(marked, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    }
  });
}

const searchBox = document.getElementById("search");
completion(searchBox, document.getElementById("matches"), (institution) => {
  const shownAgain = (name, value) => new Set([...view[name]].filter((each) => each !== value));
  change({
    ...nothing, ...reachable(institution), institution,
    hiddenCountries: shownAgain("hiddenCountries", institution.country),
    hiddenKinds: shownAgain("hiddenKinds", institution.kind),
  });
});
