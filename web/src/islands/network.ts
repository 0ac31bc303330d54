/** A network of organisations: sized by joint projects, linked by them; a click opens the organisation. */
import type { NetworkData, NetworkLink, NetworkNode } from "../contracts";
import { chart } from "../drawing/chart";
import { palette } from "../drawing/colours";
import { legend, picture } from "../drawing/picture";
import type { Island } from "../mount";
import { words } from "../words";

export const network: Island = (element) =>
  picture<NetworkData>(
    element,
    (data) => data.nodes.length === 0,
    (data, canvas, figure) => {
      const colour = palette(figure);
      const kinds = data.kinds ?? [];
      const kindIndex = new Map(kinds.map((kind, index) => [kind.key, index]));
      const largest = Math.max(1, ...data.nodes.map((node) => node.size));
      const heaviest = Math.max(1, ...data.links.map((link) => link.weight));
      const byId = new Map(data.nodes.map((node) => [node.id, node]));
      // Names for the few that matter most: the rest speak when pointed at.
      const named = new Set([...data.nodes].sort((a, b) => Number(b.focus ?? false) - Number(a.focus ?? false) || b.size - a.size).slice(0, canvas.clientWidth < 500 ? 7 : 14));
      const crowd = Math.min(1, 40 / data.nodes.length);
      const drawing = chart(
        canvas,
        figure,
        {
          textStyle: { fontFamily: colour.font },
          series: [
            {
              type: "graph",
              layout: "force",
              roam: false,
              draggable: false,
              left: 24,
              right: 24,
              top: 20,
              bottom: 20,
              force: { initLayout: "circular", repulsion: 60 + 260 * crowd, gravity: 0.12, edgeLength: [24, 60 + 90 * crowd], layoutAnimation: false },
              data: data.nodes.map((node) => {
                const own = colour.shares[(kindIndex.get(node.kind ?? "") ?? 0) % colour.shares.length] ?? colour.accent;
                return {
                  id: node.id,
                  name: node.label,
                  node,
                  symbolSize: 7 + 27 * Math.sqrt(node.size / largest) * (0.6 + 0.4 * crowd),
                  itemStyle: { color: own, borderColor: node.focus ? colour.ink : colour.sunken, borderWidth: node.focus ? 2.5 : 1 },
                  label: {
                    show: named.has(node),
                    position: "right",
                    formatter: short(node.label),
                    color: colour.ink,
                    fontSize: 12,
                    fontWeight: node.focus ? 700 : 400,
                    textBorderColor: colour.sunken,
                    textBorderWidth: 3,
                  },
                };
              }),
              links: data.links.map((link) => ({
                source: link.source,
                target: link.target,
                link,
                lineStyle: { width: 0.75 + 4 * (link.weight / heaviest), color: colour.edge, opacity: 0.25 + 0.5 * (link.weight / heaviest) },
              })),
              emphasis: { focus: "adjacency", lineStyle: { opacity: 0.9 }, label: { show: true } },
              blur: { itemStyle: { opacity: 0.25 }, lineStyle: { opacity: 0.06 }, label: { show: false } },
            },
          ],
        },
        ({ dataType, data: item }) => {
          if (dataType === "edge") {
            const { link } = item as { link: NetworkLink };
            return { lines: [`${byId.get(link.source)?.label ?? ""} – ${byId.get(link.target)?.label ?? ""}`, words.jointProjects(link.weight)] };
          }
          const { node } = item as { node: NetworkNode };
          return { lines: [node.label, node.detail ?? words.jointProjects(node.size)], href: node.href };
        },
      );
      const removeLegend = legend(canvas, kinds);
      return () => {
        removeLegend();
        drawing.erase();
      };
    },
  );

/** A long legal name cut at a word, for the picture only. */
function short(label: string): string {
  if (label.length <= 28) return label;
  const cut = label.slice(0, 27);
  return `${cut.slice(0, Math.max(16, cut.lastIndexOf(" ")))}…`;
}
