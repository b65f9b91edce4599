// The network as the drawing holds it, and how its parts look.
import { indexParallelEdgesIndex } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";

export const dark = matchMedia("(prefers-color-scheme: dark)");

// In a small network every entity is named, in others the largest and those that there is room for.
const ALL_NAMED = 15;
const ALWAYS_NAMED = 15;
const LONGEST_NAME = 28;
const SQUARE = new Set(["square", "box"]);

// Community colours: the seven fills that can be told apart; all further ones are alike.
const COMMUNITIES = ["#332288", "#D55E00", "#009E73", "#0072B2", "#000000", "#CC79A7", "#595959"];
const OTHERS = "#BBBBBB";

// In the inspector and the tables names stand in full.
function short(name) {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…` : name;
}

// On a dark page the deep colours of lines are lightened, so that they keep their contrast.
export function lineColour(colour) {
  if (!dark.matches) return colour;
  const lighter = (at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.6 + 255 * 0.4);
  return `#${[1, 3, 5].map((at) => lighter(at).toString(16).padStart(2, "0")).join("")}`;
}

export function nodeColour(node, by) {
  if (by === "community") return COMMUNITIES[node.community] ?? OTHERS;
  return node.fill;
}

function nodeLooks(node) {
  const type = SQUARE.has(node.shape) && node.fill !== "#FFFFFF" ? "square" : "bordered";
  return {
    ...{ label: short(node.name), name: node.name, x: node.x, y: node.y, size: node.size, color: node.fill, type, data: node },
    border: dark.matches ? "#FFFFFF" : node.border,
  };
}

function edgeLooks(edge) {
  return { label: edge.label, color: lineColour(edge.colour), size: Math.max(edge.width, 1.5), arrow: edge.arrow, data: edge };
}

// Brings a drawing's network to what the server has sent; what stays keeps its place in memory.
export function update(graph, { nodes, edges }) {
  const [wantedNodes, wantedEdges] = [new Set(nodes.map(({ key }) => key)), new Set(edges.map(({ id }) => id))];
  for (const edge of graph.edges()) if (!wantedEdges.has(edge)) graph.dropEdge(edge);
  for (const key of graph.nodes()) if (!wantedNodes.has(key)) graph.dropNode(key);
  for (const node of nodes) graph.mergeNode(node.key, { ...nodeLooks(node), forceLabel: false });
  for (const edge of edges) {
    if (graph.hasEdge(edge.id)) graph.mergeEdgeAttributes(edge.id, edgeLooks(edge));
    else graph.addEdgeWithKey(edge.id, edge.source, edge.target, edgeLooks(edge));
  }
  const named = nodes.slice(0, nodes.length > ALL_NAMED ? ALWAYS_NAMED : ALL_NAMED);
  for (const { key } of named) graph.setNodeAttribute(key, "forceLabel", true);
  curve(graph);
  return graph;
}

export const empty = () => new MultiDirectedGraph();

// Several links between the same two bend apart; a single one is straight.
function curve(graph) {
  indexParallelEdgesIndex(graph, { edgeIndexAttribute: "index", edgeMaxIndexAttribute: "last" });
  graph.forEachEdge((edge, { index, last, arrow }) => {
    const bent = typeof index === "number" && last > 0;
    const type = bent ? (arrow ? "curvedArrow" : "curved") : arrow ? "arrow" : "line";
    graph.mergeEdgeAttributes(edge, { type, curvature: bent ? 0.15 + 0.2 * index : 0 });
  });
}
