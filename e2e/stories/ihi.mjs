// Applicants and industry of a two-stage call of the Innovative Health Initiative: two drafts of two clusters, from the call
// over an invitation that is answered to the draft that they become, with the ledger at 45 %, signed off and submitted.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axeInBothThemes, fits, framed, open, settled } from "../lib/checks.mjs";
import { comeIn } from "../lib/accounts.mjs";

const TOPIC = "HORIZON-JU-IHI-2026-13-two-stage-01";

/** The ids of the first organisations of a list. */
async function organisations(page, query, count) {
  await open(page, `/organisations?${query}`);
  const links = page.locator('.results .result a[href^="/organisations/0"]');
  const paths = await links.evaluateAll((all) => all.map((link) => new URL(link.href).pathname.split("/").at(-1)));
  const ids = [...new Set(paths)].slice(0, count);
  assert.equal(ids.length, count, `there are organisations with ${query}`);
  return ids;
}

/** A day some weeks ahead, as forms take it. */
const later = () => new Date(Date.now() + 20 * 24 * 3600 * 1000).toISOString().slice(0, 10);

/** The organisation that is called so. */
async function organisation(page, name) {
  await open(page, `/organisations?q=${encodeURIComponent(name)}`);
  const href = await page.locator("main a", { hasText: name }).first().getAttribute("href");
  return new URL(href, page.url()).pathname.split("/").pop();
}

/** Presses a button and waits for the page that it leads to: a loaded one, for an address that is only rewritten is none. */
const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

/** A draft of one side for the topic with these members; ends on its sheet and answers its path. */
async function draft(page, name, side, members) {
  await open(page, `/consortia/new?topic=${TOPIC}`);
  const form = page.locator('form[action="/consortia"]');
  await form.locator('input[name="name"]').fill(name);
  await form.locator(`input[name="holds"][value="${side}"]`).check();
  await press(page, form.locator('button[type="submit"]'));
  const path = new URL(page.url()).pathname;
  for (const id of members) {
    await page.fill('#sheet input[name="add"]', id);
    await press(page, page.locator('#sheet button[name="act"][value="add"]'));
  }
  return path;
}

