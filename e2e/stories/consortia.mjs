// Who takes part in a draft from outside the team: interest, invitation, answer, own part, sign-off.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { NARROW } from "../lib/browser.mjs";
import { axe, axeInBothThemes, fits, framed, open, settled } from "../lib/checks.mjs";
import { become } from "../lib/people.mjs";

const TOPIC = "HORIZON-HLTH-2027-01-DISEASE-08";

/** A day some weeks ahead, as forms take it. */
const later = () => new Date(Date.now() + 20 * 24 * 3600 * 1000).toISOString().slice(0, 10);

/** Presses a button that leads to another page: a loaded one, for an address that is only rewritten is none. */
const press = (page, selector) => Promise.all([page.waitForEvent("load"), page.locator(selector).first().click()]);

export const stories = {
  "a team that is not proved yet is searched on, and its summary leaves as PDF": async ({ visit }) => {
    const { page } = await visit();
    await become(page, "officer");
    // No time at all: the answer has to be searched for while one looks on.
    await open(page, `/consortia/proposal?topic=${TOPIC}&least=4&most=6&patience=0`);
    await framed(page, "fr");
    await axeInBothThemes(page, "a team that is not proved");
    await page.locator("[data-start]").click();
    await page.locator("#answer .proof .status-met").waitFor();
    assert.match(await page.locator("#answer .proof").innerText(), /Optimum prouvé/);
    assert.match(await page.locator("[data-status]").innerText(), /terminée/);
    assert.ok((await page.locator("#rules .verdict").count()) > 2, "the rules are read of the new team");
    await axe(page, "a search that has ended");
    await press(page, '#answer form[action="/consortia"] button');
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator('a[href$="/export/pdf"]').click(),
    ]);
    const bytes = await readFile(await download.path());
    assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
  },

  "a partner answers, fills in its part and signs off": async ({ visit }) => {
    const officer = (await visit()).page;
    await become(officer, "officer");
    await open(officer, "/consortia/new");
    await officer.fill("#blank-name", "Essai");
    await officer.selectOption("#blank-instrument", "horizon-europe-ria");
    await press(officer, 'main form[action="/consortia"] button[type="submit"]');
    const sheet = new URL(officer.url()).pathname;
    const id = sheet.split("/").pop();
    const partners = `${sheet}/partners`;
    await press(officer, `nav.tabs a[href="${partners}"]`);
    await axeInBothThemes(officer, "the partners of a draft");
    await framed(officer, "fr");
    await open(officer, partners);

    // The team says what it looks for; an organisation answers.
    const mark = `Zq${Date.now()}`;
    await officer.locator("#opening summary").click();
    await officer.fill('textarea[name="words"]', `A partner who knows ${mark}`);
    await officer.fill('input[name="open_until"]', later());
    await officer.selectOption('select[name="audience"]', "members");
    await press(officer, `form[action="${sheet}/opening"] button`);
    const member = (await visit()).page;
    await become(member, "member");
    await open(member, "/interests");
    await axeInBothThemes(member, "consortia looking for partners");
    await press(member, `a[href="/interests/${id}"]`);
    await member.fill('textarea[name="message"]', `We know ${mark}`);
    await press(member, `form[action="/interests/${id}"] button`);
    await axeInBothThemes(member, "an opening that was answered");
    const early = await member.request.get(`/workspaces/${id}`);
    assert.equal(early.status(), 404, "interest alone is no seat");

    // Declined with a sentence, then invited all the same.
    await open(officer, partners);
    const interested = officer.locator("#interests .exchange", { hasText: mark });
    const organisation = (await interested.locator('h3 a').getAttribute("href")).split("/").pop();
    await interested.locator('input[name="words"]').fill("Pas ainsi ; voyez notre invitation");
    await Promise.all([officer.waitForEvent("load"), interested.locator('button[value="decline"]').click()]);
    await open(officer, `${partners}/invite?organisation_id=${organisation}`);
    await axeInBothThemes(officer, "the form of an invitation");
    await officer.fill('input[name="answer_by"]', later());
    await officer.fill('textarea[name="message"]', `Because you know ${mark}`);
    await press(officer, `form[action="${partners}/invite"] button`);
    assert.match(await officer.locator("#partners").innerText(), /Sans réponse/);

    await open(member, "/");
    assert.ok((await member.locator("#partner").count()) > 0, "Today tells who is invited");
    await open(member, "/workspaces");
    await axeInBothThemes(member, "the workspaces of a partner");
    const offer = member.locator("section.exchange", { hasText: mark });
    await Promise.all([member.waitForEvent("load"), offer.locator('button[value="yes"]').click()]);
    assert.equal(new URL(member.url()).pathname, `/workspaces/${id}`);

    // Its own lines, then its signature; a change of what concerns it voids that.
    await member.fill(`input[name="requested-${organisation}"]`, "250 000");
    await press(member, '#own button[type="submit"]');
    await axeInBothThemes(member, "the page of a partner");
    await framed(member, "fr");
    await open(officer, partners);
    await officer.fill('#signoff input[name="due_on"]', later());
    await press(officer, `form[action="${sheet}/signoff"] button`);
    await open(member, `/workspaces/${id}`);
    await press(member, '#signoff button[value="signed"]');
    assert.match(await member.locator("#signoff").innerText(), /Validé/);
    await open(officer, partners);
    assert.match(await officer.locator("#signoff table").innerText(), /Validé/);
    await axeInBothThemes(officer, "the sign-off of a draft");
    await open(officer, sheet);
    await officer.fill(`input[name="requested-${organisation}"]`, "1");
    await press(officer, 'button[form="sheet"][value="save"]');
    await open(officer, partners);
    assert.match(await officer.locator("#signoff table").innerText(), /caduque/);

    // What is said and to be done: a task and a thread for the partner, its answer, the dates of both.
    const discussion = `${sheet}/discussion`;
    await open(officer, discussion);
    await officer.locator("#tasks summary").last().click();
    await officer.fill('#tasks input[name="what"]', `Envoyer la lettre ${mark}`);
    await officer.selectOption('#tasks select[name="whose"]', `organisation:${organisation}`);
    await officer.fill('#tasks input[name="due_on"]', later());
    await press(officer, `form[action="${sheet}/tasks"] button`);
    await officer.fill('#comments textarea[name="text"]', `Pour l’équipe seulement ${mark}`);
    await press(officer, `form[action="${discussion}"] button`);
    await officer.fill('#comments textarea[name="text"]', `Une question au partenaire ${mark}`);
    await officer.selectOption('#comments select[name="audience"]', `partner:${organisation}`);
    await press(officer, `form[action="${discussion}"] button`);
    await axeInBothThemes(officer, "the discussion of a draft");
    await framed(officer, "fr");
    await open(member, `/workspaces/${id}/discussion`);
    const theirs = await member.locator("main").innerText();
    assert.ok(theirs.includes(`Une question au partenaire ${mark}`) && !theirs.includes("Pour l’équipe seulement"));
    await member.locator(".thread summary").first().click();
    await member.locator('.thread textarea[name="text"]').first().fill("Bien volontiers");
    await Promise.all([member.waitForEvent("load"), member.locator(".thread form .form-acts button").first().click()]);
    await press(member, `#tasks form[action^="/workspaces/${id}/tasks/"] button`);
    assert.match(await member.locator("#tasks table").innerText(), /Fait/);
    await axeInBothThemes(member, "the discussion of a partner");
    await open(officer, discussion);
    assert.match(await officer.locator("#comments").innerText(), /Bien volontiers/);
    await open(officer, `${sheet}/calendar`);
    await officer.fill('#milestone input[name="name"]', "Réunion de lancement");
    await officer.fill('#milestone input[name="day"]', later());
    await press(officer, `form[action="${sheet}/calendar"] button`);
    assert.match(await officer.locator("#coming").innerText(), /Réunion de lancement/);
    await axeInBothThemes(officer, "the calendar of a draft");

    // What a partner keeps of itself: its size, a document, its lines; and what became of the draft.
    const desk = `/workspaces/${id}`;
    const year = member.locator(`form[action="${desk}/figures"]`);
    await open(member, `${desk}/figures`);
    for (const [name, value] of Object.entries({ year: "2025", headcount: "12", turnover: "1,2 M", source: "Comptes annuels", stated_on: "2026-06-30" })) {
      await year.locator(`[name="${name}"]`).fill(value);
    }
    await press(member, `form[action="${desk}/figures"] button`);
    assert.match(await member.locator("#years table").innerText(), /1\s200\s000/u);
    await axeInBothThemes(member, "the size of a partner");
    await press(member, `form[action="${desk}/figures/remove"] button`);
    await open(member, `${desk}/documents`);
    await member.selectOption('#add select[name="kind"]', { index: 1 });
    await member.fill('#add input[name="title"]', `Statuts ${mark}`);
    await member.fill('#add input[name="link"]', "https://institute.example/statuts");
    await press(member, '#add button[type="submit"]');
    assert.ok((await member.locator("#documents table").innerText()).includes(`Statuts ${mark}`));
    for (const part of ["documents", "budget", "outcome", "calendar"]) {
      await open(member, `${desk}/${part}`);
      await framed(member, "fr");
      await axeInBothThemes(member, `the ${part} of a partner`);
    }
    await open(officer, `${sheet}/documents`);
    assert.ok((await officer.locator("#documents table").innerText()).includes(`Statuts ${mark}`));
    await axeInBothThemes(officer, "the documents of a draft");

    const phone = await visit({ viewport: NARROW });
    await become(phone.page, "officer");
    const ofTeam = [sheet, partners, `${partners}/invite?organisation_id=${organisation}`, `${sheet}/documents`, discussion, `${sheet}/calendar`];
    for (const narrow of [...ofTeam, "/consortia"]) {
      await open(phone.page, narrow);
      await settled(phone.page);
      await fits(phone.page, narrow);
      await axe(phone.page, `${narrow} at 360 px`);
    }
    const held = await visit({ viewport: NARROW });
    await become(held.page, "member");
    const own = ["", "/documents", "/figures", "/budget", "/discussion", "/calendar", "/outcome"].map((part) => `${desk}${part}`);
    for (const narrow of ["/workspaces", ...own, "/interests"]) {
      await open(held.page, narrow);
      await settled(held.page);
      await fits(held.page, narrow);
      await axe(held.page, `${narrow} at 360 px`);
    }
  },
};
