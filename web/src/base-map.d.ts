/** The outlines of countries, written by the build: the name of the file beside the scripts. */
declare module "corridor:base-map" {
  const file: string;
  export default file;
}
