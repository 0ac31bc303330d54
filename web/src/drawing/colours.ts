/** The design tokens as colours that a drawing library understands, for the theme in force. */
const canvas = document.createElement("canvas");
canvas.width = canvas.height = 1;
const pen = canvas.getContext("2d", { willReadFrequently: true });

/** The value of a colour token ("--ink") as #rrggbb. Tokens are oklch and light-dark(); only the browser can resolve them. */
export function token(name: string, within: HTMLElement): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  within.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  if (!pen) return resolved;
  pen.fillStyle = resolved;
  pen.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = pen.getImageData(0, 0, 1, 1).data;
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

export interface Palette {
  ink: string;
  muted: string;
  paper: string;
  sunken: string;
  rule: string;
  edge: string;
  accent: string;
  shares: string[];
  font: string;
}

export function palette(within: HTMLElement): Palette {
  return {
    ink: token("--ink", within),
    muted: token("--muted", within),
    paper: token("--paper", within),
    sunken: token("--sunken", within),
    rule: token("--rule", within),
    edge: token("--edge", within),
    accent: token("--accent", within),
    shares: [1, 2, 3, 4, 5, 6].map((n) => token(`--share-${n}`, within)),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** A mix of two #rrggbb colours; 0 is the first, 1 the second. */
export function mix(first: string, second: string, share: number): string {
  const parts = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [parts(first), parts(second)];
  return `#${a.map((value, index) => Math.round(value + ((b[index] ?? value) - value) * share).toString(16).padStart(2, "0")).join("")}`;
}
