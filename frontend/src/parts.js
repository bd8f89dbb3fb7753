// A long form one part at a time: the list of parts shows how far each one is, the last part shows all answers. Without script all parts stand on the page.
const typed = (control) => control.type !== "hidden" && control.type !== "submit";
const has = (control) => (["checkbox", "radio"].includes(control.type) ? control.checked : control.value.trim() !== "");

// A field of one value or of several rows, by the name that the server knows.
const filled = (form, name) => [...form.elements].some((one) => (one.name === name || one.name.startsWith(`${name}-`)) && typed(one) && has(one));

function stateOf(form, part) {
  const wrong = [...part.querySelectorAll(".has-error:not([data-touched])")].length;
  if (wrong) return ["error", wrong];
  const needs = part.dataset.needs.split(" ").filter(Boolean);
  const missing = needs.filter((name) => !filled(form, name)).length;
  if (missing) return [missing < needs.length ? "part" : "todo", missing];
  const any = needs.length > 0 || [...part.querySelectorAll("input, select, textarea")].some((one) => typed(one) && has(one));
  return [any ? "done" : "optional", 0];
}

function paint(line, [words, tone, mark], count) {
  const shown = line.querySelector(".state");
  const glyph = shown.querySelector("use");
  shown.className = `state state-${tone}`;
  shown.lastChild.textContent = words.replace("{n}", count);
  glyph.setAttribute("href", glyph.getAttribute("href").replace(/#.*/, `#${mark}`));
}

function refresh(form, tasks, parts) {
  const states = JSON.parse(tasks.dataset.states);
  let ready = 0;
  for (const part of parts.slice(0, -1)) {
    const [state, count] = stateOf(form, part);
    if (state === "done" || state === "optional") ready += 1;
    paint(tasks.querySelector(`[data-task="${part.dataset.part}"]`), states[state], count);
  }
  const done = tasks.querySelector("[data-tasks-done]");
  done.textContent = done.dataset.words.replace("{n}", ready).replace("{all}", parts.length - 1);
}

const saidBy = (control) => (control.value && control.tagName === "SELECT" ? control.selectedOptions[0].textContent : control.value).trim();

// What the check page says of one field: a value, the ticked choices, or a line for each row.
function answers(field, between) {
  const rows = [...field.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input, select, textarea")].filter(typed).map(saidBy).filter(Boolean).join(between));
  if (field.matches(".rows")) return rows.filter(Boolean);
  const ticked = [...field.querySelectorAll("input:checked")].map((one) => field.querySelector(`label[for="${one.id}"]`)?.textContent.trim() || "✓");
  const written = [...field.querySelectorAll("input, select, textarea")].filter((one) => typed(one) && !["checkbox", "radio", "file"].includes(one.type)).map(saidBy).filter(Boolean);
  return [...ticked, ...written];
}

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function summary(parts, box) {
  const sections = parts.slice(0, -1).map((part) => {
    const section = make("section", "answers");
    const head = make("div", "check-head");
    const change = make("a", "", box.dataset.change);
    change.href = `#${part.id}`;
    change.append(make("span", "visually-hidden", ` ${part.querySelector(".part-title").textContent}`));
    head.append(make("h3", "", part.querySelector(".part-title").textContent), change);
    const list = make("dl", "answers-list");
    for (const field of part.querySelectorAll(".field")) {
      const label = field.querySelector(".field-label, .form-check-label");
      const name = [...(label?.childNodes || [])].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      const lines = answers(field, box.dataset.between);
      const line = make("div");
      const value = make("dd", lines.length ? "" : "muted");
      (lines.length ? lines : [box.dataset.empty]).forEach((text) => value.append(make("p", "", text)));
      line.append(make("dt", "", name?.textContent.trim() || ""), value);
      list.append(line);
    }
    section.append(head, list);
    return section;
  });
  box.replaceChildren(...sections);
}

export function parts() {
  const form = document.querySelector("form[data-parts]");
  const tasks = document.querySelector("[data-tasks]");
  if (!form || !tasks) return;
  const all = [...form.querySelectorAll("[data-part]")];
  const next = form.querySelector("[data-part-next]");
  const save = form.querySelector("[data-save]");
  const step = document.querySelector("[data-part-step]");
  const fold = tasks.querySelector("[data-tasks-fold]");
  const narrow = matchMedia("(max-width: 767.98px)");
  let now = 0;

  function open(at) {
    now = at;
    const last = at === all.length - 1;
    all.forEach((part, index) => (part.hidden = index !== at));
    if (last) summary(all, form.querySelector("[data-check]"));
    for (const line of tasks.querySelectorAll("[data-task]")) {
      const current = line.dataset.task === all[at].dataset.part;
      line.classList.toggle("current", current);
      line.querySelector("a").toggleAttribute("aria-current", current);
      if (current) line.querySelector("a").setAttribute("aria-current", "step");
    }
    next.hidden = last;
    save.classList.toggle("btn-brand", last);
    save.classList.toggle("btn-outline-ink", !last);
    step.textContent = step.dataset.words.replace("{n}", at + 1).replace("{all}", all.length);
    if (narrow.matches) fold.open = false;
  }

  // A link to a part, or to anything inside one: a field with an error, a list to which a row was added.
  function follow(hash) {
    const wanted = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    const at = wanted ? all.findIndex((part) => part.contains(wanted)) : -1;
    if (at < 0) return false;
    open(at);
    const rows = wanted.matches("[data-rows]") ? [...wanted.querySelectorAll("input:not([type=hidden]), select")] : [];
    const lastRow = rows.length ? rows[rows.length - 1].closest("tr, .field-line") : null;
    const target = lastRow?.querySelector("input:not([type=hidden]), select") || wanted;
    target.focus({ preventScroll: true });
    (target === all[at] ? document.querySelector(".edit-main") : target).scrollIntoView({ block: target === all[at] ? "start" : "center" });
    return true;
  }

  tasks.querySelector('[data-task="check"]').hidden = false;
  form.classList.add("one-part");
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) follow(link.hash);
  });
  addEventListener("hashchange", () => follow(location.hash));
  next.addEventListener("click", () => (location.hash = all[now + 1].id));
  form.addEventListener("input", (event) => {
    event.target.closest(".has-error")?.setAttribute("data-touched", "");
    refresh(form, tasks, all);
  });
  refresh(form, tasks, all);
  const wrong = all.findIndex((part) => part.querySelector(".has-error"));
  if (wrong >= 0) open(wrong);
  else if (!follow(location.hash)) open(0);
  else addEventListener("load", () => setTimeout(() => follow(location.hash))); // the browser's own jump to the address takes the focus
}
