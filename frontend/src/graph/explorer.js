// The network as a drawing that can be explored by mouse and keyboard. The table below it says the same; where
// WebGL is missing, the server's drawing stays.
import { Address } from "./address.js";
import { Filters, shows } from "./filters.js";
import { Inspector } from "./inspector.js";
import { listen } from "./keys.js";
import { Mirror } from "./mirror.js";
import { empty, update } from "./network.js";
import { Scene } from "./scene.js";

const at = (id) => document.getElementById(id);
const read = (id) => JSON.parse(at(id).textContent);

export class Explorer {
  constructor() {
    Object.assign(this, { chosen: null, chosenEdge: null, hovered: null, neighbour: -1, shown: new Set(), seen: new Set() });
    this.words = read("words");
    this.address = new Address((other) => (other ? this.fetch() : this.restore()));
    this.filters = new Filters(this.address, () => this.apply());
    this.graph = update(empty(), read("network"));
    this.attach();
    this.scene = new Scene(at("canvas"), this.graph, this);
    this.scene.place = this.address.get("cam");
    this.listen();
    this.restore();
  }

  // --- what stands on the page ---

  attach() {
    at("sketch").remove();
    const canvas = at("canvas");
    this.unfolded = Number(canvas.dataset.unfolded);
    canvas.classList.add("live");
    const about = { tabindex: "0", role: "application", "aria-roledescription": canvas.dataset.roledescription };
    const said = { "aria-label": canvas.dataset.label, "aria-describedby": "graph-help" };
    for (const [name, value] of Object.entries({ ...about, ...said })) canvas.setAttribute(name, value);
    this.dress();
  }

  // What the server sends anew with each network comes to life.
  dress() {
    for (const id of ["tools", "inspector"]) at(id).hidden = false;
    at("explorer").classList.add("live");
    at("tools").addEventListener("click", ({ target }) => this.act(target.dataset.do));
    this.inspector = new Inspector(at("inspector"), this);
    this.mirror = new Mirror(at("mirror"), this.graph, (key) => this.choose(key), () => this.inspector.focus());
    this.filters.attach(at("filters"));
  }

