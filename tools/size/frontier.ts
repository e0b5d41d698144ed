// For each number of panels the smallest cell that is good enough. Every seed draws its own border
// between good and bad; together they say of every pair of the grid how often it is bad. What was
// concluded and not run is then checked by running it: where many panels charge a small cell faster
// than it may be charged, more is not better, and all seeds of that pair are run.

import { type Grid, type Point } from "./grid.js";
import { allowedBad } from "./statistics.js";
import { tallyOf, type Sky } from "./sky.js";

/** Seeds that draw first, and tell the others where to begin. */
const PILOTS = 4;
/** Seeds that run each pair of the frontier to the end. */
export const CHECKS = 6;

/** By panels: index of the smallest cell that is good enough; undefined: none of the grid is. */
export type Frontier = (number | undefined)[];

const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];

/** Lets all seeds draw their borders. */
async function draw(grid: Grid, skies: readonly Sky[]): Promise<void> {
  const pilots = skies.slice(0, PILOTS);
  const center = grid.cells_uAh.length >> 1;
  const borders = await Promise.all(pilots.map((sky) => sky.border(grid, center)));
  const from = middle(borders.map((smallest) => smallest[0]!)) ?? center;
  await Promise.all(skies.slice(PILOTS).map((sky) => sky.border(grid, from)));
}

/** The smallest cell with so many panels whose share of bad years is within the limit. */
async function smallestIn(
  panel: number,
  grid: Grid,
  skies: readonly Sky[],
  limit: number,
): Promise<number | undefined> {
  for (const cell of grid.cells_uAh.keys()) {
    const point = { cell, panel };
    // known from the borders, but where runs contradict each other
    await Promise.all(skies.map((sky) => sky.isGood(point)));
    const { bad, years } = tallyOf(skies, point);
    if (bad <= allowedBad(limit, years)) return cell;
  }
  return undefined;
}

/** Runs what was concluded of a pair; returns whether any run says otherwise. */
export async function contradicted(point: Point, skies: readonly Sky[]): Promise<boolean> {
  const found = await Promise.all(
    skies.map(async (sky) => {
      const before = sky.judged(point);
      const after = await sky.run(point);
      return before !== undefined && before.bad !== after.bad;
    }),
  );
  return found.includes(true);
}

/** Finds the frontier under all skies. */
export async function findFrontier(
  grid: Grid,
  skies: readonly Sky[],
  limit: number,
): Promise<Frontier> {
  await draw(grid, skies);
  const checked = new Set<string>();
  for (;;) {
    const frontier: Frontier = [];
    // one after another: what is concluded must not depend on which run was faster
    for (const panel of grid.panels.keys()) {
      frontier.push(await smallestIn(panel, grid, skies, limit));
    }
    const open = frontier.flatMap((cell, panel) =>
      cell === undefined || checked.has(`${cell} ${panel}`) ? [] : [{ cell, panel }],
    );
    if (open.length === 0) return frontier;
    await Promise.all(
      open.map(async (point) => {
        checked.add(`${point.cell} ${point.panel}`);
        const wrong = await contradicted(point, skies.slice(0, CHECKS));
        if (wrong) await contradicted(point, skies.slice(CHECKS));
      }),
    );
  }
}
