// The network as a drawing that can be explored by mouse and keyboard. The table below it says the same; where
// WebGL is missing, the server's SVG stays.
import EdgeCurveProgram, { EdgeCurvedArrowProgram, indexParallelEdgesIndex } from "@sigma/edge-curve";
import { createNodeBorderProgram } from "@sigma/node-border";
import { NodeSquareProgram } from "@sigma/node-square";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram } from "sigma/rendering";
import { fill, Inspector } from "./inspector.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const paint = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// The camera's distance: room for labels around the whole network, more of it where few entities stand far apart.
const whole = (graph) => (graph.order < 12 ? 1.3 : 1.15);

// On a dark page the deep colours of lines are lightened, so that they keep their contrast.
function lineColour(colour) {
  if (!dark.matches) return colour;
  const lighter = (at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.6 + 255 * 0.4);
  return `#${[1, 3, 5].map((at) => lighter(at).toString(16).padStart(2, "0")).join("")}`;
}

const Bordered = createNodeBorderProgram({
  borders: [
    { size: { value: 2, mode: "pixels" }, color: { attribute: "border" } },
    { size: { fill: true }, color: { attribute: "color" } },
  ],
});

// In a small network every entity is named, in others the largest and those that there is room for.
const ALL_NAMED = 15;
const ALWAYS_NAMED = 5;
const LONGEST_NAME = 28;

