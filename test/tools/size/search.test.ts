// The search finds the border that is there, in few runs, and does not believe what it concluded
// when runs say otherwise. The worlds here are made up: whether a pair is good is known beforehand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readScenario } from "../../../boards/parts.js";
import { projectPath } from "../../../tools/build/paths.js";
import { Answer, candidatesOf, costOf } from "../../../tools/size/answer.js";
import { findFrontier } from "../../../tools/size/frontier.js";
import { type Grid, type Point } from "../../../tools/size/grid.js";
import { type Runner } from "../../../tools/size/pool.js";
import { findSize } from "../../../tools/size/size.js";
import { Sky, skiesOf, tallyOf } from "../../../tools/size/sky.js";
import { allowedBad, wilson } from "../../../tools/size/statistics.js";
import { type Outcome, type Task } from "../../../tools/size/trial.js";

const GRID: Grid = {
  cells_uAh: [10, 15, 20, 30, 50, 70, 100, 150],
  panels: [1, 2, 3, 4, 6, 8],
};
const CELLS = GRID.cells_uAh.length;
const PANELS = GRID.panels.length;

/** Whether a pair is good under a seed. */
type World = (seed: number, point: Point) => boolean;

function runnerOf(world: World): { runner: Runner; tasks: Task[] } {
  const tasks: Task[] = [];
  const runner: Runner = async (task) => {
    tasks.push(task);
    const good = world(task.seed, task);
    const whole = good || task.whole;
    const rest = { brownouts: good ? 0 : 3, off_h: 0, soc_min: 0.5, done: 9, wanted: 10 };
    return { years: 1, bad: good ? 0 : 1, whole, ...rest } satisfies Outcome;
  };
  return { runner, tasks };
}

/** Falling borders: with more panels a cell that is not larger is enough. */
const borders = (count: number) =>
  fc.array(
    fc
      .array(fc.integer({ min: 0, max: CELLS }), { minLength: PANELS, maxLength: PANELS })
      .map((cells) => cells.sort((a, b) => b - a)),
    { minLength: count, maxLength: count },
  );

const worldOf =
  (smallest: number[][]): World =>
  (seed, { cell, panel }) =>
    cell >= smallest[seed]![panel]!;

const points = GRID.cells_uAh.flatMap((_, cell) =>
  GRID.panels.map((_, panel) => ({ cell, panel })),
);

describe("under one sky", () => {
  it("finds the whole border, wherever it begins, and then knows every pair", async () => {
    await fc.assert(
      fc.asyncProperty(borders(1), fc.integer({ min: 0, max: CELLS }), async (found, from) => {
        const world = worldOf(found);
        const { runner, tasks } = runnerOf(world);
        const sky = new Sky(0, runner, 1);
        assert.deepEqual(await sky.border(GRID, from), found[0]);
        for (const point of points) {
          assert.equal(sky.judged(point)?.bad, world(0, point) ? 0 : 1);
        }
        assert.ok(tasks.length <= CELLS + 2 * PANELS, `${tasks.length} runs`);
      }),
    );
  });

  it("never runs a pair twice, but to its end what was broken off", async () => {
    const { runner, tasks } = runnerOf(() => false);
    const sky = new Sky(0, runner, 1);
    const point = { cell: 1, panel: 1 };
    await sky.isGood(point);
    await sky.run(point);
    assert.equal((await sky.whole(point)).whole, true);
    await sky.whole(point);
    assert.deepEqual(
      tasks.map(({ whole }) => whole),
      [false, true],
    );
  });
});

