// The sum of shares while they are typed; the server decides, this only spares a round.
const WHOLE = 100;

export function sums() {
  for (const rows of document.querySelectorAll("[data-rows][data-total]")) {
    const shown = rows.querySelector("[data-sum]");
    const add = () => {
      const cells = [...rows.querySelectorAll(`[data-column="${rows.dataset.total}"]`)];
      const sum = Math.round(cells.reduce((all, cell) => all + (parseFloat(cell.value) || 0), 0) * 100) / 100;
      const rest = Math.round((WHOLE - sum) * 100) / 100;
      const words = rest > 0 ? shown.dataset.short : rest < 0 ? shown.dataset.over : "";
      shown.textContent = [words.replace("{n}", Math.abs(rest)), sum].filter(String).join("  ");
      shown.classList.toggle("wrong", rest !== 0);
    };
    rows.addEventListener("input", add);
    add();
  }
}
