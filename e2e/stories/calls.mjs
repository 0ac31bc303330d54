// The main job: from a real call to ranked partners to an eligible consortium.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, framed, light, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";
import { routes } from "../routes.mjs";

/** The address of the first topic that the list offers for these words. */
async function topic(page, words) {
  await page.goto(`${routes.calls}?q=${encodeURIComponent(words)}`);
  const link = page.locator(".results .result h2 a, .results .result h3 a").first();
  await link.waitFor();
  return new URL(await link.getAttribute("href"), page.url()).pathname;
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
    await phone.page.goto(routes.calls);
    await settled(phone.page);
    await fits(phone.page, "the list of calls");
  },

  "a call says who fits and why": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    const path = await topic(page, "antimicrobial resistance");
    await light(page, path);
    await framed(page, "fr");
    const ranked = page.locator(".ranked");
    assert.ok((await ranked.count()) >= 5, "organisations are ranked");
    for (const [index, one] of (await ranked.all()).slice(0, 5).entries()) {
      assert.ok((await one.locator(".reasons-list li").count()) > 0, `organisation ${index + 1} has its reasons`);
      const shares = await one.locator(".reason-share").allInnerTexts();
      const sum = shares.reduce((total, share) => total + Number(share.replace(/[^\d,.]/g, "").replace(",", ".")), 0);
      assert.ok(Math.abs(sum - 100) < 3, `the reasons of organisation ${index + 1} add up to the whole (${sum})`);
    }
    await axeInBothThemes(page, "a call");
    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    await phone.page.goto(path);
    await settled(phone.page);
    await fits(phone.page, "a call");
    await axe(phone.page, "a call at 360 px");
  },

  "a call written in English is found in French": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await page.goto(routes.search("résistance aux antimicrobiens"));
    await framed(page, "fr");
    assert.ok((await page.locator('main a[href^="/calls/"]').count()) > 0, "a topic is found");
  },

  "the drafts are listed, and one shows its verdicts": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    await light(page, routes.consortia);
    await framed(page, "fr");
    await axeInBothThemes(page, "the list of consortia");
    const draft = page.locator('main a[href^="/consortia/"]').first();
    if ((await draft.count()) === 0) {
      assert.equal(await page.locator("main .empty").count(), 1, "without drafts the page says what will be here");
      return;
    }
    await Promise.all([page.waitForNavigation(), draft.click()]);
    await framed(page, "fr");
    assert.ok((await page.locator(".verdict").count()) > 0, "rules have verdicts");
    await axeInBothThemes(page, "a consortium");
  },
};
