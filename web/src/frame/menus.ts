/** Menus are `<details>`: they work alone; this closes them when one looks elsewhere. */
export function watchMenus(root: Document): void {
  root.addEventListener("click", (event) => {
    for (const menu of root.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = root.querySelector<HTMLDetailsElement>("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  openFoldsOnWide(root);
}

/** Folds that are always open on wide screens, for browsers that cannot be told so in CSS. */
function openFoldsOnWide(root: Document): void {
  if (CSS.supports("selector(::details-content)")) return;
  if (!window.matchMedia("(min-width: 60rem)").matches) return;
  for (const fold of root.querySelectorAll<HTMLDetailsElement>("details[data-wide-open]")) fold.open = true;
}
