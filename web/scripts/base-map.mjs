// The offline base map: country outlines of Natural Earth (public domain, through world-atlas) as GeoJSON,
// rounded to a twentieth of a degree (a pixel or so on a map of Europe), each country named by its ISO code.
// Europe and its neighbours come from the 1:50 m set, the rest of the world from the 1:110 m set where it has them.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { feature } from "topojson-client";
import { alphaByNumber } from "./country-codes.mjs";

const require = createRequire(import.meta.url);
const ANTARCTICA = "010";
/** Outlines that Natural Earth draws without an ISO number, and the code in use for them. */
const UNNUMBERED = { Kosovo: "XK", "N. Cyprus": "CY", Somaliland: "SO" };
/** Islands smaller than this many square degrees are dropped unless they are all a country has. */
const SMALLEST = 0.03;
/** Countries drawn in detail: where the organisations of European projects are. */
const DETAILED = new Set(
  ("AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IL IM IS IT JE LI LT LU LV MC MD ME MK MT " +
    "NL NO PL PT PS RO RS SE SI SK SM TN TR UA VA XK").split(" "),
);

export async function baseMap() {
  const fine = await countries("50m");
  const coarse = new Map((await countries("110m")).map((country) => [country.properties.name, country]));
  const features = fine.map((country) => {
    const { name } = country.properties;
    return DETAILED.has(name) ? country : (coarse.get(name) ?? country);
  });
  features.sort((a, b) => a.properties.name.localeCompare(b.properties.name, "en"));
  return JSON.stringify({ type: "FeatureCollection", features });
}

/** One feature a country of the set at this scale, rounded. */
async function countries(scale) {
  const topology = JSON.parse(await readFile(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));
  const byCode = new Map();
  for (const country of feature(topology, topology.objects.countries).features) {
    const code = alphaByNumber.get(country.id) ?? UNNUMBERED[country.properties.name];
    if (!code || country.id === ANTARCTICA) continue;
    const polygons = country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
    const rounded = polygons.map((rings) => rings.map(round).filter((ring) => ring.length >= 4)).filter((rings) => rings.length > 0);
    if (rounded.length > 0) byCode.set(code, [...(byCode.get(code) ?? []), ...rounded]);
  }
  return [...byCode].map(([name, polygons]) => {
    const areas = polygons.map((rings) => area(rings[0]));
    const largest = Math.max(...areas);
    const coordinates = polygons.filter((_, index) => areas[index] >= Math.min(SMALLEST, largest));
    return { type: "Feature", properties: { name }, geometry: { type: "MultiPolygon", coordinates } };
  });
}

/** The ring on the coarser grid, without the points that fall together. A ring across the 180th meridian goes on beyond it. */
function round(ring) {
  const points = [];
  let turn = 0;
  let before;
  for (const [lon, lat] of ring) {
    if (before !== undefined && Math.abs(lon - before) > 180) turn += lon < before ? 360 : -360;
    before = lon;
    const point = [Math.round((lon + turn) * 20) / 20, Math.round(lat * 20) / 20];
    const last = points.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) points.push(point);
  }
  const most = points.reduce((sum, [lon]) => sum + lon, 0) / points.length;
  const shift = most < -180 ? 360 : most > 180 ? -360 : 0;
  return points.map(([lon, lat]) => [lon + shift, lat]);
}

function area(ring) {
  let twice = 0;
  for (let i = 0; i < ring.length - 1; i += 1) twice += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return Math.abs(twice) / 2;
}
