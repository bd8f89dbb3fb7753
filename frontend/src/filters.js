// A form marked data-auto goes off when a tick or a choice changes, unless it stands in the drawer, where one presses the button.
// The ticks beside a network hide lines of its table as they hide nodes of its picture.
export function networkTable() {
  const table = document.querySelector("[data-edges]");
  if (!table) return;
  const off = (name) => new Set([...document.querySelectorAll(`[data-${name}]:not(:checked)`)].map((tick) => tick.dataset[name]));
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-kind], [data-relation]")) return;
    const [kinds, links] = [off("kind"), off("relation")];
    for (const row of table.tBodies[0].rows) row.hidden = links.has(row.dataset.link) || row.dataset.ends.split(" ").some((kind) => kinds.has(kind));
  });
}

export function filters() {
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.matches("[data-auto]") && !form.closest("dialog") && !event.target.matches("[data-find]")) form.requestSubmit();
  });
  for (const input of document.querySelectorAll("[data-find]")) {
    const rows = [...input.closest("fieldset").querySelectorAll(".facet-row")];
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted) && !(row.dataset.pinyin || "").startsWith(wanted);
    });
  }
}
