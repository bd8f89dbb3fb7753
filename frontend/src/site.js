// What every page gets. Each part looks for its own data- attributes and does nothing where there are none.
import "htmx.org/dist/htmx.esm.js";
import { keepChoices } from "./choices.js";
import { copyLinks } from "./copy.js";
import { compareTicks } from "./compare.js";
import { drafts } from "./drafts.js";
import { drawer } from "./drawer.js";
import { filters, tree } from "./filters.js";
import { focusErrors, counters } from "./fields.js";
import { left } from "./left.js";
import { menu, popups } from "./menu.js";
import { desk } from "./desk.js";
import { parts } from "./parts.js";
import { picker, sentence } from "./picker.js";
import { saving } from "./saving.js";
import { suggest } from "./suggest.js";
import { sums } from "./sums.js";
import { toasts } from "./toasts.js";

document.documentElement.classList.add("js");
const starts = [
  keepChoices,
  menu,
  popups,
  toasts,
  counters,
  drafts,
  parts,
  focusErrors,
  suggest,
  sums,
  tree,
  filters,
  drawer,
  compareTicks,
  copyLinks,
  desk,
  picker,
  sentence,
  saving,
  left,
];
for (const start of starts) start();
