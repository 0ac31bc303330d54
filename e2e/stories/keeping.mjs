// What a team keeps around its drafts: figures and owners of organisations, outcomes and rates, rules of topics.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, framed, open, settled } from "../lib/checks.mjs";
import { forget } from "../lib/accounts.mjs";
import { become } from "../lib/people.mjs";
import { routes } from "../routes.mjs";

const TOPIC = "HORIZON-HLTH-2027-01-DISEASE-05";

/** Presses a button that leads to another page. */
const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

/** The same pages as a phone shows them, to whoever is signed in on this page, in the other language. */
async function onAPhone(visit, page, paths) {
  const { context, page: phone } = await visit({ viewport: NARROW, lang: "en" });
  await context.addCookies((await page.context().cookies()).filter((cookie) => cookie.name !== "corridor_language"));
  for (const path of paths) {
    await open(phone, path);
    await settled(phone);
    await framed(phone, "en");
    await fits(phone, path);
    await axe(phone, `${path} at 360 px`);
  }
}

/** The paths of companies of the cluster, as its list has them. */
async function companies(page, count) {
  await open(page, "/organisations?kind=company&country=FR&cluster=medicen");
  const links = page.locator('.results .result a[href^="/organisations/0"]');
  const paths = [...new Set(await links.evaluateAll((all) => all.map((link) => new URL(link.href).pathname)))];
  assert.ok(paths.length >= count, `the cluster has ${count} companies`);
  return paths.slice(0, count);
}

/** States the figures of a year. */
async function year(page, path, figures) {
  await open(page, `${path}/figures`);
  const form = page.locator(`form[action="${path}/figures"]`);
  for (const [name, value] of Object.entries({ ...figures, source: "Comptes annuels", stated_on: "2026-06-30" })) {
    await form.locator(`[name="${name}"]`).fill(value);
  }
  await press(page, form.locator('button[type="submit"]'));
}

/** States one owner, or that there is none. */
async function owned(page, path, owner, percent) {
  await open(page, `${path}/figures`);
  const form = page.locator(`form[action="${path}/owners"]`);
  const rows = form.locator('input[name^="owner."]:not([type="hidden"]), input[name^="percent."]');
  for (const row of await rows.all()) await row.fill("");
  if (owner) {
    await form.locator('[name="owner.0"]').fill(owner.split("/").pop());
    await form.locator('[name="percent.0"]').fill(percent);
  }
  await form.locator('[name="source"]').fill("Registre");
  await form.locator('[name="stated_on"]').fill("2026-05-02");
  await press(page, form.locator('button[type="submit"]'));
}

