/** What every picture does: fetch its data, say when there is none, and draw again when theme, width or filters change. */
import type { Kind } from "../contracts";
import { words } from "../words";

/** Draws `data` into `canvas`; what it returns undoes the drawing. */
export type Draw<Data> = (data: Data, canvas: HTMLElement, figure: HTMLElement) => void | (() => void) | Promise<void | (() => void)>;

/** Fills one `<figure class="picture">`. `isEmpty` tells data there is nothing to see in. */
export function picture<Data>(figure: HTMLElement, isEmpty: (data: Data) => boolean, draw: Draw<Data>): () => void {
  const canvas = figure.querySelector<HTMLElement>("[data-canvas]");
  const source = figure.dataset["src"];
  if (!canvas || !source) return () => undefined;
  let erase: void | (() => void);
  let data: Data | undefined;
  let turn = 0;

  const redraw = async (): Promise<void> => {
    if (data === undefined) return;
    erase?.();
    erase = undefined;
    canvas.replaceChildren();
    if (isEmpty(data)) return say(canvas, words.nothing);
    const drawn = await draw(data, canvas, figure);
    if (figure.isConnected) erase = drawn;
    else drawn?.();
  };
  const load = async (): Promise<void> => {
    const mine = (turn += 1);
    if (data === undefined) say(canvas, words.loading);
    try {
      const address = new URL(source, location.href);
      if ("follow" in figure.dataset) for (const [key, value] of new URLSearchParams(location.search)) address.searchParams.append(key, value);
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(`${address.pathname} answered ${answer.status}`);
      const fresh = (await answer.json()) as Data;
      if (mine !== turn) return;
      data = fresh;
      await redraw();
    } catch {
      if (mine !== turn) return;
      erase?.();
      erase = undefined;
      say(canvas, words.failed);
      figure.querySelector<HTMLDetailsElement>(".picture-table")?.setAttribute("open", "");
    }
  };
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const onTheme = (): void => void redraw();
  const onAddress = (): void => void load();
  dark.addEventListener("change", onTheme);
  if ("follow" in figure.dataset) document.addEventListener("htmx:after:history:update", onAddress);
  void load();
  return () => {
    turn += 1;
    dark.removeEventListener("change", onTheme);
    document.removeEventListener("htmx:after:history:update", onAddress);
    erase?.();
  };
}

/** The picture's words for a reader who does not see it. */
export function title(figure: HTMLElement): string {
  return figure.querySelector("figcaption")?.textContent?.trim().replace(/\s+/g, " ") ?? "";
}

/** A legend under the picture; the n-th kind has the n-th colour. */
export function legend(canvas: HTMLElement, kinds: Kind[]): () => void {
  if (kinds.length < 2) return () => undefined;
  const list = document.createElement("ul");
  list.className = "picture-legend";
  kinds.forEach((kind, index) => {
    const item = document.createElement("li");
    const swatch = svg("svg", { class: "swatch", viewBox: "0 0 8 8", "aria-hidden": "true" }, [svg("rect", { class: `share-${(index % 6) + 1}`, width: 8, height: 8 })]);
    item.append(swatch, kind.label);
    list.append(item);
  });
  canvas.after(list);
  return () => list.remove();
}

/** A short description that follows the pointer inside the picture. */
export function tip(canvas: HTMLElement): { show: (lines: string[], x: number, y: number) => void; hide: () => void } {
  const box = document.createElement("div");
  box.className = "tip";
  box.hidden = true;
  canvas.append(box);
  return {
    show: (lines, x, y) => {
      box.replaceChildren(
        ...lines.map((line, index) => {
          const row = document.createElement(index === 0 ? "strong" : "div");
          row.textContent = line;
          return row;
        }),
      );
      box.hidden = false;
      const left = Math.min(Math.max(0, x + 12), canvas.clientWidth - box.offsetWidth);
      const top = y + 16 + box.offsetHeight > canvas.clientHeight ? y - box.offsetHeight - 8 : y + 16;
      box.style.left = `${left}px`;
      box.style.top = `${Math.max(0, top)}px`;
    },
    hide: () => {
      box.hidden = true;
    },
  };
}

/** Draws now and whenever the width changes; returns what stops it. */
export function whenResized(canvas: HTMLElement, draw: () => void): () => void {
  let width = 0;
  const size = new ResizeObserver(() => {
    // A figure that was just swapped out still hears that it has no width any more.
    if (canvas.clientWidth === 0 || Math.abs(canvas.clientWidth - width) < 4) return;
    width = canvas.clientWidth;
    draw();
  });
  size.observe(canvas);
  return () => size.disconnect();
}

/** A sentence where the picture will be. */
export function say(canvas: HTMLElement, text: string): void {
  const line = document.createElement("p");
  line.className = "picture-wait";
  line.textContent = text;
  canvas.replaceChildren(line);
}

/** An SVG element with its attributes and children. */
export function svg(name: string, attributes: Record<string, string | number> = {}, children: (Node | string)[] = []): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
