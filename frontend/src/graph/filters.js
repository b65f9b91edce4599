// What of the network is shown: the rules of the server's filters, over the same fields of the same form.

import { FILTERS } from "./address.js";

const GROUPS = ["type", "rel"];

export class Filters {
  constructor(address, changed) {
    Object.assign(this, { address, changed });
  }

  // The form is made anew with each network that the server sends.
  attach(form) {
    this.form = form;
    form.classList.add("live");
    form.querySelector(".looks").hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => this.commit());
    form.addEventListener("input", () => this.follow());
    form.querySelector(".reset").addEventListener("click", (event) => this.reset(event));
    this.show();
  }

  // Sets the form as the address says.
  show() {
    for (const input of this.form.elements) {
      const { name, type, value } = input;
      const given = this.address.all(name);
      if (GROUPS.includes(name)) input.checked = !given.length || given.includes(value);
      else if (type === "checkbox") input.checked = given.includes(value);
      else if (type === "range") input.value = given[0] || this.rest(input);
      else if (input.tagName === "SELECT") input.value = given[0] ?? "";
    }
    this.tell();
  }

  // The value of a range that filters nothing.
  rest({ name, min, max }) {
    return name === "to" ? max : min;
  }

  values(name) {
    return [...this.form.elements].filter((input) => input.name === name);
  }

  follow() {
    this.tell();
    this.changed();
  }

  tell() {
    for (const said of this.form.querySelectorAll("[data-of]")) {
      const input = this.form.querySelector(`#${said.dataset.of}`);
      said.textContent = input.name === "min_conf" ? `${input.value} %` : input.value;
    }
  }

  commit() {
    for (const name of GROUPS) {
      const inputs = this.values(name);
      const checked = inputs.filter((input) => input.checked).map((input) => input.value);
      this.address.set(name, checked.length === inputs.length ? [] : checked.length ? checked : ["none"]);
    }
    for (const input of this.form.elements) {
      if (input.type === "range") this.address.set(input.name, input.value === this.rest(input) ? "" : input.value);
      else if (input.tagName === "SELECT") this.address.set(input.name, input.value);
      else if (input.type === "checkbox" && !GROUPS.includes(input.name)) this.address.set(input.name, input.checked ? input.value : "");
    }
    this.address.push();
    this.follow();
  }

  reset(event) {
    event.preventDefault();
    for (const name of FILTERS) this.address.set(name, "");
    this.address.push();
    this.show();
    this.changed();
  }

  // What the form says now, read once for many links.
  read() {
    const value = (name) => this.form.elements[name]?.value ?? "";
    const checked = (name) => {
      const inputs = this.values(name);
      return inputs.every((input) => input.checked) ? null : new Set(inputs.filter((input) => input.checked).map((input) => input.value));
    };
    const [from, to] = ["from", "to"].map((name) => this.form.querySelector(`[name=${name}]`));
    const narrowed = from && (from.value !== from.min || to.value !== to.max);
    return {
      ...{ type: checked("type"), rel: checked("rel"), src: value("src"), country: value("country"), words: value("words") },
      ...{ period: narrowed ? [Number(from.value), Number(to.value)] : null, undated: !this.form.elements.undated?.checked },
      confidence: Number(value("min_conf")) / 100,
      hidden: new Set(this.address.all("hide")),
      isolated: Boolean(this.form.elements.isolated?.checked),
    };
  }
}

export function shows(now, edge, source, target) {
  const ends = [source, target];
  if (ends.some((end) => now.hidden.has(end.key))) return false;
  if (now.type && !ends.every((end) => now.type.has(end.type))) return false;
  if (now.country && !ends.some((end) => end.country === now.country)) return false;
  if (now.rel && !now.rel.has(edge.relation)) return false;
  if (edge.confidence !== null && edge.confidence < now.confidence) return false;
  if (now.src && !edge.documents.includes(now.src)) return false;
  if (now.words && !edge.words.includes(now.words)) return false;
  if (!edge.years) return now.undated;
  return !now.period || (edge.years[0] <= now.period[1] && edge.years[1] >= now.period[0]);
}
