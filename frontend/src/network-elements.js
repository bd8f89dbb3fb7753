// From the data of a network to what is drawn: things, relations, and one node for each group of what is not drawn one by one.
const LABELLED = 40; // up to so many nodes all labels are shown at once

export const edgeId = (edge) => `edge:${[edge.source, edge.relation, edge.target, edge.role || "", edge.since || "", edge.until || ""].join("|")}`;
export const groupId = (group) => `group:${group.branch}`;

export function elementsOf(network, centre) {
  const known = new Set(network.nodes.map((node) => node.id));
  const beside = new Set([centre, ...network.edges.flatMap((e) => (e.source === centre ? [e.target] : e.target === centre ? [e.source] : []))]);
  const all = network.nodes.length <= LABELLED;
  const things = network.nodes.map((node) => ({ ...node, centre: node.id === centre, near: all || beside.has(node.id), group: false }));
  const relations = network.edges.filter((e) => known.has(e.source) && known.has(e.target)).map((e) => ({ ...e, id: edgeId(e), group: false, step: "" }));
  const groups = (network.groups || []).filter((group) => known.has(group.of));
  return {
    nodes: [...things, ...groups.map((group) => ({ ...group, id: groupId(group), centre: false, near: true, group: true }))],
    edges: [...relations, ...groups.map((group) => ({ id: `to:${groupId(group)}`, source: group.of, target: groupId(group), relation: group.relation, label: group.sub, since: null, until: null, group: true }))],
  };
}

// Thick, with numbered words; where two relations link the same two things, the one that was walked.
export function showWay(cy, way) {
  cy.elements(".path").removeClass("path");
  if (!way) return;
  for (const id of way.nodes) cy.getElementById(id).addClass("path");
  way.edges.forEach((edge, index) => cy.getElementById(edgeId(edge)).addClass("path").data("step", `${index + 1} ${edge.label}`));
}
