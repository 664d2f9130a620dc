// Boxes that complete names, tables that sort, a button that copies the page's address.
// Everything on the pages works without it.
"use strict";

const WAIT = 120; // milliseconds after a key before names are asked for

function debounced(work) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), WAIT);
  };
}

// The combobox pattern of WAI-ARIA: arrows move, Enter takes, Escape closes.
function complete(box, number) {
  const input = box.querySelector("input");
  const list = document.createElement("ul");
  let options = [], active = -1, asked = 0;
  list.id = `names-${number}`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", input.getAttribute("aria-label") || input.labels[0].textContent);
  input.role = "combobox";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  box.append(list);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    close();
    if ("follow" in box.dataset) location.href = option.address;
    else input.value = option.label;
  }

  function show(found) {
    options = found;
    active = -1;
    list.replaceChildren(...found.map((option, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.role = "option";
      item.setAttribute("aria-selected", "false");
      const label = document.createElement("span");
      label.textContent = option.label;
      const kind = document.createElement("small");
      kind.textContent = option.name === option.label ? option.kind : `${option.name} · ${option.kind}`;
      item.append(label, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
      return item;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
  }

  function move(step) {
    const items = [...list.children];
    if (!items.length || list.hidden) return;
    active = (active + step + items.length + (active < 0 && step < 0 ? 1 : 0)) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    items[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[active].id);
  }

  const ask = debounced(async () => {
    const text = input.value.trim(), mine = ++asked;
    if (text.length < 2) return close();
    const parameters = new URLSearchParams({ q: text, kind: box.dataset.complete });
    const response = await fetch(`/api/names?${parameters}`).catch(() => null);
    if (mine === asked && response?.ok && document.activeElement === input) show(await response.json());
  });

  input.addEventListener("input", ask);
  input.addEventListener("blur", () => { asked++; close(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(options[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
}

function sortable(table) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
      const rows = [...body.rows].sort((one, other) =>
        order.compare(one.cells[at].textContent.trim(), other.cells[at].textContent.trim()));
      body.append(...(down ? rows.reverse() : rows));
    });
  });
}

function copying(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href).catch(() => {});
    button.classList.add("done");
  });
}

document.querySelectorAll("[data-complete]").forEach(complete);
document.querySelectorAll("[data-sortable]").forEach(sortable);
document.querySelectorAll("[data-copy]").forEach(copying);
