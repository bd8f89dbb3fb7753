// The picture of a network: read from the address in data-network, laid out by ForceAtlas2, drawn on canvas by Cytoscape.
import cytoscape from "cytoscape";
import { DirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import { controls } from "./network-controls.js";
import { look } from "./network-look.js";

const SPREAD = 96; // pixels on the canvas for one step of the layout's own scale
const ROUNDS = 400;

// Nodes start on a sunflower, so that the same network always gives the same picture.
function start(graph, nodes) {
  nodes.forEach((node, index) => {
    const angle = index * 2.399963;
    const far = Math.sqrt(index) * 10;
    graph.addNode(node.id, { x: far * Math.cos(angle), y: far * Math.sin(angle), size: 6 });
  });
}

function places({ nodes, edges }) {
  const graph = new DirectedGraph({ multi: true });
  start(graph, nodes);
  for (const edge of edges) if (graph.hasNode(edge.source) && graph.hasNode(edge.target)) graph.addEdge(edge.source, edge.target);
  const settings = { ...forceAtlas2.inferSettings(graph), gravity: 1.6, scalingRatio: 12, adjustSizes: true, linLogMode: false };
  const found = forceAtlas2(graph, { iterations: ROUNDS, settings });
  const lengths = edges.filter((e) => found[e.source] && found[e.target]).map((e) => Math.hypot(found[e.source].x - found[e.target].x, found[e.source].y - found[e.target].y));
  const middle = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] || 1;
  return Object.fromEntries(Object.entries(found).map(([id, { x, y }]) => [id, { x: (x / middle) * SPREAD, y: (y / middle) * SPREAD }]));
}

function elements(network, centre) {
  const spots = places(network);
  const known = new Set(network.nodes.map((node) => node.id));
  const nodes = network.nodes.map((node) => ({ data: { ...node, centre: node.id === centre }, position: spots[node.id] }));
  const edges = network.edges.filter((e) => known.has(e.source) && known.has(e.target)).map((e, i) => ({ data: { ...e, id: `e${i}` } }));
  return [...nodes, ...edges];
}

async function draw(box) {
  const answer = await fetch(box.dataset.network, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`network: ${answer.status}`);
  const network = await answer.json();
  const small = "small" in box.dataset;
  box.querySelector("[data-wait]")?.remove();
  const cy = cytoscape({
    container: box, elements: elements(network, box.dataset.centre), style: look(box.dataset.glyphs, getComputedStyle(document.body).fontFamily, small),
    layout: { name: "preset", padding: small ? 24 : 48 }, minZoom: 0.15, maxZoom: 3, wheelSensitivity: 0.3,
    userZoomingEnabled: !small, userPanningEnabled: !small, boxSelectionEnabled: false, autoungrabify: small,
  });
  cy.fit(undefined, small ? 28 : 48);
  if (cy.zoom() > 1.25) cy.zoom({ level: 1.25, renderedPosition: { x: box.clientWidth / 2, y: box.clientHeight / 2 } });
  cy.on("dbltap", "node", ({ target }) => target.data("url") && location.assign(target.data("url")));
  if (small) cy.on("tap", "node", ({ target }) => target.data("url") && location.assign(target.data("url")));
  else controls(cy, box, network);
  box.dataset.ready = String(network.nodes.length);
}

for (const box of document.querySelectorAll("[data-network]")) draw(box).catch(() => (box.dataset.ready = "failed"));
