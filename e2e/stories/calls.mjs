// The main job: from a real call to ranked partners to an eligible consortium.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, framed, light, open, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";
import { routes } from "../routes.mjs";

/** The identifier of the first topic that the list offers for these words. */
async function topic(page, words) {
  await open(page, `${routes.calls}?q=${encodeURIComponent(words)}`);
  const link = page.locator(".results .result :is(h2, h3) a").first();
  await link.waitFor();
  return decodeURIComponent(new URL(await link.getAttribute("href"), page.url()).pathname.split("/")[2]);
}

/** The number in "5,3 %" or "5.3%". */
function figure(text) {
  return Number(text.replace(/[^\d,.]/g, "").replace(",", "."));
}

/** Opens who fits the topic, and waits for the ranking where it is still being prepared. */
async function whoFits(page, identifier) {
  await open(page, routes.partners(identifier));
  await page.locator(".ranked").first().waitFor({ timeout: 60_000 });
}

export const stories = {
  "the calls are listed with filters, as feed and as calendar": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await light(page, routes.calls);
    await framed(page, "fr");
    await axeInBothThemes(page, "the list of calls");
    assert.ok((await page.locator(".results .result").count()) >= 10, "there are calls");
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    await open(phone.page, routes.calls);
    await settled(phone.page);
    await fits(phone.page, "the list of calls");
  },

  "a call has its text, its dates and its versions": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    const identifier = await topic(page, "antimicrobial resistance");
    await light(page, routes.call(identifier));
    await framed(page, "fr");
    assert.ok((await page.locator("main .prose").first().innerText()).length > 300, "the text of the topic is there");
    assert.equal(await page.locator("main .prose").first().getAttribute("lang"), "en", "and says that it is English");
    await axeInBothThemes(page, "a call");
    await open(page, routes.versions(identifier));
    await framed(page, "fr");
    await axe(page, "the versions of a call");
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    await open(phone.page, routes.call(identifier));
    await settled(phone.page);
    await fits(phone.page, "a call");
    await axe(phone.page, "a call at 360 px");
  },

  "a call says who fits and why": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    const identifier = await topic(page, "antimicrobial resistance");
    await whoFits(page, identifier);
    await light(page, routes.partners(identifier));
    await framed(page, "fr");
    const ranked = page.locator(".ranked");
    assert.ok((await ranked.count()) >= 5, "organisations are ranked");
    for (const [index, one] of (await ranked.all()).slice(0, 5).entries()) {
      const shares = await one.locator(".reason-share").allInnerTexts();
      assert.ok(shares.length > 0, `organisation ${index + 1} has its reasons`);
      const sum = shares.reduce((total, share) => total + figure(share), 0);
      const score = figure(await one.locator(".ranked-score").innerText());
      // Each share is rounded on the page.
      assert.ok(Math.abs(sum - score) <= 0.5 * (shares.length + 1), `the reasons of organisation ${index + 1} add up to ${sum}, its score is ${score}`);
    }
    await axeInBothThemes(page, "who fits");
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    await whoFits(phone.page, identifier);
    await settled(phone.page);
    await fits(phone.page, "who fits");
    await axe(phone.page, "who fits at 360 px");
  },

  "a proposal becomes a draft whose verdicts follow what one types": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    const identifier = await topic(page, "antimicrobial resistance");
    await whoFits(page, identifier);
    await open(page, routes.proposalFor(identifier));
    await framed(page, "fr");
    await axeInBothThemes(page, "the question for a proposal");
    await Promise.all([page.waitForURL(/proposal/), page.locator('main form[action="/consortia/proposal"] button[type="submit"]').click()]);
    await framed(page, "fr");
    assert.ok((await page.locator(".team-table tbody tr").count()) >= 3, "a team is proposed");
    assert.ok((await page.locator(".verdict").count()) > 0, "with a verdict for each rule");
    assert.equal(await page.locator(".verdict-not-met").count(), 0, "and it breaks none");
    await axeInBothThemes(page, "a proposal");

    await Promise.all([page.waitForURL(/\/consortia\/[0-9a-f-]{36}/), page.locator('#answer form[action="/consortia"] button').first().click()]);
    await framed(page, "fr");
    await axeInBothThemes(page, "the sheet of a draft");
    const members = await page.locator(".sheet-table tbody tr").count();
    const before = await page.locator("#live").innerText();
    await page.locator("input.amount").first().fill("900000");
    await page.waitForFunction((text) => document.querySelector("#live")?.innerText !== text, before);
    await Promise.all([page.waitForEvent("load"), page.locator('.sheet-table button[value^="remove:"]').first().click()]);
    assert.equal(await page.locator(".sheet-table tbody tr").count(), members - 1, "one member is taken out");

    const sheet = new URL(page.url()).pathname;
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    await open(phone.page, sheet);
    await settled(phone.page);
    await fits(phone.page, "the sheet of a draft");
    await axe(phone.page, "the sheet of a draft at 360 px");
  },

  "a call written in English is found in French": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await open(page, routes.search("résistance aux antimicrobiens"));
    await framed(page, "fr");
    assert.ok((await page.locator('main a[href^="/calls/"]').count()) > 0, "a topic is found");
  },

  "the drafts are listed": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await light(page, routes.consortia);
    await framed(page, "fr");
    await axeInBothThemes(page, "the list of consortia");
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    await open(phone.page, routes.consortia);
    await settled(phone.page);
    await fits(phone.page, "the list of consortia");
  },
};
