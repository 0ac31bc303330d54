// Builds everything the browser loads into crates/corridor/assets/built:
// app.js and its lazily loaded chunks, app.css, icons.svg (one sprite), favicon.svg, the base map and the licences of what is in them.
// Entry files keep plain names, the server adds a content hash to their address; chunks carry theirs in the name.
import { context, build } from "esbuild";
import { gzipSync } from "node:zlib";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { sprite } from "./scripts/icons.mjs";
import { baseMap } from "./scripts/base-map.mjs";
import { licences } from "./scripts/licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const program = join(here, "../crates/corridor");
const out = join(program, "assets/built");
const watch = process.argv.includes("--watch");

/** Largest script a page may load, in bytes after gzip. */
const SCRIPT_BUDGET = 200_000;

const options = {
  absWorkingDir: here,
  entryPoints: [
    { in: "src/app.ts", out: "app" },
    { in: "styles/app.css", out: "app" },
  ],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox128", "safari17.5"],
  minify: !watch,
  sourcemap: watch ? "linked" : false,
  legalComments: "none",
  entryNames: "[name]",
  chunkNames: "part-[name]-[hash]",
  assetNames: "[name]-[hash]",
  plugins: [
    {
      // The base map is made at build time and emitted beside the scripts under a name that changes with its content.
      name: "base-map",
      setup(bundler) {
        bundler.onResolve({ filter: /^corridor:base-map$/ }, () => ({ path: join(here, "world.json"), namespace: "base-map" }));
        bundler.onLoad({ filter: /.*/, namespace: "base-map" }, async () => ({ contents: await baseMap(), loader: "file" }));
      },
    },
  ],
  metafile: true,
  logLevel: "warning",
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([
  sprite({ templates: join(program, "templates"), extra: join(here, "icons.txt") }).then((svg) => writeFile(join(out, "icons.svg"), svg)),
  readFile(join(here, "src/favicon.svg")).then((svg) => writeFile(join(out, "favicon.svg"), svg)),
]);

await writeFile(join(out, "licences.txt"), await licences());

if (watch) {
  const running = await context(options);
  await running.watch();
  console.log("watching web/");
} else {
  const { metafile } = await build(options);
  await report(metafile);
}

/** Prints what a page loads and fails when a page could load more than the budget. */
async function report(metafile) {
  const outputs = metafile.outputs;
  const sizes = new Map();
  for (const file of Object.keys(outputs)) {
    sizes.set(file, gzipSync(await readFile(join(here, file))).length);
  }
  const entry = Object.keys(outputs).find((file) => file.endsWith("/app.js"));
  /** Everything that `file` pulls in by static imports, itself included. */
  const closure = (file, seen = new Set()) => {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const { path, kind } of outputs[file].imports) if (kind === "import-statement") closure(path, seen);
    return seen;
  };
  const total = (files) => [...files].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  const first = closure(entry);
  console.log(`app.js on every page: ${kb(total(first))} gzip`);
  let tooLarge = false;
  for (const { path, kind } of Object.values(outputs).flatMap((file) => file.imports)) {
    if (kind !== "dynamic-import") continue;
    const sum = total(new Set([...first, ...closure(path)]));
    console.log(`  with ${relative(out, join(here, path))}: ${kb(sum)} gzip`);
    if (sum > SCRIPT_BUDGET) tooLarge = true;
  }
  for (const name of await readdir(out)) {
    if (name.endsWith(".js")) continue;
    console.log(`${name}: ${kb(gzipSync(await readFile(join(out, name))).length)} gzip`);
  }
  if (tooLarge) {
    console.error(`a page would load more than ${kb(SCRIPT_BUDGET)} of script: split it or drop what it does not use`);
    process.exitCode = 1;
  }
}

function kb(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
