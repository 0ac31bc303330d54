// Runs the stories against a running Corridor: node run.mjs http://127.0.0.1:8080 [regular expression over their names]
// Ends with 0 when every story held, 1 when one did not, 2 when it could not begin.
import { readdir } from "node:fs/promises";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser, visitor } from "./lib/browser.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [base, asked = ""] = process.argv.slice(2);
if (!base || !URL.canParse(base)) {
  console.error("usage: node run.mjs http://127.0.0.1:8080 [regular expression over their names]");
  process.exit(2);
}
const wanted = new RegExp(asked);
try {
  await fetch(new URL("/health", base));
} catch {
  console.error(`nothing answers at ${base}: start Corridor first (make run)`);
  process.exit(2);
}

let browser;
try {
  browser = await openBrowser();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
const results = join(here, "results");
mkdirSync(results, { recursive: true });

const failures = [];
let count = 0;
for (const file of (await readdir(join(here, "stories"))).filter((name) => name.endsWith(".mjs")).sort()) {
  const { stories } = await import(join(here, "stories", file));
  for (const [name, story] of Object.entries(stories)) {
    const whole = `${file.replace(".mjs", "")}: ${name}`;
    if (!wanted.test(whole)) continue;
    count += 1;
    const visits = [];
    /** A fresh visitor; the story fails when one of its visitors met trouble. */
    const visit = async (options) => {
      const guest = await visitor(browser, base, options);
      guest.page.setDefaultTimeout(30_000);
      visits.push(guest);
      return guest;
    };
    const begun = performance.now();
    let failure;
    try {
      await story({ visit, base, results });
      const troubles = visits.flatMap((guest) => guest.troubles);
      if (troubles.length > 0) throw new Error(`pages met trouble:\n${[...new Set(troubles)].join("\n")}`);
    } catch (error) {
      failure = error;
      const page = visits.at(-1)?.page;
      const picture = join(results, `${whole.replace(/[^a-z0-9]+/gi, "-")}.png`);
      await page?.screenshot({ path: picture, fullPage: true }).catch(() => undefined);
      failures.push({ whole, error, picture, address: page?.url() });
    }
    for (const guest of visits) await guest.context.close();
    console.log(`${failure ? "FAILED" : "    ok"}  ${whole}  (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  }
}
await browser.close();

for (const { whole, error, picture, address } of failures) {
  console.error(`\n${whole}\n  at ${address ?? "no page"}\n  ${String(error.message ?? error).split("\n").join("\n  ")}\n  picture: ${picture}`);
}
if (count === 0) {
  console.error(`no story is called ${wanted}`);
  process.exit(2);
}
console.log(`\n${count - failures.length} of ${count} stories hold`);
process.exit(failures.length > 0 ? 1 : 0);
