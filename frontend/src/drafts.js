// Keeps what is being typed: the form is posted to its draft address a moment after the last key, and the page says when.
const PAUSE = 1200;
const AGAIN = 15000;

function content(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
  return new URLSearchParams(data);
}

export function drafts() {
  const form = document.querySelector("form[data-draft]");
  const state = document.querySelector("[data-draft-state]");
  if (!form) return;
  let timer = 0;
  let leaving = false;
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  async function save() {
    if (leaving) return;
    const answer = await fetch(form.dataset.draft, { method: "POST", body: content(form), credentials: "same-origin" }).catch(() => null);
    const kept = answer !== null && answer.ok;
    const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
    if (state) {
      state.querySelector("[data-draft-words]").textContent = kept ? state.dataset.words.replace("{time}", time) : state.dataset.failed;
      state.querySelector("[data-draft-mark]").hidden = !kept;
    }
    if (!kept) later(AGAIN);
  }
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
}
