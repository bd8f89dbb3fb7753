// Seconds go on between two looks at the server, from what it said was left; this window's own clock is never asked what time it is.
const seen = new WeakMap();

function since(one) {
  const known = seen.get(one);
  if (known?.said === one.dataset.left) return known;
  const fresh = { said: one.dataset.left, at: performance.now() };
  seen.set(one, fresh);
  return fresh;
}

function show(one) {
  const { said, at } = since(one);
  const seconds = Math.max(0, Math.round(Number(said) - (performance.now() - at) / 1000));
  const parts = { d: Math.floor(seconds / 86400), h: Math.floor((seconds % 86400) / 3600), m: Math.floor((seconds % 3600) / 60), s: seconds % 60 };
  const words = seconds >= 86400 ? one.dataset.days : seconds >= 3600 ? one.dataset.hours : one.dataset.minutes;
  const text = words.replace(/\{(\w)\}/g, (_all, name) => parts[name]);
  if (one.textContent !== text) one.textContent = text;
}

export function left() {
  setInterval(() => document.querySelectorAll("[data-left]").forEach(show), 1000);
}
