// Beside the drawing: what is known of the chosen entity or statement, with the sentences. All text goes in as text.

export function fill(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function make(tag, text = "", attributes = {}, ...children) {
  const element = fill(document.createElement(tag), attributes);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}

function proof({ href, title, date, text, prefix, suffix }) {
  const quote = make("blockquote", "", {}, make("span", prefix, { class: "context" }), make("mark", text), make("span", suffix, { class: "context" }));
  const source = href ? make("a", title, { href }) : make("span", title);
  return make("figure", "", { class: "proof" }, quote, make("figcaption", "", {}, source, date ? `, ${date}` : ""));
}

export class Inspector {
  constructor(panel, graph, words, choose) {
    Object.assign(this, { panel, graph, words, choose });
    [this.heading, this.body] = panel.children;
    this.hint = [this.heading.textContent, ...this.body.childNodes];
  }

  show(title, ...content) {
    this.heading.textContent = title;
    this.body.replaceChildren(...content);
    this.panel.scrollTop = 0;
  }

  clear() {
    this.show(...this.hint);
  }

  focus() {
    this.heading.focus();
  }

  showNode(key) {
    const { name, data } = this.graph.getNodeAttributes(key);
    const links = make("p", "", {}, make("a", this.words.open, { href: data.href }), " · ", make("a", this.words.around, { href: `?around=${encodeURIComponent(key)}` }));
    const edges = this.graph.edges(key).map((edge) => this.line(edge, key));
    this.show(name, links, make("h3", this.words.neighbours), make("ul", "", {}, ...edges));
  }

  // One link of an entity in words: "finances X", or "X finances".
  line(edge, key) {
    const { data } = this.graph.getEdgeAttributes(edge);
    const other = this.graph.opposite(key, edge);
    const name = make("button", this.graph.getNodeAttribute(other, "name"), { type: "button", class: "plain" });
    name.addEventListener("click", () => this.choose(other));
    const outgoing = this.graph.source(edge) === key;
    const words = make("button", data.label, { type: "button", class: "plain verb" });
    words.addEventListener("click", () => this.showEdge(edge));
    return make("li", "", {}, ...(outgoing ? [words, " ", name] : [name, " ", words]));
  }

  showEdge(edge) {
    const { data } = this.graph.getEdgeAttributes(edge);
    const [source, target] = this.graph.extremities(edge).map((key) => this.graph.getNodeAttribute(key, "name"));
    const content = data.details ? [make("p", data.details)] : [];
    content.push(make("h3", this.words.sentences), ...data.evidence.map(proof));
    if (!data.evidence.length) content.push(make("p", this.words.nothing));
    if (data.href) content.push(make("p", "", {}, make("a", this.words.how, { href: data.href })));
    this.show(`${source} ${data.label} ${target}`, ...content);
  }
}
