// People with an account: coming in, passkeys with a virtual authenticator, a provider of identities, tokens.
import assert from "node:assert/strict";
import { NARROW } from "../lib/browser.mjs";
import { axeInBothThemes, fits, framed, open, settled } from "../lib/checks.mjs";
import { comeIn, device, forget, invite, named } from "../lib/accounts.mjs";
import { routes } from "../routes.mjs";

export const stories = {
  "somebody invited comes in, makes a passkey, and signs in by it": async ({ visit, base }) => {
    const { page, troubles } = await visit();
    const here = named(base);
    await page.goto(new URL(routes.signIn, here).href);
    await framed(page, "fr");
    await axeInBothThemes(page, "signing in");
    const email = `ada-${Date.now()}@institute.example`;
    await page.goto(new URL(invite(email, "project_officer"), here).href);
    await framed(page, "fr");
    await axeInBothThemes(page, "an invitation");
    await page.locator('input[name="name"]').fill("Ada Example");
    await Promise.all([page.waitForEvent("load"), page.locator('main form button[type="submit"]').click()]);
    await page.goto(new URL(routes.account, here).href);
    await framed(page, "fr");
    await axeInBothThemes(page, "my account");
    // After axe: whose own way to the browser, when it ends, takes the device along.
    const ring = await device(page);
    const form = page.locator('form[data-ceremony="register"]');
    await form.locator('input[name="label"]').fill("Ordinateur du bureau");
    await Promise.all([page.waitForURL(/passkey-made/), form.locator("button").click()]);
    assert.equal(await ring.keys(), 1, "the device keeps one passkey");
    assert.ok((await page.locator("main").innerText()).includes("Ordinateur du bureau"), "the passkey is listed by its name");

    await page.locator(".account summary").click();
    await Promise.all([page.waitForEvent("load"), page.locator('.account form[action="/sign-out"] button').click()]);
    await page.goto(new URL(`${routes.signIn}?back=/account`, here).href);
    await Promise.all([page.waitForURL((url) => url.pathname === "/account"), page.locator('form[data-ceremony="sign-in"] button').click()]);
    await settled(page);
    assert.ok((await page.locator("main").innerText()).includes(email), "nothing was typed, and it is Ada");

    await page.locator('form[action*="/passkeys/"] button').first().click();
    await Promise.all([page.waitForURL(/passkey-removed/), page.locator("dialog.confirm button.button-danger").click()]);
    await page.locator(".account summary").click();
    await Promise.all([page.waitForEvent("load"), page.locator('.account form[action="/sign-out"] button').click()]);
    await page.goto(new URL(routes.signIn, here).href);
    await page.locator('form[data-ceremony="sign-in"] button').click();
    await page.locator("[data-trouble]").waitFor();
    assert.ok(page.url().includes("/sign-in"), "a passkey that was taken away opens nothing");
    // The browser tells a refusal a moment after its answer came.
    await page.waitForTimeout(500);
    forget(troubles, "403");
  },

  "an account elsewhere is linked only after its owner confirmed it here": async ({ visit }) => {
    const { page, troubles } = await visit();
    const who = `grace-${Date.now()}`;
    await comeIn(page, `${who}@institute.example`, "Grace Example");
    const elsewhere = async (login) => {
      await page.locator('input[name="login"]').fill(login);
      await page.locator('input[name="password"]').fill("anything");
      await page.locator('button[type="submit"]').click();
      await page.locator('button[type="submit"]').click();
    };
    await open(page, routes.account);
    await page.locator('a[href^="/sign-in/with/campus"]').click();
    await elsewhere(`unverified-${who}`);
    await page.waitForURL(/\/account\/identities/);
    const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
    await page.locator("main form button").click();
    assert.equal((await refused).status(), 403, "an address that nobody verified links nothing");

    const other = await visit();
    await open(other.page, routes.signIn);
    await other.page.locator('a[href^="/sign-in/with/campus"]').click();
    await other.page.locator('input[name="login"]').fill(who);
    await other.page.locator('input[name="password"]').fill("anything");
    await other.page.locator('button[type="submit"]').click();
    await other.page.locator('button[type="submit"]').click();
    await other.page.waitForURL(/\/sign-in/);
    assert.equal(await other.page.locator(".rail").count(), 0, "a verified address alone opens no account");

    // Another person at the provider: its session there is over.
    await page.context().clearCookies({ domain: "127.0.0.1", name: /^_/ });
    await open(page, routes.account);
    await page.locator('a[href^="/sign-in/with/campus"]').click();
    await elsewhere(who);
    await page.waitForURL(/\/account\/identities/);
    await framed(page, "fr");
    await axeInBothThemes(page, "linking an account");
    await Promise.all([page.waitForURL(/identity-linked/), page.locator("main form button").click()]);

    await other.page.goto(routes.signIn);
    await other.page.locator('a[href^="/sign-in/with/campus"]').click();
    await other.page.waitForURL((url) => url.port === new URL(page.url()).port && url.pathname === "/");
    assert.ok((await other.page.locator(".account .menu-person").textContent()).includes("Grace Example"), "linked, it signs in");
    // The refusal above: told by now.
    forget(troubles, "403");
    // The provider's own pages ask for a font from elsewhere and for an icon that it has not.
    forget(troubles, "/interaction/");
    forget(other.troubles, "/interaction/");
  },

  "accounts fit a phone, and an administrator sees people and letters": async ({ visit }) => {
    const { page } = await visit({ viewport: NARROW });
    await comeIn(page, `head-${Date.now()}@medicen.example`, "Kim Example", "instance_administrator");
    for (const place of [routes.account, routes.people_of, routes.letters]) {
      await open(page, place);
      await framed(page, "fr");
      await settled(page);
      await fits(page, place);
      await axeInBothThemes(page, place);
    }
    await page.locator("main table a").first().click();
    await settled(page);
    await fits(page, "a letter");
    await axeInBothThemes(page, "a letter");
  },
};
