import type { Island } from "../mount";
import { words } from "../words";

/**
 * Makes a passkey or signs in by one. The form stays hidden where the browser cannot: without this script there is
 * nothing that it could do.
 */
export const passkey: Island = (element) => {
  const form = element as HTMLFormElement;
  const able =
    window.isSecureContext &&
    location.hostname === form.dataset["host"] &&
    typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === "function" &&
    typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";
  if (!able) return;
  const register = form.dataset["ceremony"] === "register";
  const base = register ? "/account/passkeys" : "/sign-in/passkey";
  const trouble = form.querySelector<HTMLElement>("[data-trouble]");
  const button = form.querySelector<HTMLButtonElement>("button");

  const tell = (text: string): void => {
    if (!trouble) return;
    trouble.hidden = text === "";
    const words = trouble.querySelector("span");
    if (words) words.textContent = text;
  };

  const run = async (): Promise<void> => {
    tell("");
    const begun = await ask(`${base}/begin`, {});
    const { publicKey } = (await begun.json()) as { publicKey: never };
    const credential = register
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    if (!(credential instanceof PublicKeyCredential)) return;
    const label = new FormData(form).get("label") ?? "";
    const ended = await ask(`${base}/finish`, { label, back: form.dataset["back"] ?? "/", credential: credential.toJSON() });
    const { to } = (await ended.json()) as { to: string };
    location.assign(to);
  };

  const submit = (event: Event): void => {
    event.preventDefault();
    if (button) button.disabled = true;
    run()
      .catch((error: unknown) => {
        // Who closes the dialogue of the device has changed their mind: nothing went wrong.
        if (error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name)) tell("");
        else if (error instanceof DOMException && error.name === "InvalidStateError") tell(words.passkeyKnown);
        else tell(words.passkeyTrouble);
      })
      .finally(() => {
        if (button) button.disabled = false;
      });
  };

  form.hidden = false;
  form.addEventListener("submit", submit);
  return () => form.removeEventListener("submit", submit);
};

async function ask(address: string, body: unknown): Promise<Response> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer;
}
