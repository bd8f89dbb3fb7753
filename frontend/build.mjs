// Makes everything under marketplace/static/vendor: styles, scripts, the icon sprite, licences and the list of sha256 sums.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as sass from "sass";
import { KINDS, glyph } from "./src/kinds.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "../marketplace/static/vendor");
const AXE = join(HERE, "../tests/journeys/vendor");
const MODULES = join(HERE, "node_modules");
const SHIPPED = ["bootstrap", "bootstrap-icons", "htmx.org", "cytoscape", "graphology", "graphology-layout-forceatlas2", "graphology-layout-noverlap", "graphology-utils", "events"];

const iconBody = (name) =>
  readFileSync(join(MODULES, "bootstrap-icons/icons", `${name}.svg`), "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();

function sprite() {
  const names = JSON.parse(readFileSync(join(HERE, "icons.json"), "utf8"));
  const icons = names.map((name) => `<symbol id="${name}" viewBox="0 0 16 16">${iconBody(name)}</symbol>`);
  const kinds = Object.keys(KINDS).map((kind) => `<symbol id="kind-${kind}" viewBox="0 0 32 32">${glyph(kind, iconBody(KINDS[kind][2]))}</symbol>`);
  writeFileSync(join(OUT, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${[...icons, ...kinds].join("\n")}\n</svg>\n`);
}

function glyphFiles() {
  mkdirSync(join(OUT, "kinds"), { recursive: true });
  for (const kind of Object.keys(KINDS)) {
    const body = glyph(kind, iconBody(KINDS[kind][2]));
    writeFileSync(join(OUT, "kinds", `${kind}.svg`), `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 32 32">${body}</svg>\n`);
  }
}

function styles() {
  const quiet = { style: "compressed", quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"] };
  const { css } = sass.compile(join(HERE, "sass/site.scss"), { loadPaths: [MODULES], ...quiet });
  writeFileSync(join(OUT, "site.css"), css + "\n");
}

const scripts = () =>
  build({
    absWorkingDir: HERE, entryPoints: { site: "src/site.js", network: "src/network.js" }, outdir: OUT, bundle: true, minify: true,
    format: "iife", target: "es2020", legalComments: "none", logLevel: "warning",
  });

function licences() {
  mkdirSync(join(OUT, "licences"), { recursive: true });
  for (const name of SHIPPED) {
    const file = readdirSync(join(MODULES, name)).find((one) => /^licen[cs]e/i.test(one));
    const { version, license } = JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
    const text = file ? readFileSync(join(MODULES, name, file), "utf8") : `Licence: ${license}\n`;
    writeFileSync(join(OUT, "licences", `${name}.txt`), `${name} ${version} (${license})\n\n${text}`);
  }
}

function axe() {
  mkdirSync(AXE, { recursive: true });
  cpSync(join(MODULES, "axe-core/axe.min.js"), join(AXE, "axe.min.js"));
  cpSync(join(MODULES, "axe-core/LICENSE"), join(AXE, "axe.LICENSE.txt"));
}

const files = (folder) => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? files(join(folder, name)) : [join(folder, name)]));

function manifest() {
  const sums = files(OUT).sort().map((path) => `${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${relative(OUT, path)}`);
  writeFileSync(join(OUT, "SHA256SUMS"), sums.join("\n") + "\n");
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
sprite();
glyphFiles();
styles();
await scripts();
licences();
axe();
manifest();
