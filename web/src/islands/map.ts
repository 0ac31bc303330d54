/** Countries shaded by a figure, places as points, joint projects as lines between them, on an outline map kept in the program. */
import type { MapData, MapLine, MapPoint } from "../contracts";
import { chart, type ECharts, registerMap } from "../drawing/chart";
import { mix, palette } from "../drawing/colours";
import { legend, picture, svg } from "../drawing/picture";
import type { Island } from "../mount";
import { figure as written, language, words } from "../words";
import outlinesFile from "corridor:base-map";

/** European usage where it differs from ISO 3166. */
const ISO: Record<string, string> = { EL: "GR", UK: "GB" };
const VIEWS: Record<"europe" | "world", Corners> = { europe: { west: -11, north: 66, east: 32, south: 35 }, world: { west: -170, north: 78, east: 180, south: -56 } };
/** Degrees of longitude are drawn this much narrower than those of latitude, as they are around 50° north. */
const NARROWER = 0.66;

interface Corners {
  west: number;
  north: number;
  east: number;
  south: number;
}

let outlines: Promise<void> | undefined;
/** The base map lies beside the script; it is fetched once a page. */
function loadOutlines(): Promise<void> {
  outlines ??= fetch(new URL(outlinesFile, import.meta.url))
    .then((answer) => {
      if (!answer.ok) throw new Error(`${outlinesFile} answered ${answer.status}`);
      return answer.json();
    })
    .then((shapes) => registerMap("world", shapes));
  return outlines;
}

export const map: Island = (element) =>
  picture<MapData>(
    element,
    (data) => data.points.length === 0 && (data.regions ?? []).length === 0,
    async (data, canvas, figure) => {
      await loadOutlines();
      const colour = palette(figure);
      const kinds = data.kinds ?? [];
      const kindIndex = new Map(kinds.map((kind, index) => [kind.key, index]));
      const land = mix(colour.sunken, colour.edge, 0.22);
      const regions = new Map((data.regions ?? []).map((region) => [ISO[region.code] ?? region.code, region]));
      const richest = Math.max(1, ...[...regions.values()].map((region) => region.value));
      const heaviest = Math.max(1, ...data.points.map((point) => point.weight ?? 1));
      const lines = data.lines ?? [];
      const thickest = Math.max(1, ...lines.map((line) => line.weight));
      // Points without kinds stand out from land shaded in the same accent.
      const plain = mix(colour.accent, colour.ink, 0.4);
      const crowded = data.points.length > 120;
      const faint = Math.min(1, Math.sqrt(30 / Math.max(1, lines.length)));
      const names = new Intl.DisplayNames(language, { type: "region" });
      const view = data.view ?? (data.points.length > 0 ? "points" : "europe");
      const corners = view === "points" ? extent(data.points) : VIEWS[view];

      const shade = (value: number): string => mix(land, colour.accent, 0.1 + 0.4 * Math.sqrt(value / richest));

      const drawing = chart(
        canvas,
        figure,
        (width, height) => ({
          textStyle: { fontFamily: colour.font },
          geo: {
            map: "world",
            roam: window.matchMedia("(pointer: fine)").matches ? "move" : false,
            scaleLimit: { min: 1, max: 12 },
            boundingCoords: widen(corners, width, height),
            aspectScale: NARROWER,
            left: 0,
            right: 0,
            top: 0,
            bottom: 0,
            preserveAspect: "contain",
            clip: true,
            itemStyle: { areaColor: land, borderColor: colour.sunken, borderWidth: 0.8 },
            emphasis: { label: { show: false }, itemStyle: { areaColor: mix(land, colour.edge, 0.3) } },
            select: { disabled: true },
            label: { show: false },
            regions: [...regions].map(([name, region]) => ({
              name,
              // Shaded by the square root: one country with most of the members would leave the others blank.
              itemStyle: { areaColor: shade(region.value) },
              emphasis: { itemStyle: { areaColor: mix(land, colour.accent, 0.65) } },
            })),
          },
          series: [
            {
              type: "graph",
              coordinateSystem: "geo",
              data: [
                ...data.points.map((point, index) => ({
                  id: `point-${index}`,
                  name: point.label,
                  value: [point.lon, point.lat],
                  point,
                  symbolSize: (crowded ? 5 : 6) + 18 * Math.sqrt((point.weight ?? 1) / heaviest),
                  itemStyle: { color: kinds.length > 0 ? colour.shares[(kindIndex.get(point.kind ?? "") ?? 0) % colour.shares.length] : plain, borderColor: colour.paper, borderWidth: 1, opacity: 0.88 },
                })),
                // The ends of lines are nodes without a mark: a line may end where no point is.
                ...lines.flatMap(({ from, to }, index) => [
                  { id: `from-${index}`, name: "", value: from, symbolSize: 0 },
                  { id: `to-${index}`, name: "", value: to, symbolSize: 0 },
                ]),
              ],
              links: lines.map((line, index) => ({
                source: `from-${index}`,
                target: `to-${index}`,
                line,
                lineStyle: { width: 0.5 + 2 * (line.weight / thickest), opacity: (0.25 + 0.35 * (line.weight / thickest)) * faint, color: colour.ink, curveness: 0.16 },
              })),
            },
          ],
        }),
        ({ componentType, dataType, name, data: item }) => {
          if (componentType === "geo") {
            const region = regions.get(name);
            if (!region) return { lines: [names.of(name) ?? name] };
            return { lines: [region.label, data.measure ? `${data.measure} : ${written(region.value)}` : written(region.value)], href: region.href };
          }
          if (dataType === "edge") {
            const { line } = item as { line: MapLine };
            return line.label ? { lines: [line.label] } : undefined;
          }
          const { point } = item as { point?: MapPoint };
          if (!point) return undefined;
          return { lines: point.detail ? [point.label, point.detail] : [point.label], href: point.href };
        },
      );
      canvas.append(zoomButtons(drawing.instance, drawing.redraw));
      const keys = key(
        regions.size > 1 ? { colours: [0, richest / 9, richest / 2.25, richest].map(shade), text: `${written(0)} – ${written(richest)}${data.measure ? ` ${data.measure.toLocaleLowerCase(language)}` : ""}` } : undefined,
        lines.length > 0 ? colour.ink : undefined,
      );
      canvas.after(keys);
      const removeLegend = legend(canvas, kinds);
      return () => {
        keys.remove();
        removeLegend();
        drawing.erase();
      };
    },
  );

