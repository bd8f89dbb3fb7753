// The picture without a mouse: arrow keys go along relations, letters do what the buttons do.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

// The neighbour that lies most in this direction; where there is none, the nearest node that does.
function next(cy, at, [x, y]) {
  const score = (node) => {
    const [dx, dy] = [node.position("x") - at.position("x"), node.position("y") - at.position("y")];
    const along = dx * x + dy * y;
    return along <= 0 ? Infinity : along + 2 * Math.abs(dx * y + dy * x);
  };
  const best = (nodes) => nodes.toArray().map((node) => [score(node), node]).filter(([far]) => far < Infinity).sort((a, b) => a[0] - b[0])[0]?.[1];
  return best(at.neighborhood("node:visible")) || best(cy.nodes(":visible").not(at));
}

export function keys(cy, box, page, actions) {
  const at = () => cy.$("node:selected")[0] || cy.$("node[?centre]")[0] || cy.nodes()[0];
  const help = page.querySelector("[data-keys]");
  const told = {
    Enter: () => actions.enter(at()), e: () => actions.expand(at()), "+": () => actions.zoom("in"), "=": () => actions.zoom("in"), "-": () => actions.zoom("out"), f: () => actions.zoom("all"),
    h: () => actions.hide?.(at()), p: () => actions.pin?.(at()), w: () => actions.way?.(at()), z: () => actions.undo?.(), y: () => actions.redo?.(), Escape: () => actions.noWay?.(),
    "?": () => help && (help.open = !help.open),
  };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const way = WAYS[name];
    if (!way && !told[name]) return;
    event.preventDefault();
    if (!way) return void told[name]();
    const found = at() && next(cy, at(), way);
    if (found) actions.choose(found);
  });
}
