// The card of the chosen node: its facts, and what could be opened there, with counts under the reader's own rights.
function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// A glyph like one that stands on the page already, of another kind and size.
function glyph(sample, kind, size) {
  const copy = sample.cloneNode(true);
  const use = copy.querySelector("use");
  for (const side of ["width", "height"]) copy.setAttribute(side, size);
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#kind-${kind}`));
  return copy;
}

export function panelOf(page, cy, { open, full }) {
  const panel = page.querySelector("[data-panel]");
  const list = panel.querySelector("[data-branches]");
  const sample = panel.querySelector("[data-panel-glyph] svg");
  const cards = new Map();
  const part = (name) => panel.querySelector(`[data-panel-${name}]`);

  async function card(node) {
    if (!cards.has(node.id())) {
      const answer = await fetch(`${page.dataset.countsOf}${encodeURIComponent(node.data("kind"))}/${encodeURIComponent(node.id())}/counts`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      cards.set(node.id(), answer.ok ? await answer.json() : { facts: [], counts: [] });
    }
    return cards.get(node.id());
  }

  const drawn = (node, count) =>
    node.connectedEdges().filter((edge) => !edge.data("group") && edge.data("relation") === count.relation).connectedNodes().filter((one) => one !== node && one.data("kind") === count.kind).not(node).length;

  function line(node, count) {
    const here = drawn(node, count);
    const made = make("li");
    const words = make("span", "", `${count.words} `);
    words.append(make("span", "muted", count.kind_words));
    const last = make("span");
    if (here >= count.total) last.append(make("span", "muted", list.dataset.all));
    else if (full || node.data("centre")) last.append(button(count, here));
    made.append(glyph(sample, count.kind, 18), words, make("span", "drawn", `${here} / ${count.total}${count.at_least ? "+" : ""}`), last);
    return made;
  }

  function button(count, here) {
    const made = make("button", "btn-text", list.dataset.open);
    made.type = "button";
    made.dataset.branch = count.branch;
    made.append(make("span", "visually-hidden", ` ${count.words} ${count.kind_words}`));
    made.addEventListener("click", () => open(count.branch, here));
    return made;
  }

  function head(node) {
    part("label").textContent = node.data("label");
    part("sub").textContent = node.data("sub") || "";
    part("glyph").replaceChildren(glyph(sample, node.data("kind"), 44));
    part("open").href = node.data("url") || "#";
    part("centre").href = node.data("network_url");
  }

  function fill(node, { facts, counts }) {
    part("facts").replaceChildren(...facts.map(([name, value]) => {
      const pair = make("div");
      pair.append(make("dt", "", name), make("dd", "", value));
      return pair;
    }));
    list.replaceChildren(...counts.map((count) => line(node, count)));
    if (full) {
      part("pin").hidden = false;
      part("pin").setAttribute("aria-pressed", String(node.hasClass("pinned")));
      part("hide").hidden = Boolean(node.data("centre"));
    }
  }

  let shown = null;
  async function show(node) {
    shown = node.id();
    head(node);
    const known = await card(node);
    if (shown === node.id() && cy.getElementById(shown).nonempty()) fill(node, known);
  }

  // The first branch that has more than is drawn; E opens it.
  async function nextBranch(node) {
    const count = (await card(node)).counts.find((one) => drawn(node, one) < one.total);
    return count ? [count.branch, drawn(node, count)] : null;
  }

  const focus = () => part("label").focus();
  return { show, nextBranch, focus, part };
}

// The way in words, beside the picture and in the line above it.
export function wayWords(page, cy, way, asked) {
  const line = page.querySelector("[data-path]");
  const steps = page.querySelector("[data-way-steps]");
  steps.hidden = !way;
  line.hidden = !way && !asked;
  if (!way) return void (line.textContent = asked ? line.dataset.none : "");
  const name = (id) => cy.getElementById(id).data("label");
  line.replaceChildren(make("b", "", line.dataset.words.replace("{n}", way.edges.length)), ...way.nodes.map((id) => make("span", "", name(id))));
  if (way.others) line.append(make("em", "muted", line.dataset.others.replace("{n}", way.others)));
  const words = steps.querySelector("template").dataset;
  steps.querySelector("ol").replaceChildren(...way.edges.map((edge) => {
    const made = make("li", "", edge.sentence);
    const dates = [edge.since && words.since.replace("{day}", edge.since), edge.until && words.until.replace("{day}", edge.until)].filter(Boolean);
    if (dates.length) made.append(make("span", "muted", ` ${dates.join(" ")}`));
    return made;
  }));
}

// In the smaller explorer: how the chosen node is linked with the centre, through what is shown.
export function wayInPicture(page, cy, node) {
  const line = page.querySelector("[data-path]");
  cy.elements(".path").removeClass("path");
  line.hidden = node.data("centre") || node.data("group");
  if (line.hidden) return;
  const found = cy.elements().not(".away").aStar({ root: cy.$("node[?centre]"), goal: node });
  if (!found.found) return void (line.textContent = line.dataset.apart);
  found.path.addClass("path");
  found.path.edges().forEach((edge, index) => edge.data("step", `${index + 1} ${edge.data("label")}`));
  line.replaceChildren(make("b", "", line.dataset.here.replace("{n}", found.path.edges().length)), ...found.path.nodes().map((one) => make("span", "", one.data("label"))));
}
