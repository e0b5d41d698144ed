// `tfmb size` as a user meets it, on a short winter with a small grid: its answer holds under seeds
// that it has not seen, is the same on one thread as on three, and is written whole or not at all.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { readScenario } from "../../boards/parts.js";
import { buildPath, projectPath } from "../../tools/build/paths.js";
import { runSize, searchSize, type SizeOptions } from "../../tools/commands/size.js";
import { isInputError } from "../../tools/commands/usage.js";
import { type SizeNumbers } from "../../tools/size/numbers.js";
import { pageOf } from "../../tools/size/page.js";
import { Trials } from "../../tools/size/trial.js";
import { writeSize } from "../../tools/size/write.js";

const DAYS = 60;
const YEARS = (DAYS * 24) / 8760;
const OPTIONS: SizeOptions = {
  cells: "30,50,100,200",
  panels: "1,4",
  years: YEARS,
  reliability: 0.8,
  seeds: 12,
};
/** Too little light for any node. */
const HOPELESS: SizeOptions = { ...OPTIONS, cells: "10,20", panels: "0.2", seeds: 4 };

const parts = readScenario(projectPath("boards"), "default-year");
const core = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));

let folder = "";
let found: SizeNumbers;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "tfmb-"));
  found = await searchSize("default-year", OPTIONS, 3);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs of one pair under some seeds. */
function trialsOf(cell_uAh: number, panels: number): Trials {
  const scenario = { ...parts.scenario, hours: DAYS * 24 };
  const grid = { cells_uAh: [cell_uAh], panels: [panels] };
  return new Trials({ parts: { ...parts, scenario }, grid }, core);
}

const task = (seed: number, whole = false) => ({ cell: 0, panel: 0, seed, whole });

describe("the answer", () => {
  it("holds when simulated with other seeds: bad no more often than its bound", () => {
    const { answer } = found;
    assert.ok(answer !== null);
    const trials = trialsOf(answer.cell_uAh, answer.panels);
    const seeds = Array.from({ length: 40 }, (_, i) => 7000 + i);
    const bad = seeds.filter((seed) => trials.run(task(seed)).bad > 0).length;
    assert.ok(bad <= answer.bad_share_high * seeds.length, `${bad} of ${seeds.length}`);
    assert.ok(answer.bad_share_high <= 1 - found.reliability);
  });

  it("is not too large: the next smaller cell of its frontier fails more often than asked", () => {
    const { map, grid, reliability } = found;
    for (const { cell_uAh, panels } of found.frontier) {
      const smaller_uAh = grid.cells_uAh[grid.cells_uAh.indexOf(cell_uAh) - 1];
      const below = map.find((place) => place.cell_uAh === smaller_uAh && place.panels === panels);
      assert.ok(below === undefined || below.bad_share > 1 - reliability);
    }
  });

  it("is the same on one thread", async () => {
    const { commit } = found;
    const alone = await searchSize("default-year", OPTIONS, 1);
    assert.equal(JSON.stringify({ ...alone, commit }), JSON.stringify(found));
  });

  it("says what its numbers come from", () => {
    const { answer, frontier, map, replay, fewest_panels } = found;
    assert.match(replay, /^tfmb size default-year --cells 30,50,100,200 --panels 1,4 /);
    assert.equal(map.length, 8);
    for (const pair of [answer!, ...frontier]) {
      const { years, bad_years, bad_share_low, bad_share, bad_share_high, soc_min } = pair;
      assert.equal(bad_share, Number((bad_years / years).toPrecision(6)));
      assert.ok(bad_share_low <= bad_share && bad_share < bad_share_high);
      assert.ok(soc_min.p10 <= soc_min.median);
      assert.ok(pair.events_done_share.median > 0.8 && pair.events_done_share.median <= 1);
    }
    for (const { cell_uAh, panels } of fewest_panels) {
      const places = map.filter((place) => place.cell_uAh === cell_uAh && place.panels === panels);
      assert.ok(places.every(({ bad_share }) => bad_share <= 1 - found.reliability));
    }
  });

  it("is null, with one line on what to change, where no pair is good enough", async () => {
    const numbers = JSON.parse(
      await runSize("default-year", { ...HOPELESS, json: true }),
    ) as SizeNumbers;
    assert.equal(numbers.answer, null);
    assert.deepEqual(numbers.frontier, []);
    assert.match(numbers.advice ?? "", /^no pair of the grid .* try --cells above 20, --panels/);
    assert.match(pageOf(numbers, false, 1), /^ {2}answer {6}no pair of the grid is good enough/m);
  });
});

