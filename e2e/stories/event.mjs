// An event from its template to the agenda of the sixty who come, without any demonstration: an organiser with an account,
// participants who come by the private links of their letters.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { comeIn } from "../lib/accounts.mjs";
import { NARROW } from "../lib/browser.mjs";
import { axe, fits, open, settled } from "../lib/checks.mjs";

const COUNT = 60;
/** Each asks so many others. */
const ASKED = 5;

/** Presses a button and waits for the page that it leads to. */
const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

/** A place on earth where it is midday now, with the day and the hour there: an event can be in the middle of its day. */
function noon() {
  const places = ["Pacific/Auckland", "Asia/Tokyo", "Asia/Dubai", "Europe/Paris", "America/Sao_Paulo", "America/Los_Angeles", "Pacific/Honolulu"];
  for (const zone of places) {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" });
    const of = Object.fromEntries(parts.formatToParts(new Date()).map((part) => [part.type, part.value]));
    const hour = Number(of.hour);
    if (hour >= 9 && hour <= 16) return { zone, day: `${of.year}-${of.month}-${of.day}`, hour };
  }
  throw new Error("it is midday somewhere");
}

const clock = (hour) => `${String(hour).padStart(2, "0")}:00`;

/** The private link of each address, as the newest letter to it has it. */
function links() {
  const folder = join(process.env.CORRIDOR_VAR, "mail");
  const found = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".eml"))) {
    const letter = readFileSync(join(folder, file), "utf8").replace(/=\r?\n/g, "");
    const to = /^To: .*?([\w.]+@firm\.example)/m.exec(letter)?.[1];
    const key = /\/attend\/([0-9a-f]{64})/.exec(letter)?.[1];
    if (to && key && !found.has(to)) found.set(to, key);
  }
  return found;
}

/** Sends a form from inside the page, as its button would; the status of where it led. */
const send = (page, path, fields) =>
  page.evaluate(
    async ([path, fields]) => {
      const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
      return { status: answer.status, url: answer.url, text: await answer.text() };
    },
    [path, fields],
  );

