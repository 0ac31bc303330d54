// Many are invited to the demonstration's event: from a cluster, and from a list whose mistakes are named first.
import assert from "node:assert/strict";
import { comeIn } from "../lib/accounts.mjs";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, framed, open } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";

/** Presses a button and waits for the page that it leads to. */
const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

export const stories = {
  "members of a cluster and rows of a list are invited once it was seen who would be": async ({ visit, results }) => {
    const { page } = await visit();
    await become(page, "organiser");
    await framed(page, "fr");
    await open(page, "/events");
    const event = await page.locator('main a[href^="/events/0"]').first().getAttribute("href");
    await open(page, `${event}/participants`);
    await press(page, page.locator(`main a[href="${event}/invite"]`));

    // Who would be is seen first; nobody is written before that.
    await page.locator('input[name="cluster"]').first().check();
    await press(page, page.locator('main form[method="get"] button[type="submit"]'));
    const free = page.locator('input[name="organisation"]');
    const offered = await free.count();
    assert.ok(offered > 1, `some can be invited: ${offered}`);
    await axeInBothThemes(page, "who would be invited");
    await page.screenshot({ path: `${results}/invite-many.png`, fullPage: true });
    for (let at = 1; at < offered; at += 1) await free.nth(at).uncheck();
    await page.locator('input[name="delegation"]').fill("Kansai");
    await press(page, page.locator('main form[method="post"] button[type="submit"]').last());
    assert.match(page.url(), /done=inviting-sent/);
    assert.match(await page.locator("main").innerText(), /Kansai/);

    // A list: the bad row is named, the good one kept.
    await open(page, `${event}/invite/list`);
    await page.locator("#f-pasted").fill("Organisation\tPays\tContact\nPrime Lab\tFR\tAda\n\tFrance\tBob\n");
    await press(page, page.locator('main form[method="post"] button[type="submit"]'));
    const told = await page.locator("main").innerText();
    assert.match(told, /Prime Lab/);
    assert.match(told, /deux lettres du pays/);
    await axe(page, "a list that was checked");
    await press(page, page.locator('form[action$="/list/take"] button[type="submit"]'));
    assert.match(await page.locator("main").innerText(), /Prime Lab/);

    const phone = (await visit({ viewport: NARROW })).page;
    await become(phone, "organiser");
    for (const path of [`${event}/invite`, `${event}/invite/list`, `${event}/delegations`, `${event}/participants`]) {
      await open(phone, path);
      await fits(phone, path);
    }
    await open(page, `${event}/delegations`);
    await axeInBothThemes(page, "delegations");
  },

  "a cluster that is asked for a delegation answers on a page of its own": async ({ visit, results }) => {
    const { page } = await visit();
    await become(page, "organiser");
    await open(page, "/events");
    const event = await page.locator('main a[href^="/events/0"]').first().getAttribute("href");
    await open(page, `${event}/setup`);
    await axe(page, "days and rules");
    await open(page, `${event}/delegations`);
    await page.locator("#ask label", { hasText: /biowin/i }).locator("input").check();
    await press(page, page.locator('#ask button[type="submit"]'));
    await fits(page, "a cluster that is asked");

    const phone = (await visit({ viewport: NARROW })).page;
    await comeIn(phone, "wim@asked.example", "Wim Example", "event_organiser", "biowin");
    await open(phone, "/events");
    await fits(phone, "events of who is asked");
    await axe(phone, "events of who is asked");
    await press(phone, phone.locator('main a[href^="/delegations/"]').first());
    await fits(phone, "a delegation that is asked for");
    await axeInBothThemes(phone, "a delegation that is asked for");
    await press(phone, phone.locator('button[name="answer"][value="yes"]'));
    assert.match(phone.url(), /done=delegations-accepted/);
    await axe(phone, "a delegation that comes");
    await phone.screenshot({ path: `${results}/delegation.png`, fullPage: true });

    // Who takes part sees it among their meetings.
    const member = (await visit({ viewport: NARROW })).page;
    await become(member, "member");
    await open(member, "/meetings");
    await fits(member, "one's own meetings");
    await axeInBothThemes(member, "one's own meetings");

    await open(page, `${event}/delegations`);
    const asked = page.locator("main section", { has: page.locator("h2", { hasText: /biowin/i }) });
    await asked.locator('form:has(input[name="withdraw"]) button').click();
    await press(page, page.locator("dialog.confirm button.button-danger"));
  },
};
