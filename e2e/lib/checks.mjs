// What must hold on every page: axe finds nothing, nothing sticks out at 360 px, the page is light, and it is in one language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Goes to a page that must be there. */
export async function open(page, path) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), 200, `${path} answers`);
  return answer;
}

/** Waits until the pictures near the window are drawn and nothing is being fetched. */
export async function settled(page) {
  await page.waitForLoadState("load");
  await page.evaluate(async () => {
    const step = window.innerHeight * 0.8;
    for (let y = 0; y < document.documentElement.scrollHeight; y += step) {
      window.scrollTo(0, y);
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    }
    window.scrollTo(0, 0);
  });
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => [...document.querySelectorAll("figure.picture[data-mounted] [data-canvas]")].every((canvas) => canvas.querySelector("svg, .picture-wait")));
}

/** Runs axe in the theme that the page has; every rule, best practices included. */
export async function axe(page, where) {
  // Through the debugger: the page's own policy rightly forbids adding scripts to it.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axeSource });
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} (${[...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ")})`));
  });
  await session.detach();
  assert.deepEqual(found, [], `axe on ${where}`);
}

/** axe in light and dark: the theme follows the system unless the person chose one. */
export async function axeInBothThemes(page, where) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    // As somebody meets it who comes with this theme: Chromium keeps computed colours of folded tables over a change.
    await page.reload({ waitUntil: "load" });
    await settled(page);
    const chosen = await page.locator("html").getAttribute("data-theme");
    assert.equal(chosen, "auto", "the theme is the system's");
    await axe(page, `${where}, ${colorScheme}`);
  }
}

/** Nothing makes the page wider than the window. */
export async function fits(page, where) {
  const { wide, window: room, who } = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const scrolls = (element) => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(parent).overflowX)) return true;
      }
      return false;
    };
    const who = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > room + 1 && !scrolls(element))
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`);
    return { wide: document.documentElement.scrollWidth, window: room, who };
  });
  assert.ok(wide <= room, `${where} is ${wide} px wide in ${room} px: ${who.join(", ")}`);
}

/** The budgets of a page: HTML under 100 kB as text, script under 200 kB as sent. */
export async function light(page, path) {
  const scripts = [];
  const listen = (response) => {
    if (response.request().resourceType() === "script") scripts.push(response);
  };
  page.on("response", listen);
  const answer = await open(page, path);
  await settled(page);
  page.off("response", listen);
  const html = (await answer.body()).length;
  assert.ok(html < 100_000, `the HTML of ${path} is ${html} bytes; the limit is 100,000`);
  let sent = 0;
  for (const script of scripts) {
    const { responseBodySize } = await script.request().sizes();
    sent += responseBodySize;
  }
  assert.ok(sent < 200_000, `${path} loads ${sent} bytes of script; the limit is 200,000`);
  return { html, sent };
}

/** The page says in which language it is, has one first heading and a title of its own. */
export async function framed(page, lang) {
  assert.equal(await page.locator("html").getAttribute("lang"), lang, "language of the page");
  assert.equal(await page.locator("h1").count(), 1, "one first heading");
  const [title, heading] = [await page.title(), (await page.locator("h1").innerText()).trim()];
  assert.ok(title.endsWith("· Corridor"), `the title "${title}" ends with the product`);
  assert.ok(heading.length > 1, "the first heading says something");
  // A key of the language files that has no text shows itself.
  const bare = await page.evaluate(() => {
    const key = /(?<![\w-])(?:frame|rail|verdict|ui|kind|demo|empty|refused|directory|calls|partnering|sign-in|account|session|token|passkey|identity|invitation|people|letters|claim|role|consortia)(?:-[a-z0-9]+)+(?![\w-])/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { nodeValue, parentElement } = walker.currentNode;
      // Texts from elsewhere, marked with their own language, may say what they like.
      if (key.test(nodeValue) && !parentElement.closest("body [lang]")) found.push(nodeValue.trim());
    }
    return found;
  });
  assert.deepEqual(bare, [], "every text has its words");
}
