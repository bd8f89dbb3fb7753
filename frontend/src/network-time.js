// The network as of any day: relations are half-open, [since, until); those without dates are always shown, and the line says so.
const holds = (edge, day) => (!edge.data("since") || edge.data("since") <= day) && (!edge.data("until") || day < edge.data("until"));
const REDUCED = window.matchMedia("(prefers-reduced-motion: reduce)");
const PACE = 450; // milliseconds of one month that plays

const month = (first, index) => `${first + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
const indexOf = (first, day) => (Number(day.slice(0, 4)) - first) * 12 + Number(day.slice(5, 7)) - 1;

// Marks what is away on the day, and what came or went since the day it is compared with.
export function timeFilter(cy, day, versus) {
  const told = { came: 0, went: 0 };
  cy.edges().forEach((edge) => {
    const now = !day || holds(edge, day);
    const before = !versus || holds(edge, versus);
    const compared = Boolean(versus);
    const came = compared && now && !before;
    const went = compared && !now && before;
    told.came += came;
    told.went += went;
    edge.toggleClass("came", came).toggleClass("went", went).scratch("away", !now && !went);
  });
  return told;
}

function slider(line, state, change) {
  const range = line.querySelector("[data-slider] input");
  const last = range.dataset.last;
  let first = Number(range.dataset.first);
  let stops = indexOf(first, last) + 1; // the first of each month, then today
  const dayAt = (index) => (index >= stops ? last : month(first, index));
  const span = (years) => {
    const some = years.length > 0 && years[0][0] <= Number(last.slice(0, 4));
    line.querySelector("[data-slider]").hidden = !some;
    line.querySelector("[data-no-years]").hidden = some;
    if (some) first = years[0][0];
    stops = indexOf(first, last) + 1;
    range.max = String(stops);
    bars(line, years);
  };
  const set = () => {
    range.value = state.day() ? String(state.day() >= last ? stops : indexOf(first, state.day())) : range.max;
    range.setAttribute("aria-valuetext", state.day() || line.dataset.any);
  };
  range.addEventListener("input", () => change(dayAt(Number(range.value)), state.versus()));
  return { set, span, stops: () => stops, at: () => Number(range.value), go: (index) => change(dayAt(index), state.versus()) };
}

function bars(line, years) {
  const svg = line.querySelector("[data-years-bars]");
  const most = Math.max(...years.map(([, count]) => count), 1);
  svg.setAttribute("viewBox", `0 0 ${Math.max(years.length, 1) * 20} 36`);
  svg.replaceChildren(...years.map(([, count], index) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const high = Math.max(count ? 1 : 0, (36 * count) / most);
    for (const [name, value] of Object.entries({ x: index * 20 + 3, y: 36 - high, width: 14, height: high })) bar.setAttribute(name, value);
    return bar;
  }));
  const names = line.querySelectorAll("[data-years-names] span");
  if (years.length) [names[0].textContent, names[1].textContent] = [years[0][0], years.at(-1)[0]];
  line.querySelector("[data-years-list]").replaceChildren(...years.map(([year, count]) => Object.assign(document.createElement("li"), { textContent: `${year}: ${count}` })));
}

function playing(line, knob, button, state) {
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    button.setAttribute("aria-pressed", "false");
  };
  const next = (by) => {
    const index = !state.day() || knob.at() >= knob.stops() ? 0 : Math.min(knob.at() + by, knob.stops());
    knob.go(index);
    if (index >= knob.stops()) stop();
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (timer) return stop();
    next(REDUCED.matches ? 12 : 1);
    if (REDUCED.matches) return; // a year at each press: nothing moves by itself
    button.setAttribute("aria-pressed", "true");
    timer = setInterval(() => next(1), PACE);
  });
  return stop;
}

// `state`: day(), versus(); `change(day, versus)` is told what was chosen.
export function timing(page, state, change) {
  const line = page.querySelector("[data-time]");
  if (!line) return { show: () => {} };
  const [day, versus] = [line.querySelector("#day"), line.querySelector("#versus")];
  const knob = slider(line, state, change);
  const button = line.querySelector("[data-play]");
  const stop = playing(line, knob, button, state);
  line.querySelector("[data-time-submit]").hidden = true;
  line.addEventListener("submit", (event) => event.preventDefault());
  for (const input of [day, versus]) input.addEventListener("change", () => (stop(), input.validity.valid && change(day.value, versus.value)));
  const put = (name, text) => (line.querySelector(`[data-time-${name}]`).textContent = text);
  const show = (told, network) => {
    if (network) {
      knob.span(network.years);
      put("undated", network.undated);
    }
    [day.value, versus.value] = [state.day(), state.versus()];
    knob.set();
    const nodes = cyNodes(told.cy);
    put("words", state.day() ? line.dataset.asOf.replace("{day}", state.day()) : line.dataset.any);
    const changed = state.versus() ? `，${line.dataset.changed.replace("{came}", told.came).replace("{went}", told.went)}` : "";
    put("counts", line.dataset.shown.replace("{nodes}", nodes.length).replace("{edges}", nodes.edgesWith(nodes).not(".away").not("[?group]").length) + changed);
    const link = line.querySelector("[data-changes]");
    link.href = `${link.dataset.changes}?${state.changes()}`;
  };
  return { show };
}

const cyNodes = (cy) => cy.nodes().not(".away").not("[?group]");
