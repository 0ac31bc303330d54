import type { Parts } from "../contracts";
import { mountAll, unmountAll, type Island } from "../mount";

/**
 * Searches on, for a team or a timetable: shows each better answer in place of the last, until it ends or somebody stops it.
 * With `data-stop-at` the server is asked to end the search, and what it found comes as its last answer.
 */
export const search: Island = (element) => {
  const start = element.querySelector<HTMLElement>("[data-start]");
  const stop = element.querySelector<HTMLButtonElement>("[data-stop]");
  const bar = element.querySelector("progress");
  const status = element.querySelector<HTMLElement>("[data-status]");
  if (!start || !stop || !bar || !status) return;
  let source: EventSource | undefined;

  const show = (event: MessageEvent<string>): void => {
    const parts = JSON.parse(event.data) as Parts;
    if (parts.answer !== undefined) put("answer", parts.answer);
    if (parts.rules !== undefined) put("rules", parts.rules);
    if (parts.page !== undefined) location.assign(parts.page);
  };

  /** Ends listening: the server then gives up the search. */
  const end = (word: "stopped" | "ended" | "trouble"): void => {
    source?.close();
    source = undefined;
    status.textContent = status.dataset[word] ?? "";
    bar.hidden = true;
    start.hidden = word === "ended";
    if (!stop.hidden && document.activeElement === stop) (word === "ended" ? element : start).focus();
    stop.hidden = true;
  };

  const begin = (event: Event): void => {
    event.preventDefault();
    status.textContent = status.dataset["searching"] ?? "";
    bar.hidden = false;
    stop.hidden = false;
    stop.disabled = false;
    start.hidden = true;
    stop.focus();
    source = new EventSource(element.dataset["src"] ?? "");
    source.addEventListener("better", show);
    source.addEventListener("ended", (last: MessageEvent<string>) => {
      show(last);
      end("ended");
    });
    source.addEventListener("trouble", () => end("trouble"));
    // The browser would ask anew, and the search begin from nothing.
    source.addEventListener("error", () => end("trouble"));
  };

  const halt = (): void => {
    const stopAt = element.dataset["stopAt"];
    if (stopAt === undefined) return end("stopped");
    status.textContent = status.dataset["stopped"] ?? "";
    stop.disabled = true;
    fetch(stopAt, { method: "POST", redirect: "manual" }).catch(() => end("trouble"));
  };
  element.tabIndex = -1;
  start.addEventListener("click", begin);
  stop.addEventListener("click", halt);
  return () => {
    source?.close();
    start.removeEventListener("click", begin);
    stop.removeEventListener("click", halt);
  };
};

/** The server's own page parts, as on the page itself. */
function put(id: string, html: string): void {
  const place = document.getElementById(id);
  if (!place) return;
  unmountAll(place);
  place.innerHTML = html;
  mountAll(place);
}
