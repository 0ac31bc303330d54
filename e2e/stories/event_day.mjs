// The day of an event: people are checked in on a phone, one does not come, the timetable is planned anew and accepted.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axeInBothThemes, fits, framed, light, open } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";

/** Presses a button and waits for the page that it leads to. */
const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

/** Sends a form as a page of the site does; the address that it ends at. */
const send = (page, path, fields) =>
  page.evaluate(
    async ({ path, fields }) => {
      const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return new URL(answer.url).pathname;
    },
    { path, fields },
  );

/** An event of five who all meet, set by the team and published. */
async function published(page) {
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const setup = await send(page, "/events", { name: "Rencontres du jour J", template: "half-day", first_day: day });
  const event = setup.replace(/\/setup$/, "");
  const names = ["Ardoise", "Basalte", "Calcaire", "Dolomie", "Granite"];
  for (const name of names) {
    await send(page, `${event}/participants`, { organisation: name, kind: "participant", name: `Ada ${name}`, email: `ada@${name.toLowerCase()}.example`, language: "fr", confirmed: "yes" });
  }
  for (const [at, one] of names.entries()) {
    for (const other of names.slice(at + 1)) await send(page, `${event}/requests`, { one, other });
  }
  await send(page, `${event}/timetable/run`, {});
  await send(page, `${event}/timetable/publish`, { version: "1" });
  return event;
}

export const stories = {
  "people are checked in, one does not come, and the timetable is planned anew": async ({ visit, results }) => {
    const { page } = await visit({ viewport: NARROW });
    await become(page, "organiser");
    await framed(page, "fr");
    const event = await published(page);
    const day = `${event}/day`;

    // At the door, on a phone: looked for, checked in, taken back, in again.
    await open(page, day);
    await fits(page, day);
    await axeInBothThemes(page, "the door");
    await page.locator("#f-q").fill("ada basalte");
    await press(page, page.locator('.day-search button[type="submit"]'));
    assert.equal(await page.locator(".door-person").count(), 1);
    await press(page, page.locator(".door-person button"));
    assert.match(await page.locator(".door-person").innerText(), /là depuis/);
    assert.match(await page.locator(".stat dd").first().innerText(), /1 sur 5/);
    await press(page, page.locator(".door-person button"));
    assert.match(await page.locator(".stat dd").first().innerText(), /0 sur 5/);
    await press(page, page.locator(".door-person button"));
    await page.screenshot({ path: `${results}/event-day-door.png`, fullPage: true });

    // One does not come: what it touches is seen first.
    await open(page, day);
    await press(page, page.locator(".door-one h3 a", { hasText: "Granite" }));
    const granite = new URL(page.url()).pathname.split("/").at(-1);
    await fits(page, "a participant on the day");
    await axeInBothThemes(page, "a participant on the day");
    const meetings = await page.locator("tbody tr").count();
    assert.equal(meetings, 4);
    await press(page, page.locator('form[action$="/incidents/new"] button[type="submit"]'));
    assert.equal(await page.locator("tbody tr").count(), 4, "its four meetings are touched");
    await fits(page, "what it touches");
    await axeInBothThemes(page, "what it touches");
    await press(page, page.locator('form[action$="/incidents"] button[type="submit"]'));
    assert.match(await page.locator("main").innerText(), /pas encore dans le planning/);
    await light(page, `${day}/incidents`);
    await axeInBothThemes(page, "what goes otherwise");
    await fits(page, "what goes otherwise");

    // Planned anew: before and after, then accepted.
    await open(page, `${day}/replan`);
    await fits(page, "planning anew");
    await axeInBothThemes(page, "planning anew");
    assert.equal(await page.locator("tbody tr").count(), 4);
    assert.match(await page.locator("tbody").innerText(), /Granite n’est pas là/);
    await page.screenshot({ path: `${results}/event-day-replan.png`, fullPage: true });
    await press(page, page.locator('form[action$="/replan"] button'));
    assert.match(await page.locator("main").innerText(), /dans la version 2/);
    await open(page, `/attend/${granite}/agenda`);
    assert.equal(await page.locator(".agenda-one").count(), 0, "its agenda is empty");
    await open(page, `${day}/replan`);
    assert.match(await page.locator("main").innerText(), /Rien n’a besoin de bouger/);
    await open(page, `${event}/timetable/versions`);
    assert.match(await page.locator("tbody tr").first().innerText(), /refait le jour même/);
    await send(page, `${event}/delete`, {});
  },
};
