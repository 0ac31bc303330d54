/** Openings, cut-offs and deadlines on one strip of time, a row a topic. */
import type { CalendarData, CalendarRow } from "../contracts";
import { picture, svg, whenResized } from "../drawing/picture";
import type { Island } from "../mount";
import { language, words } from "../words";

const DAY = 86_400_000;
const month = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
const year = new Intl.DateTimeFormat(language, { month: "short", year: "2-digit", timeZone: "UTC" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });

export const calendar: Island = (element) =>
  picture<CalendarData>(
    element,
    (data) => data.rows.every((row) => days(row).length === 0),
    (data, canvas) => {
      const marks = key(data.rows);
      canvas.after(marks);
      const stop = whenResized(canvas, () => canvas.replaceChildren(strip(data, canvas.clientWidth)));
      return () => {
        stop();
        marks.remove();
      };
    },
  );

function strip(data: CalendarData, width: number): SVGElement {
  const rows = data.rows.filter((row) => days(row).length > 0);
  const narrow = width < 560;
  const labelWidth = rows.length === 1 ? 0 : narrow ? 0 : Math.min(240, width * 0.32);
  const rowHeight = narrow && rows.length > 1 ? 40 : 26;
  const top = 22;
  const all = [...rows.flatMap(days), at(data.today)];
  const first = startOfMonth(Math.min(...all));
  const last = startOfMonth(Math.max(...all) + 32 * DAY);
  const left = labelWidth + 10;
  const right = width - 12;
  const x = (time: number): number => left + ((time - first) / (last - first)) * (right - left);
  const height = top + rows.length * rowHeight + 20;
  const parts: SVGElement[] = [];

  const months: number[] = [];
  for (let time = first; time < last; time = startOfMonth(time + 32 * DAY)) months.push(time);
  const every = Math.max(1, Math.ceil((months.length * 46) / (right - left)));
  months.forEach((time, index) => {
    parts.push(svg("line", { class: "calendar-rule", x1: x(time), x2: x(time), y1: top - 6, y2: height - 18 }));
    if (index % every !== 0) return;
    const name = index === 0 || new Date(time).getUTCMonth() < every ? year : month;
    parts.push(svg("text", { class: "calendar-month", x: x(time) + 3, y: 12 }, [name.format(time)]));
  });
  rows.forEach((row, index) => parts.push(...line(row, top + index * rowHeight, rowHeight, labelWidth, narrow && rows.length > 1, x)));
  const now = x(at(data.today));
  parts.push(svg("line", { class: "calendar-today", x1: now, x2: now, y1: top - 6, y2: height - 16 }));
  parts.push(svg("text", { x: now, y: height - 4, "text-anchor": now > right - 40 ? "end" : now < left + 40 ? "start" : "middle" }, [words.today]));
  const label = rows.map((row) => said(row)).join(" ; ");
  return svg("svg", { class: "calendar", viewBox: `0 0 ${width} ${height}`, height, role: "group", "aria-label": label }, parts);
}

function line(row: CalendarRow, y: number, height: number, labelWidth: number, above: boolean, x: (time: number) => number): SVGElement[] {
  const parts: SVGElement[] = [];
  const middle = above ? y + height - 12 : y + height / 2;
  if (labelWidth > 0 || above) {
    const text = svg("text", { x: 0, y: above ? y + 12 : middle + 4 }, [cut(row.label, above ? 52 : Math.floor(labelWidth / 6.2))]);
    const named = row.href ? svg("a", { href: row.href }, [text]) : text;
    named.prepend(svg("title", {}, [row.label]));
    parts.push(named);
  }
  const end = row.deadline ?? row.cut_offs?.at(-1) ?? row.first_stage;
  if (row.opening && end) parts.push(svg("rect", { class: "calendar-span", x: x(at(row.opening)), y: middle - 3, width: Math.max(1, x(at(end)) - x(at(row.opening))), height: 6 }));
  if (row.opening) parts.push(svg("circle", { class: "calendar-opening", cx: x(at(row.opening)), cy: middle, r: 4 }, [svg("title", {}, [`${words.opening} : ${full.format(at(row.opening))}`])]));
  for (const day of row.cut_offs ?? []) {
    const cx = x(at(day));
    parts.push(svg("path", { class: "calendar-cut-off", d: `M${cx} ${middle - 6}l6 6l-6 6l-6-6z` }, [svg("title", {}, [`${words.cutOff} : ${full.format(at(day))}`])]));
  }
  if (row.first_stage) {
    const cx = x(at(row.first_stage));
    parts.push(svg("rect", { class: "calendar-first-stage", x: cx - 5, y: middle - 5, width: 10, height: 10 }, [svg("title", {}, [`${words.firstStage} : ${full.format(at(row.first_stage))}`])]));
  }
  if (row.deadline) parts.push(svg("rect", { class: "calendar-deadline", x: x(at(row.deadline)) - 5, y: middle - 5, width: 10, height: 10 }, [svg("title", {}, [`${words.deadline} : ${full.format(at(row.deadline))}`])]));
  return parts;
}

/** What the marks mean, for those in use. */
function key(rows: CalendarRow[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "picture-legend calendar";
  const marks: [boolean, SVGElement, string][] = [
    [rows.some((row) => row.opening), svg("circle", { class: "calendar-opening", cx: 6, cy: 6, r: 4 }), words.opening],
    [rows.some((row) => row.cut_offs?.length), svg("path", { class: "calendar-cut-off", d: "M6 0l6 6l-6 6l-6-6z" }), words.cutOff],
    [rows.some((row) => row.first_stage), svg("rect", { class: "calendar-first-stage", x: 1, y: 1, width: 10, height: 10 }), words.firstStage],
    [rows.some((row) => row.deadline), svg("rect", { class: "calendar-deadline", x: 1, y: 1, width: 10, height: 10 }), words.deadline],
  ];
  for (const [used, mark, word] of marks) {
    if (!used) continue;
    const item = document.createElement("li");
    item.append(svg("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" }, [mark]), word);
    list.append(item);
  }
  return list;
}

function said(row: CalendarRow): string {
  const dates = [
    row.opening && `${words.opening} ${full.format(at(row.opening))}`,
    ...(row.cut_offs ?? []).map((day) => `${words.cutOff} ${full.format(at(day))}`),
    row.first_stage && `${words.firstStage} ${full.format(at(row.first_stage))}`,
    row.deadline && `${words.deadline} ${full.format(at(row.deadline))}`,
  ];
  return `${row.label} : ${dates.filter(Boolean).join(", ")}`;
}

function days(row: CalendarRow): number[] {
  return [row.opening, ...(row.cut_offs ?? []), row.first_stage, row.deadline].filter((day) => day !== undefined).map(at).filter(Number.isFinite);
}

function at(day: string): number {
  return Date.parse(day.slice(0, 10));
}

function startOfMonth(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
