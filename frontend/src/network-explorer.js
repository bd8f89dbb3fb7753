// The explorer around the picture. What is drawn follows from the address: each act writes a new one, asks for its network, and only what differs moves.
import { elementsOf, showWay } from "./network-elements.js";
import { keys } from "./network-keys.js";
import { placesBeside } from "./network-layout.js";
import { panelOf, wayInPicture, wayWords } from "./network-panel.js";
import { finding } from "./network-find.js";
import { ticks } from "./network-ticks.js";
import { timeFilter, timing } from "./network-time.js";

const FEW_LINKS = 8; // more words at edges than these cover each other
const MORE = 12; // a branch opens by so many
const MOST = 150; // of one branch
const KEPT = 100; // acts that can be undone
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

const queryOf = (state) => new URLSearchParams(Object.entries(state).flatMap(([name, values]) => values.map((value) => [name, value])));
const without = (query, ...names) => {
  const left = new URLSearchParams(query);
  names.forEach((name) => left.delete(name));
  return left;
};

export function explorer(cy, box, network) {
  const page = box.closest("[data-network-page]");
  if (!page) return;
  const full = "full" in page.dataset;
  const said = page.querySelector("[data-said]");
  let query = queryOf(network.state);
  let latest = network;
  let from = null; // the thing from which a way is looked for
  const acts = { past: [], future: [] };

  // ---- what is drawn ----
  const address = () => `${page.dataset.base}${query.size ? `?${query}` : ""}`;
  async function go(wanted) {
    const answer = await fetch(`${page.dataset.base}.json?${wanted}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) return false;
    query = new URLSearchParams(wanted);
    latest = await answer.json();
    merge(latest);
    history.replaceState(null, "", address());
    refresh();
    return true;
  }
  function merge(next) {
    const { nodes, edges } = elementsOf(next, box.dataset.centre);
    const stays = new Set([...nodes, ...edges].map((one) => one.id));
    const fresh = nodes.filter((node) => cy.getElementById(node.id).empty());
    cy.batch(() => {
      cy.elements().filter((one) => !stays.has(one.id())).remove();
      for (const one of [...nodes, ...edges]) cy.getElementById(one.id).data(one);
      const old = Object.fromEntries(cy.nodes().map((node) => [node.id(), { ...node.position() }]));
      const spots = placesBeside(old, fresh, edges);
      cy.add(fresh.map((data) => ({ group: "nodes", data, position: spots[data.id] })));
      cy.add(edges.filter((edge) => cy.getElementById(edge.id).empty()).map((data) => ({ group: "edges", data })));
    });
    inSight(cy.collection(fresh.map((node) => cy.getElementById(node.id)[0]).filter(Boolean)));
    box.dataset.ready = String(next.nodes.length);
  }
  function inSight(fresh) {
    if (fresh.empty()) return;
    const { x1, y1, x2, y2 } = fresh.renderedBoundingBox();
    if (x1 >= 0 && y1 >= 0 && x2 <= cy.width() && y2 <= cy.height()) return;
    const eles = fresh.union(fresh.neighborhood());
    if (STILL.matches) cy.fit(eles, 48);
    else cy.animate({ fit: { eles, padding: 48 } }, { duration: 250 });
  }

  // ---- acts, each of which can be undone ----
  const buttons = { undo: page.querySelector("[data-undo]"), redo: page.querySelector("[data-redo]") };
  function record(act) {
    acts.past.push(act);
    if (acts.past.length > KEPT) acts.past.shift();
    acts.future = [];
    enable();
  }
  const enable = () => {
    if (buttons.undo) [buttons.undo.disabled, buttons.redo.disabled] = [!acts.past.length, !acts.future.length];
  };
  async function move(one, other, name) {
    const act = acts[one].pop();
    if (!act) return;
    acts[other].push(act);
    await act[name]();
    enable();
  }
  async function ask(wanted) {
    const before = new URLSearchParams(query);
    if (String(before) === String(wanted) || !(await go(wanted))) return;
    record({ undo: () => go(before), redo: () => go(wanted) });
  }
  const withOpen = (branch, count) => {
    const kept = query.getAll("open").filter((one) => one !== branch && !one.startsWith(`${branch}:`));
    const wanted = without(query, "open");
    [...kept, count === MORE ? branch : `${branch}:${count}`].forEach((one) => wanted.append("open", one));
    return wanted;
  };
  const open = (branch, drawn) => ask(withOpen(branch, Math.min(drawn + MORE, MOST)));
  const plus = (name, value) => {
    const wanted = new URLSearchParams(query);
    if (!wanted.getAll(name).includes(value)) wanted.append(name, value);
    return wanted;
  };
  const openGroup = (node) => node.data("open") && (full || node.data("of") === box.dataset.centre) && ask(withOpen(node.data("branch"), Number(node.data("open").split(":")[4] || MORE)));

  function setPinned(node, pinned) {
    node.toggleClass("pinned", pinned);
    if (pinned) node.lock();
    else node.unlock();
    refresh();
  }
  const actions = {
    choose(node) {
      cy.$(":selected").unselect();
      node.select();
    },
    async expand(node) {
      if (node.data("group")) return openGroup(node);
      const branch = (full || node.data("centre")) && (await panel.nextBranch(node));
      if (branch) await open(...branch);
    },
    enter(node) {
      if (from && !node.data("group")) return actions.wayTo(node);
      if (node.data("group")) return openGroup(node);
      panel.focus();
    },
    zoom(how) {
      const middle = { x: cy.width() / 2, y: cy.height() / 2 };
      if (how === "all") return cy.fit(cy.elements(":visible"), 48);
      cy.zoom({ level: how === "in" ? cy.zoom() * 1.25 : cy.zoom() / 1.25, renderedPosition: middle });
    },
  };
  const fullActions = {
    hide: (node) => !node.data("centre") && !node.data("group") && ask(plus("hide", node.data("ref"))),
    pin(node) {
      if (node.data("group")) return;
      const pinned = !node.hasClass("pinned");
      const id = node.id();
      const set = (on) => cy.getElementById(id).forEach((one) => setPinned(one, on));
      set(pinned);
      record({ undo: () => set(!pinned), redo: () => set(pinned) });
    },
    way(node) {
      if (node.data("group")) return;
      from = node.data("ref");
      const line = page.querySelector("[data-path]");
      line.hidden = false;
      line.textContent = line.dataset.choose;
    },
    wayTo(node) {
      const wanted = without(query, "way");
      if (node.data("ref") !== from) wanted.set("way", `${from}:${node.data("ref")}`);
      from = null;
      return ask(wanted);
    },
    noWay() {
      from = null;
      if (query.has("way")) return ask(without(query, "way"));
      refresh();
    },
    undo: () => move("past", "future", "undo"),
    redo: () => move("future", "past", "redo"),
  };
  if (full) Object.assign(actions, fullActions);

  // ---- what is away: kinds and relations that are ticked off, other days ----
  const time = timing(page, { day: () => query.get("day") || "", versus: () => query.get("versus") || "", changes: () => without(query, "day", "versus", "at") }, (day, versus) => {
    const wanted = without(query, "day", "versus");
    if (day) wanted.set("day", day);
    if (versus) wanted.set("versus", versus);
    query = wanted;
    history.replaceState(null, "", address());
    filter();
  });
  const off = (name) => new Set([...page.querySelectorAll(`[data-${name}]:not(:checked)`)].map((tick) => tick.dataset[name]));
  function filter(changed) {
    const [kinds, relations] = [off("kind"), off("relation")];
    let told;
    cy.batch(() => {
      told = timeFilter(cy, query.get("day"), query.get("versus"));
      cy.edges().forEach((edge) => edge.toggleClass("away", relations.has(edge.data("relation")) || Boolean(edge.scratch("away"))));
      cy.nodes().forEach((node) => {
        const edges = node.connectedEdges().not("[?group]");
        const over = query.get("day") && !node.data("centre") && !node.data("group") && edges.nonempty() && edges.every((edge) => edge.scratch("away"));
        node.toggleClass("away", !node.data("centre") && (kinds.has(node.data("kind")) || Boolean(over)));
      });
    });
    time.show({ ...told, cy }, changed);
  }
  function refresh() {
    showWay(cy, latest.way);
    if (full) wayWords(page, cy, latest.way, query.has("way"));
    ticks(page, cy);
    filter(latest);
    for (const link of page.querySelectorAll("[data-with-state]")) {
      const wanted = without(query, "view");
      if (link.dataset.withState === "table") wanted.set("view", "table");
      link.href = `${page.dataset.base}?${wanted}`;
    }
    const again = page.querySelector("[data-show-hidden]");
    if (again) again.hidden = !query.has("hide");
    const chosen = cy.$("node:selected")[0];
    if (chosen && !chosen.data("group")) panel.show(chosen);
  }

  // ---- the surroundings ----
  const panel = panelOf(page, cy, { open, full });
  const onClick = (place, act) => place?.addEventListener("click", (event) => (event.preventDefault(), act()));
  const chosen = () => cy.$("node:selected")[0] || cy.$("node[?centre]")[0];
  for (const button of page.querySelectorAll("[data-zoom]")) onClick(button, () => actions.zoom(button.dataset.zoom));
  if (full) {
    page.querySelector("[data-history]").hidden = false;
    onClick(buttons.undo, actions.undo);
    onClick(buttons.redo, actions.redo);
    onClick(page.querySelector("[data-show-hidden]"), () => ask(without(query, "hide")));
    for (const name of ["pin", "hide", "way"]) onClick(panel.part(name), () => actions[name](chosen()));
  }
  page.addEventListener("change", (event) => event.target.matches("[data-kind], [data-relation]") && filter());
  finding(page, full ? (ref) => ask(plus("add", ref)) : null);

  let began = null;
  cy.on("grab", "node", ({ target }) => (began = { ...target.position() }));
  cy.on("dragfree", "node", ({ target }) => {
    const [id, old, now] = [target.id(), began, { ...target.position() }];
    const put = (spot) => cy.getElementById(id).forEach((one) => one.position(spot));
    if (full) record({ undo: () => put(old), redo: () => put(now) });
  });
  cy.on("dbltap", "node", ({ target }) => actions.expand(target));
  cy.on("tap", "node[?group]", ({ target }) => openGroup(target));
  cy.on("select", "node", ({ target }) => {
    cy.edges().removeClass("near");
    const links = target.connectedEdges(":visible").not("[?group]");
    if (links.length <= FEW_LINKS) links.addClass("near");
    said.textContent = `${target.data("label")}，${target.data("sub") || ""}`;
    if (target.data("group")) return;
    if (from && cy.scratch("tapped") === target.id()) return void actions.wayTo(target);
    if (!full) wayInPicture(page, cy, target);
    query.delete("at");
    if (!target.data("centre")) query.set("at", target.data("ref"));
    history.replaceState(null, "", address());
    panel.show(target);
  });
  cy.on("tap", "node", ({ target }) => cy.scratch("tapped", target.id()));
  cy.on("tapstart", "node", ({ target }) => cy.scratch("tapped", target.id()));
  cy.on("unselect", "node", () => cy.edges().removeClass("near"));
  keys(cy, box, page, { ...actions, choose: (node) => (cy.scratch("tapped", null), actions.choose(node)) });

  const at = query.get("at");
  const first = (at && cy.nodes().filter((node) => node.data("ref") === at)[0]) || cy.$("node[?centre]")[0];
  first?.select();
  refresh();
  document.dispatchEvent(new CustomEvent("network:ready", { detail: { cy, query: () => new URLSearchParams(query) } }));
}
