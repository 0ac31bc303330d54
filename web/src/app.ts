/** What every page loads: partial page updates, menus, and the islands the page asks for. */
import htmx from "htmx.org";
import { mountAll, unmountAll } from "./mount";
import { watchConfirmations } from "./frame/confirm";
import { watchMenus } from "./frame/menus";
import { watchRequests } from "./frame/requests";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

watchConfirmations(document);
watchMenus(document);
watchRequests(document);
mountAll(document);
document.addEventListener("htmx:after:process", (event) => mountAll(event.target as ParentNode));
document.addEventListener("htmx:before:cleanup", (event) => unmountAll(event.target as ParentNode));
