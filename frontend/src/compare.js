// Up to four results side by side: ticks gather in the bar at the foot, and stay over pages of one search.
const MOST = 4;
const KEY = "compare";

const read = () => JSON.parse(sessionStorage.getItem(KEY) || "[]");
const write = (chosen) => sessionStorage.setItem(KEY, JSON.stringify(chosen));

function chip(one, drop) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.textContent = `${one.title.slice(0, 14)} ×`;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.textContent = `${drop.words} `;
  button.prepend(said);
  button.addEventListener("click", () => drop(one.id));
  return button;
}

export function compareTicks() {
  const form = document.querySelector("[data-compare-bar]");
  if (!form) return;
  const ticks = () => [...document.querySelectorAll("[data-compare]")];
  const drop = (id) => (write(read().filter((one) => one.id !== id)), show(), form.querySelector("button:not([disabled])").focus());
  drop.words = form.dataset.compareBar;
  function show() {
    const chosen = read();
    form.classList.toggle("any", chosen.length > 0);
    document.body.classList.toggle("has-bar", chosen.length > 0);
    form.querySelector("[data-compare-count]").textContent = `${chosen.length}/${MOST}`;
    form.querySelector("[data-compare-chips]").replaceChildren(...chosen.map((one) => chip(one, drop)));
    form.querySelector("[data-compare-ids]").replaceChildren(...chosen.filter((one) => !ticks().some((tick) => tick.value === one.id)).map(hiddenId));
    for (const tick of ticks()) {
      tick.checked = chosen.some((one) => one.id === tick.value);
      tick.disabled = !tick.checked && chosen.length >= MOST;
    }
  }
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-compare]")) return;
    const others = read().filter((one) => one.id !== target.value);
    write(target.checked ? [...others, { id: target.value, title: target.dataset.title }].slice(0, MOST) : others);
    show();
  });
  form.querySelector("[data-compare-clear]").addEventListener("click", () => (write([]), show()));
  show();
}

function hiddenId(one) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "ids", value: one.id });
  return input;
}
