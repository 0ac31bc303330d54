// Becoming one of the demonstration people, as a visitor does it: by the buttons of the page.
import assert from "node:assert/strict";
import { routes } from "../routes.mjs";

/** The place of each role among the demonstration people, by the beginning of its words in either language. */
export const ROLES = {
  officer: /^(Chargée? de projets|Project officer)/,
  member: /^(Adhérente?|Membre|Member)/,
  support: /^(Groupe d’appui|Point de contact|Support group|National contact)/,
  organiser: /^(Organisat|Event organiser)/,
  region: /^(Région|Region)/,
  administrator: /^(Administrat)/,
};

/** Takes the role; ends on the page that the role begins with. */
export async function become(page, role) {
  await page.goto(routes.people);
  const button = page.locator("main .persona").filter({ has: page.locator(".persona-role", { hasText: ROLES[role] }) });
  assert.equal(await button.count(), 1, `one demonstration person is a ${role}`);
  await Promise.all([page.waitForEvent("load"), button.click()]);
  assert.equal(await page.locator(".rail a, .dock a").count() > 0, true, "a person has sections to go to");
}