  listen() {
    const { sigma } = this.scene;
    sigma.on("clickNode", ({ node }) => this.choose(node));
    sigma.on("clickEdge", ({ edge }) => this.chooseEdge(edge));
    sigma.on("clickStage", () => this.letGo());
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => (preventSigmaDefault(), this.unfold(node)));
    sigma.on("enterNode", ({ node }) => this.hover(node));
    sigma.on("leaveNode", () => this.hover(null));
    this.scene.camera.on("updated", () => this.note("cam", this.scene.place));
    this.drag(sigma);
    listen(at("canvas"), this);
  }

  // An entity that is dragged stays where it is put, and the address says where.
  drag(sigma) {
    let dragged = null;
    let moved = false;
    sigma.on("downNode", ({ node }) => ([dragged, moved] = [node, false]));
    sigma.on("moveBody", ({ event }) => {
      if (!dragged) return;
      moved = true;
      this.graph.mergeNodeAttributes(dragged, sigma.viewportToGraph(event));
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      if (dragged && moved) this.pin(dragged);
      dragged = null;
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
  }

  pin(key) {
    const { x, y } = this.graph.getNodeAttributes(key);
    const others = this.address.all("pin").filter((pin) => !pin.startsWith(`${key}:`));
    this.address.set("pin", [...others, `${key}:${Math.round(x)}:${Math.round(y)}`]);
    this.address.push();
  }

  // --- what is asked of the server ---

  async fetch() {
    this.status = this.words.waiting;
    const response = await fetch(this.address.toString()).catch(() => null);
    const page = response && new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page?.getElementById("network");
    if (!found || !page.getElementById("canvas")) return location.assign(this.address.toString());
    this.take(page, JSON.parse(found.textContent));
  }

  // The canvas stays; all else of what was found is the server's.
  take(page, network) {
    const canvas = at("canvas");
    page.getElementById("canvas").replaceWith(canvas);
    at("found").replaceWith(document.adoptNode(page.getElementById("found")));
    document.title = page.title;
    document.querySelector("h1").textContent = page.querySelector("h1").textContent;
    update(this.graph, network);
    this.dress();
    this.scene.renew();
    this.restore();
  }

  // Sets everything as the address says, after a step back or with a network that has just come.
  restore() {
    this.filters.show();
    for (const [key, x, y] of this.address.all("pin").map((pin) => pin.split(":"))) {
      if (this.graph.hasNode(key)) this.graph.mergeNodeAttributes(key, { x: Number(x), y: Number(y) });
    }
    this.apply();
    const chosen = this.address.get("sel");
    if (this.graph.hasNode(chosen)) this.choose(chosen, { look: false });
    else if (this.graph.hasEdge(chosen)) this.chooseEdge(chosen);
    else this.letGo();
  }

  // --- what is shown ---

  apply() {
    const now = this.filters.read();
    const node = (key) => this.graph.getNodeAttribute(key, "data");
    const near = this.within(this.address.get("focus"));
    this.shown = new Set(
      this.graph.filterEdges((edge, { data }, source, target) => shows(now, data, node(source), node(target)) && (!near || (near.has(source) && near.has(target)))),
    );
    const ends = [...this.shown].flatMap((edge) => this.graph.extremities(edge));
    const alone = now.isolated ? this.graph.nodes().filter((key) => !now.hidden.has(key)) : [];
    this.seen = new Set([...ends, ...alone]);
    this.color = this.address.get("color");
    this.size = this.address.get("size");
    for (const row of document.querySelectorAll("tr[data-edge]")) row.hidden = !this.shown.has(row.dataset.edge);
    for (const link of document.querySelectorAll("#files a[data-ending]")) link.search = this.address.toString();
    this.mirror.fill(this.byLinks(), this.words);
    this.tell();
    this.scene?.refresh();
  }

  tell() {
    const [left, all] = [this.shown.size, this.graph.size];
    if (left < all) this.status = `${left} / ${all} ${this.words.shown}`;
    else if (!this.chosen && !this.chosenEdge) this.status = "";
    document.querySelector("h2#table .count").textContent = left.toLocaleString(document.documentElement.lang);
  }

  set status(text) {
    at("status").textContent = text;
  }

  // The entities within some steps of one: `slug:depth`.
  within(focus) {
    const [start, depth] = focus.split(":");
    if (!this.graph.hasNode(start)) return null;
    let ring = [start];
    const found = new Set(ring);
    for (let step = 0; step < Number(depth); step += 1) {
      ring = ring.flatMap((key) => this.graph.neighbors(key)).filter((key) => !found.has(key));
      for (const key of ring) found.add(key);
    }
    return found;
  }

  byLinks() {
    return this.graph.nodes().filter((key) => this.visible(key)).sort((a, b) => this.graph.degree(b) - this.graph.degree(a));
  }

  visible(key) {
    return this.seen.has(key);
  }

  drawn(edge) {
    return this.shown.has(edge);
  }

  // --- what is chosen ---

  hover(key) {
    this.hovered = key;
    this.scene.refresh();
  }

  choose(key, { look = true } = {}) {
    Object.assign(this, { chosen: key, chosenEdge: null, neighbour: -1 });
    this.inspector.showNode(key);
    this.mirror.mark(key);
    this.say(key);
    if (look) this.scene.look(key);
    this.note("sel", key);
    this.scene.refresh();
  }

  chooseEdge(edge) {
    Object.assign(this, { chosen: null, chosenEdge: edge });
    this.inspector.showEdge(edge);
    const { data } = this.graph.getEdgeAttributes(edge);
    const [source, target] = this.graph.extremities(edge).map((key) => this.graph.getNodeAttribute(key, "name"));
    this.status = `${source} ${data.label} ${target}`;
    document.querySelectorAll("tr.selected").forEach((row) => row.classList.remove("selected"));
    document.querySelector(`tr[data-edge="${CSS.escape(edge)}"]`)?.classList.add("selected");
    this.note("sel", edge);
    this.scene.refresh();
  }

  letGo() {
    Object.assign(this, { chosen: null, chosenEdge: null, hovered: null });
    this.inspector.clear();
    this.mirror.mark(null);
    this.note("sel", "");
    this.tell();
    this.scene?.refresh();
  }

  note(name, value) {
    if (this.address.get(name) === value) return;
    this.address.set(name, value);
    this.address.replace();
  }

  say(key, before = "") {
    const { name, data } = this.graph.getNodeAttributes(key);
    this.status = `${before}${name}, ${data.kind}, ${this.graph.degree(key)} ${this.words.links}`;
    at("canvas").setAttribute("aria-label", at("status").textContent);
  }

  // --- what is done ---

  act(name) {
    const acts = {
      in: () => this.scene.zoom(1),
      out: () => this.scene.zoom(-1),
      fit: () => this.scene.fit(),
      undo: () => history.back(),
      redo: () => history.forward(),
      png: () => this.save(),
      help: () => at("keys").showModal(),
    };
    acts[name]?.();
  }

  // Brings in what an entity is linked with: all of it, or one relation in one direction.
  unfold(key, relation = "", way = "", most = this.unfolded) {
    const what = [key, relation, way].join(":").replace(/:+$/, "");
    const wish = most === this.unfolded ? what : [key, relation, way, most].join(":");
    const others = this.address.all("expand").filter((each) => each.split(":").slice(0, 3).join(":").replace(/:+$/, "") !== what);
    this.address.set("expand", [...others, wish]);
    this.address.set("sel", key);
    this.address.push();
    this.fetch();
  }

  fold(key) {
    const others = this.address.all("expand").filter((each) => each.split(":")[0] !== key);
    if (others.length === this.address.all("expand").length) return;
    this.address.set("expand", others);
    this.address.push();
    this.fetch();
  }

  hide(key) {
    this.address.set("hide", [...this.address.all("hide"), key]);
    this.address.push();
    this.letGo();
    this.apply();
  }

  near(depth) {
    this.address.set("focus", depth ? `${this.chosen}:${depth}` : "");
    this.address.push();
    this.apply();
  }

  paths(key) {
    const form = document.querySelector("details.between");
    form.open = true;
    at("g-a").value = key;
    at("g-b").focus();
  }

  save() {
    const { version } = at("canvas").dataset;
    const caption = `${document.title} · ${this.words.version} ${version} · ${location.host}`;
    Object.assign(document.createElement("a"), { download: "esskg.png", href: this.scene.picture(caption) }).click();
  }

  // --- the keyboard ---

  move(dx, dy) {
    this.choose(this.chosen ? this.towards(dx, dy) : this.byLinks()[0]);
  }

  // The entity that lies nearest in the direction of an arrow key.
  towards(dx, dy) {
    const from = this.graph.getNodeAttributes(this.chosen);
    const score = (key) => {
      const { x, y } = this.graph.getNodeAttributes(key);
      const [along, across] = [(x - from.x) * dx + (y - from.y) * dy, (x - from.x) * dy - (y - from.y) * dx];
      return along > 1e-9 ? along + 2 * Math.abs(across) : Infinity;
    };
    const others = this.byLinks().filter((key) => key !== this.chosen);
    const best = others.reduce((a, b) => (score(b) < score(a) ? b : a), others[0]);
    return best && score(best) < Infinity ? best : this.chosen;
  }

  step(direction) {
    const neighbours = this.graph.neighbors(this.chosen).filter((key) => this.visible(key));
    if (!neighbours.length) return;
    this.neighbour = (this.neighbour + direction + neighbours.length) % neighbours.length;
    const other = neighbours[this.neighbour];
    this.hover(other);
    this.say(other, `${this.words.neighbour} ${this.neighbour + 1} ${this.words.of} ${neighbours.length}: `);
  }

  enter() {
    if (this.neighbour >= 0 && this.hovered) {
      const key = this.hovered;
      this.hovered = null;
      this.choose(key);
    } else if (this.chosen) {
      this.inspector.focus();
    }
  }
}
