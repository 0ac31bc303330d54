/** A list of suggestions under an input: the combobox pattern, shared by the search field and registry fields. */
import type { Suggestion } from "../contracts";
import { words } from "../words";

export interface Combobox {
  input: HTMLInputElement;
  /** Where the list is put. */
  host: HTMLElement;
  /** The address that answers `?q=` with suggestions. */
  source: string;
  /** Below this length nothing is asked. */
  shortest: number;
  /** Called with the suggestion one chose. */
  choose: (suggestion: Suggestion) => void;
  /** What to say when nothing fits. */
  nothing: string;
}

let lists = 0;

/** Wires the input; returns a function that forgets the list. */
export function combobox({ input, host, source, shortest, choose, nothing }: Combobox): { close: () => void; leave: () => void } {
  const list = document.createElement("div");
  list.className = "suggest";
  list.id = `suggest-${(lists += 1)}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.suggestions);
  list.hidden = true;
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  const note = document.createElement("p");
  note.className = "suggest suggest-note";
  note.hidden = true;
  host.append(list, note, voice);

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  let found: Suggestion[] = [];
  let active = -1;
  let timer = 0;
  let asking: AbortController | undefined;

  const close = (): void => {
    list.hidden = true;
    note.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index: number): void => {
    const options = list.querySelectorAll<HTMLElement>('[role="option"]');
    active = options.length === 0 ? -1 : (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    const option = options[active];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  };
  const take = (suggestion: Suggestion): void => {
    close();
    choose(suggestion);
  };
  const show = (): void => {
    list.replaceChildren(
      ...found.map((suggestion, index) => {
        const option = document.createElement("div");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(part("suggest-label", suggestion.label), part("suggest-kind", suggestion.kind));
        if (suggestion.detail) option.append(part("suggest-detail", suggestion.detail));
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(suggestion));
        return option;
      }),
    );
    active = -1;
    list.hidden = found.length === 0;
    note.hidden = found.length > 0;
    note.textContent = nothing;
    voice.textContent = found.length > 0 ? words.suggestionCount(found.length) : nothing;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
  };
  const ask = async (): Promise<void> => {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < shortest) return close();
    asking = new AbortController();
    const address = new URL(source, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { accept: "application/json" } });
      if (!answer.ok) return close();
      found = (await answer.json()) as Suggestion[];
      if (document.activeElement === input) show();
    } catch {
      // Superseded by the next letter, or the server is away: the form itself still works.
    }
  };
  const onInput = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), 120);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (list.hidden) {
      if (event.key === "ArrowDown" && found.length > 0) {
        event.preventDefault();
        show();
        mark(0);
      }
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      const suggestion = found[active];
      if (suggestion) take(suggestion);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  input.addEventListener("input", onInput);
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", close);
  return {
    close,
    leave: () => {
      asking?.abort();
      window.clearTimeout(timer);
      input.removeEventListener("input", onInput);
      input.removeEventListener("keydown", onKey);
      input.removeEventListener("blur", close);
      list.remove();
      note.remove();
      voice.remove();
    },
  };
}

function part(name: string, text: string): HTMLElement {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}
