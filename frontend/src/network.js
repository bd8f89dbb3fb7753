// The picture of a network: read from the address in data-network, laid out by ForceAtlas2, drawn on canvas by Cytoscape.
import cytoscape from "cytoscape";
import { MultiDirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";
import { controls } from "./network-controls.js";
import { look } from "./network-look.js";

const REACH = 150; // pixels: the middle length of an edge on the canvas
const APART = { ratio: 1, margin: 12, expansion: 1.05, gridSize: 20, speed: 3 };
const ROUNDS = 600;
const ROOM = 34; // pixels around a node's middle that its glyph and label need

// Nodes start on a sunflower, so that the same network always gives the same picture.
function start(graph, nodes) {
  nodes.forEach((node, index) => {
    const angle = index * 2.399963;
    const far = Math.sqrt(index) * 10;
    graph.addNode(node.id, { x: far * Math.cos(angle), y: far * Math.sin(angle), size: ROOM });
  });
}

function places({ nodes, edges }) {
  const graph = new MultiDirectedGraph();
  start(graph, nodes);
  for (const edge of edges) if (graph.hasNode(edge.source) && graph.hasNode(edge.target)) graph.addEdge(edge.source, edge.target);
  const settings = { ...forceAtlas2.inferSettings(graph), gravity: 0.6, scalingRatio: 30, outboundAttractionDistribution: true };
  forceAtlas2.assign(graph, { iterations: ROUNDS, settings });
  const scale = REACH / middleLength(graph);
  graph.updateEachNodeAttributes((_, at) => ({ ...at, x: at.x * scale, y: at.y * scale }));
  noverlap.assign(graph, { maxIterations: 300, settings: APART });
  return Object.fromEntries(graph.mapNodes((id, { x, y }) => [id, { x, y }]));
}

function middleLength(graph) {
  const lengths = graph.mapEdges((_, __, from, to, a, b) => Math.hypot(a.x - b.x, a.y - b.y)).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] || 1;
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
  const cy = cytoscape({
    container: box, elements: elements(network, box.dataset.centre), style: look(box.dataset.glyphs, getComputedStyle(document.body).fontFamily, small),
    layout: { name: "preset", padding: small ? 24 : 48 }, minZoom: 0.15, maxZoom: 3,
    userZoomingEnabled: !small, userPanningEnabled: !small, boxSelectionEnabled: false, autoungrabify: small,
  });
  cy.fit(undefined, small ? 28 : 48);
  if (cy.zoom() > 1.25) cy.zoom({ level: 1.25, renderedPosition: { x: box.clientWidth / 2, y: box.clientHeight / 2 } });
  cy.on("dbltap", "node", ({ target }) => target.data("url") && location.assign(target.data("url")));
  if (small) cy.on("tap", "node", ({ target }) => target.data("url") && location.assign(target.data("url")));
  else controls(cy, box, network);
  box.querySelector("[data-wait]")?.remove();
  box.dataset.ready = String(network.nodes.length);
}

for (const box of document.querySelectorAll("[data-network]")) draw(box).catch((reason) => {
  console.error(reason);
  box.dataset.ready = "failed";
});
