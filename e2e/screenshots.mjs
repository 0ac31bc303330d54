// Takes the pictures of the guide: node screenshots.mjs http://127.0.0.1:8080 OUT_DIR [part of a name] [--every-way]
// --every-way adds the dark theme and 360 px, to be looked at and not to be kept.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, visitor } from "./lib/browser.mjs";
import { comeIn } from "./lib/accounts.mjs";
import { settled } from "./lib/checks.mjs";
import { answerInPlaceOf, askAboutDays } from "./lib/dates.mjs";
import { become } from "./lib/people.mjs";
import { routes } from "./routes.mjs";

const TOPIC = "HORIZON-HLTH-2027-01-DISEASE-08";
const IHI = "HORIZON-JU-IHI-2026-13-two-stage-02";
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
  { name: "consortium", ...draft(TOPIC) },
  { name: "budget", ...draft(TOPIC), then: "/budget?package=2" },
  { name: "calendar", ...draft(TOPIC), then: "/calendar" },
  { name: "ledger", ...draft(IHI), then: "/ledger" },
  { name: "event", role: "organiser", path: () => `${event.path}/requests` },
  { name: "timetable", role: "organiser", path: () => `${event.path}/timetable`, at: "#grid" },
  { name: "meet", role: "organiser", path: () => `${event.attend}/meet`, phone: true },
  { name: "agenda", role: "organiser", path: () => `${event.attend}/agenda`, phone: true },
  { name: "event-day", role: "organiser", path: () => `${event.path}/day`, phone: true },
  { name: "results", role: "organiser", path: () => `${event.past}/results` },
  { name: "agenda-print", role: "organiser", path: () => `${event.attend}/agenda`, print: true },
  { name: "dates", role: "organiser", path: () => `${event.dates}/dates` },
  { name: "rules", path: "/instruments/ihi-two-stage/edit", role: "administrator" },
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

/** The draft for a topic, by the list of drafts. */
function draft(topic) {
  return { find: routes.consortia, link: `main table a[href^="/consortia/"]:has-text("${topic}")` };
}

const pressed = (page, selector) => Promise.all([page.waitForEvent("load"), page.locator(selector).first().click()]);

/** Drafts to picture, made from proposals where the cluster has none: one with a budget, one with both sides. */
async function prepareDrafts(browser, base) {
  const { context, page } = await visitor(browser, base, { lang: "en" });
  await become(page, "officer");
  for (const [topic, more] of [[TOPIC, `&with=${encodeURIComponent(PASTEUR)}`], [IHI, "&stage=2&least=8&most=10"]]) {
    await page.goto(routes.consortia);
    if ((await page.locator(draft(topic).link).count()) > 0) continue;
    await page.goto(`${routes.proposal(topic)}${more}`);
    await pressed(page, 'main form[action="/consortia"] button[type="submit"]');
    const sheet = new URL(page.url()).pathname;
    if (topic === IHI) await contributions(page);
    else await spending(page, sheet);
  }
  await context.close();
}

/** Costs of everybody, and what industry brings of its own. */
async function contributions(page) {
  for (const cost of await page.locator('input[name^="cost-"]').all()) await cost.fill("1250000");
  for (const side of await page.locator('select[name^="side-"]').all()) {
    const own = (await side.getAttribute("name")).slice("side-".length);
    const industry = (await side.inputValue()) === "industry";
    await page.fill(`input[name="requested-${own}"]`, industry ? "0" : "1250000");
    if (industry) await page.fill(`input[name="ikop-${own}"]`, "1250000");
  }
  await pressed(page, 'button[form="sheet"][value="save"]');
}

