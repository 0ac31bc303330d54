/** What the server sends to the islands, one shape each. The server's tests hold the same shapes. */

/** One suggestion of the search field or of a registry field: `/api/suggest?q=`, `/api/organisations/suggest?q=`. */
export interface Suggestion {
  /** What it is, in the reader's language: "Organisation", "Sujet". */
  kind: string;
  /** Its name. */
  label: string;
  /** What tells it from others of the same name: place, identifier, deadline. */
  detail: string;
  /** Its page. */
  href: string;
  /** Its identifier, where it is to be put into a form. */
  id?: string;
}

/** A network of organisations: `data-island="network"`. */
export interface NetworkData {
  nodes: NetworkNode[];
  links: NetworkLink[];
  /** The kinds in use, with the words of the legend. */
  kinds?: Kind[];
}
export interface NetworkNode {
  id: string;
  label: string;
  /** A key of `kinds`. */
  kind?: string;
  /** How much it weighs (joint projects); drawn as an area. */
  size: number;
  /** Its page, opened on click. */
  href?: string;
  /** Whether the picture is about this one. */
  focus?: boolean;
  /** A second line of its description. */
  detail?: string;
}
export interface NetworkLink {
  /** `id` of a node. */
  source: string;
  target: string;
  /** Joint projects; drawn as a width. */
  weight: number;
}

/** A word of a legend. The n-th kind has the n-th colour. */
export interface Kind {
  key: string;
  label: string;
}

/** A map: `data-island="map"`. */
export interface MapData {
  points: MapPoint[];
  /** Joint projects between two places. */
  lines?: MapLine[];
  /** Countries to shade. */
  regions?: MapRegion[];
  kinds?: Kind[];
  /** What shading counts, for the legend: "Organisations". */
  measure?: string;
  /** Where to look at first; the points' own extent when absent. */
  view?: "europe" | "world" | "points";
}
export interface MapPoint {
  lat: number;
  lon: number;
  label: string;
  href?: string;
  weight?: number;
  kind?: string;
  detail?: string;
}
export interface MapLine {
  /** Longitude and latitude of both ends. */
  from: [lon: number, lat: number];
  to: [lon: number, lat: number];
  weight: number;
  label?: string;
}
export interface MapRegion {
  /** ISO 3166-1 two-letter code; EL and UK are understood. */
  code: string;
  value: number;
  label: string;
  href?: string;
}

/** Bars over categories (projects a year): `data-island="bars"`. */
export interface BarsData {
  categories: string[];
  series: BarsSeries[];
  /** "count" (default), "money" in euro, or "percent" of 1. */
  unit?: "count" | "money" | "percent";
  /** Whether series stand on each other; true when absent. */
  stacked?: boolean;
  /** One address a category, opened on click. */
  hrefs?: string[];
}
export interface BarsSeries {
  name: string;
  values: number[];
}

/** Shares of one whole, several ways (by country, by kind, by side): `data-island="composition"`. */
export interface CompositionData {
  groups: CompositionGroup[];
}
export interface CompositionGroup {
  title: string;
  parts: { label: string; value: number; text?: string; href?: string }[];
  /** Where a rule draws its line, as a share of 1 from the left, with its words. */
  need?: { share: number; label: string };
  unit?: "count" | "money" | "percent";
}

/** Openings, cut-offs and deadlines on one strip of time: `data-island="calendar"`. Dates are ISO days. */
export interface CalendarData {
  today: string;
  rows: CalendarRow[];
}
export interface CalendarRow {
  label: string;
  href?: string;
  opening?: string;
  cut_offs?: string[];
  /** The deadline of the first of two stages; `deadline` is then the second one's. */
  first_stage?: string;
  deadline?: string;
}

/** Parts of a page, sent by the server while a search goes on. */
export interface Parts {
  /** The team with its proof, or the figures of the timetable. */
  answer?: string;
  /** What each rule says of the team. */
  rules?: string;
  /** Where what was found stands, once the search has ended. */
  page?: string;
}
