// One sprite of the icons that pages use: every `icon("name")` written in a template,
// and the names in icons.txt (those that the program chooses at run time).
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const library = join(require.resolve("lucide-static/package.json"), "../icons");

/** The sprite's text; throws with the name of an icon that the set does not have. */
export async function sprite({ templates, extra }) {
  const names = new Set((await readFile(extra, "utf8")).split(/\s+/).filter((name) => name && !name.startsWith("#")));
  for (const entry of await readdir(templates, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".html")) continue;
    const text = await readFile(join(entry.parentPath ?? entry.path, entry.name), "utf8");
    for (const match of text.matchAll(/\bicon\(\s*["']([a-z0-9-]+)["']/g)) names.add(match[1]);
    for (const match of text.matchAll(/icon_name\s*=\s*["']([a-z0-9-]+)["']/g)) names.add(match[1]);
  }
  const symbols = await Promise.all([...names].sort().map(async (name) => {
    let text;
    try {
      text = await readFile(join(library, `${name}.svg`), "utf8");
    } catch {
      throw new Error(`icon "${name}" is not in lucide-static: correct its name in the template or in web/icons.txt`);
    }
    const shapes = text.slice(text.indexOf(">", text.indexOf("<svg")) + 1, text.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}
