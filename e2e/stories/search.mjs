// Search: suggestions while one types, results that forgive slips, the same in both languages.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, framed, open, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";
import { routes } from "../routes.mjs";

export const stories = {
  "typing suggests, arrows choose, Enter opens": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await settled(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("pasteur");
    const first = page.locator(".suggest [role=option]").first();
    await first.waitFor();
    const label = await first.locator(".suggest-label").innerText();
    assert.match(label.toLowerCase(), /pasteur/);
    await axe(page, "the open suggestions");
    await page.keyboard.press("ArrowDown");
    assert.equal(await first.getAttribute("aria-selected"), "true");
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    await framed(page, "fr");
    assert.notEqual(new URL(page.url()).pathname, routes.home, "the suggestion opens its page");
  },

  "a slip of the finger still finds": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await open(page, routes.search("pastuer"));
    await framed(page, "fr");
    assert.match((await page.locator("main").innerText()).toLowerCase(), /pasteur/, "two letters swapped find Pasteur");
    await axeInBothThemes(page, "search results");
  },

  "search works without JavaScript and on a phone": async ({ visit }) => {
    const { page } = await visit({ javaScript: false });
    await become(page, "officer");
    await page.locator("#search").fill("cancer");
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    assert.equal(new URL(page.url()).searchParams.get("q"), "cancer");
    assert.ok((await page.locator("main a").count()) > 0, "there are results");
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    await phone.page.locator("[data-palette-open]").click();
    await phone.page.locator(".palette-dialog input").fill("cancer");
    await phone.page.locator(".palette-dialog [role=option]").first().waitFor();
    await Promise.all([phone.page.waitForEvent("load"), phone.page.keyboard.press("Enter")]);
    await settled(phone.page);
    await fits(phone.page, "search results");
  },

  "nothing found says what to try": async ({ visit }) => {
    const { page } = await visit({ lang: "en" });
    await become(page, "officer");
    await open(page, routes.search("qqqqzzzzxxxx"));
    await framed(page, "en");
    assert.equal(await page.locator("main .empty").count(), 1, "an empty state");
    await axe(page, "no results");
  },
};
