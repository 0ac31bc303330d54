// Takes the pictures of the guide: node screenshots.mjs http://127.0.0.1:8080 OUT_DIR [part of a name]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, visitor } from "./lib/browser.mjs";
import { settled } from "./lib/checks.mjs";
import { become } from "./lib/people.mjs";
import { routes } from "./routes.mjs";

/** What is pictured: a page, or the first link of a page (and `then` what belongs to it); `whole` takes it to its foot. */
const pictures = [
  { name: "people", path: routes.people, nobody: true },
  { name: "today", path: routes.home },
  { name: "organisations", path: routes.organisations },
  { name: "organisation", find: `${routes.organisations}?q=institut+pasteur`, link: ".results .result a", whole: true },
  { name: "map", path: routes.map },
  { name: "calls", path: routes.calls },
  { name: "call", find: `${routes.calls}?q=antimicrobial+resistance`, link: ".results .result h2 a, .results .result h3 a" },
  { name: "call-whole", find: `${routes.calls}?q=antimicrobial+resistance`, link: ".results .result h2 a, .results .result h3 a", whole: true },
  { name: "partners", find: `${routes.calls}?q=antimicrobial+resistance`, link: ".results .result h2 a, .results .result h3 a", then: "/partners", wait: ".ranked" },
  { name: "partners-whole", find: `${routes.calls}?q=antimicrobial+resistance`, link: ".results .result h2 a, .results .result h3 a", then: "/partners", wait: ".ranked", whole: true },
  { name: "consortia", path: routes.consortia },
  { name: "consortium", find: routes.consortia, link: 'main table a[href^="/consortia/"]', whole: true },
  { name: "proposal", find: `${routes.calls}?q=antimicrobial+resistance`, link: ".results .result h2 a, .results .result h3 a", then: (href) => routes.proposal(href.split("/").at(-1)), whole: true },
  { name: "search", path: routes.search("pastuer") },
];
/** How each is pictured. */
const ways = [
  { suffix: "en", width: 1280, theme: "light", lang: "en" },
  { suffix: "fr", width: 1280, theme: "light", lang: "fr" },
  { suffix: "fr-dark", width: 1280, theme: "dark", lang: "fr" },
  { suffix: "fr-360", width: 360, theme: "light", lang: "fr" },
];

const [base, out, wanted = ""] = process.argv.slice(2);
if (!base || !URL.canParse(base) || !out) {
  console.error("usage: node screenshots.mjs http://127.0.0.1:8080 OUT_DIR [part of a name]");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const browser = await openBrowser();
let missing = 0;
for (const { suffix, width, theme, lang } of ways) {
  const viewport = { width, height: width < 600 ? 740 : 900 };
  for (const { name, path, find, link, then = "", wait, whole, nobody } of pictures) {
    const file = `${name}-${suffix}.png`;
    if (!file.includes(wanted)) continue;
    const { context, page } = await visitor(browser, base, { viewport, theme, lang });
    try {
      if (!nobody) await become(page, "officer");
      await page.goto(path ?? find);
      if (link) {
        const target = page.locator(link).first();
        if ((await target.count()) === 0) {
          console.error(`${file}: nothing to open on ${find}`);
          missing += 1;
          continue;
        }
        const href = await target.getAttribute("href");
        await page.goto(typeof then === "function" ? then(href) : href + then);
      }
      if (wait) await page.locator(wait).first().waitFor({ timeout: 60_000 });
      await settled(page);
      writeFileSync(join(out, file), await page.screenshot({ fullPage: whole ?? false }));
      console.log(file);
    } finally {
      await context.close();
    }
  }
}
await browser.close();
process.exit(missing > 0 ? 1 : 0);
