// The frame: who one is, where one is, in which language and theme; also without JavaScript, and from the keyboard.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axeInBothThemes, axe, fits, framed, open, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";
import { routes } from "../routes.mjs";

export const stories = {
  "somebody new chooses who to be, and changes": async ({ visit }) => {
    const { page } = await visit();
    await open(page, routes.people);
    await framed(page, "fr");
    await axeInBothThemes(page, "the choice of people");
    assert.equal(await page.locator("main .persona").count(), 6, "six roles");
    assert.equal(await page.locator(".demo").isVisible(), true, "the banner says this is a demonstration");
    await become(page, "officer");
    await framed(page, "fr");
    const officer = await page.locator(".demo-menu summary").innerText();
    await page.locator(".demo-menu summary").click();
    await Promise.all([page.waitForEvent("load"), page.locator(".demo-menu form").nth(1).locator("button").click()]);
    assert.notEqual(await page.locator(".demo-menu summary").innerText(), officer, "one is somebody else now");
  },

  "the language is switched without JavaScript and stays": async ({ visit }) => {
    const { page } = await visit({ javaScript: false });
    await open(page, routes.people);
    await framed(page, "fr");
    await Promise.all([page.waitForEvent("load"), page.locator('button[name="lang"]').click()]);
    await framed(page, "en");
    await open(page, routes.people);
    await framed(page, "en");
  },

  "the theme is chosen without JavaScript and stays": async ({ visit }) => {
    const { page } = await visit({ javaScript: false });
    await open(page, routes.people);
    await page.locator(".account summary").click();
    await Promise.all([page.waitForEvent("load"), page.locator('button[name="theme"][value="dark"]').click()]);
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    const ground = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
    const brightness = ground.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    assert.ok(brightness < 150, `the page is dark (${ground})`);
  },

  "a demonstration person is chosen without JavaScript": async ({ visit }) => {
    const { page } = await visit({ javaScript: false });
    await become(page, "officer");
    await framed(page, "fr");
  },

  "an administrator reads what was done, field by field": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "administrator");
    await open(page, routes.trail);
    await framed(page, "fr");
    await page.locator(".trail summary").first().click();
    assert.ok((await page.locator(".trail details[open] tbody tr").count()) > 0, "an entry opens on its fields");
    await axeInBothThemes(page, "the audit trail");
    await page.setViewportSize(NARROW);
    await fits(page);
  },

  "every section of the rail opens, fits a phone, and axe finds nothing": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    const places = await page.locator(".rail a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    for (const place of places) {
      await open(page, place);
      await framed(page, "fr");
      assert.equal(await page.locator('.rail a[aria-current="page"]').count(), 1, `the rail says where ${place} is`);
      await axeInBothThemes(page, place);
    }
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    for (const place of places) {
      await open(phone.page, place);
      await settled(phone.page);
      await fits(phone.page, place);
      await axe(phone.page, `${place} at 360 px`);
      assert.equal(await phone.page.locator(".dock").isVisible(), true, "the sections are at the foot of the screen");
    }
  },

  "the keyboard reaches content, search and menus": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await settled(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "the first stop skips to the content");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await page.keyboard.press("Control+k");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search", "Ctrl K goes to the search field");
    await page.locator(".account summary").focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".account .menu-panel").isVisible(), true);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".account .menu-panel").isVisible(), false, "Escape closes the menu");
  },

  "a page that does not exist says so and leads back": async ({ visit }) => {
    const { page, troubles } = await visit();
    await become(page, "officer");
    const answer = await page.goto(routes.missing);
    assert.equal(answer.status(), 404);
    await framed(page, "fr");
    await axe(page, "the page for what does not exist");
    assert.ok(await page.locator("main a.button").count(), "there is a way back");
    // The browser itself logs the 404 that this story asks for.
    troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !trouble.includes("404")));
  },
};
