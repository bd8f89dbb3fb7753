// How nodes and edges look: the glyph of the kind, the label below on a white halo, paths and rings as the page asks.
// Labels of what lies far from the centre, and has few relations, wait until one comes nearer.
const SURE = { came: "#1a6b3c", went: "#a33b06" };

export function look(glyphs, font, small) {
  return [
    { selector: "node", style: {
      shape: "ellipse", width: 34, height: 34, "background-opacity": 0, "background-image": (node) => `${glyphs}${node.data("kind")}.svg`, "background-fit": "contain", "background-clip": "none", "background-image-containment": "over",
      label: "data(label)", "font-family": font, "font-size": 12, color: "#1f2328", "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "ellipsis", "text-max-width": small ? 96 : 120,
      "text-outline-color": "#fff", "text-outline-width": 2, "text-outline-opacity": 1, "min-zoomed-font-size": 7,
    } },
    { selector: "node[!near]", style: { "min-zoomed-font-size": small ? 7 : 13 } },
    { selector: "node[?group]", style: { width: 30, height: 30, "background-image-opacity": 0.55, "outline-width": 1.5, "outline-color": "#7d858f", "outline-offset": 3, "outline-style": "dashed", color: "#174a8b", "font-weight": 600, "min-zoomed-font-size": 7 } },
    { selector: "edge", style: { width: 1.25, "line-color": "#c3c9d0", "curve-style": "straight", "font-family": font, "font-size": 12 } },
    { selector: "edge[?group]", style: { "line-style": "dashed", "line-dash-pattern": [2, 4] } },
    { selector: "node[?centre]", style: { width: 40, height: 40, "font-weight": 600 } },
    { selector: "node.pinned", style: { "font-weight": 600, "border-width": 2, "border-color": "#1f2328", "border-style": "double" } },
    { selector: "node.hit", style: { "outline-width": 1.5, "outline-color": "#1f5fa8", "outline-offset": 2, "outline-style": "solid", "font-weight": 600 } },
    { selector: "node:selected", style: { "outline-width": 3, "outline-color": "#174a8b", "outline-offset": 3, "outline-style": "solid", "font-weight": 600, "min-zoomed-font-size": 4 } },
    { selector: "edge.asked", style: { "line-color": "#6b3fa0", "line-style": "dashed", "line-dash-pattern": [5, 4] } },
    { selector: "edge.near", style: { "line-color": "#7d858f", label: "data(label)", color: "#59616b", "text-background-color": "#fff", "text-background-opacity": 1, "text-background-padding": 2 } },
    { selector: "edge.came", style: { width: 3, "line-color": SURE.came } },
    { selector: "edge.went", style: { width: 2, "line-color": SURE.went, "line-style": "dashed", "line-dash-pattern": [6, 4] } },
    { selector: "node.path", style: { width: 40, height: 40, "font-weight": 600, "z-index": 9, "min-zoomed-font-size": 4 } },
    { selector: "edge.path", style: { width: 4, "line-color": "#1f2328", "line-style": "solid", label: "data(step)", color: "#fff", "text-background-color": "#1f2328", "text-background-opacity": 1, "text-background-padding": 4, "text-background-shape": "roundrectangle", "z-index": 9 } },
    { selector: ".away", style: { display: "none" } },
  ];
}