// In the inspector and the tables names stand in full.
function short(name) {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…` : name;
}

const SHAPES = { square: "square", box: "square" };

function build({ nodes, edges }) {
  const graph = new MultiDirectedGraph();
  for (const node of nodes) {
    const white = node.fill === "#FFFFFF";
    const type = SHAPES[node.shape] && !white ? "square" : "bordered";
    graph.addNode(node.key, {
      ...{ label: short(node.name), name: node.name, x: node.x, y: node.y, size: node.size, color: node.fill, type, data: node },
      border: dark.matches ? "#FFFFFF" : node.border,
    });
  }
  for (const edge of edges) {
    graph.addEdgeWithKey(edge.id, edge.source, edge.target, {
      ...{ label: edge.label, color: lineColour(edge.colour), size: Math.max(edge.width, 1.5), arrow: edge.arrow, data: edge },
    });
  }
  const bySize = graph.nodes().sort((a, b) => graph.getNodeAttribute(b, "size") - graph.getNodeAttribute(a, "size"));
  for (const key of bySize.slice(0, graph.order > ALL_NAMED ? ALWAYS_NAMED : ALL_NAMED)) graph.setNodeAttribute(key, "forceLabel", true);
  curve(graph);
  return graph;
}

// Several links between the same two bend apart; a single one is straight.
function curve(graph) {
  indexParallelEdgesIndex(graph, { edgeIndexAttribute: "index", edgeMaxIndexAttribute: "last" });
  graph.forEachEdge((edge, { index, last, arrow }) => {
    const bent = typeof index === "number" && last > 0;
    const type = bent ? (arrow ? "curvedArrow" : "curved") : arrow ? "arrow" : "line";
    graph.mergeEdgeAttributes(edge, { type, curvature: bent ? 0.15 + 0.2 * index : 0 });
  });
}

class Explorer {
  constructor(canvas, graph, words) {
    Object.assign(this, { canvas, graph, words, chosen: null, chosenEdge: null, hovered: null, neighbour: -1 });
    this.hidden = { type: new Set(), relation: new Set() };
    this.inspector = new Inspector(document.getElementById("inspector"), graph, words, (key) => this.choose(key));
    this.status = document.getElementById("status");
    this.sigma = new Sigma(graph, canvas, this.settings());
    this.sigma.getCamera().setState({ ratio: whole(graph) });
    this.listen();
  }

  settings() {
    return {
      ...{ labelFont: "system-ui, sans-serif", labelSize: 13, edgeLabelSize: 12, labelDensity: 0.7, labelGridCellSize: 100 },
      ...{ labelColor: { color: paint("--ink") }, edgeLabelColor: { color: paint("--ink") } },
      ...{ labelRenderedSizeThreshold: 5, renderEdgeLabels: true, enableEdgeEvents: true, zIndex: true, minEdgeThickness: 1.5 },
      allowInvalidContainer: true,
      stagePadding: 70,
      nodeProgramClasses: { bordered: Bordered, square: NodeSquareProgram },
      edgeProgramClasses: { line: EdgeLineProgram, arrow: EdgeArrowProgram, curved: EdgeCurveProgram, curvedArrow: EdgeCurvedArrowProgram },
      nodeReducer: (key, data) => this.node(key, data),
      edgeReducer: (key, data) => this.edge(key, data),
    };
  }

  visible(key) {
    return !this.hidden.type.has(this.graph.getNodeAttribute(key, "data").type);
  }

  drawn(edge) {
    const { relation } = this.graph.getEdgeAttribute(edge, "data");
    return !this.hidden.relation.has(relation) && this.graph.extremities(edge).every((key) => this.visible(key));
  }

  node(key, data) {
    const focus = this.hovered ?? this.chosen;
    const near = !focus || key === focus || this.graph.areNeighbors(key, focus);
    const shown = { ...data, hidden: !this.visible(key), zIndex: near ? 1 : 0 };
    if (!near) Object.assign(shown, { color: paint("--rule"), border: paint("--rule"), label: "", forceLabel: false });
    if (key === this.chosen) Object.assign(shown, { highlighted: true, forceLabel: true });
    return shown;
  }

  edge(key, data) {
    const focus = this.hovered ?? this.chosen;
    const near = key === this.chosenEdge || (focus ? this.graph.hasExtremity(key, focus) : !this.chosenEdge);
    const unsure = (data.data.confidence ?? 1) < 0.75;
    const shown = { ...data, hidden: !this.drawn(key), zIndex: near ? 1 : 0, label: key === this.chosenEdge || near && focus ? data.label : "" };
    if (!near) shown.color = paint("--rule");
    else if (unsure) shown.color = `${data.color}66`;
    if (key === this.chosenEdge) shown.size = data.size + 2;
    return shown;
  }

  listen() {
    const { sigma } = this;
    sigma.on("clickNode", ({ node }) => this.choose(node));
    sigma.on("clickEdge", ({ edge }) => this.chooseEdge(edge));
    sigma.on("clickStage", () => this.letGo());
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => (preventSigmaDefault(), this.around(node)));
    sigma.on("enterNode", ({ node }) => this.hover(node));
    sigma.on("leaveNode", () => this.hover(null));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    document.getElementById("tools").addEventListener("click", (event) => this.act(event.target.dataset.do));
    document.getElementById("filters").addEventListener("change", ({ target }) => this.filter(target));
  }

  hover(key) {
    this.hovered = key;
    this.sigma.refresh({ skipIndexation: true });
  }

  choose(key, { look = true } = {}) {
    Object.assign(this, { chosen: key, chosenEdge: null, neighbour: -1 });
    this.inspector.showNode(key);
    this.say(key);
    if (look) this.look(key);
    this.sigma.refresh({ skipIndexation: true });
  }

  chooseEdge(edge) {
    Object.assign(this, { chosen: null, chosenEdge: edge });
    this.inspector.showEdge(edge);
    const { data } = this.graph.getEdgeAttributes(edge);
    const [source, target] = this.graph.extremities(edge).map((key) => this.graph.getNodeAttribute(key, "name"));
    this.status.textContent = `${source} ${data.label} ${target}`;
    document.querySelectorAll("tr.selected").forEach((row) => row.classList.remove("selected"));
    document.querySelector(`tr[data-edge="${CSS.escape(edge)}"]`)?.classList.add("selected");
    this.sigma.refresh({ skipIndexation: true });
  }

  letGo() {
    Object.assign(this, { chosen: null, chosenEdge: null });
    this.inspector.clear();
    this.status.textContent = "";
    this.sigma.refresh({ skipIndexation: true });
  }

  say(key, before = "") {
    const { name } = this.graph.getNodeAttributes(key);
    this.status.textContent = `${before}${name}, ${this.graph.degree(key)} ${this.words.links}`;
    this.canvas.setAttribute("aria-label", this.status.textContent);
  }

  look(key) {
    const at = this.sigma.getNodeDisplayData(key);
    if (at) this.sigma.getCamera().animate({ x: at.x, y: at.y }, { duration: still.matches ? 0 : 250 });
  }

  filter({ name, value, checked }) {
    this.hidden[name][checked ? "delete" : "add"](value);
    for (const row of document.querySelectorAll("tr[data-edge]")) row.hidden = !this.drawn(row.dataset.edge);
    const left = this.graph.filterEdges((edge) => this.drawn(edge)).length;
    this.status.textContent = `${left} / ${this.graph.size} ${this.words.shown}`;
    this.sigma.refresh({ skipIndexation: true });
  }

  around(key) {
    location.search = new URLSearchParams({ around: key });
  }

  act(name) {
    const camera = this.sigma.getCamera();
    const duration = still.matches ? 0 : 200;
    if (name === "in") camera.animatedZoom({ duration });
    if (name === "out") camera.animatedUnzoom({ duration });
    if (name === "fit") camera.animate({ x: 0.5, y: 0.5, ratio: whole(this.graph), angle: 0 }, { duration });
    if (name === "png") this.save();
  }

  save() {
    const layers = Object.values(this.sigma.getCanvases());
    const picture = Object.assign(document.createElement("canvas"), { width: layers[0].width, height: layers[0].height });
    const context = picture.getContext("2d");
    context.fillStyle = paint("--paper");
    context.fillRect(0, 0, picture.width, picture.height);
    this.sigma.refresh();
    for (const layer of layers) if (layer.width) context.drawImage(layer, 0, 0);
    const link = Object.assign(document.createElement("a"), { download: "esskg.png", href: picture.toDataURL("image/png") });
    link.click();
  }

  // The entity that lies nearest in the direction of an arrow key.
  towards(dx, dy) {
    const from = this.graph.getNodeAttributes(this.chosen);
    const score = ({ x, y }) => {
      const [along, across] = [(x - from.x) * dx + (y - from.y) * dy, (x - from.x) * dy - (y - from.y) * dx];
      return along > 1e-9 ? along + 2 * Math.abs(across) : Infinity;
    };
    const others = this.graph.filterNodes((key) => key !== this.chosen && this.visible(key));
    const best = others.sort((a, b) => score(this.graph.getNodeAttributes(a)) - score(this.graph.getNodeAttributes(b)))[0];
    return best && score(this.graph.getNodeAttributes(best)) < Infinity ? best : this.chosen;
  }

  step(direction) {
    const neighbours = this.graph.neighbors(this.chosen).filter((key) => this.visible(key));
    if (!neighbours.length) return;
    this.neighbour = (this.neighbour + direction + neighbours.length) % neighbours.length;
    const other = neighbours[this.neighbour];
    this.hover(other);
    this.say(other, `${this.words.neighbour} ${this.neighbour + 1} ${this.words.of} ${neighbours.length}: `);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const actions = {
      ...{ "+": () => this.act("in"), "-": () => this.act("out"), 0: () => this.act("fit") },
      ...{ "]": () => this.chosen && this.step(1), "[": () => this.chosen && this.step(-1) },
      g: () => document.getElementById("table").focus(),
      e: () => this.chosen && this.around(this.chosen),
      Escape: () => this.letGo(),
      Enter: () => this.enter(),
    };
    if (event.key in arrows) {
      const first = this.graph.nodes().find((key) => this.visible(key));
      this.choose(this.chosen ? this.towards(...arrows[event.key]) : first);
    } else if (event.key in actions) {
      actions[event.key]();
    } else {
      return;
    }
    event.preventDefault();
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

function works() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

function start() {
  const canvas = document.getElementById("canvas");
  const graph = build(read("network"));
  const sketch = document.getElementById("sketch");
  sketch.remove();
  canvas.classList.add("live");
  fill(canvas, { tabindex: "0", role: "application", "aria-roledescription": canvas.dataset.roledescription });
  fill(canvas, { "aria-label": canvas.dataset.label, "aria-describedby": "graph-help" });
  for (const id of ["filters", "tools", "inspector"]) document.getElementById(id).hidden = false;
  document.getElementById("explorer").classList.add("live");
  const explorer = new Explorer(canvas, graph, read("words"));
  window.esskg = { state: () => ({ nodes: graph.order, edges: graph.size, chosen: explorer.chosen, chosenEdge: explorer.chosenEdge }), explorer };
  document.body.dataset.ready = "1";
}

if (works()) start();
else document.body.dataset.ready = "svg";