/** Two work packages, the first one filled in. */
async function spending(page, sheet) {
  for (const title of ["Management", "Preclinical work"]) {
    await page.goto(`${sheet}/budget`);
    await page.fill('input[name="new-package"]', title);
    await pressed(page, 'button[value="add-package"]');
  }
  await page.goto(`${sheet}/budget?package=2`);
  const rates = page.locator('input[name^="rate."]');
  for (let at = 0; at < (await rates.count()); at += 1) {
    const own = (await rates.nth(at).getAttribute("name")).split(".").at(-1);
    await rates.nth(at).fill(String(5200 + 350 * at));
    await page.fill(`input[name="months.2.${own}"]`, String(18 + 6 * at));
    await page.fill(`input[name="amount.2.travel.${own}"]`, "12000");
    await page.fill(`input[name="amount.2.goods.${own}"]`, String(20000 + 8000 * at));
  }
  await pressed(page, 'button[form="budget"][value="save"]');
}

/** Brings the list to the step that says what would be done; nothing is written. */
async function tryImport(page) {
  await page.locator('main input[type="file"]').setInputFiles({ name: "adherents.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
  await Promise.all([page.waitForEvent("load"), page.locator('main form[enctype] button[type="submit"]').click()]);
  await Promise.all([page.waitForEvent("load"), page.locator('main form[action$="/columns"] button[type="submit"]').click()]);
}

/** The demonstration's event, the one before it, and the participant whose agenda is pictured. */
const event = { path: "", past: "", attend: "", dates: "" };

/** Searches and publishes the timetable of the demonstration's event, as its organiser does. */
async function prepareTimetable(browser, base) {
  const { context, page } = await visitor(browser, base, { lang: "en", javaScript: false });
  await become(page, "organiser");
  await page.goto("/events");
  event.path = await page.locator('main a[href^="/events/0"]').first().getAttribute("href");
  event.past = await page.locator('main a[href^="/events/0"]').last().getAttribute("href");
  await page.goto(`${event.path}/timetable`);
  await pressed(page, 'form[action$="/timetable/run"] button');
  await pressed(page, 'a[href*="/publish?version="]');
  await pressed(page, 'form[action$="/publish"] button');
  await page.goto(`${event.path}/participants`);
  const participant = await page.locator(`main a[href^="${event.path}/participants/0"]`).first().getAttribute("href");
  event.attend = `/attend/${participant.split("/").at(-1)}`;
  const who = ["Alpha Bio", "Beta Lab", "Gamma Santé", "Delta Tech"];
  const asked = await askAboutDays(page, "Journée bioproduction", who, [60, 67, 74]);
  event.dates = asked.event;
  await answerInPlaceOf(page, asked.event, "Alpha Bio", asked.days, ["no", "yes", "if-need-be"]);
  await answerInPlaceOf(page, asked.event, "Beta Lab", asked.days, ["yes", "yes", "no"]);
  await answerInPlaceOf(page, asked.event, "Gamma Santé", asked.days, ["yes", "if-need-be", "if-need-be"]);
  await context.close();
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
await prepareDrafts(browser, base);
await prepareTimetable(browser, base);
for (const { suffix, width, theme, lang } of ways.filter((way) => everyWay || !way.rehearsal)) {
  for (const { name, path, find, link, then = "", wait, act, whole, nobody, account, phone, print, at, role = "officer" } of pictures) {
    const file = `${name}-${suffix}.png`;
    if (!file.includes(wanted)) continue;
    const wide = phone ? Math.min(width, 360) : print ? 794 : width;
    const viewport = { width: wide, height: wide < 600 ? 740 : 860 };
    const { context, page } = await visitor(browser, base, { viewport, theme, lang });
    try {
      if (account) await comeIn(page, `${name}-${suffix}-${Date.now()}@medicen.example`, "Camille Exemple", account);
      else if (!nobody) await become(page, role);
      await page.goto(typeof path === "function" ? path() : (path ?? find));
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
      if (print) await page.emulateMedia({ media: "print" });
      if (at) await page.locator(at).evaluate((part) => part.scrollIntoView({ behavior: "instant" }));
      writeFileSync(join(out, file), await page.screenshot({ fullPage: whole ?? false }));
      console.log(file);
    } finally {
      await context.close();
    }
  }
}
await browser.close();
process.exit(missing > 0 ? 1 : 0);
