/** Asks before what a form does for good: `data-confirm` holds the sentence, the button that was pressed names the act. */
import { words } from "../words";
import { question, SURE } from "./question";

export function watchConfirmations(root: Document): void {
  root.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      const sentence = question(form);
      if (!sentence) return;
      event.preventDefault();
      // Nobody else is to send it in the meantime.
      event.stopImmediatePropagation();
      const { submitter } = event as SubmitEvent;
      ask(root, sentence, submitter, () => {
        const sure = root.createElement("input");
        sure.type = "hidden";
        sure.name = SURE;
        sure.value = "yes";
        form.append(sure);
        form.requestSubmit(submitter);
        // A page that the browser kept asks again when one comes back to it.
        sure.remove();
      });
    },
    true,
  );
}

/** Shows the sentence with the act and the way back; Escape is the way back, and what was focused has the focus again. */
function ask(root: Document, sentence: string, submitter: HTMLElement | null, go: () => void): void {
  const act = submitter?.textContent?.trim() || words.carryOut;
  const dialog = root.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", "confirm-act");
  dialog.setAttribute("aria-describedby", "confirm-sentence");
  const heading = root.createElement("h2");
  heading.id = "confirm-act";
  heading.textContent = act;
  const text = root.createElement("p");
  text.id = "confirm-sentence";
  text.textContent = sentence;
  const acts = root.createElement("div");
  acts.className = "form-acts";
  const yes = button(root, act, "button button-danger");
  const no = button(root, words.leaveIt, "button button-second");
  // Enter, pressed without reading, changes nothing.
  no.autofocus = true;
  acts.append(yes, no);
  dialog.append(heading, text, acts);
  dialog.addEventListener("close", () => dialog.remove());
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    go();
  });
  root.body.append(dialog);
  dialog.showModal();
}

function button(root: Document, label: string, look: string): HTMLButtonElement {
  const made = root.createElement("button");
  made.type = "button";
  made.className = look;
  made.textContent = label;
  return made;
}
