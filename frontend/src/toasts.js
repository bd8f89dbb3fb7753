// Short messages at the foot. They can be closed, and go by themselves unless they hold a button or tell of an error.
const STAY = 8000;

export function say(words) {
  const line = document.createElement("div");
  line.className = "toast-line";
  line.textContent = words;
  document.getElementById("toasts").append(line);
  setTimeout(() => line.remove(), STAY);
}

export function toasts() {
  for (const line of document.querySelectorAll("[data-toast]")) {
    const close = line.querySelector("[data-toast-close]");
    close.hidden = false;
    close.addEventListener("click", () => line.remove());
    if (!line.querySelector("form") && !line.classList.contains("toast-error")) setTimeout(() => line.remove(), STAY);
  }
}
