// Keys of the review desk: J and K walk the queue, C claims, A approves, R returns, digits tick the list, ? shows all.
function typing(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, dialog[open]") !== null;
}

function walk(page, step) {
  const links = [...page.querySelectorAll(".queue-title")];
  const at = links.findIndex((link) => link.closest("li").classList.contains("selected"));
  const next = links[at + step];
  if (next) next.click();
}

export function desk() {
  const page = document.querySelector("[data-desk]");
  if (!page) return;
  const press = (key) => {
    const button = page.querySelector(`[data-key="${key}"]`);
    if (button) button.click();
    return button;
  };
  const count = () => {
    const shown = page.querySelector("[data-checked]");
    if (shown) shown.textContent = page.querySelectorAll("[data-check]:checked").length;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "j") walk(page, 1);
    else if (key === "k") walk(page, -1);
    else if (key === "?") page.querySelector("[data-key-list]").showModal();
    else if (/^[1-9]$/.test(key)) page.querySelectorAll("[data-check]")[Number(key) - 1]?.click();
    else if (["c", "a", "r", "t"].includes(key)) {
      const opened = press(key)?.closest("details");
      if (opened) setTimeout(() => opened.querySelector("textarea")?.focus());
    } else return;
    event.preventDefault();
  });
  page.addEventListener("change", (event) => event.target.matches("[data-check]") && count());
  page.querySelector("[data-key-help]")?.addEventListener("click", () => page.querySelector("[data-key-list]").showModal());
  count();
}
