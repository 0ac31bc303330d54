// Takes the pictures of the guide: node screenshots.mjs http://127.0.0.1:8080 OUT_DIR [part of a name] [--every-way]
// --every-way adds the dark theme and 360 px, to be looked at and not to be kept.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, visitor } from "./lib/browser.mjs";
import { comeIn } from "./lib/accounts.mjs";
import { settled } from "./lib/checks.mjs";
import { become } from "./lib/people.mjs";
import { routes } from "./routes.mjs";

const TOPIC = "HORIZON-HLTH-2027-01-DISEASE-08";
const PASTEUR = "institut pasteur";
const first = { find: `${routes.organisations}?q=${encodeURIComponent(PASTEUR)}`, link: ".results .result a" };

/** A cluster's list as lists are: somebody known, somebody perhaps known, a mistyped SIREN, a day that does not exist. */
const LIST = `nom;type;pic;siren;pays;ville;date d'adhésion;compétences
Institut Pasteur;organisme de recherche;999993080;;FR;Paris;12/03/2018;maladie infectieuse
Assistance publique Hôpitaux de Paris;hôpital;;;FR;Paris;04/09/2019;médecine clinique
Novalys Thérapeutique;PME;;892000001;FR;Lyon;15/01/2022;immunothérapie, oncologie
Hémacarte Diagnostics;PME;;892079196;FR;Grenoble;04/09/2023;hématologie
Biostérane;PME;;892237579;FR;Strasbourg;31/02/2024;bioproduction
`;

/**
 * What is pictured: a page, or the first link of a page (and `then` what belongs to it); `whole` takes it to its foot.
 * `account` is the role of somebody who came in by an invitation: the people of the demonstration hold no data.
 */
const pictures = [
  { name: "people", path: routes.people, nobody: true },
  { name: "today", path: routes.home },
  { name: "organisations", path: `${routes.organisations}?q=${encodeURIComponent("antibiorésistance")}&country=FR` },
  { name: "organisation", ...first },
  { name: "import", path: `${routes.organisations}/import`, act: tryImport },
  { name: "map", path: routes.map },
  { name: "merge", find: `${routes.organisations}/duplicates`, link: 'main a[href*="/merge/"]' },
  { name: "call", path: routes.call(TOPIC) },
  { name: "partners", path: routes.partners(TOPIC), wait: ".ranked" },
  { name: "proposal", path: `${routes.proposal(TOPIC)}&with=${encodeURIComponent(PASTEUR)}` },
  { name: "conflict", path: `${routes.proposal(TOPIC)}&with=${encodeURIComponent(PASTEUR)}&country=FR` },
  { name: "consortium", find: routes.consortia, link: 'main table a[href^="/consortia/"]' },
  { name: "instrument", path: "/instruments/ihi-two-stage" },
  { name: "administration", path: routes.administration, role: "administrator" },
  { name: "cluster", path: routes.cluster, role: "administrator", whole: true },
  { name: "jobs", path: routes.jobs, role: "administrator" },
  { name: "trail", path: routes.trail, role: "administrator" },
  { name: "contact", account: "project_officer", find: `${routes.organisations}?cluster=medicen`, link: "main .result a", then: "/contacts/new" },
  { name: "my-data", account: "reader", path: routes.myData },
  { name: "retention", account: "instance_administrator", path: routes.retention },
];
/** How each is pictured; the guide shows the first two, the others are to be looked at before a release. */
const ways = [
  { suffix: "en", width: 1280, theme: "light", lang: "en" },
  { suffix: "fr", width: 1280, theme: "light", lang: "fr" },
  { suffix: "fr-dark", width: 1280, theme: "dark", lang: "fr", rehearsal: true },
  { suffix: "fr-360", width: 360, theme: "light", lang: "fr", rehearsal: true },
];

/** A draft to picture, made from the proposal where the cluster has none. */
async function prepareDraft(browser, base) {
  const { context, page } = await visitor(browser, base, { lang: "en" });
  await become(page, "officer");
  await page.goto(routes.consortia);
  if ((await page.locator('main table a[href^="/consortia/"]').count()) === 0) {
    await page.goto(`${routes.proposal(TOPIC)}&with=${encodeURIComponent(PASTEUR)}`);
    await Promise.all([page.waitForNavigation(), page.locator('main form[action="/consortia"] button[type="submit"]').first().click()]);
  }
  await context.close();
}

/** Brings the list to the step that says what would be done; nothing is written. */
async function tryImport(page) {
  await page.locator('main input[type="file"]').setInputFiles({ name: "adherents.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
  await Promise.all([page.waitForNavigation(), page.locator('main form[enctype] button[type="submit"]').click()]);
  await Promise.all([page.waitForNavigation(), page.locator('main form[action$="/columns"] button[type="submit"]').click()]);
}

const everyWay = process.argv.includes("--every-way");
const [base, out, wanted = ""] = process.argv.slice(2).filter((word) => word !== "--every-way");
if (!base || !URL.canParse(base) || !out) {
  console.error("usage: node screenshots.mjs http://127.0.0.1:8080 OUT_DIR [part of a name] [--every-way]");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const browser = await openBrowser();
let missing = 0;
await prepareDraft(browser, base);
for (const { suffix, width, theme, lang } of ways.filter((way) => everyWay || !way.rehearsal)) {
  const viewport = { width, height: width < 600 ? 740 : 860 };
  for (const { name, path, find, link, then = "", wait, act, whole, nobody, account, role = "officer" } of pictures) {
    const file = `${name}-${suffix}.png`;
    if (!file.includes(wanted)) continue;
    const { context, page } = await visitor(browser, base, { viewport, theme, lang });
    try {
      if (account) await comeIn(page, `${name}-${suffix}-${Date.now()}@medicen.example`, "Camille Exemple", account);
      else if (!nobody) await become(page, role);
      await page.goto(path ?? find);
      if (link) {
        const target = page.locator(link).first();
        if ((await target.count()) === 0) {
          console.error(`${file}: nothing to open on ${find}`);
          missing += 1;
          continue;
        }
        const href = await target.getAttribute("href");
        await page.goto(href.split("?")[0] + then);
      }
      if (wait) await page.locator(wait).first().waitFor({ timeout: 60_000 });
      if (act) await act(page);
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
