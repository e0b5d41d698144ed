// The README's table of boards is what docs/boards.json says, and that is what a search finds: the
// node of one row is simulated again, with its sleep, its gauge, and years of other seeds.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { Core } from "../../host/core/core.js";
import { buildPath, projectPath } from "../../tools/build/paths.js";
import { BOARDS, costOf, gridFor, nodeOfRow, sizesTable } from "../../tools/size/boards.js";
import { type BoardSizes } from "../../tools/size/boards.js";
import { Trials } from "../../tools/size/trial.js";

const SPOT = "nrf52840-bq25570";
const HOURS = 720;
const SEEDS = 5;

const sizes = JSON.parse(readFileSync(projectPath("docs/boards.json"), "utf8")) as BoardSizes;
const spot = sizes.rows.find(({ board }) => board === SPOT)!;
/** Cells of a markdown row, without its padding. */
const cells = (line: string) => line.split("|").map((cell) => cell.trim());

let core: Core;
before(async () => (core = await Core.instantiate(readFileSync(buildPath("core.wasm")))));

describe("the table of boards", () => {
  it("stands in the README as docs/boards.json has it", () => {
    const readme = readFileSync(projectPath("README.md"), "utf8").split("\n");
    const [head, , ...rows] = sizesTable(sizes).split("\n");
    const from = readme.findIndex((line) => cells(line).join() === cells(head!).join());
    assert.ok(from > 0, "README.md has no such table; put there what tfmb size --boards prints");
    const found = readme.slice(from + 2, from + 2 + rows.length).map(cells);
    assert.deepEqual(found, rows.map(cells));
  });

  it("has a row for each board, in order, with the search's own grid", () => {
    assert.deepEqual(
      sizes.rows.map(({ board }) => board),
      [...BOARDS],
    );
    for (const { board, replay } of sizes.rows) {
      const { cells: list, panels } = gridFor(board);
      const grid = ` --board ${board} --cells ${list} --panels ${panels} `;
      assert.ok(replay.includes(grid), `${replay}: not with${grid}`);
    }
  });

  it("tells what one board draws asleep, and apart from it for its gauge", () => {
    const cost = costOf(core, nodeOfRow(spot), HOURS);
    const near = (value: number, about: number, share: number) =>
      assert.ok(Math.abs(value / about - 1) < share, `${value} against ${about}`);
    near(cost.sleep_floor_uW, spot.sleep_floor_uW, 0.05);
    near(cost.gauge_uW, spot.gauge_uW, 0.25);
  });

  it("gives this board a cell and panels that last; a fraction of both does not", () => {
    const parts = nodeOfRow(spot);
    const own = { cells_uAh: [spot.cell_uAh!], panels: [parts.board.physics.panels.value] };
    const less = {
      cells_uAh: own.cells_uAh.map((uAh) => uAh / 4),
      panels: own.panels.map((panels) => panels / 2),
    };
    const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));
    const bad = (grid: typeof own) => {
      const trials = new Trials({ parts, grid }, module);
      const seeds = Array.from({ length: SEEDS }, (_, i) => 4000 + i);
      const task = { cell: 0, panel: 0, whole: false };
      return seeds.filter((seed) => trials.run({ ...task, seed }).bad > 0).length;
    };
    assert.ok(bad(own) <= 1, "bad years with the answer");
    assert.ok(bad(less) >= SEEDS - 1, "bad years with less");
  });
});
