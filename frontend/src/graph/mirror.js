// The entities that are shown as a list for those who don't see the drawing; moving in it moves the choice.

export class Mirror {
  constructor(list, graph, choose, open) {
    Object.assign(this, { list, graph, choose });
    list.hidden = false;
    list.addEventListener("keydown", (event) => this.key(event, open));
  }

  fill(keys, words) {
    this.keys = keys;
    const options = keys.map((key) => {
      const option = document.createElement("li");
      option.id = `mirror-${key}`;
      option.setAttribute("role", "option");
      const { name, data } = this.graph.getNodeAttributes(key);
      option.textContent = `${name}, ${data.kind}, ${this.graph.degree(key)} ${words.links}`;
      return option;
    });
    this.list.replaceChildren(...options);
  }

  mark(key) {
    for (const option of this.list.children) option.setAttribute("aria-selected", String(option.id === `mirror-${key}`));
    if (key) this.list.setAttribute("aria-activedescendant", `mirror-${key}`);
    else this.list.removeAttribute("aria-activedescendant");
  }

  key(event, open) {
    const at = this.keys.findIndex((key) => this.list.getAttribute("aria-activedescendant") === `mirror-${key}`);
    const steps = { ArrowDown: at + 1, ArrowUp: at < 0 ? this.keys.length - 1 : at - 1, Home: 0, End: this.keys.length - 1 };
    if (event.key in steps) {
      const key = this.keys[(steps[event.key] + this.keys.length) % this.keys.length];
      if (key) this.choose(key);
    } else if (event.key === "Enter") open();
    else return;
    event.preventDefault();
  }
}
