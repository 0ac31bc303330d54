/**
 * The drawing library, with only what the network and the map use: a graph, drawn freely or on a map, in SVG.
 * Points and lines of the map are a graph too: the library's scatter chart would bring its whole axis system with it,
 * and a page would be over its script budget.
 */
import { GraphChart } from "echarts/charts";
import { GeoComponent } from "echarts/components";
import { type ECharts, init, registerMap, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { tip, title } from "./picture";

use([SVGRenderer, GraphChart, GeoComponent]);

export { type ECharts, registerMap };

/** What the pointer is on, as far as the pictures need it. */
export interface Pointed {
  componentType: string;
  dataType?: string;
  name: string;
  data: unknown;
}

/** A chart that fills `canvas`, is drawn anew for each width, and describes what the pointer is on. */
export function chart(
  canvas: HTMLElement,
  figure: HTMLElement,
  options: (width: number, height: number) => object,
  describe: (pointed: Pointed) => { lines: string[]; href?: string | undefined } | undefined,
): { instance: ECharts; redraw: () => void; erase: () => void } {
  const ground = document.createElement("div");
  ground.className = "picture-ground";
  ground.setAttribute("role", "img");
  ground.setAttribute("aria-label", title(figure));
  canvas.append(ground);
  const instance = init(ground, null, { renderer: "svg" });
  let width = 0;
  const redraw = (): void => {
    instance.resize();
    instance.setOption({ animation: false, ...options(canvas.clientWidth, canvas.clientHeight) }, true);
  };
  const draw = (): void => {
    if (canvas.clientWidth === 0 || Math.abs(canvas.clientWidth - width) < 4) return;
    width = canvas.clientWidth;
    redraw();
  };
  draw();

  const words = tip(canvas);
  instance.on("mousemove", (event) => {
    const said = describe(event as unknown as Pointed);
    const place = event.event as unknown as { offsetX: number; offsetY: number };
    ground.style.cursor = said?.href ? "pointer" : "default";
    if (said) words.show(said.lines, place.offsetX, place.offsetY);
    else words.hide();
  });
  instance.on("mouseout", () => words.hide());
  instance.on("globalout", () => words.hide());
  instance.on("click", (event) => {
    const href = describe(event as unknown as Pointed)?.href;
    if (href) location.assign(href);
  });
  const size = new ResizeObserver(draw);
  size.observe(canvas);
  return {
    instance,
    redraw,
    erase: () => {
      size.disconnect();
      instance.dispose();
    },
  };
}
