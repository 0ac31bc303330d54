/** The search field of the top bar: suggestions while one types, Ctrl K from anywhere. On narrow screens it opens as a dialog. */
import type { Island } from "../mount";
import { words } from "../words";
import { combobox } from "./suggestions";

export const palette: Island = (form) => {
  const input = form.querySelector<HTMLInputElement>('input[type="search"]');
  const source = form.dataset["src"];
  if (!input || !source) return;
  const go = (href: string): void => location.assign(href);
  const inline = combobox({ input, host: form, source, shortest: 2, nothing: words.noSuggestion, choose: ({ href }) => go(href) });

  let dialog: HTMLDialogElement | undefined;
  const openDialog = (): void => {
    dialog ??= buildDialog(form as HTMLFormElement, source, go);
    dialog.showModal();
    dialog.querySelector("input")?.select();
  };
  const open = (): void => {
    if (form.offsetParent === null) openDialog();
    else {
      input.focus();
      input.select();
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    const typing = (event.target as HTMLElement).closest("input, textarea, select, [contenteditable]");
    if ((event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing)) {
      event.preventDefault();
      open();
    }
  };
  const link = document.querySelector<HTMLAnchorElement>("[data-palette-open]");
  const onLink = (event: Event): void => {
    event.preventDefault();
    open();
  };
  document.addEventListener("keydown", onKey);
  link?.addEventListener("click", onLink);
  return () => {
    inline.leave();
    dialog?.remove();
    document.removeEventListener("keydown", onKey);
    link?.removeEventListener("click", onLink);
  };
};

function buildDialog(form: HTMLFormElement, source: string, go: (href: string) => void): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "palette-dialog";
  dialog.setAttribute("aria-label", words.search);
  const inner = document.createElement("form");
  inner.action = form.action;
  inner.method = "get";
  inner.setAttribute("role", "search");
  const input = document.createElement("input");
  input.type = "search";
  input.name = "q";
  input.autocomplete = "off";
  input.placeholder = form.querySelector("input")?.placeholder ?? "";
  input.setAttribute("aria-label", words.search);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-quiet";
  close.textContent = words.close;
  close.addEventListener("click", () => dialog.close());
  inner.append(input, close);
  const host = document.createElement("div");
  dialog.append(inner, host);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  // Before the field hears it: a search field keeps the first Escape for itself and only empties its text.
  dialog.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      dialog.close();
    },
    true,
  );
  document.body.append(dialog);
  combobox({ input, host, source, shortest: 2, nothing: words.noSuggestion, choose: ({ href }) => go(href) });
  return dialog;
}