/** What shading and lines mean. */
function key(shading: { colours: string[]; text: string } | undefined, line: string | undefined): HTMLElement {
  const list = document.createElement("ul");
  list.className = "picture-legend";
  const add = (mark: SVGElement, text: string): void => {
    const item = document.createElement("li");
    item.append(mark, text);
    list.append(item);
  };
  if (shading) {
    const { colours, text } = shading;
    add(svg("svg", { viewBox: `0 0 ${colours.length * 12} 10`, width: colours.length * 12, height: 10, "aria-hidden": "true" }, colours.map((fill, index) => svg("rect", { fill, x: index * 12, width: 12, height: 10 }))), text);
  }
  if (line) add(svg("svg", { viewBox: "0 0 20 10", width: 20, height: 10, "aria-hidden": "true" }, [svg("path", { d: "M1 9Q10 -3 19 9", fill: "none", stroke: line, "stroke-opacity": 0.6 })]), words.linesOfMap);
  return list;
}

/** Closer, farther, back: buttons, because the wheel belongs to the page. */
function zoomButtons(instance: ECharts, reset: () => void): HTMLElement {
  const box = document.createElement("div");
  box.className = "picture-zoom";
  const zoom = (factor: number) => (): void => {
    instance.dispatchAction({ type: "geoRoam", componentType: "geo", geoIndex: 0, zoom: factor, originX: instance.getWidth() / 2, originY: instance.getHeight() / 2 });
  };
  for (const [sign, label, act] of [["+", words.zoomIn, zoom(1.6)], ["−", words.zoomOut, zoom(1 / 1.6)], ["⤢", words.zoomReset, reset]] as const) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    box.append(button);
  }
  return box;
}

/** The corners around all points, with air. */
function extent(points: MapPoint[]): Corners {
  const lons = points.map((point) => point.lon);
  const lats = points.map((point) => point.lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const air = Math.max(1.5, (east - west) * 0.06, (north - south) * 0.06);
  return { west: west - air, north: Math.min(84, north + air), east: east + air, south: Math.max(-60, south - air) };
}

/** The corners moved outwards until they have the shape of the picture, so that the map fills it. */
function widen({ west, north, east, south }: Corners, width: number, height: number): [[number, number], [number, number]] {
  const wanted = (width / height) / NARROWER;
  const [across, down] = [east - west, north - south];
  const [x, y] = across / down < wanted ? [(down * wanted - across) / 2, 0] : [0, (across / wanted - down) / 2];
  return [
    [west - x, north + y],
    [east + x, south - y],
  ];
}
