// After an event: the past event of the demonstration, its figures and what is behind each; an outcome noted by the team, and one
// said on a phone without script.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, framed, light, open, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";

/** Presses a button and waits for the page that it leads to. */
const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

export const stories = {
  "what came of meetings is said, counted and opened figure by figure": async ({ visit, results }) => {
    const { page } = await visit();
    await become(page, "organiser");
    await framed(page, "fr");
    await open(page, "/events");
    const event = await page.locator("main section", { has: page.locator("h2", { hasText: "Passés" }) }).locator('a[href^="/events/0"]').first().getAttribute("href");
    const tab = `${event}/results`;
    await open(page, tab);
    await page.screenshot({ path: `${results}/results.png`, fullPage: true });

    // A figure opens on its records: as many as it says.
    const held = page.locator(".stat", { has: page.locator("dt", { hasText: /^Tenus$/ }) });
    const count = Number.parseInt(await held.locator(".stat-note").innerText(), 10);
    assert.ok(count > 3, `some meetings were held: ${count}`);
    await press(page, held.locator("dd a"));
    assert.equal(await page.locator('main tbody a[href*="/results/meeting/"]').count(), count);
    await light(page, tab);
    await open(page, tab);
    await axeInBothThemes(page, "the results");

    // Nobody has said anything of one of them: the team notes it for a side, and it counts.
    await open(page, `${tab}?came=unsaid`);
    const unsaid = await page.locator('main tbody a[href*="/results/meeting/"]').count();
    assert.ok(unsaid > 0, "some meetings are not said yet");
    await press(page, page.locator('main tbody a[href*="/results/meeting/"]').first());
    await settled(page);
    const side = page.locator("section.exchange").first();
    await side.locator("summary").click();
    await axe(page, "a meeting");
    await side.locator('input[name="kept"][value="yes"]').check();
    await side.locator('input[name="second"][value="yes"]').check();
    await side.locator("select").selectOption("5");
    await press(page, side.locator('button[value="say"]'));
    assert.match(page.url(), /done=event-outcome-noted/);
    assert.match(await page.locator("section.exchange").first().innerText(), /Noté par l’organisateur/);
    assert.equal(await page.locator('main a[href^="/consortia/new?member="]').count(), 1, "it can be taken up");
    await open(page, `${tab}?came=unsaid`);
    assert.equal(await page.locator('main tbody a[href*="/results/meeting/"]').count(), unsaid - 1);

    // By participant, by pair of delegations: each pair opens on its meetings.
    await open(page, `${tab}/participants?with=unsaid`);
    const own = await page.locator('main tbody a[href^="/attend/"]').first().getAttribute("href");
    await axe(page, "the participants");
    await open(page, `${tab}/delegations`);
    await axe(page, "the pairs of delegations");
    await page.screenshot({ path: `${results}/results-delegations.png`, fullPage: true });
    const pair = page.locator("table.table-stacked tbody tr").first();
    const meetings = Number.parseInt(await pair.locator("td").first().innerText(), 10);
    await press(page, pair.locator("th a"));
    assert.equal(await page.locator('main tbody a[href*="/results/meeting/"]').count(), meetings);

    // On a phone, without script: everything fits, and a participant's page saves one meeting by itself.
    const phone = (await visit({ viewport: NARROW, javaScript: false })).page;
    await become(phone, "organiser");
    for (const path of [tab, `${tab}/participants`, `${tab}/delegations`]) {
      await open(phone, path);
      await fits(phone, path);
    }
    await open(phone, own);
    await fits(phone, own);
    const forms = await phone.locator(".exchanges > li > form").count();
    const form = phone.locator(".exchanges > li > form").first();
    await form.locator('input[name="kept"][value="no"]').check();
    await press(phone, form.locator('button[value="say"]'));
    assert.match(phone.url(), /done=event-outcome-said/);
    assert.equal(await phone.locator(".exchanges > li > form").count(), forms - 1);
    await open(page, own);
    await axeInBothThemes(page, "a participant's outcomes");
  },
};
