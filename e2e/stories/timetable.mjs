// The timetable of the demonstration's event with its sixty participants: searched live, moved by hand, published, read as an
// agenda, as a calendar and on the big screen.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axeInBothThemes, fits, framed, light, open, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";

/** Presses a button and waits for the page that it leads to. */
const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

export const stories = {
  "a timetable of sixty is found, moved, published, and stands in agenda, calendar and on the big screen": async ({ visit, results }) => {
    const { page, troubles } = await visit();
    await become(page, "organiser");
    await framed(page, "fr");
    await open(page, "/events");
    const event = await page.locator('main a[href^="/events/0"]', { hasText: "démonstration" }).first().getAttribute("href");
    const timetable = `${event}/timetable`;
    await open(page, timetable);

    // Live: figures appear while it searches; stopped, the best becomes a draft.
    await page.locator("[data-island=search][data-mounted]").waitFor();
    const left = page.waitForURL(/version=\d+/, { timeout: 90_000 });
    await page.locator("[data-start]").click();
    await page.locator("#answer .stat dd").first().waitFor();
    const stop = page.locator("[data-stop]");
    await page.waitForTimeout(6_000);
    if (await stop.isVisible().catch(() => false)) await stop.click().catch(() => undefined);
    await left;
    const held = await page.locator("#answer .stat dd").first().innerText();
    assert.ok(Number.parseInt(held, 10) >= 60, `many meetings are held: ${held}`);
    assert.ok((await page.locator(".timetable-held").count()) > 60);
    await page.screenshot({ path: `${results}/timetable-grid.png`, fullPage: true });

    // By hand: a slot that is taken says why; the meeting goes where it can.
    await page.locator(".timetable-held a").first().click();
    await page.locator(".timetable-slots").waitFor();
    const slots = page.locator(".timetable-slots tbody tr");
    assert.match(await page.locator(".timetable-slots tr.muted td").first().innerText(), /\S/);
    await page.locator(".timetable-slots tr.muted input").first().check();
    await press(page, page.locator('form:has(.timetable-slots) button[type="submit"]'));
    assert.equal(await page.locator('.flash-error[role="alert"] li').count() > 0, true, "the rule is named");
    // The browser tells of an answer that refuses; it was asked for.
    troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !trouble.includes("status of 422")));
    const free = slots.filter({ hasNot: page.locator("input:checked") }).and(page.locator("tr:not(.muted)"));
    if ((await free.count()) > 0) {
      await free.first().locator("input").check();
      await press(page, page.locator('form:has(.timetable-slots) button[type="submit"]'));
      assert.match(page.url(), /done=timetable-moved/);
    }

    // Published: what changes is told first.
    await open(page, timetable);
    await press(page, page.locator('a[href*="/publish?version="]'));
    assert.match(await page.locator("main").innerText(), /aucun courriel ne part/);
    await press(page, page.locator('form[action$="/publish"] button'));
    assert.match(await page.locator(".timetable-version").innerText(), /Publié/);
    await light(page, timetable);
    await axeInBothThemes(page, "the timetable");
    const [phone] = [(await visit({ viewport: NARROW })).page];
    await become(phone, "organiser");
    for (const path of [timetable, `${timetable}/versions`, `${event}/board`]) {
      await open(phone, path);
      await fits(phone, path);
    }

    // The agenda of one who meets somebody, and a private calendar of it.
    await open(page, `${event}/participants?standing=confirmed`);
    const participant = await page.locator(`main a[href^="${event}/participants/0"]`).first().getAttribute("href");
    const agenda = `/attend/${participant.split("/").at(-1)}/agenda`;
    await open(page, agenda);
    await settled(page);
    await axeInBothThemes(page, "an agenda");
    await open(phone, agenda);
    await fits(phone, agenda);
    await press(page, page.locator('form[action*="/calendar"] button').first());
    const address = (await page.locator("code", { hasText: "agenda.ics" }).innerText()).trim();
    const nobody = (await visit()).page;
    const answer = await nobody.request.get(new URL(address).pathname);
    assert.match(answer.headers()["content-type"], /text\/calendar/);
    const text = await answer.text();
    assert.equal(text.split("BEGIN:VEVENT").length - 1, await page.locator(".agenda-one").count());
    await open(page, `${event}/board`);
    assert.ok((await page.locator(".board-list li").count()) > 0, "the next slot has meetings");
    await axeInBothThemes(page, "the big screen");
  },
};
