/** Shares of one whole, a bar each way of cutting it, with the line a rule draws across it. */
import type { CompositionData, CompositionGroup } from "../contracts";
import { legend, picture, svg, tip } from "../drawing/picture";
import type { Island } from "../mount";
import { figure as written, words } from "../words";

/** More colours than this are not told apart. */
const MOST = 6;

export const composition: Island = (element) =>
  picture<CompositionData>(
    element,
    (data) => data.groups.every((group) => group.parts.length === 0),
    (data, canvas) => {
      const bubble = tip(canvas);
      const undo = data.groups.filter((group) => group.parts.length > 0).map((group) => drawGroup(group, canvas, bubble));
      return () => undo.forEach((erase) => erase());
    },
  );

function drawGroup(group: CompositionGroup, canvas: HTMLElement, bubble: ReturnType<typeof tip>): () => void {
  const unit = group.unit ?? "count";
  const parts = gather(group);
  const total = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  const box = document.createElement("div");
  box.className = "composition-group";
  const heading = document.createElement("p");
  heading.className = "composition-title";
  heading.textContent = group.need ? `${group.title} (${group.need.label})` : group.title;
  let x = 0;
  const rects = parts.map((part, index) => {
    const width = (part.value / total) * 100;
    const rect = svg("rect", { class: `share-${(index % MOST) + 1}`, x: x.toFixed(2), width: width.toFixed(2), height: 10 });
    x += width;
    rect.addEventListener("pointermove", (event) => {
      const room = canvas.getBoundingClientRect();
      bubble.show([part.label, part.text ?? `${written(part.value, unit)} (${written(part.value / total, "percent")})`], event.clientX - room.left, event.clientY - room.top);
    });
    rect.addEventListener("pointerleave", () => bubble.hide());
    return rect;
  });
  if (group.need) {
    const at = (group.need.share * 100).toFixed(2);
    rects.push(svg("line", { class: "composition-need", x1: at, x2: at, y1: -3, y2: 13 }));
  }
  const said = parts.map((part) => `${part.label} ${part.text ?? written(part.value, unit)}`).join(", ");
  const bar = svg("svg", { class: "composition-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": `${group.title} : ${said}` }, rects);
  box.append(heading, bar);
  canvas.append(box);
  return legend(bar as unknown as HTMLElement, parts.map((part) => ({ key: part.label, label: `${part.label} ${part.text ?? written(part.value, unit)}` })));
}

/** The parts, the smallest of many gathered into one. */
function gather(group: CompositionGroup): CompositionGroup["parts"] {
  if (group.parts.length <= MOST) return group.parts;
  const sorted = [...group.parts].sort((a, b) => b.value - a.value);
  const rest = sorted.slice(MOST - 1);
  return [...sorted.slice(0, MOST - 1), { label: words.others, value: rest.reduce((sum, part) => sum + part.value, 0) }];
}
