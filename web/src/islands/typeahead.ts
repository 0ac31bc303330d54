/** A registry field: suggests records, keeps the typed text, and puts the chosen record's identifier beside it. */
import type { Island } from "../mount";
import { words } from "../words";
import { combobox } from "./suggestions";

export const typeahead: Island = (field) => {
  const input = field.querySelector<HTMLInputElement>('input[type="text"]');
  const identifier = field.querySelector<HTMLInputElement>('input[type="hidden"]');
  const source = field.dataset["src"];
  if (!input || !identifier || !source) return;

  const chosen = document.createElement("p");
  chosen.className = "typeahead-chosen";
  chosen.setAttribute("role", "status");
  chosen.hidden = true;
  const box = document.createElement("div");
  box.className = "typeahead";
  input.replaceWith(box);
  box.append(input);
  box.after(chosen);

  const { leave } = combobox({
    input,
    host: box,
    source,
    shortest: 2,
    nothing: words.keepTyped,
    choose: ({ id, label, detail }) => {
      input.value = label;
      identifier.value = id ?? "";
      chosen.hidden = !detail;
      chosen.textContent = `${words.chosen} ${label}${detail ? ` (${detail})` : ""}`;
      identifier.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  // Typing over a chosen record un-chooses it: the text alone would otherwise name one and the identifier another.
  const onInput = (): void => {
    identifier.value = "";
    chosen.hidden = true;
  };
  input.addEventListener("input", onInput);
  return () => {
    input.removeEventListener("input", onInput);
    leave();
  };
};
