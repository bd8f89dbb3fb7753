// Keeps what is being typed: the form is posted to its draft address a moment after the last key, and the page says when.
import { endAnswered, forget, keep, putBack, wasPutBack } from "./kept.js";

const PAUSE = 1200;
const AGAIN = 5000;

function content(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
  return new URLSearchParams(data);
}

async function post(form, body) {
  const answer = await fetch(form.dataset.draft, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
  return answer !== null && answer.status === 204;
}

export function drafts() {
  endAnswered();
  const form = document.querySelector("form[data-draft]");
  const state = document.querySelector("[data-draft-state]");
  if (!form) return;
  let timer = 0;
  let leaving = false;
  let away = false;
  let saved = true;
  const say = (words, mark) => {
    if (!state) return;
    state.querySelector("[data-draft-words]").textContent = words;
    state.querySelector("[data-draft-mark]").hidden = !mark;
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  async function save() {
    if (leaving) return;
    saved = true;
    away = !(await post(form, content(form)));
    const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
    say(away ? state?.dataset.failed : state?.dataset.words.replace("{time}", time), !away);
    if (away) keep(form);
    else if (saved) forget(form);
    if (away) later(AGAIN);
  }
  form.addEventListener("input", () => {
    saved = false;
    if (away) keep(form);
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    if (away || !saved) keep(form, true);
    leaving = true;
    clearTimeout(timer);
  });
  if (wasPutBack()) say(state?.dataset.back, true);
  putBack(form, post);
}
