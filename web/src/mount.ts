/** Islands: elements with `data-island`, brought to life when the page arrives and again after each swap. */

/** Brings one element to life; what it returns is called when the element leaves the page. */
export type Island = (element: HTMLElement) => void | (() => void) | Promise<void | (() => void)>;

/** Each island by the name in `data-island`; those with heavy parts load them when first met. */
const islands: Record<string, () => Promise<Island>> = {
  palette: async () => (await import("./islands/palette")).palette,
  typeahead: async () => (await import("./islands/typeahead")).typeahead,
  sortable: async () => (await import("./islands/sortable")).sortable,
  autosave: async () => (await import("./islands/autosave")).autosave,
  calendar: async () => (await import("./islands/calendar")).calendar,
  composition: async () => (await import("./islands/composition")).composition,
  network: async () => (await import("./islands/network")).network,
  map: async () => (await import("./islands/map")).map,
  passkey: async () => (await import("./islands/passkey")).passkey,
  search: async () => (await import("./islands/search")).search,
  bars: async () => (await import("./islands/bars")).bars,
};

const mounted = new WeakMap<HTMLElement, () => void>();
const begun = new WeakSet<HTMLElement>();

/** Mounts every island in `root` that is not mounted yet. Pictures wait until they come near the window. */
export function mountAll(root: ParentNode): void {
  const found = [...root.querySelectorAll<HTMLElement>("[data-island]")];
  if (root instanceof HTMLElement && root.dataset["island"]) found.unshift(root);
  for (const element of found) {
    if (begun.has(element)) continue;
    begun.add(element);
    if (element.matches(".picture")) near.observe(element);
    else void mount(element);
  }
}

/** Tells every island in `root` that it leaves. */
export function unmountAll(root: ParentNode): void {
  const found = [...root.querySelectorAll<HTMLElement>("[data-island]")];
  if (root instanceof HTMLElement) found.push(root);
  for (const element of found) {
    near.unobserve(element);
    mounted.get(element)?.();
    mounted.delete(element);
  }
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      void mount(target as HTMLElement);
    }
  },
  { rootMargin: "300px" },
);

async function mount(element: HTMLElement): Promise<void> {
  const load = islands[element.dataset["island"] ?? ""];
  if (!load) return;
  const island = await load();
  if (!element.isConnected) return;
  // Said first: a picture's room is only laid out once it is going to be filled.
  element.dataset["mounted"] = "";
  const leave = await island(element);
  if (leave) mounted.set(element, leave);
}
