// The ticks at the left: one for each kind and each relation that is drawn, with how many there are.
function row(list, name, value, words) {
  const made = list.querySelector("label").cloneNode(true);
  const tick = made.querySelector("input");
  tick.dataset[name] = value;
  tick.checked = true;
  const use = made.querySelector("use");
  if (use) use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#kind-${value}`));
  made.querySelector("span:not(.facet-count)").textContent = words;
  list.append(made);
  return made;
}

function counted(list, name, all, wordsOf) {
  if (!list?.querySelector("label")) return;
  const tally = new Map();
  all.forEach((one) => tally.set(one.data(name), [(tally.get(one.data(name))?.[0] || 0) + 1, wordsOf(one)]));
  const rows = new Map([...list.querySelectorAll("input")].map((tick) => [tick.dataset[name], tick.closest("label")]));
  for (const [value, [count, words]] of tally) (rows.get(value) || row(list, name, value, words)).querySelector(".facet-count").textContent = count;
  for (const [value, one] of rows) if (!tally.has(value)) one.querySelector(".facet-count").textContent = 0;
}

export function ticks(page, cy) {
  counted(page.querySelector("[data-kinds]"), "kind", cy.nodes().not("[?group]"), (node) => node.data("sub"));
  counted(page.querySelector("[data-relations]"), "relation", cy.edges().not("[?group]"), (edge) => edge.data("label"));
}
