// What surrounds the picture: zoom buttons, kinds and relations that can be ticked off, the years, the panel of the chosen node.
const FEW_LINKS = 8; // more words at edges than these cover each other
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

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// How the chosen node is linked with the centre, through what is shown: in words above the picture, and thick in it.
function wayTo(cy, page, node) {
  const line = page.querySelector("[data-path]");
  cy.elements(".path").removeClass("path");
  if (!line) return;
  line.hidden = false;
  if (node.data("centre")) return void (line.textContent = line.dataset.first);
  const found = cy.elements().not(".away").aStar({ root: cy.$("node[?centre]"), goal: node });
  if (!found.found) return void (line.textContent = line.dataset.none);
  const edges = found.path.edges();
  found.path.addClass("path");
  edges.forEach((edge, i) => edge.data("step", `${i + 1} ${edge.data("label")}`));
  line.replaceChildren(make("b", "", line.dataset.words.replace("{n}", edges.length)), ...found.path.nodes().map((one) => make("span", "", one.data("label"))));
}

// The relations of a node that is not the centre, counted in the picture.
function linksOf(node, sample) {
  const groups = new Map();
  node.connectedEdges(":visible").forEach((edge) => {
    const other = edge.source().same(node) ? edge.target() : edge.source();
    const key = `${edge.data("label")} ${other.data("kind")}`;
    const group = groups.get(key) || { kind: other.data("kind"), words: edge.data("label"), sub: other.data("sub"), count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  });
  return [...groups.values()].sort((a, b) => b.count - a.count).map((group) => {
    const line = make("li");
    const glyph = sample.cloneNode(true);
    const use = glyph.querySelector("use");
    for (const side of ["width", "height"]) glyph.setAttribute(side, 18);
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#kind-${group.kind}`));
    const words = make("span", "", `${group.words} `);
    words.append(make("span", "muted", group.sub));
    line.append(glyph, words, make("span", "", group.count), make("span"));
    return line;
  });
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
    const links = panel.querySelector("[data-panel-links]");
    links.hidden = Boolean(node.data("centre"));
    links.querySelector("ul").replaceChildren(...linksOf(node, panel.querySelector("[data-panel-glyph] svg")));
  };
  cy.on("select", "node", ({ target }) => {
    cy.edges().removeClass("near");
    const links = target.connectedEdges();
    if (links.length <= FEW_LINKS) links.addClass("near");
    wayTo(cy, page, target);
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
