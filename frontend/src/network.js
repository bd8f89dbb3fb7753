// The picture of a network: read from the address in data-network, laid out by ForceAtlas2, drawn on canvas by Cytoscape.
// A small one stands on a card and leads away; the large one is the explorer.
import cytoscape from "cytoscape";
import { explorer } from "./network-explorer.js";
import { places } from "./network-layout.js";
import { look } from "./network-look.js";
import { elementsOf, showWay } from "./network-elements.js";

const FEW = 8; // neighbours on a card
const READABLE = 0.75; // below this zoom labels can't be read: start near the centre instead of showing all

// The card shows a few of each kind around its centre, and a way whole; the rest stands behind "explore".
function few({ nodes, edges, way, groups }, centre) {
  const near = new Set(edges.flatMap((edge) => (edge.source === centre ? [edge.target] : edge.target === centre ? [edge.source] : [])));
  const kinds = new Map();
  for (const node of nodes) if (near.has(node.id)) kinds.set(node.kind, [...(kinds.get(node.kind) || []), node]);
  const turns = Array.from({ length: FEW }, (_, turn) => [...kinds.values()].map((same) => same[turn]).filter(Boolean)).flat();
  const kept = new Set([centre, ...(way ? way.nodes : turns.slice(0, FEW).map((node) => node.id))]);
  return { nodes: nodes.filter((node) => kept.has(node.id)), edges: edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)), way, groups: groups ? [] : undefined };
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
  const { nodes, edges } = elementsOf(network, box.dataset.centre);
  const spots = places({ nodes, edges }, box, small ? 20 : 32);
  const cy = cytoscape({
    container: box, elements: [...nodes.map((data) => ({ data, position: spots[data.id] })), ...edges.map((data) => ({ data }))], style: look(box.dataset.glyphs, getComputedStyle(document.body).fontFamily, small),
    layout: { name: "preset", padding: small ? 24 : 48 }, minZoom: 0.15, maxZoom: 3,
    userZoomingEnabled: !small, userPanningEnabled: !small, boxSelectionEnabled: false, autoungrabify: small,
  });
  frame(cy, small);
  if (small) cy.on("resize", () => frame(cy, small));
  if (small) cy.on("tap", "node", ({ target }) => target.data("url") && location.assign(target.data("url")));
  showWay(cy, network.way);
  if (!small) explorer(cy, box, network);
  box.querySelector("[data-wait]")?.remove();
  box.dataset.ready = String(network.nodes.length);
}

for (const box of document.querySelectorAll("[data-network]")) draw(box).catch((reason) => {
  console.error(reason);
  box.dataset.ready = "failed";
});
