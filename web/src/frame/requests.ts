/** What all partial requests share: the busy mark, and a word when the server cannot be reached or refuses. */
import type { HtmxRequestCtx } from "htmx.org";
import { words } from "../words";

export function watchRequests(root: Document): void {
  root.addEventListener("htmx:before:request", (event) => busy(event.detail.ctx, true));
  root.addEventListener("htmx:finally:request", (event) => busy(event.detail.ctx, false));
  root.addEventListener("htmx:response:error", () => say(root, words.refused));
  root.addEventListener("htmx:error", (event) => {
    const { ctx } = event.detail;
    if (ctx && !ctx.response) say(root, words.unreachable);
  });
  root.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.response && ctx.response.status < 400) root.querySelector("#request-trouble")?.remove();
  });
}

function busy(ctx: HtmxRequestCtx, on: boolean): void {
  const target = ctx.target ?? ctx.sourceElement;
  // A poll must not flicker what it refreshes.
  if (ctx.sourceElement?.getAttribute("hx-trigger")?.includes("every")) return;
  if (on) target?.setAttribute("aria-busy", "true");
  else target?.removeAttribute("aria-busy");
}

/** One message at the top of the page, replaced by the next one. */
function say(root: Document, text: string): void {
  let note = root.querySelector<HTMLElement>("#request-trouble");
  if (!note) {
    note = root.createElement("div");
    note.id = "request-trouble";
    note.className = "flash flash-error";
    note.setAttribute("role", "alert");
    root.querySelector("main")?.prepend(note);
  }
  const line = root.createElement("p");
  line.textContent = text;
  note.replaceChildren(line);
}
