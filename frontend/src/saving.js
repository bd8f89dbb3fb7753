// Save a view and export it: once the picture is drawn, its nodes and relations go along, and the browser can draw a PNG of it.
const MOST = 2000;
const EDGE = 4000; // pixels of the longer side of a PNG, so that no browser refuses it

const shown = (cy) => cy.elements().not(".away").filter((one) => one.visible());

function listed(cy) {
  const all = shown(cy);
  const things = all.nodes().filter((one) => one.data("kind") && !one.data("group")).slice(0, MOST);
  const nodes = things.map((one) => one.data("ref") || `${one.data("kind")}:${one.id()}`);
  const relations = new Set(all.edges().map((one) => one.data("relation")).filter(Boolean));
  return [...nodes, ...[...relations].map((name) => `relation:${name}`)].join(" ");
}

async function drawn(cy, form) {
  const data = new FormData(form);
  data.set("format", "png");
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), credentials: "same-origin" });
  if (!answer.ok) throw new Error(`export: ${answer.status}`);
  const box = cy.elements().boundingBox();
  const blob = await cy.png({ output: "blob-promise", full: true, bg: "#ffffff", scale: Math.min(2, EDGE / Math.max(box.w, box.h, 1)) });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "network.png";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// The page may know its state better than the address bar.
const addressOf = (query) => location.pathname + (query && query().size ? `?${query()}` : query ? "" : location.search);

function follow(keep, { cy, query }) {
  const form = keep.querySelector("[data-keep-form]");
  const png = keep.querySelector("[data-keep-png]");
  if (!form) return;
  const refresh = () => {
    form.querySelector("[data-keep-address]").value = addressOf(query);
    form.querySelector("[data-keep-nodes]").value = listed(cy);
  };
  png.hidden = false;
  form.addEventListener("submit", (event) => {
    refresh();
    if (event.submitter !== png) return;
    event.preventDefault();
    drawn(cy, form).catch((reason) => console.error(reason));
  });
  refresh();
}

// Just before the link is followed: what was chosen in the picture since goes along.
function linkToNow(link, query) {
  link.addEventListener("click", () => {
    const address = new URL(link.href);
    address.searchParams.set("address", addressOf(query));
    link.href = address;
  });
}

export function saving() {
  document.addEventListener("network:ready", ({ detail }) => {
    for (const keep of document.querySelectorAll("[data-keep]")) follow(keep, detail);
    for (const link of document.querySelectorAll("[data-keep-link]")) linkToNow(link, detail.query);
  });
}
