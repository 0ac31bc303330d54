import assert from "node:assert/strict";
import { test } from "node:test";
import { type Body, placeNames, type Spring, settle } from "../src/drawing/layout";

/** A star of `count` nodes with a ring around it. */
function network(count: number): { bodies: Body[]; springs: Spring[] } {
  const bodies = Array.from({ length: count }, (_, index) => ({ radius: index === 0 ? 20 : 5 + (index % 7), focus: index === 0, x: 0, y: 0 }));
  const springs = bodies.slice(1).flatMap((_, index) => [
    { source: 0, target: index + 1, strength: 1 / (index + 1) },
    { source: index + 1, target: ((index + 1) % (count - 1)) + 1, strength: 0.2 },
  ]);
  return { bodies, springs };
}

for (const [count, width, height] of [[2, 300, 200], [12, 328, 288], [40, 700, 352], [150, 1000, 500]] as const) {
  test(`${count} nodes stay in ${width} x ${height} and use it`, () => {
    const { bodies, springs } = network(count);
    settle(bodies, springs, width, height, 30);
    for (const { x, y, radius } of bodies) {
      assert.ok(x >= radius && x <= width - radius, `x ${x} of a circle of ${radius}`);
      assert.ok(y >= radius && y <= height - radius, `y ${y} of a circle of ${radius}`);
    }
    const spread = Math.max(...bodies.map(({ x }) => x)) - Math.min(...bodies.map(({ x }) => x));
    assert.ok(spread > width * 0.6, `the drawing is ${spread} wide`);
  });
}

test("the same network is always drawn the same", () => {
  const [first, second] = [network(30), network(30)];
  settle(first.bodies, first.springs, 600, 400, 30);
  settle(second.bodies, second.springs, 600, 400, 30);
  assert.deepEqual(first.bodies, second.bodies);
});

test("circles do not lie on each other when there is room", () => {
  const { bodies, springs } = network(40);
  settle(bodies, springs, 900, 500, 40);
  for (const [index, a] of bodies.entries()) {
    for (const b of bodies.slice(index + 1)) {
      assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > a.radius + b.radius - 1, "two circles meet");
    }
  }
});

test("names keep clear of circles, of each other and of the edge; the focus is named", () => {
  const { bodies, springs } = network(40);
  settle(bodies, springs, 700, 352, 40);
  const names = bodies.map((_, index) => `Organisation ${index}`);
  const sides = placeNames(bodies, names, bodies.map((_, index) => index), 700, 352, 20);
  assert.ok(sides.has(0), "the picture's own organisation has its name");
  assert.ok(sides.size > 5 && sides.size <= 20, `${sides.size} names`);
  for (const [index, side] of sides) {
    const { x, radius } = bodies[index]!;
    if (side === "right") assert.ok(x + radius + names[index]!.length * 6.7 <= 700);
    if (side === "left") assert.ok(x - radius - names[index]!.length * 6.7 >= 0);
  }
});
