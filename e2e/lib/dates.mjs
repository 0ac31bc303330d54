// An event whose days are asked about: made by its page, with organisations that answer in their places.

const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);

/** The day so many days from now, as forms write it. */
export const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/**
 * Makes an event, puts organisations on its list and asks about days so many days from now. Returns its path and the days.
 * The page belongs to an organiser.
 */
export async function askAboutDays(page, name, organisations, ahead) {
  const days = ahead.map(inDays);
  await page.goto("/events/new");
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="first_day"]').fill(days[0]);
  await page.locator('input[name="template"]').first().check();
  await press(page, page.locator('form[action="/events"] button[type="submit"]'));
  const event = new URL(page.url()).pathname.match(/\/events\/[0-9a-f-]{36}/)[0];
  for (const organisation of organisations) {
    await page.goto(`${event}/participants`);
    await page.locator('#invite input[name="confirmed"]').check();
    await page.locator('#invite input[name="organisation"]').fill(organisation);
    // Records that are suggested lie over the button: none is meant.
    await page.keyboard.press("Escape");
    await press(page, page.locator('#invite form button[type="submit"]'));
  }
  await page.goto(`${event}/dates`);
  for (const [at, day] of days.entries()) await page.locator(`input[name="day.${at}"]`).fill(day);
  await page.locator('input[name="until"]').fill(inDays(Math.min(...ahead) - 3));
  await page.locator('textarea[name="message"]').fill("Le lieu est réservé ces jours-là.");
  await press(page, page.locator('#propose form[action$="/dates#propose"] button[type="submit"]'));
  return { event, days };
}

/** Answers in the place of an organisation: a word for each day, none to leave it out. */
export async function answerInPlaceOf(page, event, organisation, days, words) {
  await page.goto(`${event}/dates`);
  await press(page, page.locator("#voices tbody a", { hasText: organisation }));
  for (const [at, word] of words.entries()) {
    if (word) await page.locator(`input[name="day.${days[at]}"][value="${word}"]`).check();
  }
  await press(page, page.locator('form[action$="/dates"] button[type="submit"]'));
}
