// Makes build/static/: one style sheet, one script, the script of the checker's page, and the font files. Called by `npm run build`.
//
// Nothing third-party is committed: the patterns, the font and the tools come from node_modules at set-up.

import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build as bundle, transform } from "esbuild";
import { compileAsync } from "sass";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, "../../../..");
const target = join(process.env.SHAILOO_BUILD ?? join(project, "build"), "static");

// Kyrgyz ң ө ү are in cyrillic-ext; basic Russian in cyrillic; the static cuts (400, 700) print lighter than the variable one.
const fonts = ["cyrillic", "cyrillic-ext", "latin"].flatMap((subset) => [400, 700].flatMap((weight) => ["woff2", "woff"].map((form) => `golos-text-${subset}-${weight}-normal.${form}`))); // woff: for lists on paper

async function styles() {
  const { css } = await compileAsync(join(here, "scss/shailoo.scss"), {
    loadPaths: [dirname(dirname(require.resolve("govuk-frontend/package.json")))],
    quietDeps: true,
    style: "expanded",
  });
  const { code } = await transform(css, { loader: "css", minify: true, target: "es2019" });
  await writeFile(join(target, "shailoo.css"), code);
}

async function script(source, name, edition) {
  await bundle({
    entryPoints: [join(here, source)],
    outfile: join(target, name),
    bundle: true,
    format: "iife",
    legalComments: "none",
    minify: true,
    target: edition,
  });
}

async function fontFiles() {
  const source = join(dirname(require.resolve("@fontsource/golos-text/package.json")), "files");
  await mkdir(join(target, "fonts"), { recursive: true });
  await Promise.all(fonts.map((name) => cp(join(source, name), join(target, "fonts", name))));
  const licence = join(dirname(source), "LICENSE");
  await writeFile(join(target, "fonts/LICENSE.txt"), await readFile(licence));
}

await mkdir(target, { recursive: true });
await Promise.all([
  styles(),
  script("shailoo.mjs", "shailoo.js", "es2019"),
  script("check/checker.mjs", "checker.js", "es2020"), // BigInt
  script("lots.mjs", "lots.js", "es2020"),
  script("record/record.mjs", "record.js", "es2020"), // BigInt
  script("../../observation/assets/checkin.mjs", "checkin.js", "es2020"), // BigInt
  fontFiles(),
  cp(join(here, "sign.svg"), join(target, "sign.svg")),
]);
