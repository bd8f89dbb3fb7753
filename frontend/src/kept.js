// What could not be sent stays in this window (sessionStorage), under a key of the account and the form; never what is personal or secret.
const PREFIX = "typed:";
const BACK = "typed-back";
const here = () => location.href.replace(/#.*/, "");
const place = (form) => PREFIX + form.dataset.draftKey;

// A window without room or without storage forgets; the server's own draft is then all there is.
function quietly(work) {
  try {
    return work();
  } catch {
    return null;
  }
}

const read = (name) => quietly(() => JSON.parse(sessionStorage.getItem(name)));
const names = () => quietly(() => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) || [];
const drop = (name) => quietly(() => sessionStorage.removeItem(name));

// As the server says it in web/drafting.py: also inside a row, where 'people-0-phone' is a phone.
function pairsOf(form) {
  const never = new Set(form.dataset.never.split(" "));
  const secret = new Set([...form.querySelectorAll("input[type=password]")].map((one) => one.name));
  const stays = (name) => !secret.has(name) && ![name, name.split("-")[0], name.split("-").pop()].some((part) => never.has(part));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && stays(name));
}

export function keep(form, sent = false) {
  const [key, version] = ["key", "version"].map((name) => form.elements[name]?.value || "");
  quietly(() => sessionStorage.setItem(place(form), JSON.stringify({ pairs: pairsOf(form), key, version, page: here(), sent })));
}

export const forget = (form) => drop(place(form));

function fill(form, pairs) {
  for (const [name, value] of pairs) {
    const control = form.elements[name];
    if (control instanceof HTMLElement && !["checkbox", "radio", "hidden"].includes(control.type)) control.value = value;
  }
}

// The server keeps it as the draft and shows it with all its rows; where the form was saved after all, it knows the form's key and drops it.
export async function putBack(form, post) {
  const kept = read(place(form));
  if (!kept) return;
  fill(form, kept.pairs);
  const body = new URLSearchParams([...kept.pairs, ["key", kept.key], ["version", kept.version], ["csrf_token", form.elements.csrf_token?.value || ""]]);
  if (!(await post(form, body))) return;
  forget(form);
  quietly(() => sessionStorage.setItem(BACK, "1"));
  location.replace(location.pathname + location.search);
}

// Once, on the page that shows it.
export function wasPutBack() {
  const back = quietly(() => sessionStorage.getItem(BACK)) !== null;
  drop(BACK);
  return back;
}

// A page that follows from the sending of a form is its answer: whatever was typed is saved, or stands in it. The page that says 503 has no script.
export function endAnswered() {
  for (const name of names()) {
    const kept = read(name);
    if (kept?.sent && document.referrer === kept.page) drop(name);
  }
  document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", () => names().forEach(drop));
}
