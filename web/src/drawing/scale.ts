/** The steps of an axis. */

/** Round steps from 0 to at least `most`, three or four of them. */
export function scale(most: number, whole: boolean): number[] {
  const rough = Math.max(most, whole ? 1 : Number.EPSILON) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough && (!whole || Number.isInteger(candidate))) ?? 1;
  const ticks: number[] = [];
  for (let index = 0; index < 2 || (ticks.at(-1) ?? 0) < most; index += 1) ticks.push(Number((index * step).toPrecision(12)));
  return ticks;
}
