// Suggestions under search fields, and the links between a document's text and what was read from it.
// Every page works without this.

const language = document.documentElement.lang;

async function suggestions(address, text) {
  const url = new URL(address, location.href);
  url.searchParams.set("q", text);
  url.searchParams.set("lang", language);
  const response = await fetch(url);
  return response.ok ? (await response.json()).suggestions : [];
}

// A combobox with a list, as the ARIA Authoring Practices describe it.
class Combobox {
  constructor(input, number) {
    this.input = input;
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "suggestions", id: `suggestions-${number}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    input.after(this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("li")));
  }

  ask() {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text.length < 2) return this.close();
    this.timer = setTimeout(async () => {
      const found = await suggestions(this.input.dataset.complete, text);
      if (text === this.input.value.trim() && document.activeElement === this.input) this.show(found);
    }, 120);
  }

  show(found) {
    this.list.replaceChildren(...found.map((item, place) => this.option(item, place)));
    this.open(found.length > 0);
  }

  option(item, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    Object.assign(option.dataset, { href: item.href, name: item.name });
    option.textContent = item.label ? `${item.name} – ${item.label}` : item.name;
    return option;
  }

  open(wanted) {
    this.list.hidden = !wanted;
    this.input.setAttribute("aria-expanded", String(wanted));
    this.mark(null);
  }

  close() {
    this.open(false);
  }

  mark(option) {
    for (const other of this.list.children) other.setAttribute("aria-selected", String(other === option));
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.list.hidden) return;
    const options = [...this.list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const steps = { ArrowDown: at + 1, ArrowUp: at < 0 ? options.length - 1 : at - 1 };
    if (event.key in steps) {
      event.preventDefault();
      this.mark(options[(steps[event.key] + options.length) % options.length]);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      this.choose(options[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  choose(option) {
    if (!option) return;
    if (this.input.dataset.then === "fill") {
      this.input.value = option.dataset.name;
      this.close();
    } else {
      location.assign(option.dataset.href);
    }
  }
}

document.querySelectorAll("input[data-complete]").forEach((input, number) => new Combobox(input, number));

// In a document: show which words a number stands for, and go through the passages with n and p.
const passages = [...document.querySelectorAll(".proofs .back")];
let current = -1;

function light(number) {
  for (const mark of document.querySelectorAll("mark[data-proofs]")) {
    mark.classList.toggle("active", mark.dataset.proofs.split(" ").includes(String(number)));
  }
}

for (const link of passages) {
  for (const name of ["mouseenter", "focus"]) link.closest("li").addEventListener(name, () => light(link.dataset.number), true);
}

function go(step) {
  current = (current + step + passages.length) % passages.length;
  location.hash = passages[current].hash;
  light(passages[current].dataset.number);
  document.getElementById(passages[current].hash.slice(1))?.focus({ preventScroll: true });
}

if (passages.length) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable=true]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") go(1);
    if (event.key === "p") go(-1);
  });
}

// One key for a button or link that names it, where nobody is typing.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});

// The passage that the address names, lit and focused.
const here = location.hash.startsWith("#ev-") && document.getElementById(location.hash.slice(1));
if (here) {
  const number = passages.find((link) => link.hash === location.hash)?.dataset.number;
  if (number) light(number);
  here.focus({ preventScroll: true });
}
