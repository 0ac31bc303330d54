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
export async function comeIn(page, email, name = "Ada Example", role = "reader") {
  await page.goto(invite(email, role));
  await page.locator('input[name="name"]').fill(name);
  await Promise.all([page.waitForNavigation(), page.locator('main form button[type="submit"]').click()]);
}
