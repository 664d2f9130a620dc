// Keys for the page of decisions: j and k move, the keys shown on buttons decide. They work while
// one of the things to decide has the focus, and never while somebody writes.
"use strict";

const items = [...document.querySelectorAll(".item")];

function at() {
  return items.findIndex((item) => item.contains(document.activeElement));
}

function go(number) {
  const item = items[Math.max(0, Math.min(items.length - 1, number))];
  item?.focus();
  item?.scrollIntoView({ block: "nearest" });
}

// A decision needs a reason: without one yet the key leads to its box, and Enter there decides.
function press(button) {
  const box = button.form.querySelector("input[name=because]:not([type=hidden])");
  if (!box || box.value.trim()) return button.click();
  button.form.dataset.chosen = button.dataset.key;
  box.focus();
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const writing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (writing && event.key === "Enter" && event.target.form?.dataset.chosen) {
    event.preventDefault();
    const form = event.target.form;
    form.requestSubmit(form.querySelector(`[data-key="${form.dataset.chosen}"]`));
  } else if (writing && event.key === "Escape") {
    delete event.target.form?.dataset.chosen;
    event.target.closest(".item")?.focus();
  }
  if (writing) return;
  const here = at(), among = items[here] ?? document;
  const button = among.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
    ?? document.querySelector(`.done [data-key="${CSS.escape(event.key)}"]`);
  if (event.key === "j" || event.key === "k") go(here < 0 ? 0 : here + (event.key === "j" ? 1 : -1));
  else if (here >= 0 && button) press(button);
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", keyed);
document.querySelectorAll(".shortcuts").forEach((one) => { one.hidden = false; });
const number = Number(/^#item-(\d+)$/.exec(location.hash)?.[1] ?? 0);
if (number) go(number - 1);