export const stories = {
  "figures and owners decide who is an SME, and a circle is refused": async ({ visit }) => {
    const { page, troubles } = await visit();
    await become(page, "officer");
    const [young, mother] = await companies(page, 2);
    const figures = `${young}/figures`;
    await open(page, figures);
    await framed(page, "fr");
    await axeInBothThemes(page, "figures that nobody stated");
    await year(page, young, { year: "2025", headcount: "48", turnover: "7,3 M", balance: "5 M" });
    await owned(page, young);
    assert.match(await page.locator("#size").innerText(), /PME, d’après ses chiffres · petite entreprise/);
    await axeInBothThemes(page, "figures that decide");

    // Held by a large one: counted whole, and the mother may not be held by what it holds.
    await year(page, mother, { year: "2025", headcount: "1300", turnover: "240 M", balance: "180 M" });
    await owned(page, young, mother, "60");
    const size = await page.locator("#size").innerText();
    assert.match(size, /Pas une PME/);
    assert.match(size, /1\s348/u, "both count whole");
    await owned(page, mother, young, "51,5");
    assert.match(await page.locator("#owners .error").innerText(), /tournent en rond/);
    await axe(page, "a circle that is refused");
    forget(troubles, "422");
    await onAPhone(visit, page, [figures, young]);
    // Left as it was found: other stories read the size of companies too.
    await owned(page, mother);
    for (const path of [young, mother]) {
      await open(page, `${path}/figures`);
      await press(page, page.locator(`form[action="${path}/figures/remove"] button`));
    }
  },

  "a submission is noted, answered by its scores, and counts in the rate": async ({ visit }) => {
    const { page, troubles } = await visit();
    await become(page, "officer");
    await open(page, `${routes.proposal(TOPIC)}&least=3&most=4`);
    await press(page, page.locator('#answer form[action="/consortia"] button').first());
    const sheet = new URL(page.url()).pathname;
    const outcome = `${sheet}/outcome`;
    const granted = async () => {
      await open(page, `/submissions?topic=${TOPIC}`);
      if ((await page.locator("#rates").count()) === 0) return 0;
      return Number(await page.locator("#rates tbody tr").first().locator("td").nth(1).getAttribute("data-value"));
    };
    const before = await granted();
    await open(page, outcome);
    await axeInBothThemes(page, "a draft that was not submitted");
    const form = page.locator(`form[action="${outcome}"]`);
    const stage = form.locator('select[name="stage"]');
    if ((await stage.count()) > 0) await stage.selectOption({ index: 1 });
    await form.locator('[name="reference"]').fill("SEP-210000001");
    await press(page, form.locator('button[type="submit"]'));
    const noting = await page.locator(`main a[href^="${outcome}/"][href$="/answer"]`).first().getAttribute("href");
    await open(page, noting);
    await framed(page, "fr");
    await axeInBothThemes(page, "the form of an answer");

    // A score beyond its scale is refused beside its field, and what was typed stays.
    await page.locator('[name="kind"][value="granted"]').check();
    const scores = page.locator('[name^="score."]');
    for (let at = 0; at < (await scores.count()); at += 1) await scores.nth(at).fill(at === 0 ? "7" : "4,5");
    await page.fill('[name="grant"]', "6 500 000");
    await press(page, page.locator('main form button[type="submit"]'));
    assert.equal(await page.locator('main [aria-invalid="true"]').count(), 1);
    assert.equal(await page.inputValue('[name="score.1"]'), "4,5");
    await axe(page, "an answer with a score beyond its scale");
    forget(troubles, "422");
    await page.fill('[name="score.0"]', "4");
    await press(page, page.locator('main form button[type="submit"]'));
    const told = await page.locator("main .outcome").first().innerText();
    assert.match(told, /Financé/);
    assert.match(told, /13 sur 15/);
    assert.match(told, /Tous les seuils sont atteints/);
    await axeInBothThemes(page, "a submission that was granted");

    assert.equal(await granted(), before + 1, "it counts as granted");
    assert.match(await page.locator("#rates tbody tr").first().innerText(), /\d\s%.*financés\s: \d+ sur \d+/u);
    await axeInBothThemes(page, "the submissions of a cluster");
    await framed(page, "fr");
    await open(page, routes.call(TOPIC));
    assert.match(await page.locator("#submissions").innerText(), /Financé/);
    const submission = noting.replace(/\/answer$/u, "");
    await open(page, outcome);
    const correcting = await page.locator(`main a[href^="${outcome}/"][href*="/answers/"]`).first().getAttribute("href");
    await onAPhone(visit, page, [outcome, noting, submission, correcting, "/submissions"]);
  },

  "what a topic changes is said in its rules, and the editor shows the fields of a rule": async ({ visit }) => {
    const { page, troubles } = await visit();
    await become(page, "administrator");
    const rules = `${routes.call(TOPIC)}/rules`;
    await open(page, rules);
    await framed(page, "fr");
    await axeInBothThemes(page, "the rules of a topic");
    const form = page.locator("#say-cluster form");
    const add = `add = { id = "topic-pages", severity = "ineligible", source = "${TOPIC}", source_date = "2026-11-22", verified = true, require = { pages = { at_most = 50 } } }`;
    await form.locator("textarea").fill("[[change]]\nremove = \"there-is-no-such-rule\"\n");
    await press(page, form.locator('button[type="submit"]'));
    assert.equal(await form.locator('[aria-invalid="true"]').count(), 1, "a change of nothing is refused");
    forget(troubles, "422");
    await form.locator("textarea").fill(`[[change]]\n${add}\n`);
    await press(page, form.locator('button[type="submit"]'));
    assert.match(await page.locator("#changes").innerText(), /au plus 50\s?pages/u);
    await axeInBothThemes(page, "the rules of a topic that changes one");
    await form.locator("textarea").fill("");
    await press(page, form.locator('button[type="submit"]'));
    assert.equal(await page.locator("#changes li").count(), 0, "and taken back");

    const editor = "/instruments/horizon-europe-ria/edit";
    await open(page, editor);
    await framed(page, "fr");
    await page.locator('select[name="part"]').selectOption({ index: 1 });
    await press(page, page.locator('button[name="act"][value="part"]'));
    assert.ok((await page.locator("#guided input, #guided select").count()) > 2, "the fields of the rule");
    assert.ok((await page.locator(".rules-editor .rule").count()) > 2, "beside what the rules say");
    await axe(page, "the fields of a rule");
    await open(page, editor);
    await axeInBothThemes(page, "the editor of rules");
    await onAPhone(visit, page, [rules, editor, "/instruments/new", "/instruments/horizon-europe-ria/versions", "/instruments"]);
  },
};
