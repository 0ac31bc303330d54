import assert from "node:assert/strict";
import { test } from "node:test";
import { scale } from "../src/drawing/scale";
import { sortKey } from "../src/islands/sort-key";

test("an axis has few round steps and holds the largest value", () => {
  assert.deepEqual(scale(24, true), [0, 10, 20, 30]);
  assert.deepEqual(scale(1, true), [0, 1]);
  assert.deepEqual(scale(0, true), [0, 1]);
  for (const most of [0.3, 1, 3, 7, 19, 42, 999, 1_234_567]) {
    const ticks = scale(most, most >= 1);
    assert.ok((ticks.at(-1) ?? 0) >= most && ticks.length <= 5, `${most}: ${ticks.join(" ")}`);
    if (most >= 1) assert.ok(ticks.every(Number.isInteger), `counts have whole steps: ${ticks.join(" ")}`);
  }
});

test("figures are sorted as figures in both languages, words as words", () => {
  assert.equal(sortKey("1\u202f234\u202f567\u00a0€"), 1_234_567);
  assert.equal(sortKey("€1,234,567.50"), 1_234_567.5);
  assert.equal(sortKey("32,8\u202f%"), 32.8);
  assert.equal(sortKey("\u22124"), -4);
  assert.equal(sortKey(" 0 "), 0);
  assert.equal(sortKey(""), "");
  assert.equal(sortKey("3M"), "3M");
  assert.equal(sortKey("Institut Pasteur"), "Institut Pasteur");
});
