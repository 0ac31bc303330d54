/** Countries shaded by a figure, places as points, joint projects as lines between them, on an outline map kept in the program. */
import type { MapData, MapLine, MapPoint } from "../contracts";
import { chart, registerMap } from "../drawing/chart";
import { mix, palette } from "../drawing/colours";
import { legend, picture } from "../drawing/picture";
import type { Island } from "../mount";
import { figure as written, language } from "../words";
import outlinesFile from "corridor:base-map";

/** European usage where it differs from ISO 3166. */
const ISO: Record<string, string> = { EL: "GR", UK: "GB" };
const VIEWS = { europe: [[-12, 71], [34, 34.5]], world: [[-170, 78], [180, -56]] } as const;

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
      const names = new Intl.DisplayNames(language, { type: "region" });
      const view = data.view ?? (data.points.length > 0 ? "points" : "europe");
      const corners = view === "points" ? extent(data.points) : VIEWS[view];

      const drawing = chart(
        canvas,
        figure,
        {
          textStyle: { fontFamily: colour.font },
          geo: {
            map: "world",
            roam: window.matchMedia("(pointer: fine)").matches ? "move" : false,
            boundingCoords: corners,
            // A map of Europe looks right a little taller than plain degrees.
            aspectScale: 0.66,
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
              itemStyle: { areaColor: mix(land, colour.accent, 0.12 + 0.63 * Math.sqrt(region.value / richest)) },
              emphasis: { itemStyle: { areaColor: colour.accent } },
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
                  symbolSize: 6 + 18 * Math.sqrt((point.weight ?? 1) / heaviest),
                  itemStyle: { color: colour.shares[(kindIndex.get(point.kind ?? "") ?? 0) % colour.shares.length], borderColor: colour.paper, borderWidth: 1, opacity: 0.88 },
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
                lineStyle: { width: 0.6 + 3 * (line.weight / thickest), opacity: 0.2 + 0.5 * (line.weight / thickest), color: colour.ink, curveness: 0.18 },
              })),
            },
          ],
        },
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
      const removeLegend = legend(canvas, kinds);
      return () => {
        removeLegend();
        drawing.erase();
      };
    },
  );

/** The corners (north-west, south-east) around all points, with air. */
function extent(points: MapPoint[]): [[number, number], [number, number]] {
  const lons = points.map((point) => point.lon);
  const lats = points.map((point) => point.lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const air = Math.max(1.5, (east - west) * 0.08, (north - south) * 0.08);
  return [
    [west - air, Math.min(84, north + air)],
    [east + air, Math.max(-60, south - air)],
  ];
}