describe("the frontier", () => {
  it("is for each number of panels the smallest cell that is seldom enough bad", async () => {
    await fc.assert(
      fc.asyncProperty(borders(12), fc.constantFrom(0.05, 0.2, 0.5), async (found, limit) => {
        const world = worldOf(found);
        const skies = skiesOf(0, 12, runnerOf(world).runner, 1);
        const frontier = await findFrontier(GRID, skies, limit);
        for (const panel of GRID.panels.keys()) {
          const bad = (cell: number) => found.filter((smallest) => smallest[panel]! > cell).length;
          const cells = [...GRID.cells_uAh.keys()];
          const expected = cells.find((cell) => bad(cell) <= allowedBad(limit, 12));
          assert.equal(frontier[panel], expected);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("is not fooled where more panels are worse: its pairs are run", async () => {
    // good from cell 3 on with up to 4 panels, with more from cell 5 on only
    const world: World = (_, { cell, panel }) => cell >= (panel > 3 ? 5 : 3);
    const skies = skiesOf(0, 12, runnerOf(world).runner, 1);
    const frontier = await findFrontier(GRID, skies, 0.05);
    assert.deepEqual(frontier, [3, 3, 3, 3, 5, 5]);
    // where half may be bad, the first seeds alone would not show it
    const more = skiesOf(0, 12, runnerOf(world).runner, 1);
    assert.deepEqual(await findFrontier(GRID, more, 0.5), [3, 3, 3, 3, 5, 5]);
  });
});

describe("the answer", () => {
  const cost = costOf(GRID, { cell_uAh: 30, panels: 2 });

  it("costs the least of the pairs that other seeds show to be good enough", async () => {
    await fc.assert(
      fc.asyncProperty(borders(12), fc.infiniteStream(fc.nat(11)), async (found, stream) => {
        const seeds = Array.from({ length: 100 }, () => stream.next().value ?? 0);
        const world: World = (seed, point) =>
          worldOf(found)(seed < 12 ? seed : seeds[seed - 12]!, point);
        const { runner } = runnerOf(world);
        const frontier = await findFrontier(GRID, skiesOf(0, 12, runner, 1), 0.2);
        const fresh = new Answer(runner, 12, 0.2, 1);
        const candidates = candidatesOf(GRID, frontier, cost);
        const answer = await fresh.find(candidates);
        const shows = (point: Point) => {
          const count = fresh.skies.length;
          const bad = fresh.skies.filter(({ seed }) => !world(seed, point)).length;
          return wilson(bad, count).high <= 0.2;
        };
        assert.deepEqual(answer, candidates.find(shows));
      }),
      { numRuns: 50 },
    );
  });

  it("prefers the cheaper of two pairs, and knows what it ran", async () => {
    const { runner } = runnerOf((_, { cell, panel }) => cell + panel >= 5);
    const frontier = await findFrontier(GRID, skiesOf(0, 8, runner, 1), 0.05);
    assert.deepEqual(frontier, [5, 4, 3, 2, 1, 0]);
    const fresh = new Answer(runner, 8, 0.05, 1);
    const answer = await fresh.find(candidatesOf(GRID, frontier, cost));
    // 30 uAh with 3 panels cost 1 + 1.5, 20 with 4 cost 0.67 + 2, 50 with 2 cost 1.67 + 1
    assert.deepEqual(answer, { cell: 3, panel: 2 });
    for (const sky of fresh.checks) assert.equal(sky.judged(answer)?.run, true);
    assert.equal(tallyOf(fresh.skies, answer).years, fresh.skies.length);
  });

  it("is none where other seeds are harder than those of the search", async () => {
    const { runner } = runnerOf((seed) => seed < 8);
    const frontier = await findFrontier(GRID, skiesOf(0, 8, runner, 1), 0.05);
    const fresh = new Answer(runner, 8, 0.05, 1);
    assert.equal(await fresh.find(candidatesOf(GRID, frontier, cost)), undefined);
  });

  it("is judged by seeds that had no part in the search, and its numbers are theirs", async () => {
    const { runner, tasks } = runnerOf((_, { cell }) => cell >= 4);
    const parts = readScenario(projectPath("boards"), "default-year");
    const question = { plan: { parts, grid: GRID }, reliability: 0.95, seeds: 10, first_seed: 5 };
    let searched = 0;
    const { answer, corners, runs } = await findSize(question, runner, (phase) => {
      if (phase === "answer") searched = tasks.length;
    });
    const seeds = (of: Task[]) => of.map(({ seed }) => seed);
    assert.ok(seeds(tasks.slice(0, searched)).every((seed) => seed >= 5 && seed < 15));
    assert.ok(seeds(tasks.slice(searched)).every((seed) => seed >= 15));
    assert.deepEqual(answer?.point, { cell: 4, panel: 0 });
    assert.ok(answer.years >= 52 && answer.bad === 0 && answer.runs.length >= answer.years / 4);
    assert.deepEqual(
      corners.map(({ point, years }) => [point.cell, years]),
      GRID.panels.map(() => [4, 10]),
    );
    assert.equal(runs, tasks.length);
  });
});