describe("one run", () => {
  it("gives the same whatever ran before it, and stops at its first brown-out", () => {
    const trials = trialsOf(30, 1);
    const first = trials.run(task(3));
    trials.run(task(4));
    assert.deepEqual(trials.run(task(3)), first);
    assert.deepEqual(trialsOf(30, 1).run(task(3)), first);
    assert.equal(first.bad, 1);
    assert.equal(first.whole, false);
    const whole = trials.run(task(3, true));
    assert.ok(whole.whole && whole.brownouts > 1 && whole.off_h > first.off_h);
  });

  it("is of the specimen and the sky of its own seed, whatever the scenario's", () => {
    const { plan } = trialsOf(100, 4);
    const scenario = { ...plan.parts.scenario, seed: 99 };
    const other = new Trials({ ...plan, parts: { ...plan.parts, scenario } }, core);
    assert.deepEqual(other.run(task(5, true)), new Trials(plan, core).run(task(5, true)));
    assert.notDeepEqual(other.run(task(6, true)), other.run(task(5, true)));
  });

  it("ends where the processor starts again and again", () => {
    // the least buffer: no event leaves the processor on
    const board = structuredClone(parts.board);
    board.physics.supply.buffer_uF.value = 20;
    const scenario = { ...parts.scenario, hours: 8760 };
    const grid = { cells_uAh: [100], panels: [4] };
    const trials = new Trials({ parts: { ...parts, board, scenario }, grid }, core);
    const { bad, whole, brownouts } = trials.run(task(1));
    assert.deepEqual({ bad, whole, brownouts }, { bad: 1, whole: false, brownouts: 1 });
  });

  it("of several years counts those up to the first that is bad", () => {
    const scenario = { ...parts.scenario, hours: 2 * 8760 };
    const years = (cell_uAh: number) => {
      const grid = { cells_uAh: [cell_uAh], panels: [4] };
      const { years: count, bad } = new Trials({ parts: { ...parts, scenario }, grid }, core).run(
        task(1),
      );
      return { count, bad };
    };
    assert.deepEqual(years(20), { count: 1, bad: 1 });
    assert.deepEqual(years(1000), { count: 2, bad: 0 });
  });

  it("is judged by its events where that is asked", () => {
    const { plan } = trialsOf(100, 4);
    const judged = (refused: number) => new Trials({ ...plan, refused }, core).run(task(1));
    const { done, wanted } = judged(1);
    const share = 1 - done / wanted;
    assert.ok(share > 0);
    assert.equal(judged(1).bad, 0);
    assert.equal(judged(share * 0.9).bad, 1);
    assert.equal(judged(share * 1.1).bad, 0);
  });
});

describe("what is shown", () => {
  it("is a page of at most 100 columns that marks the answer on the map", () => {
    const page = pageOf(found, false, 3);
    for (const line of page.split("\n")) assert.ok(line.length <= 100, line);
    assert.match(page, /^ {6}cell, uAh$|^ {2}cell, uAh$/m);
    assert.match(page, /\*\d+\*/);
    assert.ok(!page.includes("\u001b"));
    assert.ok(pageOf(found, true, 3).includes("\u001b[48;2;"));
  });

  it("lies in the folder as numbers, table and drawing, and nothing else", () => {
    const dir = join(folder, "new", "out");
    writeSize(dir, found);
    assert.deepEqual(readdirSync(dir).sort(), ["map.csv", "map.svg", "size.json"]);
    assert.deepEqual(JSON.parse(readFileSync(join(dir, "size.json"), "utf8")), found);
    const rows = readFileSync(join(dir, "map.csv"), "utf8").trim().split("\n");
    assert.equal(rows.length, 1 + found.map.length);
    const svg = readFileSync(join(dir, "map.svg"), "utf8");
    assert.match(svg, /^<svg\s[^>]*xmlns/);
    assert.match(svg, /class="frontier"\s+d="M96 /);
    assert.doesNotMatch(svg, /NaN|undefined/);
  });

  it("is not half written where a file cannot be", () => {
    const dir = join(folder, "blocked");
    mkdirSync(join(dir, "map.svg"), { recursive: true });
    assert.throws(() => writeSize(dir, found), /map\.svg: is a folder; move it, or name/);
    assert.deepEqual(readdirSync(dir), ["map.svg"]);
  });
});

describe("wrong input", () => {
  const cases: [SizeOptions, RegExp][] = [
    [{ cells: "50,20" }, /^--cells 50,20: 20 after 50 does not rise; sort the list$/],
    [{ cells: "50,,20" }, /^--cells 50,,20: "" must be a number > 0; give numbers/],
    [{ panels: "0,1" }, /^--panels 0,1: "0" must be a number > 0/],
    [{ panels: Array.from({ length: 15 }, (_, i) => i + 1).join() }, /15 values, at most 14/],
    [{ cells: "1e9" }, /profile\.capacity_nAh = 1000000000000 must be 1\.\.10000000 nAh/],
    [{ cell: "nope" }, /^cell "nope" is not in boards\/cells/],
    [{ set: ["scenario.hours=87640"] }, /^hours = 87640 of the scenario .* --years, at most 10$/],
    [{ set: ["scenario.pack.series=2"] }, /^pack = 2 x 1 must be 1 x 1/],
    [
      { out: projectPath("README.md/x") },
      /README\.md\/x: cannot make the folder \([\w: ]+\); name/,
    ],
  ];
  for (const [options, message] of cases) {
    it(`gives one line before the first run: ${JSON.stringify(options).slice(0, 60)}`, async () => {
      await assert.rejects(runSize("default-year", options), (error: Error) => {
        assert.ok(isInputError(error), error.stack);
        assert.match(error.message, message);
        assert.ok(!error.message.includes("\n"));
        return true;
      });
      if (options.out !== undefined) assert.ok(!existsSync(options.out));
    });
  }
});
