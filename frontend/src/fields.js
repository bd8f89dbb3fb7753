// A summary of errors takes the focus; a counter says how much room is left.
export function focusErrors() {
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
}

export function counters() {
  for (const line of document.querySelectorAll("[data-counter]")) {
    const input = line.querySelector("input, textarea");
    const shown = line.querySelector(".counter");
    if (!input || input.maxLength < 0) continue;
    const count = () => (shown.textContent = `${[...input.value].length} / ${input.maxLength}`);
    input.addEventListener("input", count);
    count();
  }
}
