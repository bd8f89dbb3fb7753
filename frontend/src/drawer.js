// Facets on phones: the same form, shown in a native dialog, which keeps the focus inside and closes on Escape.
export function drawer() {
  const opener = document.querySelector("[data-drawer]");
  const facets = document.getElementById("facets");
  if (!opener || !facets) return;
  const dialog = document.createElement("dialog");
  const head = document.querySelector("[data-drawer-head]");
  const home = document.createComment("facets");
  dialog.className = "drawer";
  dialog.setAttribute("aria-labelledby", "drawer-title");
  facets.before(home);
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    facets.classList.add("in-drawer");
    dialog.append(head.content.cloneNode(true), facets);
    document.body.append(dialog);
    dialog.querySelector("[data-drawer-close]").addEventListener("click", () => dialog.close());
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    home.after(facets);
    facets.classList.remove("in-drawer");
    dialog.replaceChildren();
    dialog.remove();
  });
}
