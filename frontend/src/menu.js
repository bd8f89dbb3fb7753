// The menu on phones, and every <details data-popup>, which closes on Escape and on a press elsewhere.
export function menu() {
  const toggle = document.querySelector("[data-menu-toggle]");
  const list = document.getElementById("menu");
  if (!toggle || !list) return;
  const show = (open) => {
    list.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", (event) => {
    event.preventDefault();
    show(!list.classList.contains("open"));
  });
  toggle.addEventListener("keydown", (event) => event.key === " " && (event.preventDefault(), toggle.click()));
  document.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
}

export function popups() {
  const opened = () => document.querySelectorAll("details[data-popup][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const one of opened()) {
      one.open = false;
      one.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const one of opened()) if (one.dataset.popup !== "stay" && !one.contains(event.target)) one.open = false;
  });
}
