/** Keeps what one types in a text area in this browser until the form is sent, and says so. */
import type { Island } from "../mount";
import { language, words } from "../words";

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });

export const autosave: Island = (field) => {
  const area = field.querySelector<HTMLTextAreaElement>("textarea");
  const name = field.dataset["draft"];
  if (!area || !name) return;
  const key = `corridor.draft.${name}`;
  const note = document.createElement("p");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  field.append(note);

  const initial = area.value;
  const kept = read(key);
  if (kept !== null && kept !== initial) {
    area.value = kept;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "button button-quiet button-small";
    drop.textContent = words.draftDrop;
    drop.addEventListener("click", () => {
      area.value = initial;
      write(key, null);
      note.replaceChildren();
    });
    note.replaceChildren(words.draftFound, " ", drop);
  }
  let timer = 0;
  const onInput = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (write(key, area.value === initial ? null : area.value)) note.textContent = words.draftKept(clock.format(new Date()));
    }, 600);
  };
  const onSubmit = (event: Event): void => {
    window.clearTimeout(timer);
    if (!event.defaultPrevented) write(key, null);
  };
  area.addEventListener("input", onInput);
  area.form?.addEventListener("submit", onSubmit);
  return () => {
    window.clearTimeout(timer);
    area.removeEventListener("input", onInput);
  };
};

/** Storage may be full or forbidden: then nothing is kept, and nothing is said to be. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
function write(key: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return value !== null;
  } catch {
    return false;
  }
}
