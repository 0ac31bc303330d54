// The directory: a list with filters, an organisation with what it did, the map.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, framed, light, open, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";
import { routes } from "../routes.mjs";

/** The number that the list says it has. */
async function results(page) {
  return Number((await page.locator(".results-count").innerText()).replace(/\D/g, ""));
}

export const stories = {
  "the list is filtered at once, and the address says how": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await light(page, routes.organisations);
    await framed(page, "fr");
    await axeInBothThemes(page, "the list of organisations");
    const all = await results(page);
    assert.ok(all > 0, "there are organisations");
    const box = page.locator('.facets input[type="checkbox"]').first();
    const name = await box.getAttribute("name");
    await Promise.all([page.waitForURL((address) => address.searchParams.has(name)), box.check()]);
    await page.waitForFunction((before) => Number(document.querySelector(".results-count")?.textContent?.replace(/\D/g, "")) < before, all);
    const few = await results(page);
    assert.ok(few > 0 && few < all, `the filter narrows ${all} to ${few}`);
    await page.reload();
    assert.equal(await results(page), few, "the address alone gives the same list");
    assert.equal(await page.locator(`.facets input[name="${name}"]:checked`).count(), 1, "the filter is still ticked");
  },

  "the list is filtered without JavaScript": async ({ visit }) => {
    const { page } = await visit({ javaScript: false });
    await become(page, "officer");
    await open(page, routes.organisations);
    const all = await results(page);
    await page.locator('.facets input[type="checkbox"]').first().check();
    await Promise.all([page.waitForEvent("load"), page.locator('.facets button[type="submit"]').click()]);
    assert.ok((await results(page)) < all, "the filter narrows the list");
  },

  "an organisation shows its work, its partners and its sources": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await open(page, routes.organisations);
    await Promise.all([page.waitForEvent("load"), page.locator(".results .result a").first().click()]);
    const path = new URL(page.url()).pathname;
    await light(page, path);
    await framed(page, "fr");
    await axeInBothThemes(page, "an organisation");
    for (const picture of await page.locator("figure.picture").all()) {
      assert.equal(await picture.locator("[data-canvas] svg").count() > 0, true, "every picture is drawn");
      assert.equal(await picture.locator("table").count() > 0, true, "every picture has its table");
    }
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    await open(phone.page, path);
    await settled(phone.page);
    await fits(phone.page, "an organisation");
    await axe(phone.page, "an organisation at 360 px");
  },

  "the map shows places and has its table": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await light(page, routes.map);
    await framed(page, "fr");
    const picture = page.locator('figure.picture[data-island="map"]');
    await picture.locator("[data-canvas] svg path").first().waitFor({ state: "attached" });
    assert.ok((await picture.locator("[data-canvas] svg path").count()) > 100, "outlines and places are drawn");
    await picture.locator(".picture-table summary").click();
    assert.ok((await picture.locator(".picture-table tbody tr").count()) > 0, "the table has rows");
    await axeInBothThemes(page, "the map");
  },
};
