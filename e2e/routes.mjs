// Where things are, in one place: the stories and the screenshots name pages by these keys.
export const routes = {
  home: "/",
  people: "/demo",
  organisations: "/organisations",
  organisation: (id) => `/organisations/${id}`,
  map: "/map",
  calls: "/calls",
  call: (identifier) => `/calls/${identifier}`,
  consortia: "/consortia",
  consortium: (id) => `/consortia/${id}`,
  search: (words) => `/search?q=${encodeURIComponent(words)}`,
  missing: "/there-is-no-such-page",
};
