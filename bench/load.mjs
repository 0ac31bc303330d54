// Eight readers at once on a running instance: what a page costs at the 95th percentile, and what the server holds.
// usage: node bench/load.mjs http://127.0.0.1:8080 [--readers 8] [--rounds 40] [--pid SERVER_PID]
import { readFile } from "node:fs/promises";

const [base, ...rest] = process.argv.slice(2);
if (!base) {
  console.error("usage: node bench/load.mjs BASE_URL [--readers 8] [--rounds 40] [--pid SERVER_PID]");
  process.exit(2);
}
const option = (name, fallback) => {
  const at = rest.indexOf(`--${name}`);
  return at < 0 ? fallback : rest[at + 1];
};
const readers = Number(option("readers", 8));
const rounds = Number(option("rounds", 40));
const pid = option("pid", "");

/** The session of the demonstration project officer. */
async function session() {
  const page = await (await fetch(`${base}/demo`, { headers: { "accept-language": "en" } })).text();
  const person = page.match(/name="person" value="([^"]+)"/)?.[1];
  if (!person) throw new Error("the instance offers no demonstration person: serve it with --demonstration");
  const answer = await fetch(`${base}/demo/become`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    body: `person=${person}`,
  });
  return answer.headers.get("set-cookie").split(";")[0];
}

const cookie = await session();
const get = async (path) => {
  const answer = await fetch(base + path, { headers: { cookie, "accept-encoding": "identity" } });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return body;
};

const words = ["hopital", "cancer", "universite paris", "batteries", "pastuer", "vaccins", "robotics", "hydrogène", "CNRS", "santé numérique", "medical imaging", "agriculture"];
const list = JSON.parse(await get("/api/calls?limit=200"));
const topics = (list.topics ?? list.items ?? list).map((topic) => topic.identifier);
const organisations = JSON.parse(await get("/api/organisations?q=institut")).organisations.map((organisation) => organisation.id);
const pages = {
  "directory search": (n) => `/organisations?q=${encodeURIComponent(words[n % words.length])}`,
  "organisation": (n) => `/organisations/${organisations[n % organisations.length]}`,
  "calls list": (n) => `/calls?q=${encodeURIComponent(words[n % words.length])}`,
  "call page": (n) => `/calls/${topics[n % topics.length]}`,
  "ranked partners": (n) => `/calls/${topics[n % topics.length]}/partners?country=${["FR", "DE", "", "ES"][n % 4]}`,
};

console.log("| page | requests | p50 ms | p95 ms | max ms | kB at most |");
console.log("|---|---|---|---|---|---|");
for (const [name, path] of Object.entries(pages)) {
  const times = [];
  let largest = 0;
  const reader = async (offset, count, keep) => {
    for (let n = 0; n < count; n++) {
      const begun = performance.now();
      const body = await get(path(offset * 7 + n));
      if (keep) times.push(performance.now() - begun);
      largest = Math.max(largest, Buffer.byteLength(body));
    }
  };
  await reader(0, 5, false);
  await Promise.all(Array.from({ length: readers }, (_, offset) => reader(offset, rounds, true)));
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(1);
  console.log(`| ${name} | ${times.length} | ${at(0.5)} | ${at(0.95)} | ${times.at(-1).toFixed(1)} | ${Math.ceil(largest / 1000)} |`);
}
if (pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const megabytes = (field) => Math.round(Number(status.match(new RegExp(`${field}:\\s+(\\d+)`))[1]) / 1024);
  console.log(`\nserver: ${megabytes("VmRSS")} MB resident, ${megabytes("VmHWM")} MB at most`);
}
