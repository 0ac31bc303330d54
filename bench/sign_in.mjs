// 200 sign-ins by password at once beside readers of the list of organisations: how much slower does the list get?
// The instance must count sign-ins by what its proxy says (behind_proxy = true), or its own limits end the run.
// usage: node bench/sign_in.mjs BASE_URL PROGRAM [--readers 4] [--sign-ins 200] [--rounds 5]
// CORRIDOR_DATABASE and CORRIDOR_VAR say which instance PROGRAM invites people into.
import { execFileSync } from "node:child_process";

const [base, program, ...rest] = process.argv.slice(2);
if (!base || !program) {
  console.error("usage: node bench/sign_in.mjs BASE_URL PROGRAM [--readers 4] [--sign-ins 200] [--rounds 5]");
  process.exit(2);
}
const option = (name, fallback) => {
  const at = rest.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(rest[at + 1]);
};
const readers = option("readers", 4);
const signIns = option("sign-ins", 200);
const rounds = option("rounds", 5);
const PASSWORD = "brique tulipe neuf hiver";
/** An account may be tried ten times in a minute, so that many people share the sign-ins. */
const PER_PERSON = 5;

let network = 0;
/** A request from a network that asked nothing yet. */
const post = (path, form, cookie) => {
  network += 1;
  return fetch(base + path, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      "x-forwarded-for": `10.${(network >> 16) & 255}.${(network >> 8) & 255}.${network & 255}`,
      ...(cookie ? { cookie } : {}),
    },
    body: new URLSearchParams(form),
  });
};
const session = (answer) => answer.headers.getSetCookie().find((cookie) => cookie.includes("session="))?.split(";")[0];

/** Somebody who came in by an invitation and chose a password. */
async function somebody(email) {
  const said = execFileSync(program, ["invite", email, "--role", "reader", "--cluster", "medicen"], { encoding: "utf8" });
  const link = new URL(said.split("\n").find((line) => line.includes("/invitations/")).trim()).pathname;
  const cookie = session(await post(link, { name: "Ada Example" }));
  const chosen = await post("/account/password", { password: PASSWORD }, cookie);
  if (chosen.status !== 303) throw new Error(`choosing a password answered ${chosen.status}: ${await chosen.text()}`);
  return { email, cookie };
}

const wave = Math.ceil(signIns / PER_PERSON);
const people = [];
for (let n = 0; n < wave * rounds; n++) people.push(await somebody(`reader-${Date.now()}-${n}@institute.example`));
const cookie = people[0].cookie;

const words = ["hopital", "cancer", "universite paris", "batteries", "vaccins", "robotics", "CNRS", "agriculture"];
/** Reads the list again and again until told to stop; what each reading took. */
async function read(until) {
  const times = [];
  const reader = async (offset) => {
    for (let n = 0; !until.stop; n++) {
      const begun = performance.now();
      const answer = await fetch(`${base}/organisations?q=${encodeURIComponent(words[(offset + n) % words.length])}`, { headers: { cookie, "accept-encoding": "identity" } });
      await answer.text();
      if (!answer.ok) throw new Error(`the list answered ${answer.status}`);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: readers }, (_, offset) => reader(offset)));
  return times;
}
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The list beside whatever `work` does, after a moment to get warm. */
async function beside(work) {
  const until = { stop: false };
  const reading = read(until);
  const begun = performance.now();
  await work();
  until.stop = true;
  return { times: await reading, seconds: (performance.now() - begun) / 1000 };
}

await beside(() => pause(2000));
const alone = [], during = [], signing = [];
let seconds = 0;
for (let round = 0; round < rounds; round++) {
  alone.push(...(await beside(() => pause(3000))).times);
  const others = people.slice(round * wave, (round + 1) * wave);
  const crowd = await beside(() =>
    Promise.all(
      Array.from({ length: signIns }, async (_, n) => {
        const begun = performance.now();
        const answer = await post("/sign-in/password", { email: others[n % wave].email, password: PASSWORD });
        await answer.text();
        if (answer.status !== 303 || !session(answer)) throw new Error(`a sign-in answered ${answer.status}`);
        signing.push(performance.now() - begun);
      }),
    ),
  );
  during.push(...crowd.times);
  seconds += crowd.seconds;
}

const at = (times, share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
for (const times of [alone, during, signing]) times.sort((a, b) => a - b);
console.log("| what | requests | p50 ms | p95 ms | max ms |");
console.log("|---|---|---|---|---|");
for (const [name, times] of Object.entries({ "the list alone": alone, [`the list during ${signIns} sign-ins`]: during, "a sign-in of them": signing })) {
  console.log(`| ${name} | ${times.length} | ${at(times, 0.5).toFixed(1)} | ${at(times, 0.95).toFixed(1)} | ${times.at(-1).toFixed(1)} |`);
}
const ratio = (share) => (at(during, share) / at(alone, share)).toFixed(2);
console.log(`\nthe list is ${ratio(0.5)} times slower at the median, ${ratio(0.95)} at the 95th percentile; ${signIns} sign-ins took ${(seconds / rounds).toFixed(1)} s`);
