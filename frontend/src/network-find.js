// Looking for a thing without leaving the picture: what is found can be put beside what is drawn, or be where one starts anew.
export function finding(page, add) {
  const form = page.querySelector("[data-network-find]");
  const list = page.querySelector("[data-found]");
  if (!form || !list) return;
  const sample = page.querySelector("[data-panel-glyph] svg");

  function line(node) {
    const made = document.createElement("li");
    made.className = "link-row";
    const glyph = sample.cloneNode(true);
    const use = glyph.querySelector("use");
    for (const side of ["width", "height"]) glyph.setAttribute(side, 18);
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#kind-${node.kind}`));
    const link = Object.assign(document.createElement("a"), { href: node.network_url, textContent: node.label });
    made.append(glyph, link, add ? adding(node) : Object.assign(document.createElement("span"), { className: "link-right", textContent: node.sub }));
    return made;
  }
  function adding(node) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn-text link-right", textContent: form.dataset.add });
    made.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` ${node.label}` }));
    made.addEventListener("click", () => add(node.ref));
    return made;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = new FormData(form);
    const answer = await fetch(`${form.dataset.networkFind}?${new URLSearchParams({ q: asked.get("q"), kind: asked.get("kind") })}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    const { nodes } = answer.ok ? await answer.json() : { nodes: [] };
    list.replaceChildren(...(nodes.length ? nodes.map(line) : [Object.assign(document.createElement("li"), { className: "muted", textContent: list.dataset.nothing })]));
  });
}