export const stories = {
  "two drafts of two clusters become one by a code, are signed off at 45 % and submitted": async ({ visit }) => {
    const mark = Date.now();
    const { page } = await visit();
    await comeIn(page, `applicants-${mark}@medicen.example`, "Ada Example", "project_officer");
    await framed(page, "fr");
    await open(page, `/calls/${TOPIC}`);
    const institute = await organisation(page, "Institut National de la Santé et de la Recherche Médicale");
    const members = [institute];
    for (const country of ["DE", "ES"]) {
      members.push(...(await organisations(page, `country=${country}&kind=university`, 1)));
    }
    const applicants = await draft(page, `Candidats ${mark}`, "applicant", members);
    await page.selectOption('select[name="stage"]', "stage-1");
    for (const id of members) {
      await page.fill(`[name="cost-${id}"]`, "2000000");
      await page.fill(`[name="requested-${id}"]`, "2000000");
    }
    await press(page, page.locator('button[form="sheet"][value="save"]'));
    // The page asks for the rules again when fields change: their list may be on its way.
    await page.locator("#live .verdict").nth(2).waitFor();
    const broken = page.locator("#live .verdict-not-met", { hasText: "seconde étape" });
    assert.equal(await broken.count(), 0, "no industry, no broken rule");

    // Somebody whose address proves that she speaks for the institute; it is invited, and answers in its workspace.
    const partner = (await visit()).page;
    await comeIn(partner, `ada-${mark}@inserm.fr`, "Ada Rivoire");
    await open(partner, `/organisations/${institute}`);
    await Promise.all([partner.waitForURL(/claim-proved/), partner.locator('form[action$="/claim"] button').click()]);
    await partner.locator(".account summary").click();
    await press(partner, partner.locator('form[action="/account/role"] button', { hasText: "Institut National" }));
    await open(page, `${applicants}/partners/invite?organisation_id=${institute}`);
    await page.selectOption('select[name="role"]', "coordinator");
    await page.fill('input[name="answer_by"]', later());
    await page.fill('textarea[name="message"]', `Coordonnez avec nous ${mark}`);
    await press(page, page.locator(`form[action="${applicants}/partners/invite"] button[type="submit"]`));
    assert.match(await page.locator("#partners").innerText(), /Sans réponse/);
    const workspace = applicants.replace("/consortia/", "/workspaces/");
    assert.equal((await partner.request.get(workspace)).status(), 404, "who was only asked has no seat");
    await open(partner, "/workspaces");
    const offer = partner.locator("section.exchange", { hasText: `Coordonnez avec nous ${mark}` });
    await press(partner, offer.locator('button[value="yes"]'));
    assert.equal(new URL(partner.url()).pathname, workspace);

    const guest = await visit();
    const other = guest.page;
    await comeIn(other, `industry-${mark}@lyon.example`, "Grace Example", "project_officer", "lyonbiopole");
    const payers = await organisations(other, "kind=company", 2);
    const industry = await draft(other, `Industrie ${mark}`, "industry", payers);
    await open(other, `${industry}/ledger`);
    for (const id of payers) await other.fill(`[name="ikop-${id}"]`, "2500000");
    await press(other, other.locator('button[form="ledger"]'));
    assert.match(await other.locator("#share").innerText(), /11\s111\s111/u, "5 million carry this much at 45 %");
    await open(other, industry);
    for (const id of payers) {
      await other.fill(`[name="cost-${id}"]`, "2500000");
      await other.fill(`[name="requested-${id}"]`, "0");
    }
    await press(other, other.locator('button[form="sheet"][value="save"]'));
    await axeInBothThemes(other, "the sheet of an industry draft");
    const refused = await other.request.get(applicants);
    assert.equal(refused.status(), 404, "the other side is nowhere");

    await open(page, `${applicants}/merger`);
    await axeInBothThemes(page, "the page of the merger");
    await press(page, page.locator(`form[action="${applicants}/merger/code"] button`));
    const code = await page.locator("#f-made-code").inputValue();
    assert.match(code, /^[0-9a-f]{64}$/u);
    await open(other, `${industry}/merger`);
    await other.fill('input[name="code"]', code);
    await press(other, other.locator(`form[action="${industry}/merger"] button`));
    const waiting = await other.locator("main").innerText();
    assert.ok(!waiting.includes(`Candidats ${mark}`), "who proposes sees nothing yet");

    await open(page, `${applicants}/merger`);
    const preview = await page.locator("#asked-1").innerText();
    assert.ok(preview.includes(`Industrie ${mark}`), preview);
    await axeInBothThemes(page, "the preview of a merger");
    await press(page, page.locator('#asked-1 form[action$="/accept"] button'));
    await axeInBothThemes(page, "a merger that is done");
    await open(page, `${applicants}/ledger`);
    assert.match(await page.locator("#share .status-met").innerText(), /45,45/u, "5 of 11 million");
    await axeInBothThemes(page, "the ledger");
    await press(page, page.locator(`nav.tabs a[href="${applicants}/budget"]`));
    await page.fill('input[name="new-package"]', "Pilotage");
    await press(page, page.locator('button[value="add-package"]'));
    await page.locator(`[name="amount.1.goods.${members[0]}"]`).fill("1600000");
    await press(page, page.locator('button[form="budget"][value="save"]'));
    assert.match(await page.locator("#live .budget-sums").innerText(), /1\s600\s000/u);
    await axeInBothThemes(page, "the budget");
    await open(page, applicants);
    assert.equal(await page.locator('select[name="stage"]').inputValue(), "stage-2");

    // Who takes part sees both sides now, and signs what the draft says of it; then it is submitted, and stays together.
    await open(page, `${applicants}/partners`);
    await page.fill('#signoff input[name="due_on"]', later());
    await press(page, page.locator(`form[action="${applicants}/signoff"] button`));
    await open(partner, workspace);
    assert.ok((await partner.locator("main").innerHTML()).includes(payers[0]), "both sides are seen");
    await press(partner, partner.locator('#signoff button[value="signed"]'));
    assert.match(await partner.locator("#signoff").innerText(), /Validé/);
    await open(page, `${applicants}/partners`);
    const signed = page.locator("#signoff tr", { hasText: /Institut National de la Santé/i });
    assert.match(await signed.innerText(), /Validé/);
    await open(page, `${applicants}/outcome`);
    const form = page.locator(`form[action="${applicants}/outcome"]`);
    await form.locator('input[name="submitted_on"]').fill(new Date().toISOString().slice(0, 10));
    await form.locator('select[name="stage"]').selectOption("stage-2");
    await press(page, form.locator('button[type="submit"]'));
    await open(page, `${applicants}/merger`);
    assert.match(await page.locator("#together").innerText(), /ne peut plus être annulée/, "what was submitted stays together");
    assert.equal(await page.locator('form[action$="/undo"]').count(), 0);

    await open(other, `${industry}/merger`);
    assert.ok((await other.locator("#merged").innerText()).includes(`Candidats ${mark}`));
    await axeInBothThemes(other, "where an industry draft went");
    await open(other, industry);
    assert.equal(await other.locator('button[value="save"]').count(), 0, "a closed draft is read only");

    const walked = [
      [page, [applicants, `${applicants}/budget`, `${applicants}/ledger`, `${applicants}/merger`]],
      [partner, [workspace, `${workspace}/ledger`]],
      [other, [industry, `${industry}/ledger`, `${industry}/merger`]],
    ];
    for (const [of, paths] of walked) {
      await of.setViewportSize(NARROW);
      for (const path of paths) {
        await open(of, path);
        await settled(of);
        await fits(of, path);
      }
    }
  },
};
