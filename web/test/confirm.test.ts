import assert from "node:assert/strict";
import { test } from "node:test";
import { question } from "../src/frame/question";

/** A form as far as the question looks at it. */
const form = (confirm: string | undefined, asked: boolean) =>
  ({ dataset: { confirm }, querySelector: () => (asked ? {} : null) }) as unknown as HTMLFormElement;

test("a form is asked about once, and only where it has a sentence", () => {
  assert.equal(question(form("Erase everything?", false)), "Erase everything?");
  assert.equal(question(form("Erase everything?", true)), undefined);
  assert.equal(question(form("  ", false)), undefined);
  assert.equal(question(form(undefined, false)), undefined);
});
