// The drawing on the screen: sigma with the looks of the moment.
import EdgeCurveProgram, { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import { createNodeBorderProgram } from "@sigma/node-border";
import { NodeSquareProgram } from "@sigma/node-square";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram } from "sigma/rendering";
import { nodeColour } from "./network.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const paint = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const ALIKE = 8;

const Bordered = createNodeBorderProgram({
  borders: [
    { size: { value: 2, mode: "pixels" }, color: { attribute: "border" } },
    { size: { fill: true }, color: { attribute: "color" } },
  ],
});

// What is less sure is paler: nearer to the paper, since see-through lines look wrong where they are bent.
function paler(colour) {
  const part = (text, at) => parseInt(text.slice(at, at + 2), 16);
  const mixed = (at) => Math.round(part(colour, at) * 0.45 + part(paint("--paper"), at) * 0.55);
  return `#${[1, 3, 5].map((at) => mixed(at).toString(16).padStart(2, "0")).join("")}`;
}

// The camera's distance: room for labels around the whole network, more of it where few entities stand far apart.
const whole = (graph) => (graph.order < 12 ? 1.3 : 1.15);

export class Scene {
  // `state` says at any moment what is chosen, hovered and visible, and how it is to look.
  constructor(canvas, graph, state) {
    Object.assign(this, { canvas, graph, state });
    this.sigma = new Sigma(graph, canvas, this.settings());
    this.camera = this.sigma.getCamera();
    this.camera.setState({ ratio: whole(graph) });
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

  node(key, data) {
    const { chosen, hovered, marked, color, size } = this.state;
    const focus = hovered ?? chosen;
    const near = marked ? marked.has(key) : !focus || key === focus || this.graph.areNeighbors(key, focus);
    const shown = { ...data, color: nodeColour(data.data, color), hidden: !this.state.visible(key), zIndex: near ? 1 : 0 };
    if (size === "none") shown.size = ALIKE;
    if (!near) Object.assign(shown, { color: paint("--rule"), border: paint("--rule"), label: "", forceLabel: false });
    if (key === chosen) Object.assign(shown, { highlighted: true, forceLabel: true });
    return shown;
  }

  edge(key, data) {
    const { chosen, chosenEdge, hovered } = this.state;
    const focus = hovered ?? chosen;
    const near = key === chosenEdge || (focus ? this.graph.hasExtremity(key, focus) : !chosenEdge);
    const unsure = data.data.state === "review" || (data.data.confidence ?? 1) < 0.75;
    const shown = { ...data, hidden: !this.state.drawn(key), zIndex: near ? 1 : 0, label: key === chosenEdge || (near && focus) ? data.label : "" };
    if (!near) shown.color = paint("--rule");
    else if (unsure) shown.color = paler(data.color);
    if (key === chosenEdge) shown.size = data.size + 2;
    return shown;
  }

  refresh() {
    this.sigma.refresh({ skipIndexation: true });
  }

  // After the network has changed; the frame stays, so that nothing seems to move.
  renew() {
    this.sigma.setCustomBBox(this.sigma.getBBox());
    this.sigma.refresh();
  }

  look(key) {
    const at = this.sigma.getNodeDisplayData(key);
    if (at) this.camera.animate({ x: at.x, y: at.y }, { duration: still.matches ? 0 : 250 });
  }

  zoom(step) {
    const duration = still.matches ? 0 : 200;
    if (step > 0) this.camera.animatedZoom({ duration });
    else this.camera.animatedUnzoom({ duration });
  }

  fit() {
    this.sigma.setCustomBBox(null);
    this.sigma.refresh();
    this.camera.animate({ x: 0.5, y: 0.5, ratio: whole(this.graph), angle: 0 }, { duration: still.matches ? 0 : 200 });
  }

  // Where the camera stands, as it goes into the address; and back.
  get place() {
    const { x, y, ratio } = this.camera.getState();
    return [x, y, ratio].map((value) => value.toFixed(3)).join(",");
  }

  set place(text) {
    const [x, y, ratio] = text.split(",").map(Number);
    if ([x, y, ratio].every(Number.isFinite) && ratio > 0) this.camera.setState({ x, y, ratio });
  }

  // A picture of the drawing with a line below it that says what it is.
  picture(caption) {
    const layers = Object.values(this.sigma.getCanvases());
    const scale = layers[0].width / this.canvas.clientWidth;
    const foot = 28 * scale;
    const picture = Object.assign(document.createElement("canvas"), { width: layers[0].width, height: layers[0].height + foot });
    const context = picture.getContext("2d");
    context.fillStyle = paint("--paper");
    context.fillRect(0, 0, picture.width, picture.height);
    this.sigma.refresh();
    for (const layer of layers) if (layer.width) context.drawImage(layer, 0, 0);
    context.fillStyle = paint("--quiet");
    context.font = `${12 * scale}px system-ui, sans-serif`;
    context.fillText(caption, 10 * scale, layers[0].height + 18 * scale, picture.width - 20 * scale);
    return picture.toDataURL("image/png");
  }
}
