// Titles under the words while one types, as a combobox with a listbox: arrows choose, Enter goes there, Escape closes.
// Without script, and while the server does not answer, the form is what it was.
const WAIT = 150; // milliseconds without a letter
const ACTIVE = '[aria-selected="true"]';

function made(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function combine(input, number) {
  const id = `suggestions-${number}`;
  const list = made("ul", { id, role: "listbox", class: "suggestions", "aria-label": input.dataset.suggestLabel, hidden: "" });
  const said = made("span", { role: "status", class: "visually-hidden" });
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", id]]) input.setAttribute(name, value);
  input.form.append(list, said);
  let timer = 0;
  let asking = null;

  const mark = (option) => {
    list.querySelector(ACTIVE)?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (open) => {
    mark(null);
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    said.textContent = open ? input.dataset.suggestCount.replace("{n}", list.children.length) : "";
  };
  const forget = () => {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  };
  const close = () => {
    forget();
    show(false);
  };

  async function ask() {
    forget();
    if (!input.value.trim()) return show(false);
    const mine = (asking = new AbortController());
    const words = new URLSearchParams({ q: input.value, kind: input.form.elements.kind?.value || "" });
    try {
      const answer = await fetch(`${input.dataset.suggest}?${words}`, { signal: mine.signal });
      const fragment = answer.ok ? await answer.text() : "";
      if (mine !== asking) return;
      list.innerHTML = fragment;
      for (const [at, option] of [...list.children].entries()) option.id = `${id}-${at}`;
      show(list.children.length > 0);
    } catch {
      if (mine === asking) show(false);
    }
  }

  function move(step) {
    if (list.hidden) return void ask();
    const options = [...list.children];
    const at = options.indexOf(list.querySelector(ACTIVE));
    const next = (at + 1 + step + options.length + 1) % (options.length + 1);
    mark(next ? options[next - 1] : null);
  }

  input.addEventListener("input", (event) => {
    forget();
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => (timer = setTimeout(ask, WAIT)));
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const active = list.hidden ? null : list.querySelector(ACTIVE);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && active) location.assign(active.dataset.url);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
}

export function suggest() {
  [...document.querySelectorAll("[data-suggest]")].forEach(combine);
}
