// Where things are, in one place: the stories and the screenshots name pages by these keys.
export const routes = {
  home: "/",
  people: "/demo",
  organisations: "/organisations",
  organisation: (id) => `/organisations/${id}`,
  map: "/map",
  calls: "/calls",
  call: (identifier) => `/calls/${identifier}`,
  partners: (identifier) => `/calls/${identifier}/partners`,
  versions: (identifier) => `/calls/${identifier}/versions`,
  consortia: "/consortia",
  proposal: (identifier) => `/consortia/proposal?topic=${encodeURIComponent(identifier)}`,
  proposalFor: (identifier) => `/consortia/new?topic=${encodeURIComponent(identifier)}`,
  consortium: (id) => `/consortia/${id}`,
  trail: "/administration/trail",
  search: (words) => `/search?q=${encodeURIComponent(words)}`,
  missing: "/there-is-no-such-page",
};
