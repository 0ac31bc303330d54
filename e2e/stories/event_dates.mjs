// Which day suits: asked by the team, answered in somebody's place, one fixed. With the keyboard, on a phone, in both themes.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, open } from "../lib/checks.mjs";
import { answerInPlaceOf, askAboutDays } from "../lib/dates.mjs";
import { become } from "../lib/people.mjs";

const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

export const stories = {
  "the day that suits most comes first, and the event moves to the one that is fixed": async ({ visit, results }) => {
    const { page } = await visit();
    await become(page, "organiser");
    const who = ["Alpha Bio", "Beta Lab", "Gamma Santé", "Delta Tech"];
    const { event, days } = await askAboutDays(page, "Journée à dater", who, [60, 67, 74]);
    assert.match(page.url(), /done=polls-begun/);
    assert.match(await page.locator("main").innerText(), /date à fixer/);
    await answerInPlaceOf(page, event, "Alpha Bio", days, ["no", "yes", "if-need-be"]);
    await answerInPlaceOf(page, event, "Beta Lab", days, ["yes", "yes", "no"]);
    await answerInPlaceOf(page, event, "Gamma Santé", days, ["yes", "if-need-be", null]);

    // With the keyboard alone: to the radios of the first day, an arrow to the next word, Enter sends.
    await page.goto(`${event}/dates`);
    const seat = await page.locator("#voices tbody a", { hasText: "Delta Tech" }).getAttribute("href");
    await open(page, seat);
    await axeInBothThemes(page, "which days suit");
    await page.locator(`input[name="day.${days[1]}"]`).first().focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator(`input[name="day.${days[1]}"]:checked`).getAttribute("value"), "if-need-be");
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    assert.match(page.url(), /done=polls-answered/);
    assert.match(await page.locator("main").innerText(), /Il manque une réponse/);

    await open(page, `${event}/dates`);
    const best = page.locator("#days tbody tr").first();
    assert.match(await best.innerText(), /Le meilleur/);
    assert.equal(await best.locator('input[name="day"]').getAttribute("value"), days[1], "all four can come then");
    await axeInBothThemes(page, "dates");
    await page.screenshot({ path: `${results}/event-dates.png`, fullPage: true });
    await open(page, `${event}/dates?show=silent`);
    assert.deepEqual(await page.locator("#voices tbody th").allInnerTexts().then((all) => all.map((text) => text.split("\n")[0].trim().replace(/ noté par l’équipe$/, ""))), ["Delta Tech", "Gamma Santé"]);

    const phone = (await visit({ viewport: NARROW })).page;
    await become(phone, "organiser");
    for (const path of [`${event}/dates`, seat]) {
      await open(phone, path);
      await fits(phone, path);
      await axe(phone, path);
    }

    // What cannot be undone asks first.
    await open(page, `${event}/dates`);
    await page.locator("#days tbody tr").first().locator("button").click();
    await press(page, page.locator("dialog.confirm[open] button.button-danger"));
    assert.match(page.url(), /done=polls-fixed/);
    await open(page, event);
    assert.doesNotMatch(await page.locator("main").innerText(), /date à fixer/);
    const told = await page.evaluate(async (path) => (await fetch(path)).json(), `/api${event}`);
    assert.deepEqual(told.days, [days[1]]);
    await open(page, `${event}/dates`);
    await axe(page, "a day that is fixed");
    // Other stories take the first event of the list: this one is none of theirs.
    await open(page, event);
    await page.locator('form[action$="/delete"] button').click();
    await press(page, page.locator("dialog.confirm[open] button.button-danger"));
  },
};
