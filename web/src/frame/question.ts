/** The field that says that one was asked; without it the server asks on a page of its own, where it must be sure. */
export const SURE = "sure";

/** Whether a form has to be asked about first: its sentence, unless it has been asked about already. */
export function question(form: HTMLFormElement): string | undefined {
  if (form.querySelector(`input[name="${SURE}"]`)) return undefined;
  return form.dataset["confirm"]?.trim() || undefined;
}