export const stories = {
  "an event of sixty goes from its template to agendas in every pocket": async ({ visit, results }) => {
    const { page } = await visit();
    await comeIn(page, "olive@event.example", "Olive Example", "event_organiser");
    const { zone, day, hour } = noon();

    // From the template, by its page.
    await open(page, "/events/new");
    await page.locator('input[name="name"]').fill("Rencontres santé");
    await page.locator('input[name="first_day"]').fill(day);
    await page.locator('input[name="template"]').first().check();
    await press(page, page.locator('form[action="/events"] button[type="submit"]'));
    const event = new URL(page.url()).pathname.match(/\/events\/[0-9a-f-]{36}/)[0];
    await open(page, `${event}/setup`);
    await page.locator('select[name="zone"]').selectOption(zone);
    const sessions = page.locator('input[name^="day.0.session."][name$=".from"]');
    await sessions.first().fill(clock(hour - 2));
    await page.locator('input[name="day.0.session.0.until"]').fill(clock(hour + 4));
    for (let at = 1; at < (await sessions.count()); at += 1) {
      for (const part of ["name", "from", "until"]) await page.locator(`input[name="day.0.session.${at}.${part}"]`).fill("");
    }
    await page.locator('input[name="room.0.tables"]').fill("25");
    for (const field of ["registration_until", "requests_from", "requests_until"]) await page.locator(`input[name="${field}"]`).fill("");
    await press(page, page.locator('form[action$="/setup"] button[type="submit"]'));
    assert.match(page.url(), /done=/, await page.locator("main").innerText());
    await open(page, event);
    await press(page, page.locator('form[action$="/state"] button[type="submit"]').first());

    // Sixty take part: the first by the form of the page, the others by the same form.
    const kind = await (await open(page, `${event}/participants`), page.locator('#invite select[name="kind"] option').first().getAttribute("value"));
    const firm = (at) => ({ organisation: `Firm ${String(at).padStart(2, "0")}`, country: "FR", kind, delegation: "", name: `Person ${at}`, email: `person.${at}@firm.example`, language: at % 2 ? "fr" : "en", confirmed: "yes" });
    const first = firm(0);
    await page.locator('#invite input[name="organisation"]').fill(first.organisation);
    await page.locator('#invite input[name="name"]').fill(first.name);
    await page.locator('#invite input[name="email"]').fill(first.email);
    await page.locator('#invite input[name="confirmed"]').check();
    await press(page, page.locator('#invite form button[type="submit"]'));
    for (let at = 1; at < COUNT; at += 1) {
      const sent = await send(page, `${event}/participants`, firm(at));
      assert.equal(sent.status, 200, sent.text);
    }
    let keys = new Map();
    for (let wait = 0; wait < 60 && keys.size < COUNT; wait += 1) {
      await page.waitForTimeout(500);
      keys = links();
    }
    assert.equal(keys.size, COUNT, "each was written to");
    const key = (at) => keys.get(`person.${at}@firm.example`);

    // One of them on a phone: says what it offers, and asks for a first meeting.
    const phone = (await visit({ viewport: NARROW })).page;
    await open(phone, `/attend/${key(0)}`);
    await fits(phone, "a participant's page");
    await axe(phone, "a participant's page");
    await phone.locator('textarea[name="offers"]').fill("Diagnostic rapide de la sepsis");
    await press(phone, phone.locator(`form[action="/attend/${key(0)}"] button[type="submit"]`));
    await open(phone, `/attend/${key(0)}/meet`);
    await fits(phone, "whom to meet");
    const card = phone.locator("li", { has: phone.locator("details"), hasText: "Firm 01" }).first();
    await card.locator("summary").click();
    await card.locator('textarea[name="message"]').fill("Parlons de la sepsis.");
    await phone.screenshot({ path: `${results}/event-phone.png` });
    await press(phone, card.locator('button[type="submit"]'));

    // All others ask at once, and answer at once: one in five says no.
    const nobody = (await visit()).page;
    await open(nobody, `/attend/${key(0)}/meet`);
    const coming = await page.evaluate(async (path) => (await fetch(path)).json(), `/api${event}/participants`);
    assert.equal(coming.length, COUNT);
    const ids = new Map(coming.map((one) => [one.name, one.id]));
    const asking = [];
    for (let at = 0; at < COUNT; at += 1) {
      for (let step = 1; step <= ASKED; step += 1) {
        const other = ids.get(firm((at + step) % COUNT).organisation);
        if (at !== 0 || step !== 1) asking.push([`/attend/${key(at)}/meet`, { to: other, wish: step === 1 ? "must" : "meet", message: "" }]);
      }
    }
    const inTurns = async (all, act) => {
      const answers = [];
      for (let at = 0; at < all.length; at += 8) answers.push(...(await Promise.all(all.slice(at, at + 8).map(act))));
      return answers;
    };
    const asked = await inTurns(asking, ([path, fields]) => send(nobody, path, fields));
    assert.ok(asked.every((one) => one.status === 200), asked.find((one) => one.status !== 200)?.text);
    const answers = await inTurns([...Array(COUNT).keys()], (at) =>
      nobody.evaluate(async (path) => {
        const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
        const forms = [...page.querySelectorAll('form[action*="/requests/"]')].filter((form) => form.querySelector('button[value="accept"]'));
        let accepted = 0;
        for (const [at, form] of forms.entries()) {
          const act = at % 5 === 4 ? "decline" : "accept";
          const seen = form.querySelector('[name="seen"]').value;
          const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams({ seen, act, wish: "meet", words: "" }) });
          if (!answer.ok) throw new Error(await answer.text());
          if (act === "accept") accepted += 1;
        }
        return accepted;
      }, `/attend/${key(at)}/requests`),
    );
    const accepted = answers.reduce((sum, one) => sum + one, 0);
    assert.ok(accepted >= 200, `${accepted} meetings were accepted`);

    // The timetable, live; then what everybody sees.
    const timetable = `${event}/timetable`;
    await open(page, timetable);
    await page.locator("[data-island=search][data-mounted]").waitFor();
    const left = page.waitForURL(/version=\d+/, { timeout: 90_000 });
    await page.locator("[data-start]").click();
    const stop = page.locator("[data-stop]");
    await page.waitForTimeout(8_000);
    if (await stop.isVisible().catch(() => false)) await stop.click().catch(() => undefined);
    await left;
    const held = Number.parseInt(await page.locator("#answer .stat dd").first().innerText(), 10);
    assert.equal(held, accepted, "all of them are held");
    await press(page, page.locator('a[href*="/publish?version="]'));
    await press(page, page.locator('form[action$="/publish"] button'));
    assert.match(await page.locator(".timetable-version").innerText(), /Publié/);
    await page.screenshot({ path: `${results}/event-grid.png`, fullPage: true });

    // In the pocket: the agenda of the phone, with the first meeting that was asked for.
    await open(phone, `/attend/${key(0)}/agenda`);
    await settled(phone);
    await fits(phone, "an agenda");
    await axe(phone, "an agenda");
    assert.ok((await phone.locator(".agenda-one").count()) >= 2);
    assert.match(await phone.locator("main").innerText(), /Firm 01/);
    await phone.screenshot({ path: `${results}/event-agenda.png`, fullPage: true });

    // The day goes on: one is checked in, another does not come, and what is left of the day is planned anew.
    await open(page, `${event}/day`);
    await page.locator('.day-search input[name="q"]').fill("Person 0");
    await press(page, page.locator('.day-search button[type="submit"]'));
    await press(page, page.locator(".door-person button").first());
    assert.match(await page.locator(".stat dd").first().innerText(), /1 sur 60/);
    const absent = ids.get("Firm 30");
    await open(page, `/attend/${absent}/agenda`);
    const before = await page.locator("ol .agenda-one").count();
    await open(page, `${event}/day/participants/${absent}`);
    await press(page, page.locator('form[action$="/incidents/new"] button[type="submit"]'));
    await press(page, page.locator('form[action$="/incidents"] button[type="submit"]'));
    await open(page, `${event}/day/replan`);
    await settled(page);
    await axe(page, "planning anew");
    await page.screenshot({ path: `${results}/event-replan.png`, fullPage: true });
    await press(page, page.locator('form[action$="/replan"] button'));
    assert.match(await page.locator("main").innerText(), /dans la version 2/);
    await open(page, `/attend/${absent}/agenda`);
    assert.ok((await page.locator("ol .agenda-one").count()) < before, "who does not come meets nobody any more");
    assert.ok((await page.locator("ul .agenda-one").count()) > 0, "and sees what is gone");

    // What came of the first meeting, from the phone; and beside what good events reach.
    await open(phone, `/attend/${key(0)}/outcomes`);
    await fits(phone, "outcomes");
    const form = phone.locator(".exchanges > li > form").first();
    await form.locator('input[name="kept"][value="yes"]').check();
    await form.locator('input[name="second"][value="yes"]').check();
    await press(phone, form.locator('button[value="say"]'));
    await open(page, `${event}/results`);
    await settled(page);
    await page.screenshot({ path: `${results}/event-results.png`, fullPage: true });
    assert.match(await page.locator(".stat", { hasText: "Tenus" }).first().innerText(), /1 sur 1/);
    // Other stories begin with the events of the demonstration.
    await send(page, `${event}/delete`, {});
  },
};
