// What surrounds the picture: zoom buttons, kinds and relations that can be ticked off, the years, the panel of the chosen node.
const year = (text) => (text ? Number(String(text).slice(0, 4)) : null);

function zooming(cy, page) {
  const middle = () => ({ x: cy.width() / 2, y: cy.height() / 2 });
  const actions = {
    in: () => cy.zoom({ level: cy.zoom() * 1.25, renderedPosition: middle() }),
    out: () => cy.zoom({ level: cy.zoom() / 1.25, renderedPosition: middle() }),
    all: () => cy.fit(cy.elements(":visible"), 48),
  };
  for (const button of page.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => actions[button.dataset.zoom]());
}

function hiding(cy, page, years) {
  const off = (name) => new Set([...page.querySelectorAll(`[data-${name}]:not(:checked)`)].map((tick) => tick.dataset[name]));
  return () => {
    const kinds = off("kind");
    const relations = off("relation");
    const [from, to] = years();
    cy.batch(() => {
      cy.nodes().forEach((node) => node.toggleClass("away", kinds.has(node.data("kind")) && !node.data("centre")));
      cy.edges().forEach((edge) => {
        const begins = year(edge.data("since"));
        const ends = year(edge.data("until"));
        const outside = (begins !== null && begins > to) || (ends !== null && ends < from);
        edge.toggleClass("away", relations.has(edge.data("relation")) || outside);
      });
    });
    const words = page.querySelector("[data-shown]");
    const nodes = cy.nodes().not(".away");
    const edges = nodes.edgesWith(nodes).not(".away");
    if (words) words.textContent = words.dataset.shown.replace("{nodes}", nodes.length).replace("{edges}", edges.length);
  };
}

function spanOf(network) {
  const found = network.edges.flatMap((edge) => [year(edge.since), year(edge.until)]).filter(Boolean);
  return found.length ? [Math.min(...found), Math.max(...found)] : null;
}

function yearBars(svg, network, [first, last]) {
  const counts = Array.from({ length: last - first + 1 }, (_, i) => network.edges.filter((e) => (year(e.since) ?? first) <= first + i && (year(e.until) ?? last) >= first + i).length);
  const most = Math.max(...counts, 1);
  const wide = 800 / counts.length;
  const bars = counts.map((count, i) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const high = Math.max(2, (count / most) * 40);
    for (const [name, value] of Object.entries({ x: i * wide + wide * 0.2, y: 40 - high, width: wide * 0.6, height: high })) bar.setAttribute(name, value);
    return bar;
  });
  svg.replaceChildren(...bars);
}

function timing(page, network, refresh) {
  const line = page.querySelector("[data-years]");
  const span = spanOf(network);
  if (!line || !span || span[0] === span[1]) return () => [-Infinity, Infinity];
  const [from, to] = line.querySelectorAll("input[type=range]");
  const chosen = () => [Math.min(from.value, to.value), Math.max(from.value, to.value)];
  const words = () => (line.querySelector("[data-years-words]").textContent = chosen().join("–"));
  for (const [knob, value] of [[from, span[0]], [to, span[1]]]) {
    Object.assign(knob, { min: span[0], max: span[1], value });
    knob.addEventListener("input", () => (words(), refresh.now()));
  }
  yearBars(line.querySelector("[data-years-bars]"), network, span);
  line.hidden = false;
  words();
  return chosen;
}

function choosing(cy, page) {
  const panel = page.querySelector("[data-panel]");
  const fill = (node) => {
    const put = (name, text) => panel.querySelectorAll(`[data-panel-${name}]`).forEach((place) => (place.textContent = text || ""));
    put("label", node.data("label"));
    put("sub", node.data("sub"));
    panel.querySelector("[data-panel-glyph] use")?.setAttribute("href", panel.querySelector("[data-panel-glyph] use").getAttribute("href").replace(/#.*/, `#kind-${node.data("kind")}`));
    panel.querySelectorAll("[data-panel-open]").forEach((link) => ((link.href = node.data("url") || "#"), (link.hidden = !node.data("url"))));
    panel.querySelectorAll("[data-panel-centre]").forEach((link) => (link.href = `/network/${encodeURIComponent(node.data("kind"))}/${encodeURIComponent(node.data("id"))}`));
    panel.querySelectorAll("[data-panel-only]").forEach((part) => (part.hidden = !node.data("centre")));
  };
  cy.on("select", "node", ({ target }) => {
    cy.edges().removeClass("near");
    target.connectedEdges().addClass("near");
    if (panel) fill(target);
  });
  cy.on("unselect", "node", () => cy.edges().removeClass("near"));
}

// Arrow keys go from neighbour to neighbour, Enter opens, so that the picture can be read without a mouse.
function walking(cy, box) {
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  box.addEventListener("keydown", (event) => {
    const at = cy.$("node:selected")[0] || cy.$("node[?centre]")[0] || cy.nodes()[0];
    if (event.key === "Enter" && at?.data("url")) location.assign(at.data("url"));
    const way = ways[event.key];
    if (!way || !at) return;
    event.preventDefault();
    const score = (n) => {
      const [dx, dy] = [n.position("x") - at.position("x"), n.position("y") - at.position("y")];
      const along = dx * way[0] + dy * way[1];
      return along <= 0 ? Infinity : along + 2 * Math.abs(dx * way[1] + dy * way[0]);
    };
    const next = cy.nodes(":visible").sort((a, b) => score(a) - score(b))[0];
    if (!next || score(next) === Infinity) return;
    cy.$(":selected").unselect();
    next.select();
  });
}

export function controls(cy, box, network) {
  const page = box.closest("[data-network-page]") || document;
  const refresh = { now: () => {} };
  const years = timing(page, network, refresh);
  refresh.now = hiding(cy, page, years);
  page.addEventListener("change", (event) => event.target.matches("[data-kind], [data-relation]") && refresh.now());
  zooming(cy, page);
  choosing(cy, page);
  walking(cy, box);
  const { hits = [], path = [] } = network;
  for (const id of hits) cy.getElementById(id).addClass("hit");
  path.forEach((id, i) => {
    const here = cy.getElementById(id).addClass("path");
    if (i > 0) here.edgesWith(cy.getElementById(path[i - 1])).first().addClass("path").data("step", String(i));
  });
  cy.$("node[?centre]").select();
  refresh.now();
}
