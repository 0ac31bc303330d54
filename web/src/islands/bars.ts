/** Bars over categories, stacked unless told otherwise: projects a year, money a programme. */
import type { BarsData } from "../contracts";
import { scale } from "../drawing/scale";
import { legend, picture, svg, tip, title, whenResized } from "../drawing/picture";
import type { Island } from "../mount";
import { figure as written } from "../words";

/** More colours than this are not told apart. */
const COLOURS = 6;

export const bars: Island = (element) =>
  picture<BarsData>(
    element,
    (data) => data.categories.length === 0 || data.series.every((series) => series.values.every((value) => value === 0)),
    (data, canvas, figure) => {
      const bubble = tip(canvas);
      const stop = whenResized(canvas, () => {
        const drawing = draw(data, canvas, title(figure), bubble);
        const old = canvas.querySelector("svg");
        if (old) old.replaceWith(drawing);
        else canvas.prepend(drawing);
      });
      const removeLegend = legend(canvas, data.series.map(({ name }) => ({ key: name, label: name })));
      return () => {
        stop();
        removeLegend();
      };
    },
  );

function draw(data: BarsData, canvas: HTMLElement, name: string, bubble: ReturnType<typeof tip>): SVGElement {
  const unit = data.unit ?? "count";
  const stacked = data.stacked ?? true;
  const { clientWidth: width, clientHeight: height } = canvas;
  const heights = data.categories.map((_, at) => {
    const values = data.series.map((series) => series.values[at] ?? 0);
    return stacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
  });
  const ticks = scale(Math.max(...heights), unit === "count");
  const top = ticks.at(-1) ?? 1;
  const labels = ticks.map((tick) => written(tick, unit, true));
  const left = 8 + 6.6 * Math.max(...labels.map((label) => label.length));
  const bottom = height - 22;
  const y = (value: number): number => bottom - (value / top) * (bottom - 12);
  const step = (width - left - 6) / data.categories.length;
  const room = Math.min(step * 0.74, 44);
  const parts: SVGElement[] = [];

  ticks.forEach((tick, index) => {
    parts.push(svg("line", { class: tick === 0 ? "axis" : "axis-rule", x1: left, x2: width, y1: y(tick), y2: y(tick) }));
    parts.push(svg("text", { class: "axis-label", x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, [labels[index] ?? ""]));
  });
  const widest = 10 + 6.4 * Math.max(...data.categories.map((category) => category.length));
  const every = Math.ceil(widest / step);
  data.categories.forEach((category, at) => {
    const middle = left + step * (at + 0.5);
    // Counted from the end, so that the latest year always has its label.
    if ((data.categories.length - 1 - at) % every === 0) parts.push(svg("text", { class: "axis-label", x: middle, y: height - 6, "text-anchor": "middle" }, [category]));
    let base = 0;
    const column = data.series.flatMap((series, index) => {
      const value = series.values[at] ?? 0;
      if (value <= 0) return [];
      const thickness = stacked ? room : room / data.series.length;
      const x = middle - room / 2 + (stacked ? 0 : thickness * index);
      const rect = svg("rect", { class: `share-${(index % COLOURS) + 1}`, x: x.toFixed(1), width: Math.max(1, thickness - (stacked ? 0 : 1)).toFixed(1), y: y(base + value).toFixed(1), height: (y(base) - y(base + value)).toFixed(1) });
      if (stacked) base += value;
      rect.addEventListener("pointermove", (event) => {
        const place = canvas.getBoundingClientRect();
        bubble.show([category, `${data.series.length > 1 ? `${series.name} : ` : ""}${written(value, unit)}`], event.clientX - place.left, event.clientY - place.top);
      });
      rect.addEventListener("pointerleave", () => bubble.hide());
      return [rect];
    });
    const href = data.hrefs?.[at];
    if (href && column.length > 0) parts.push(svg("a", { href, "aria-label": `${category} : ${written(heights[at] ?? 0, unit)}` }, column));
    else parts.push(...column);
  });
  const role = data.hrefs ? "group" : "img";
  return svg("svg", { class: "bars", viewBox: `0 0 ${width} ${height}`, width, height, role, "aria-label": name }, parts);
}
