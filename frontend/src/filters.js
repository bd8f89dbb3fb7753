// In a tree a tick above stands for all below: the ticks below go, and one below leaves a dash above.
export function tree() {
  const above = (branch) => branch.parentElement.closest(".facet-branch");
  const own = (branch) => branch.querySelector("input");
  for (const tick of document.querySelectorAll(".facet-branch details input:checked")) {
    for (let branch = above(tick.closest(".facet-branch")); branch; branch = above(branch)) own(branch).indeterminate = true;
  }
  document.addEventListener("change", ({ target }) => {
    const branch = target.closest(".facet-branch");
    if (!branch) return;
    for (const below of branch.querySelectorAll(":scope > details input")) below.checked = false;
    for (let one = above(branch); one; one = above(one)) own(one).checked = false;
  });
}

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
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted) && !(row.dataset.pinyin || "").split(" ").some((said) => said.startsWith(wanted));
      if (wanted) for (const folded of input.closest("fieldset").querySelectorAll("details")) folded.open = true;
    });
  }
}
