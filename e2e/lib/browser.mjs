// One Chromium for all stories; a story gets fresh contexts, and every page it opens is watched.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts Chromium, or says how to get it. */
export async function openBrowser() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) {
    throw new Error("no Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM to its path");
  }
  // Root has no sandbox of its own in containers; the pages are our own.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

/** A phone, as narrow as they come, and a desk. */
export const NARROW = { width: 360, height: 740 };
export const WIDE = { width: 1280, height: 900 };

/**
 * A fresh visitor. What goes wrong on any of their pages (script errors, refused by the security policy,
 * failed requests of this site) is collected in `troubles` and fails the story unless it takes it out.
 */
export async function visitor(browser, base, { viewport = WIDE, lang = "fr", theme = "light", javaScript = true } = {}) {
  const context = await browser.newContext({
    baseURL: base,
    viewport,
    locale: lang === "fr" ? "fr-FR" : "en-GB",
    colorScheme: theme,
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
    javaScriptEnabled: javaScript,
    hasTouch: viewport.width < 600,
    isMobile: viewport.width < 600,
  });
  const troubles = [];
  context.on("weberror", (error) => troubles.push(`script error: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console on ${new URL(message.page()?.url() ?? base).pathname}: ${message.text()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500) troubles.push(`${response.request().method()} ${response.url()} answered ${response.status()}`);
  });
  const page = await context.newPage();
  return { context, page, troubles, base };
}
