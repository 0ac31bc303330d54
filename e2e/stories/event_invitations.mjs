// Many are invited to the demonstration's event: from a cluster, and from a list whose mistakes are named first.
import assert from "node:assert/strict";
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
};
