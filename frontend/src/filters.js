// A form marked data-auto goes off when a tick or a choice changes, unless it stands in the drawer, where one presses the button.
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
