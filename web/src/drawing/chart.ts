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

export { registerMap };

/** What the pointer is on, as far as the pictures need it. */
export interface Pointed {
  componentType: string;
  seriesType?: string;
  dataType?: string;
  name: string;
  data: unknown;
  dataIndex?: number;
  seriesIndex?: number;
}

/** A chart that fills `canvas`, follows its width, and describes what the pointer is on. */
export function chart(
  canvas: HTMLElement,
  figure: HTMLElement,
  option: object,
  describe: (pointed: Pointed) => { lines: string[]; href?: string | undefined } | undefined,
): { instance: ECharts; erase: () => void } {
  const ground = document.createElement("div");
  ground.style.position = "absolute";
  ground.style.inset = "0";
  ground.setAttribute("role", "img");
  ground.setAttribute("aria-label", title(figure));
  canvas.append(ground);
  const instance = init(ground, null, { renderer: "svg" });
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  instance.setOption({ animation: !calm, animationDuration: 300, ...option });

  const words = tip(canvas);
  instance.on("mousemove", (event) => {
    const said = describe(event as unknown as Pointed);
    const place = event.event as unknown as { offsetX: number; offsetY: number };
    if (said) words.show(said.lines, place.offsetX, place.offsetY);
  });
  instance.on("mouseout", () => words.hide());
  instance.on("globalout", () => words.hide());
  instance.on("click", (event) => {
    const href = describe(event as unknown as Pointed)?.href;
    if (href) location.assign(href);
  });
  const size = new ResizeObserver(() => instance.resize());
  size.observe(canvas);
  return {
    instance,
    erase: () => {
      size.disconnect();
      instance.dispose();
    },
  };
}
