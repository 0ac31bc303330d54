// The licences of the packages whose code or drawings end up in the built files, as they ask to be passed on.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const modules = join(dirname(fileURLToPath(import.meta.url)), "../node_modules");

/** What is passed on; build tools are not. */
const PASSED_ON = ["echarts", "htmx.org", "lucide-static", "tslib", "world-atlas", "zrender"];

export async function licences() {
  const texts = await Promise.all(PASSED_ON.map(async (name) => {
    const folder = join(modules, name);
    if (!existsSync(folder)) throw new Error(`${name} is not installed: run npm ci in web/`);
    const { version, license } = require(join(folder, "package.json"));
    const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copyrightnotice)/i.test(file) && !/^licen[cs]es$/i.test(file)).sort();
    // What a package took over itself lies in a folder of its own.
    const nested = join(folder, "licenses");
    if (existsSync(nested)) files.push(...(await readdir(nested)).map((file) => join("licenses", file)));
    const words = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    return [`${name} ${version} (${license})`, "", ...words.map((text) => text.trim())].join("\n");
  }));
  return `${texts.join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}
