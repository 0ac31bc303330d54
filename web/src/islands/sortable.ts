/** A table whose rows are put in order by clicking a heading; the order of the server is the order at first. */
import type { Island } from "../mount";
import { language } from "../words";
import { sortKey } from "./sort-key";

const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
const SPRITE = document.querySelector<SVGUseElement>("svg.icon use")?.getAttribute("href")?.split("#")[0];

export const sortable: Island = (element) => {
  const table = element as HTMLTableElement;
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
  headings.forEach((heading, column) => {
    if (heading.dataset["sort"] === "none" || heading.textContent?.trim() === "" || heading.querySelector("a, button, input, .visually-hidden")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    button.insertAdjacentHTML("beforeend", SPRITE ? `<svg class="icon" aria-hidden="true" focusable="false"><use href="${SPRITE}#chevrons-up-down"></use></svg>` : "");
    heading.append(button);
    button.addEventListener("click", () => sort(table, headings, column));
  });
};

function sort(table: HTMLTableElement, headings: HTMLTableCellElement[], column: number): void {
  const heading = headings[column];
  const body = table.tBodies[0];
  if (!heading || !body) return;
  const rows = [...body.rows];
  const keys = new Map(rows.map((row) => [row, sortKey(row.cells[column]?.dataset["value"] ?? row.cells[column]?.textContent ?? "")] as const));
  const numeric = [...keys.values()].every((value) => value === "" || typeof value === "number");
  // Figures are first read from the largest, words from A.
  const current = heading.getAttribute("aria-sort");
  const direction = current === "ascending" ? "descending" : current === "descending" ? "ascending" : numeric ? "descending" : "ascending";
  const sign = direction === "ascending" ? 1 : -1;
  rows.sort((a, b) => {
    const [x, y] = [keys.get(a) ?? "", keys.get(b) ?? ""];
    // What is not known stays last in both directions.
    if (x === "" || y === "") return x === y ? 0 : x === "" ? 1 : -1;
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y)));
  });
  body.append(...rows);
  for (const other of headings) {
    other.removeAttribute("aria-sort");
    other.querySelector("use")?.setAttribute("href", `${SPRITE}#chevrons-up-down`);
  }
  heading.setAttribute("aria-sort", direction);
  heading.querySelector("use")?.setAttribute("href", `${SPRITE}#${direction === "ascending" ? "arrow-up" : "arrow-down"}`);
}
