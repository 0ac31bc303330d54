// A person and what is held about them, from the invitation to the erasure. The story is recorded: what was done, with a
// picture of every step, lies in results/rights-PERSON.zip afterwards (npx playwright show-trace FILE).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { axe, axeInBothThemes, fits, framed, open, settled } from "../lib/checks.mjs";
import { NARROW } from "../lib/browser.mjs";
import { comeIn, device, forget, invite, named } from "../lib/accounts.mjs";
import { routes } from "../routes.mjs";

/** Follows what a visitor does, picture by picture. */
async function recorded(guest, results, who) {
  await guest.context.tracing.start({ screenshots: true, snapshots: true, title: `rights: ${who}` });
  return () => guest.context.tracing.stop({ path: join(results, `rights-${who}.zip`) });
}

/** Sends a form and waits for the page that follows. */
const send = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

/** The address of the one organisation that is called so. */
async function organisation(page, at, name) {
  await open(page, at(`${routes.organisations}?q=${encodeURIComponent(name)}`));
  const href = await page.locator("main a", { hasText: name }).first().getAttribute("href");
  return new URL(href, page.url()).pathname.split("/").pop();
}

/** What a page shows, as text. */
const shown = async (page, path) => {
  await open(page, path);
  return page.locator("main").innerText();
};

