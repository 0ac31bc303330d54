/** Where the nodes of a network go: forces first, then the room there is, then names where they fit. Nothing is random. */

export interface Body {
  /** Radius in pixels. */
  radius: number;
  /** Kept near the middle. */
  focus: boolean;
  x: number;
  y: number;
}
export interface Spring {
  source: number;
  target: number;
  /** Of 1. */
  strength: number;
}

/** Angle between one node and the next at the start: the golden angle spreads any number of them evenly. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Moves the bodies to their places in a room of `width` by `height`, `margin` away from its edges. */
export function settle(bodies: Body[], springs: Spring[], width: number, height: number, margin: number): void {
  const count = bodies.length;
  if (count === 0) return;
  bodies.forEach((body, index) => {
    const radius = body.focus ? 0 : 0.2 + 0.8 * Math.sqrt((index + 1) / count);
    body.x = radius * Math.cos(index * GOLDEN);
    body.y = radius * Math.sin(index * GOLDEN);
  });
  // Fruchterman and Reingold, in a unit disc; fewer rounds for large networks, which settle coarsely anyway.
  const ideal = 1.6 / Math.sqrt(count);
  const rounds = Math.max(60, Math.min(300, Math.round(30_000 / count)));
  for (let round = 0; round < rounds; round += 1) {
    const heat = 0.12 * (1 - round / rounds) + 0.002;
    const push = bodies.map(() => ({ x: 0, y: 0 }));
    for (let a = 0; a < count; a += 1) {
      for (let b = a + 1; b < count; b += 1) {
        const [p, q] = [bodies[a]!, bodies[b]!];
        const [dx, dy] = [p.x - q.x || 1e-4 * (a + 1), p.y - q.y || 1e-4];
        const square = dx * dx + dy * dy;
        const force = (ideal * ideal) / square;
        push[a]!.x += dx * force;
        push[a]!.y += dy * force;
        push[b]!.x -= dx * force;
        push[b]!.y -= dy * force;
      }
    }
    for (const { source, target, strength } of springs) {
      const [p, q] = [bodies[source]!, bodies[target]!];
      const [dx, dy] = [p.x - q.x, p.y - q.y];
      const force = (Math.hypot(dx, dy) / ideal) * (0.08 + 0.5 * strength);
      push[source]!.x -= dx * force;
      push[source]!.y -= dy * force;
      push[target]!.x += dx * force;
      push[target]!.y += dy * force;
    }
    bodies.forEach((body, index) => {
      if (body.focus) return;
      const { x, y } = push[index]!;
      // A light pull to the middle keeps separate parts on the page.
      const [fx, fy] = [x - body.x * 0.35, y - body.y * 0.35];
      const length = Math.hypot(fx, fy) || 1;
      const step = Math.min(length, heat);
      body.x += (fx / length) * step;
      body.y += (fy / length) * step;
    });
  }
  fill(bodies, width, height, margin);
  separate(bodies, width, height);
}

/** Stretches the drawing over the room. */
function fill(bodies: Body[], width: number, height: number, margin: number): void {
  const [xs, ys] = [bodies.map((body) => body.x), bodies.map((body) => body.y)];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  for (const body of bodies) {
    body.x = east > west ? margin + ((body.x - west) / (east - west)) * (width - 2 * margin) : width / 2;
    body.y = south > north ? margin + ((body.y - north) / (south - north)) * (height - 2 * margin) : height / 2;
  }
}

/** Pushes apart the circles that lie on each other. */
function separate(bodies: Body[], width: number, height: number): void {
  for (let round = 0; round < 24; round += 1) {
    let moved = false;
    for (let a = 0; a < bodies.length; a += 1) {
      for (let b = a + 1; b < bodies.length; b += 1) {
        const [p, q] = [bodies[a]!, bodies[b]!];
        const [dx, dy] = [q.x - p.x || 0.01, q.y - p.y];
        const distance = Math.hypot(dx, dy);
        const overlap = p.radius + q.radius + 3 - distance;
        if (overlap <= 0) continue;
        moved = true;
        const [sx, sy] = [(dx / distance) * (overlap / 2), (dy / distance) * (overlap / 2)];
        p.x -= sx;
        p.y -= sy;
        q.x += sx;
        q.y += sy;
      }
    }
    for (const body of bodies) {
      body.x = Math.min(width - body.radius - 2, Math.max(body.radius + 2, body.x));
      body.y = Math.min(height - body.radius - 2, Math.max(body.radius + 2, body.y));
    }
    if (!moved) return;
  }
}

export type Side = "right" | "left" | "top" | "bottom";

/** The side on which each name fits, most important first; a name that fits nowhere is left out. */
export function placeNames(bodies: Body[], names: string[], order: number[], width: number, height: number, most: number): Map<number, Side> {
  const boxes: Box[] = bodies.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const circles = boxes.length;
  const placed = new Map<number, Side>();
  for (const index of order) {
    if (placed.size >= most) break;
    const { x, y, radius } = bodies[index]!;
    const [w, h] = [nameWidth(names[index]!) + 6, 16];
    const candidates: [Side, Box][] = [
      ["right", { left: x + radius + 3, right: x + radius + 3 + w, top: y - h / 2, bottom: y + h / 2 }],
      ["left", { left: x - radius - 3 - w, right: x - radius - 3, top: y - h / 2, bottom: y + h / 2 }],
      ["bottom", { left: x - w / 2, right: x + w / 2, top: y + radius + 2, bottom: y + radius + 2 + h }],
      ["top", { left: x - w / 2, right: x + w / 2, top: y - radius - 2 - h, bottom: y - radius - 2 }],
    ];
    const inside = candidates.filter(([, box]) => box.left >= 2 && box.right <= width - 2 && box.top >= 2 && box.bottom <= height - 2);
    const free = inside.find(([, box]) => boxes.every((other, at) => at === index || !meet(box, other)));
    // The picture's own organisation is always named, over others' circles if it must be.
    const chosen = free ?? (bodies[index]!.focus ? inside.find(([, box]) => boxes.slice(circles).every((other) => !meet(box, other))) : undefined);
    if (!chosen) continue;
    placed.set(index, chosen[0]);
    boxes.push(chosen[1]);
  }
  return placed;
}

/** Roughly how wide a name is in pixels at the size of the pictures; legal names are often all capitals. */
function nameWidth(name: string): number {
  let width = 0;
  for (const letter of name) width += letter !== letter.toLowerCase() ? 8.6 : 6.7;
  return width;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
