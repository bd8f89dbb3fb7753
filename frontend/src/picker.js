// A name in a sentence: while one types, what there is of that name stands in the field's own list. Without script the server looks it up.
const WAIT = 200;

async function offer(field, signal) {
  const text = field.value.trim();
  const list = document.getElementById(field.getAttribute("list"));
  if (!text || !list || [...list.options].some((one) => one.value === field.value)) return;
  const address = new URL(field.dataset.things, location.href);
  address.searchParams.set("text", text);
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", signal });
  if (!answer.ok) return;
  const options = (await answer.json()).map((one) => {
    const option = document.createElement("option");
    option.value = one.called;
    option.label = one.note ? `${one.called}  ${one.note}` : one.called;
    return option;
  });
  list.replaceChildren(...options);
}

export function picker() {
  for (const field of document.querySelectorAll("[data-things]")) {
    let waiting;
    let asking = new AbortController();
    field.addEventListener("input", (event) => {
      clearTimeout(waiting);
      asking.abort();
      if (event.isComposing) return;
      asking = new AbortController();
      waiting = setTimeout(() => offer(field, asking.signal).catch(() => {}), WAIT);
    });
    field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));
  }
}

// An address without its empty parts is easier to read, to save and to share.
export function sentence() {
  for (const form of document.querySelectorAll("[data-sentence]")) {
    form.addEventListener("submit", () => {
      const empty = [...form.elements].filter((one) => one.name && !one.value);
      for (const one of empty) one.disabled = true;
      setTimeout(() => empty.forEach((one) => (one.disabled = false)));
    });
  }
}
