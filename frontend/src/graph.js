// The drawing of the graph page, where the browser can make one; elsewhere the server's stays.
import { Explorer } from "./graph/explorer.js";

function works() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

function start() {
  const explorer = new Explorer();
  const state = () => ({
    ...{ nodes: explorer.graph.order, edges: explorer.graph.size, chosen: explorer.chosen, chosenEdge: explorer.chosenEdge },
    ...{ shown: [...explorer.shown].sort(), places: Object.fromEntries(explorer.graph.mapNodes((key, { x, y }) => [key, [x, y]])) },
  });
  window.esskg = { state, explorer };
  document.body.dataset.ready = "1";
}

if (works()) start();
else document.body.dataset.ready = "svg";
