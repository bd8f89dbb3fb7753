// Where nodes stand: at first ForceAtlas2; what comes later finds its place beside what it is linked with, and nothing else moves.
import { MultiDirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";

const APART = { ratio: 1, margin: 10, expansion: 1.02, gridSize: 20, speed: 3 };
const ROUNDS = 600;
const MANY = 300; // from so many nodes on fewer rounds do, or the page would wait
const ROOMY = 6; // with fewer nodes a card is not filled to its corners
const AREA = 7600; // square pixels that one node and its label need
const EDGE = { wide: 128, high: 104 }; // room for labels at the sides of the canvas
const LENGTH = 120; // pixels of a relation that is added later
const NEAR = 92; // nearer than this two labels cover each other
const GOLDEN = 2.399963;

// Nodes start on a sunflower, so that the same network always gives the same picture.
function start(graph, nodes, room) {
  nodes.forEach((node, index) => {
    const far = Math.sqrt(index) * 10;
    graph.addNode(node.id, { x: far * Math.cos(index * GOLDEN), y: far * Math.sin(index * GOLDEN), size: room });
  });
}

export function places({ nodes, edges }, box, room) {
  const graph = new MultiDirectedGraph();
  start(graph, nodes, room);
  for (const edge of edges) if (graph.hasNode(edge.source) && graph.hasNode(edge.target)) graph.addEdge(edge.source, edge.target);
  const settings = { ...forceAtlas2.inferSettings(graph), gravity: 0.6, scalingRatio: 30, outboundAttractionDistribution: true };
  forceAtlas2.assign(graph, { iterations: nodes.length > MANY ? ROUNDS / 6 : ROUNDS, settings });
  stretch(graph, box);
  noverlap.assign(graph, { maxIterations: nodes.length > MANY ? 60 : 300, settings: APART });
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

const mean = (spots) => ({ x: spots.reduce((sum, at) => sum + at.x, 0) / spots.length, y: spots.reduce((sum, at) => sum + at.y, 0) / spots.length });

// Away from the middle of the picture, fanned out around what the new node is linked with.
function beside(anchor, middle, index, count) {
  const outward = Math.atan2(anchor.y - middle.y, anchor.x - middle.x || 1e-9);
  const spread = Math.min(2 * Math.PI, 0.55 * count);
  const angle = outward + (count > 1 ? (index / (count - 1) - 0.5) * spread : 0);
  const ring = 1 + Math.floor(index / 12) * 0.6;
  return { x: anchor.x + LENGTH * ring * Math.cos(angle), y: anchor.y + LENGTH * ring * Math.sin(angle) };
}

function push(at, other, least, share) {
  const [dx, dy] = [at.x - other.x, at.y - other.y];
  const far = Math.hypot(dx, dy) || 1;
  if (far >= least) return;
  at.x += (dx / far) * (least - far) * share;
  at.y += (dy / far) * (least - far) * share;
}

function pull(at, other) {
  const far = Math.hypot(other.x - at.x, other.y - at.y);
  if (far <= LENGTH * 1.3) return;
  at.x += (other.x - at.x) * 0.06;
  at.y += (other.y - at.y) * 0.06;
}

// `old` stay where they are: {id: {x, y}}. Gives the places of the `fresh` nodes.
export function placesBeside(old, fresh, edges) {
  const links = new Map(fresh.map((node) => [node.id, []]));
  for (const { source, target } of edges) {
    links.get(source)?.push(target);
    links.get(target)?.push(source);
  }
  const middle = Object.keys(old).length ? mean(Object.values(old)) : { x: 0, y: 0 };
  const spots = {};
  const waiting = new Map();
  for (const node of fresh) {
    const anchor = links.get(node.id).find((id) => old[id]) ?? "";
    waiting.set(anchor, [...(waiting.get(anchor) || []), node.id]);
  }
  for (const [anchor, ids] of waiting) ids.forEach((id, index) => (spots[id] = beside(old[anchor] || middle, middle, index, ids.length)));
  const still = Object.values(old);
  const moving = fresh.length > MANY ? 12 : 60;
  for (let round = 0; round < moving; round += 1) {
    for (const { id } of fresh) {
      if (round < moving * 0.7) for (const other of links.get(id)) if (old[other] || spots[other]) pull(spots[id], old[other] || spots[other]);
      for (const other of still) push(spots[id], other, NEAR, 0.5);
      for (const other of fresh) if (other.id !== id) push(spots[id], spots[other.id], NEAR, 0.5);
    }
  }
  return spots;
}
