// People with an account of their own, made as an administrator makes them: `corridor invite`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

/** Invites an address; returns the path that the letter leads to. */
export function invite(email, role = "reader", cluster = "medicen") {
  const { CORRIDOR_PROGRAM: program } = process.env;
  assert.ok(program, "CORRIDOR_PROGRAM names the program: .ci/end_to_end does");
  const where = role === "instance_administrator" ? [] : ["--cluster", cluster];
  const said = execFileSync(program, ["invite", email, "--role", role, ...where], { encoding: "utf8" });
  const link = said.split("\n").find((line) => line.includes("/invitations/"));
  assert.ok(link, `the invitation has a link: ${said}`);
  return new URL(link.trim()).pathname;
}

/** Comes in by an invitation; ends on the home page, signed in. */
export async function comeIn(page, email, name = "Ada Example", role = "reader", cluster = "medicen") {
  await page.goto(invite(email, role, cluster));
  await page.locator('input[name="name"]').fill(name);
  await Promise.all([page.waitForEvent("load"), page.locator('main form button[type="submit"]').click()]);
}

/** The same instance under the name of the machine: devices bind passkeys to names, never to numbers. */
export const named = (base) => base.replace("127.0.0.1", "localhost");

/** A device that has a key ring, confirms that it is its owner, and answers at once. */
export async function device(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    keys: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
  };
}

/** The browser itself logs the refusal that a story asks for. */
export function forget(troubles, status) {
  troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !trouble.includes(status)));
}
