/** A network of organisations: sized by joint projects, linked by them; a click opens the organisation. */
import type { NetworkData, NetworkLink, NetworkNode } from "../contracts";
import { chart } from "../drawing/chart";
import { palette } from "../drawing/colours";
import { type Body, placeNames, type Spring, settle } from "../drawing/layout";
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
      const at = new Map(data.nodes.map((node, index) => [node.id, index]));
      const links = data.links.filter(({ source, target }) => at.has(source) && at.has(target) && source !== target);
      const largest = Math.max(1, ...data.nodes.filter((node) => !node.focus).map((node) => node.size));
      const heaviest = Math.max(1, ...links.map((link) => link.weight));
      // Sizes are areas; a crowd gets smaller circles.
      const scale = 22 * Math.min(1, Math.sqrt(45 / data.nodes.length));
      const radius = (node: NetworkNode): number => Math.max(3.5, scale * Math.min(1.25, Math.sqrt(node.size / largest)));
      const order = data.nodes.map((_, index) => index).sort((a, b) => rank(data.nodes[b]!) - rank(data.nodes[a]!));
      const names = data.nodes.map((node) => short(node.label));

      const drawing = chart(
        canvas,
        figure,
        (width, height) => {
          const bodies: Body[] = data.nodes.map((node) => ({ radius: radius(node), focus: node.focus ?? false, x: 0, y: 0 }));
          const springs: Spring[] = links.map((link) => ({ source: at.get(link.source)!, target: at.get(link.target)!, strength: Math.sqrt(link.weight / heaviest) }));
          settle(bodies, springs, width, height, Math.min(44, width * 0.08));
          const sides = placeNames(bodies, names, order, width, height, width < 500 ? 10 : 26);
          const [xs, ys] = [bodies.map((body) => body.x), bodies.map((body) => body.y)];
          const [west, north] = [Math.min(...xs), Math.min(...ys)];
          return {
            textStyle: { fontFamily: colour.font },
            series: [
              {
                type: "graph",
                layout: "none",
                // The room of the graph is the nodes' own: places are pixels already.
                left: west,
                top: north,
                width: Math.max(1, Math.max(...xs) - west),
                height: Math.max(1, Math.max(...ys) - north),
                data: data.nodes.map((node, index) => ({
                  id: node.id,
                  name: node.label,
                  node,
                  x: xs[index],
                  y: ys[index],
                  symbolSize: 2 * bodies[index]!.radius,
                  itemStyle: {
                    color: colour.shares[(kindIndex.get(node.kind ?? "") ?? 0) % colour.shares.length],
                    borderColor: node.focus ? colour.ink : colour.sunken,
                    borderWidth: node.focus ? 2.5 : 1.25,
                  },
                  label: {
                    show: sides.has(index),
                    position: sides.get(index) ?? "right",
                    distance: 4,
                    formatter: () => names[index] ?? "",
                    color: colour.ink,
                    fontSize: 12,
                    fontWeight: node.focus ? 700 : 400,
                    textBorderColor: colour.sunken,
                    textBorderWidth: 3,
                  },
                })),
                links: links.map((link) => ({
                  source: link.source,
                  target: link.target,
                  link,
                  lineStyle: { width: 0.75 + 4 * (link.weight / heaviest), color: colour.edge, opacity: 0.22 + 0.5 * (link.weight / heaviest) },
                })),
                emphasis: { focus: "adjacency", scale: false, lineStyle: { opacity: 0.9 }, label: { show: true } },
                blur: { itemStyle: { opacity: 0.25 }, lineStyle: { opacity: 0.06 }, label: { opacity: 0.25 } },
              },
            ],
          };
        },
        ({ dataType, data: item }) => {
          if (dataType === "edge") {
            const { link } = item as { link: NetworkLink };
            const label = (id: string): string => data.nodes[at.get(id)!]!.label;
            return { lines: [`${label(link.source)} – ${label(link.target)}`, words.jointProjects(link.weight)] };
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

function rank(node: NetworkNode): number {
  return node.focus ? Number.POSITIVE_INFINITY : node.size;
}

/** A long legal name cut at a word, for the picture only. */
function short(label: string): string {
  if (label.length <= 30) return label;
  const cut = label.slice(0, 29);
  return `${cut.slice(0, Math.max(18, cut.lastIndexOf(" "))).replace(/[\s,;–-]+$/, "")}…`;
}
