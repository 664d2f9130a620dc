// What the page says, in the reader's language. Names, quotes and titles stay as they are.

const LANGUAGES = Object.keys(settings.words);

function found(key) {
  return key.split(".").reduce((held, part) => (held ? held[part] : undefined), settings.words[view.language]);
}

function say(key, ...parts) {
  const text = found(key);
  return typeof text === "string" ? text.replace(/\{(\d)\}/gu, (_, at) => parts[at] ?? "") : key;
}

const number = (value) => value.toLocaleString(view.language);

function counted(value, key) {
  const forms = found(key);
  const form = new Intl.PluralRules(view.language).select(value);
  return (forms[form] || forms.other).replace("{n}", number(value));
}

// Partners by paper or facility, and apart from them whom one only met at events.
function countedTies(ties) {
  const met = ties.filter((tie) => !tie.lasting).length;
  const bound = ties.length - met;
  return [bound ? counted(bound, "partners") : "", met ? counted(met, "met") : ""].filter(Boolean).join(", ");
}

// ISO 8601 dates of any precision, also a day without its year ("--09-22"); else the text itself.
function sayDate(text) {
  const match = /^(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|--(\d\d)-(\d\d))$/u.exec(text);
  if (!match) return text;
  const [year, month, day] = [match[1], match[2] || match[4], match[3] || match[5]];
  if (!month) return year;
  const date = new Date(Date.UTC(year ? Number(year) : 2000, Number(month) - 1, Number(day || 1)));
  const parts = { timeZone: "UTC", month: "long", ...(day ? { day: "numeric" } : {}), ...(year ? { year: "numeric" } : {}) };
  const spoken = new Intl.DateTimeFormat(view.language === "en" ? "en-GB" : view.language, parts).format(date);
  return spoken.replace(/ г\.$/u, day ? " года" : "");
}

function saySpan(first, last) {
  if (!first || !last || first === last) return sayDate(first || last);
  const [start, end] = [first, last].map((date) => sayDate(date.slice(0, 7)));
  return start === end ? start : say("to", start, end);
}

function sayCountry(code) {
  if (!code) return say("unknownCountry");
  const known = institutions.find((each) => each.country === code);
  if (view.language === "en" && known) return known.countryText;
  try {
    return new Intl.DisplayNames([view.language], { type: "region", style: "short" }).of(code);
  } catch {
    return code;
  }
}

function sayKind(kind) {
  if (!kind) return say("unknownKind");
  const known = institutions.find((each) => each.kind === kind);
  return found(`kinds.${kind}`) || (known ? known.kindText : kind);
}

const sayTieKind = (kind) => found("tieKinds")[kind] || kind;

function sayName(item) {
  if (!item.isGroup) return item.label;
  return item.place || say("unknownPlace", sayCountry(item.country));
}

function headline() {
  const { view: shape, names } = settings.about;
  if (settings.title) return settings.title;
  return shape ? say(`title.${shape}`, ...names) : say(`title.${settings.noun}`);
}

function sayInterface() {
  document.documentElement.lang = view.language;
  document.title = headline();
  document.querySelector("h1").textContent = headline();
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = say(each.dataset.word);
  for (const each of document.querySelectorAll("[data-title]")) each.title = say(each.dataset.title);
  for (const each of document.querySelectorAll("button[data-title]")) each.setAttribute("aria-label", each.title);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", say(each.dataset.label));
  for (const each of document.querySelectorAll(".country .called")) each.textContent = sayCountry(each.parentElement.dataset.country);
  for (const each of document.querySelectorAll("[data-kinds]")) each.textContent = [...new Set(each.dataset.kinds.split(" ").map(sayKind))].join(", ");
  for (const each of document.querySelectorAll("[data-change-word]")) each.textContent = say(`changes.${each.dataset.changeWord}`, ...settings.about.names);
  const put = (id, text) => { const at = document.getElementById(id); if (at) at.textContent = text; };
  put("fact-reports", counted(settings.reports, "reports"));
  put("fact-dates", saySpan(settings.first, settings.last));
  put("fact-made", say("made", sayDate(settings.made)));
  const strength = found(`strengths.${settings.about.kind}`) || settings.strength;
  put("wider", say("wider") + (strength ? ` (${strength})` : ""));
  const search = document.getElementById("search");
  search.placeholder = say(`find.${settings.noun}`);
  search.setAttribute("aria-label", search.placeholder);
  const other = LANGUAGES.find((language) => language !== view.language);
  const button = document.getElementById("language");
  button.textContent = other.toUpperCase();
  button.lang = other;
  button.title = settings.words[other].language;
}
