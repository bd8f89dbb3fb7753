// The picture of a network: read from the address in data-network, laid out by ForceAtlas2, drawn on canvas by Cytoscape.
import cytoscape from "cytoscape";
import { MultiDirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";
import { controls } from "./network-controls.js";
import { look } from "./network-look.js";

const APART = { ratio: 1, margin: 10, expansion: 1.02, gridSize: 20, speed: 3 };
const ROUNDS = 600;
const LABELLED = 40; // up to so many nodes all labels are shown at once
const ROOMY = 6; // with fewer nodes a card is not filled to its corners
const FEW = 8; // neighbours on a card
const AREA = 7600; // square pixels that one node and its label need
const EDGE = { wide: 128, high: 104 }; // room for labels at the sides of the canvas
const READABLE = 0.75; // below this zoom labels can't be read: start near the centre instead of showing all

// Nodes start on a sunflower, so that the same network always gives the same picture.
function start(graph, nodes, room) {
  nodes.forEach((node, index) => {
    const angle = index * 2.399963;
    const far = Math.sqrt(index) * 10;
    graph.addNode(node.id, { x: far * Math.cos(angle), y: far * Math.sin(angle), size: room });
  });
}

function places({ nodes, edges }, box, room) {
  const graph = new MultiDirectedGraph();
  start(graph, nodes, room);
  for (const edge of edges) if (graph.hasNode(edge.source) && graph.hasNode(edge.target)) graph.addEdge(edge.source, edge.target);
  const settings = { ...forceAtlas2.inferSettings(graph), gravity: 0.6, scalingRatio: 30, outboundAttractionDistribution: true };
  forceAtlas2.assign(graph, { iterations: ROUNDS, settings });
  stretch(graph, box);
  noverlap.assign(graph, { maxIterations: 300, settings: APART });
  return Object.fromEntries(graph.mapNodes((id, { x, y }) => [id, { x, y }]));
}

// The layout fills the canvas, or as much room in the same shape as its nodes need.
function stretch(graph, box) {
  const full = "small" in box.dataset ? Math.min(1, graph.order / ROOMY) : 1;
  const wide = Math.max((box.clientWidth - EDGE.wide) * full, 120);
  const high = Math.max((box.clientHeight - EDGE.high) * full, 120);
  const grow = "small" in box.dataset ? 1 : Math.max(1, Math.sqrt((graph.order * AREA) / (wide * high)));
  const xs = graph.mapNodes((_, at) => at.x);
  const ys = graph.mapNodes((_, at) => at.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [across, down] = [Math.max(...xs) - left || 1, Math.max(...ys) - top || 1];
  graph.updateEachNodeAttributes((_, at) => ({ ...at, x: ((at.x - left) / across) * wide * grow, y: ((at.y - top) / down) * high * grow }));
}

function elements(network, box, small) {
  const centre = box.dataset.centre;
  const spots = places(network, box, small ? 20 : 32);
  const known = new Set(network.nodes.map((node) => node.id));
  const beside = new Set([centre, ...network.edges.flatMap((e) => (e.source === centre ? [e.target] : e.target === centre ? [e.source] : []))]);
  const all = network.nodes.length <= LABELLED;
  const nodes = network.nodes.map((node) => ({ data: { ...node, centre: node.id === centre, near: all || beside.has(node.id) }, position: spots[node.id] }));
  const edges = network.edges.filter((e) => known.has(e.source) && known.has(e.target)).map((e, i) => ({ data: { ...e, id: `edge:${i}` } }));
  return [...nodes, ...edges];
}

// The card shows a few of each kind around its centre; the whole stands behind "explore".
function few({ nodes, edges }, centre) {
  const near = new Set(edges.flatMap((edge) => (edge.source === centre ? [edge.target] : edge.target === centre ? [edge.source] : [])));
  const kinds = new Map();
  for (const node of nodes) if (near.has(node.id)) kinds.set(node.kind, [...(kinds.get(node.kind) || []), node]);
  const turns = Array.from({ length: FEW }, (_, turn) => [...kinds.values()].map((same) => same[turn]).filter(Boolean)).flat();
  const kept = new Set([centre, ...turns.slice(0, FEW).map((node) => node.id)]);
  return { nodes: nodes.filter((node) => kept.has(node.id)), edges: edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)) };
}

function count(box, network) {
  const words = box.parentElement.querySelector("[data-counts]");
  if (words) words.textContent = words.dataset.counts.replace("{nodes}", network.nodes.length).replace("{edges}", network.edges.length);
}

function frame(cy, small) {
  cy.fit(undefined, small ? 16 : 32);
  if (cy.zoom() > 1.1) cy.zoom(1.1);
  if (!small && cy.zoom() < READABLE) cy.zoom(READABLE + 0.1);
  cy.center(cy.zoom() > READABLE && cy.$("node[?centre]").nonempty() && cy.elements().renderedBoundingBox().w > cy.width() ? cy.$("node[?centre]") : undefined);
}

async function draw(box) {
  const answer = await fetch(box.dataset.network, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`network: ${answer.status}`);
  const whole = await answer.json();
  const small = "small" in box.dataset;
  const network = small ? few(whole, box.dataset.centre) : whole;
  if (small) count(box, whole);
  const cy = cytoscape({
    container: box, elements: elements(network, box, small), style: look(box.dataset.glyphs, getComputedStyle(document.body).fontFamily, small),
    layout: { name: "preset", padding: small ? 24 : 48 }, minZoom: 0.15, maxZoom: 3,
    userZoomingEnabled: !small, userPanningEnabled: !small, boxSelectionEnabled: false, autoungrabify: small,
  });
  frame(cy, small);
  if (small) cy.on("resize", () => frame(cy, small));
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
