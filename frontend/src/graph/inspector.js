// Beside the drawing: what is known of the chosen entity or statement, with the sentences. All text goes in as text.

function make(tag, text = "", attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}

function button(text, act, look = "plain") {
  const element = make("button", text, { type: "button", class: look });
  element.addEventListener("click", act);
  return element;
}

function proof({ href, title, date, text, prefix, suffix, language }) {
  const quote = make("blockquote", "", language ? { lang: language } : {}, make("span", prefix, { class: "context" }), make("mark", text), make("span", suffix, { class: "context" }));
  const source = href ? make("a", title, { href }) : make("span", title);
  return make("figure", "", { class: "proof" }, quote, make("figcaption", "", {}, source, date ? `, ${date}` : ""));
}

export class Inspector {
  constructor(panel, explorer) {
    const { graph, words } = explorer;
    Object.assign(this, { panel, explorer, graph, words });
    [this.heading, this.body] = panel.children;
    this.hint = [this.heading.textContent, ...this.body.childNodes];
    panel.addEventListener("keydown", (event) => event.key === "Escape" && document.getElementById("canvas").focus());
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
    const links = make("p", data.kind, {}, " · ", make("a", this.words.open, { href: data.href }), " · ", make("a", this.words.around, { href: `?around=${encodeURIComponent(key)}` }));
    const ties = make("ul", "", { class: "ties" });
    const edges = this.graph.edges(key).filter((edge) => this.explorer.drawn(edge)).map((edge) => this.line(edge, key));
    this.show(name, links, this.acts(key), make("h3", this.words.unfold), ties, make("h3", this.words.neighbours), make("ul", "", {}, ...edges));
    this.fetchTies(key, ties);
  }

  acts(key) {
    const { explorer, words } = this;
    const folds = explorer.address.all("expand").some((each) => each.split(":")[0] === key);
    const acts = [button(words.hide, () => explorer.hide(key)), button(words.path, () => explorer.paths(key))];
    for (const depth of [1, 2]) acts.push(button(words.near.replace("{depth}", depth), () => explorer.near(depth)));
    if (explorer.address.get("focus")) acts.push(button(words.everything, () => explorer.near(0)));
    if (folds) acts.push(button(words.fold, () => explorer.fold(key)));
    return make("p", "", { class: "acts" }, ...acts.flatMap((act, place) => (place ? [" · ", act] : [act])));
  }

  // What the entity is linked with in the whole graph, by relation, and how much of it is here.
  async fetchTies(key, list) {
    const { address } = this.explorer;
    const query = new URLSearchParams({ of: key, ...(address.get("state") ? { state: address.get("state") } : {}) });
    const response = await fetch(`${location.pathname}/links.json?${query}`).catch(() => null);
    if (!response?.ok) return list.replaceChildren(make("li", this.words.failed));
    const { ties } = await response.json();
    list.replaceChildren(...ties.map((tie) => this.tie(key, tie)));
  }

  tie(key, { relation, label, outgoing, count }) {
    const here = this.graph.filterEdges(key, (_, { data }) => data.relation === relation && (data.source === key) === outgoing).length;
    const shown = this.words.shown_of.replace("{shown}", here).replace("{count}", count);
    const { unfolded } = this.explorer;
    const unfold = () => this.explorer.unfold(key, relation, outgoing ? "out" : "in", here >= unfolded ? here + unfolded : unfolded);
    const name = here < count ? button(label, unfold) : make("span", label);
    return make("li", "", {}, name, " ", make("span", `(${shown})`, { class: "count" }));
  }

  // One link of an entity in words: "finances X", or "X finances".
  line(edge, key) {
    const { data } = this.graph.getEdgeAttributes(edge);
    const other = this.graph.opposite(key, edge);
    const name = button(this.graph.getNodeAttribute(other, "name"), () => this.explorer.choose(other));
    const outgoing = this.graph.source(edge) === key;
    const words = button(data.label, () => this.explorer.chooseEdge(edge), "plain verb");
    return make("li", "", {}, ...(outgoing ? [words, " ", name] : [name, " ", words]));
  }

  showEdge(edge) {
    const { data } = this.graph.getEdgeAttributes(edge);
    const [source, target] = this.graph.extremities(edge).map((key) => this.graph.getNodeAttribute(key, "name"));
    const content = data.details ? [make("p", data.details)] : [];
    if (data.state === "review") content.push(make("p", "", {}, make("span", this.words.review, { class: "flag" })));
    content.push(make("h3", this.words.sentences), ...data.evidence.map(proof));
    if (!data.evidence.length) content.push(make("p", this.words.nothing));
    if (data.href) content.push(make("p", "", {}, make("a", this.words.how, { href: data.href })));
    this.show(`${source} ${data.label} ${target}`, ...content);
  }
}
