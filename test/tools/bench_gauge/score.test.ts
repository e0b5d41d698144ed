// The scores of the gauge bench are those that one reckons by hand; its metrics have the names and
// units of the goals, and its tables fit a terminal.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { runRows, VARIANTS, type Row } from "../../../tools/bench/gauge/matrix.js";
import { metricsOf } from "../../../tools/bench/gauge/metrics.js";
import { METHODS } from "../../../tools/bench/gauge/ordinary/methods.js";
import { figuresOf } from "../../../tools/bench/gauge/row_figures.js";
import { rowTable } from "../../../tools/bench/gauge/row_table.js";
import {
  judgeWake,
  median,
  newScore,
  pooled,
  rmseOf,
  sigmaOf,
  withinOf,
  type Score,
} from "../../../tools/bench/gauge/score.js";
import { SelectionError, selectionOf } from "../../../tools/bench/gauge/selection.js";
import { type Outcome } from "../../../tools/bench/gauge/twin_run.js";
import { projectPath } from "../../../tools/build/paths.js";
import { close } from "../../host/sim/cell_fixture.js";
import { plan } from "../../host/sim/twin/fixture.js";

const scoreOf = (errors: number[], sigma: number): Score => {
  const score = newScore();
  for (const error of errors) judgeWake(score, error, sigma);
  return score;
};

/** Errors of 1, -2 and 3 %, sigma 1 %; the ordinary methods ten times worse and worse. */
function outcome(scale = 1): Outcome {
  const errors = [0.01, -0.02, 0.03].map((error) => scale * error);
  const ordinary = METHODS.map((name, i) => {
    return [name, scoreOf([0.1 * (i + 1), -0.1 * (i + 1)], 0)] as const;
  });
  return {
    gauge: scoreOf(errors, 0.01),
    ordinary: Object.fromEntries(ordinary) as Outcome["ordinary"],
    drain_ratio: 0.9 * scale,
    exit_error: -0.02 * scale,
    alive: 2 * scale,
    health: [],
    forbidden: 1,
  };
}

const rowOf = (outcomes: Outcome[]): Row => {
  return { variant: VARIANTS[0]!, setup: "cv", cell: "r20-50uAh", outcomes };
};

describe("a score", () => {
  it("of a handful of errors", () => {
    const score = scoreOf([0.01, -0.02, 0.03], 0.01);
    close(rmseOf(score), Math.sqrt((1 + 4 + 9) / 3) / 100, 1e-12, "RMSE");
    assert.equal(score.worst, 0.03);
    close(withinOf(score), 2 / 3, 1e-12, "an error of two sigma is within");
    close(sigmaOf(score), 0.01, 1e-12, "sigma");
  });

  it("of two seeds is that of all their wakes", () => {
    const [one, other] = [[0.01, 0.02], [-0.05]];
    assert.deepEqual(
      pooled([scoreOf(one, 0.02), scoreOf(other, 0.02)]),
      scoreOf([...one, ...other], 0.02),
    );
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
  });
});

describe("the figures of a row", () => {
  const figures = figuresOf(rowOf([outcome(), outcome(2)]));

  it("pool the seeds, and find the worst", () => {
    close(figures.rmse_pct, Math.sqrt((14 + 4 * 14) / 6), 1e-9, "RMSE");
    close(figures.max_pct, 6, 1e-9, "MAX");
    close(figures.within, 3 / 6, 1e-12, "within 2 sigma");
    close(figures.within_seed_min, 1 / 3, 1e-12, "of the worst seed");
    close(figures.sigma_over_rmse, 1 / figures.rmse_pct, 1e-9, "sigma over RMSE");
    assert.equal(figures.forbidden, 2);
    assert.equal(figures.unjudged, 0);
  });

  it("compare with the best of the ordinary methods", () => {
    close(figures.ordinary_pct!.accounting, 10, 1e-9, "accounting");
    close(figures.ordinary_pct!.rest, 40, 1e-9, "rest");
    close(figures.ordinary_ratio, 10 / figures.rmse_pct, 1e-9, "ratio");
  });

  it("tell drain, exit and hypotheses over the seeds", () => {
    close(figures.drain_ratio, 1.35, 1e-9, "median of 0.9 and 1.8");
    close(figures.exit_pct, Math.sqrt((4 + 16) / 2), 1e-9, "root mean square");
    close(figures.exit_max_pct, 4, 1e-9, "largest");
    close(figures.alive, 3, 1e-9, "hypotheses");
  });

  it("leave out seeds of which no wake was judged, and say so", () => {
    const silent = { ...outcome(), gauge: newScore(), drain_ratio: undefined };
    const some = figuresOf(rowOf([outcome(), silent]));
    close(some.rmse_pct, Math.sqrt(14 / 3), 1e-9, "RMSE");
    assert.equal(some.unjudged, 1);
    assert.ok(Number.isNaN(figuresOf(rowOf([silent])).rmse_pct));
  });
});