export const stories = {
  "somebody is invited, claims, shows, asks, is erased, and the trail tells of it": async ({ visit, base, results }) => {
    const here = named(base);
    const mark = Date.now();
    const name = `Ada Rivoire ${mark}`;
    const email = `ada-${mark}@inserm.fr`;
    const ada = await visit();
    const { page } = ada;
    const ended = [await recorded(ada, results, "person")];
    const at = (path) => new URL(path, here).href;

    // Invited as somebody who may only read, with a passkey from the first day.
    await page.goto(at(invite(email, "reader")));
    await page.locator('input[name="name"]').fill(name);
    await send(page, page.locator('main form button[type="submit"]'));
    await open(page, at(routes.account));
    const ring = await device(page);
    const form = page.locator('form[data-ceremony="register"]');
    await form.locator('input[name="label"]').fill("Téléphone");
    await Promise.all([page.waitForURL(/passkey-made/), form.locator("button").click()]);
    assert.equal(await ring.keys(), 1);

    // The domain of her address proves that she speaks for the institute.
    const institute = await organisation(page, at, "Institut National de la Santé et de la Recherche Médicale");
    await open(page, at(routes.organisation(institute)));
    await Promise.all([page.waitForURL(/claim-proved/), page.locator('form[action$="/claim"] button').click()]);
    await page.locator(".account summary").click();
    await send(page, page.locator('form[action="/account/role"] button', { hasText: "Institut National" }));

    // She shows her name to all who act for the cluster, her address to its team: the page says so before and after.
    await open(page, at(routes.ownContact(institute)));
    await framed(page, "fr");
    await page.locator('select[name="name_audience"]').selectOption("members");
    await page.locator('select[name="email_audience"]').selectOption("team");
    assert.match(await page.locator('select[name="email_audience"] option:checked').innerText(), /équipe de Medicen/);
    await send(page, page.locator('main form.form button[type="submit"]'));

    const officer = await visit();
    await comeIn(officer.page, `officer-${mark}@medicen.example`, "Camille Exemple", "project_officer");
    const reader = await visit();
    await comeIn(reader.page, `reader-${mark}@medicen.example`, "Dominique Exemple", "reader");
    const stranger = await visit();
    await comeIn(stranger.page, `stranger-${mark}@lyonbiopole.example`, "Sacha Exemple", "project_officer", "lyonbiopole");
    const record = routes.organisation(institute);
    const sees = async (guest) => {
      const text = await shown(guest.page, record);
      return [text.includes(name), text.includes(email)];
    };
    assert.deepEqual(await sees(officer), [true, true], "the team sees name and address");
    assert.deepEqual(await sees(reader), [true, false], "who acts for the cluster sees the name only");
    assert.deepEqual(await sees(stranger), [false, false], "another cluster sees nothing");
    // The officer takes a copy away: the erasure will have to follow it.
    const [copy] = await Promise.all([
      officer.page.waitForEvent("download"),
      officer.page.evaluate(() => { location.href = "/contacts/export?format=csv"; }),
    ]);
    assert.match(copy.suggestedFilename(), /\.csv$/);

    // She reads everything that is held about her, takes it along, and asks to be erased.
    await open(page, at(routes.myData));
    await framed(page, "fr");
    const held = await page.locator("main").innerText();
    for (const expected of [name, email, "Camille Exemple"]) assert.ok(held.includes(expected), `${expected} is told`);
    const file = await page.request.get(at("/my-data/file"));
    assert.equal(file.status(), 200);
    assert.ok(JSON.stringify(await file.json()).includes(email), "the file holds what the page shows");
    await page.locator('input[name="kind"][value="erasure"]').check();
    await send(page, page.locator('section[aria-labelledby="ask"] button'));
    assert.match(await page.locator("main").innerText(), /Effacement/);

    // The desk answers.
    const head = await visit();
    ended.push(await recorded(head, results, "desk"));
    await comeIn(head.page, `head-${mark}@medicen.example`, "Claude Exemple", "instance_administrator");
    await open(head.page, routes.requests);
    await framed(head.page, "fr");
    await axeInBothThemes(head.page, "requests about personal data");
    await head.page.locator("main tr", { hasText: name }).locator("a").first().click();
    await settled(head.page);
    await axeInBothThemes(head.page, "a request about personal data");
    const request = head.page.url();
    const answer = head.page.locator("form", { has: head.page.locator('input[name="step"][value="answer"]') });
    if ((await answer.count()) === 0) {
      await send(head.page, head.page.locator("form", { has: head.page.locator('input[name="step"][value="take"]') }).locator("button"));
    }
    // Asked first: Escape and the way back change nothing, Enter by itself neither; the button says what it does.
    const erase = answer.locator('button[type="submit"]');
    const asked = head.page.locator("dialog.confirm");
    const before = head.page.url();
    for (const leave of [() => head.page.keyboard.press("Escape"), () => head.page.keyboard.press("Enter")]) {
      await erase.click();
      await asked.waitFor();
      assert.equal(await asked.locator("p").innerText(), await answer.getAttribute("data-confirm"));
      assert.ok(await asked.evaluate((dialog) => dialog.contains(document.activeElement)), "the focus is inside");
      await leave();
      await asked.waitFor({ state: "detached" });
      assert.ok(await erase.evaluate((button) => button === document.activeElement), "the focus is where it was");
    }
    assert.equal(head.page.url(), before, "nothing was sent");
    await erase.click();
    await axe(head.page, "the question before an erasure");
    await send(head.page, asked.getByRole("button", { name: "Effacer", exact: true }));
    assert.doesNotMatch(await shown(head.page, request), new RegExp(`${name}|${email}`), "the request goes on without the data");

    // She is gone: signed out, her passkey opens nothing, and nobody sees her any more.
    const gone = await page.goto(at(routes.account));
    assert.equal(gone.status(), 401, "her session is over");
    await open(page, at(routes.signIn));
    await page.locator('form[data-ceremony="sign-in"] button').click();
    await page.locator("[data-trouble]").waitFor();
    await page.waitForTimeout(500);
    for (const status of ["401", "403", "404"]) forget(ada.troubles, status);
    assert.deepEqual(await sees(officer), [false, false], "the record has lost her");

    // Who had taken a copy is told; the trail tells what was done, not about whom, and still holds.
    const letters = await shown(head.page, routes.letters);
    assert.ok(letters.includes(`officer-${mark}@medicen.example`), "who received a copy is written to");
    const trail = await shown(head.page, routes.trail);
    assert.ok(!trail.includes(name) && !trail.includes(email), "nothing about her in the trail");
    assert.match(trail, /Demande répondue/);
    assert.match(trail, /Organisation revendiquée/);
    const examined = execFileSync(process.env.CORRIDOR_PROGRAM, ["doctor"], { encoding: "utf8" });
    assert.match(examined, /trail/i);
    for (const stop of ended) await stop();
  },

  "what is run and what is held about people fits a phone": async ({ visit }) => {
    const { page } = await visit({ viewport: NARROW });
    await comeIn(page, `all-${Date.now()}@medicen.example`, "Kim Exemple", "instance_administrator");
    const pages = [
      ...["", "/jobs", "/imports", "/clusters", "/clusters/new", "/clusters/medicen", "/trail"].map((path) => `/administration${path}`),
      ...["/my-data", "/my-data/consents", "/privacy", "/account"],
      ...["/data-requests", "/data-requests/new", "/register-of-processing", "/legal-bases", "/retention"],
    ];
    for (const path of pages) {
      await open(page, path);
      await framed(page, "fr");
      await settled(page);
      await fits(page, path);
      await axeInBothThemes(page, path);
    }
    await Promise.all([page.waitForEvent("load"), page.locator("main table a").first().click()]);
    await settled(page);
    await fits(page, "a period");
    await axeInBothThemes(page, "a period");
  },

  "contacts, notes and alliances of a team fit a phone": async ({ visit }) => {
    const { page } = await visit({ viewport: NARROW });
    await comeIn(page, `team-${Date.now()}@medicen.example`, "Kim Exemple", "cluster_administrator");
    await open(page, `${routes.organisations}?cluster=medicen`);
    const record = new URL(await page.locator("main .result a").first().getAttribute("href"), page.url()).pathname;
    await open(page, `${record}/contacts/new`);
    await framed(page, "fr");
    await settled(page);
    await fits(page, "a contact");
    await axeInBothThemes(page, "a contact");
    await page.locator('input[name="name"]').fill("Alix Exemple");
    await page.locator('input[name="email"]').fill("alix@laboratoire.example");
    await page.locator('select[name="known_by"]').selectOption({ index: 1 });
    await send(page, page.locator('main form.form button[type="submit"]'));
    assert.match(await page.locator("#contacts").innerText(), /visible par l’équipe de Medicen/i, "the page says who sees it");
    await open(page, `${record}/notes/new`);
    await page.locator("main textarea").fill("Souhaite répondre à deux appels cette année.");
    await send(page, page.locator('main form.form button[type="submit"]'));
    for (const path of [record, "/contacts", "/contacts?q=alix", `${record}/notes/new`, "/administration/alliances", "/people", "/administration"]) {
      await open(page, path);
      await framed(page, "fr");
      await settled(page);
      await fits(page, path);
      await axeInBothThemes(page, path);
    }
  },
};
