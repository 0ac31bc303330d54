// Who sees what: a contact whose fields are shown to different people, and the choice in words before it is saved.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axeInBothThemes, fits, framed, open, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";
import { routes } from "../routes.mjs";

export const stories = {
  "a field is seen by whom it is shown to, and nobody else finds it": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await open(page, routes.organisations);
    await Promise.all([page.waitForEvent("load"), page.locator(".results .result a").first().click()]);
    const path = new URL(page.url()).pathname;
    await Promise.all([page.waitForEvent("load"), page.locator(`a[href="${path}/contacts/new"]`).click()]);
    await axeInBothThemes(page, "the form of a contact");
    await framed(page, "fr");
    await open(page, `${path}/contacts/new`);
    const mark = `Zq${Date.now()}`;
    const chosen = page.locator('select[name="name_audience"] option:checked');
    assert.match(await chosen.innerText(), /Medicen/, "who sees it stands there before it is saved");
    await page.fill('input[name="name"]', `${mark} Example`);
    await page.fill('input[name="function"]', `Head ${mark}`);
    await page.selectOption('select[name="function_audience"]', "members");
    await page.selectOption('select[name="known_by"]', "meeting");
    await Promise.all([page.waitForEvent("load"), page.locator('main form button[type="submit"]').first().click()]);
    assert.equal(new URL(page.url()).pathname, path);
    const kept = page.locator("#contacts .result", { hasText: mark });
    assert.match(await kept.innerText(), /Medicen/, "and it stands there again afterwards");
    await open(page, `/contacts?q=${mark}`);
    assert.equal(await page.locator(".results .result").count(), 1);
    await axeInBothThemes(page, "the list of contacts");
    const member = await visit();
    await become(member.page, "member");
    await open(member.page, path);
    const seen = await member.page.locator("#contacts").innerText();
    assert.ok(seen.includes(`Head ${mark}`) && !seen.includes(`${mark} Example`), seen);
    await open(member.page, `/contacts?q=${mark}+example`);
    assert.equal(await member.page.locator(".results .result").count(), 0, "what is not seen is not found");
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    for (const narrow of ["/contacts", `${path}/contacts/new`]) {
      await open(phone.page, narrow);
      await settled(phone.page);
      await fits(phone.page, narrow);
    }
  },
};