describe("the metrics of all rows", async () => {
  const run = () => Promise.resolve(outcome());
  const rows = await runRows(plan, { seeds: [20, 21] }, run);
  const figures = new Map(rows.map((row) => [row, figuresOf(row)]));
  const measured = metricsOf(
    rows.map((row) => ({ ...row, figures: figures.get(row)! })),
    "seeds 20-21",
  );

  it("are those of the goals, under their names and units, and each once", () => {
    const text = readFileSync(projectPath("tools/bench/goals.json"), "utf8");
    const { gauge } = JSON.parse(text) as { gauge: Record<string, { unit: string }> };
    const wanted = Object.entries(gauge).filter(([name]) => name.startsWith("twin_"));
    assert.equal(wanted.length, 32);
    for (const [name, { unit }] of wanted) {
      assert.equal(measured.find((each) => each.name === name)?.unit, unit, name);
    }
    assert.equal(new Set(measured.map(({ name }) => name)).size, measured.length);
    for (const { name, value, of } of measured) {
      assert.ok(value !== null && Number.isFinite(value) && of !== "", name);
    }
  });

  it("have rows for every set-up with its cells, under every variant", () => {
    assert.equal(rows.length, 6 * (7 * 4 + 2));
    const compared = rows.filter(({ variant }) => ["full", "easy"].includes(variant.name));
    assert.equal(compared.length, 2 * 30);
    assert.deepEqual(VARIANTS.map(({ name }) => name).slice(0, 2), ["full", "easy"]);
  });

  it("of the worst cell: one bad row shows in its set-up and in what is over all", async () => {
    const bad = "r20-12uAh";
    const mixed = await runRows(plan, { seeds: [20] }, ({ setup, cell, list }) =>
      Promise.resolve(outcome(setup === "nocv" && cell === bad && list === "full" ? 3 : 1)),
    );
    const found = metricsOf(
      mixed.map((row) => ({ ...row, figures: figuresOf(row) })),
      "seed 20",
    );
    const of = (name: string) => found.find((each) => each.name === name)!;
    close(of("twin_full_nocv_max_pct").value!, 9, 1e-9, "MAX");
    assert.match(of("twin_full_nocv_max_pct").of, /full nocv r20-12uAh$/);
    close(of("twin_easy_nocv_max_pct").value!, 3, 1e-9, "MAX of the other list");
    close(of("twin_within_2_sigma_row_min").value!, 0, 1e-9, "within");
    close(of("twin_ordinary_ratio_other_min").value!, 10 / Math.sqrt(42), 1e-9, "ratio");
    close(of("twin_drain_error_day10_pct").value!, 170, 1e-9, "drain");
    close(of("twin_drain_error_day10_flat_pct").value!, 10, 1e-9, "drain in the flat");
  });

  it("their table has one line a row, of at most 100 columns", () => {
    const lines = rowTable(rows, figures).split("\n");
    for (const line of lines) assert.ok([...line].length <= 100, line);
    for (const { setup, cell } of rows) {
      const start = `${setup.padEnd(10)} ${cell}`;
      assert.equal(lines.filter((line) => line.startsWith(start)).length, VARIANTS.length, start);
    }
  });
});

describe("a selection", () => {
  const known = { setups: ["cv", "flat"], cells: ["a", "b"], variants: ["full", "easy"] };
  const of = (line: string) => selectionOf(line.split(" ").filter(Boolean), known);

  it("is all of it without a word: seeds 20 to 39", () => {
    const { seeds, whole, words, setups } = of("");
    assert.deepEqual([seeds[0], seeds.at(-1), seeds.length], [20, 39, 20]);
    assert.deepEqual([whole, words, setups], [true, "seeds 20-39", undefined]);
  });

  it("is what the words say", () => {
    const some = of("--seeds 0..19 --only flat,cv --cells b --variants easy --days 4");
    assert.equal(some.seeds.length, 20);
    assert.deepEqual([some.setups, some.cells, some.variants], [["flat", "cv"], ["b"], ["easy"]]);
    assert.deepEqual([some.days, some.whole], [4, false]);
    assert.deepEqual(of("--seeds 7").seeds, [7]);
  });

  it("that cannot be is one line", () => {
    const cases: [string, RegExp][] = [
      ["--seeds 5..2", /^--seeds 5\.\.2 must be FIRST\.\.LAST/],
      ["--only nocv", /^--only nocv must be one of cv, flat$/],
      ["--days 0", /^--days 0 must be a whole number/],
      ["--cell a", /^gauge: --cell must be one of --seeds, /],
      ["--cells", /^gauge: --cells must be one of .*, and a value$/],
    ];
    for (const [line, message] of cases) assert.throws(() => of(line), { message }, line);
    assert.throws(() => of("--days x"), SelectionError);
  });
});
