// The state of the page is its address: what is shown, how, and what is chosen. Going back undoes a step.

export const FILTERS = ["type", "rel", "from", "to", "undated", "src", "min_conf", "country", "words", "hide", "focus"];
const LOOKS = ["isolated", "color", "size", "sel", "cam", "pin"];
const DRAWN_HERE = new Set([...FILTERS, ...LOOKS]);

export class Address {
  // `changed` is told of a step back or forth, and whether another network is asked for.
  constructor(changed) {
    this.parameters = new URLSearchParams(location.search);
    window.addEventListener("popstate", () => {
      const before = this.structure();
      this.parameters = new URLSearchParams(location.search);
      changed(before !== this.structure());
    });
  }

  get(name) {
    return this.parameters.get(name) ?? "";
  }

  all(name) {
    return this.parameters.getAll(name);
  }

  set(name, values) {
    this.parameters.delete(name);
    for (const value of [values].flat()) if (value) this.parameters.append(name, value);
  }

  // Parameters in one order, so that equal views have equal addresses.
  toString() {
    const pairs = [...this.parameters].filter(([, value]) => value !== "");
    pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `?${new URLSearchParams(pairs)}`;
  }

  // The part that says which network it is; only a change of it asks the server.
  structure() {
    return JSON.stringify([...this.parameters].filter(([name]) => !DRAWN_HERE.has(name)).sort());
  }

  // A step that going back undoes.
  push() {
    clearTimeout(this.timer);
    if (this.toString() !== location.search) history.pushState(null, "", this.toString());
  }

  // What follows the hand isn't a step.
  replace() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => history.replaceState(null, "", this.toString()), 300);
  }
}
