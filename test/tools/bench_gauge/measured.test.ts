// The bench on the measured cell: every row runs and every metric has its goal, whatever passes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { measuredCell } from "../../../tools/bench/gauge/measured.js";
import { DRIVES } from "../../../tools/bench/gauge/measured/lg_files.js";
import { LG_ROWS } from "../../../tools/bench/gauge/measured/rows.js";
import { judge, table } from "../../../tools/bench/report.js";
import { wasm } from "../../host/core_fixture.js";
import { measuredData } from "../../measured_data.js";

const { skip } = measuredData(`lg_hg2/${DRIVES["25C"]}`);

describe("the measured cell", () => {
  it("has eight wrong starts at each temperature, told truly, and falsely at 25 degC", () => {
    const count = (sort: string, drive: string) =>
      LG_ROWS.filter((row) => row.sort === sort && row.drive === drive).length;
    assert.deepEqual(
      ["25C", "0C", "m10C"].map((drive) => count("middrive", drive)),
      [8, 8, 8],
    );
    assert.equal(count("false", "25C"), 8);
    assert.deepEqual(
      ["25C", "0C", "m10C"].map((drive) => count("gain", drive)),
      [2, 2, 2],
    );
    assert.equal(new Set(LG_ROWS.map(({ name, drive }) => name + drive)).size, LG_ROWS.length);
  });

  it("is told as not measured, with the reason, where the data are not there", () => {
    const before = process.env.TFMB_DATA;
    process.env.TFMB_DATA = "no/such/folder";
    try {
      const { measured, rows } = measuredCell(wasm);
      assert.deepEqual([measured.length, rows.length], [21, 0]);
      for (const { value, of } of measured) {
        assert.equal(value, null);
        assert.match(of, /^needs C20_n20degC_607_C20DisCh\.csv: set TFMB_DATA/);
      }
    } finally {
      if (before === undefined) delete process.env.TFMB_DATA;
      else process.env.TFMB_DATA = before;
    }
  });

  it("prints every row and metric, counting alone beside it", { skip }, (t) => {
    const { measured, rows, page } = measuredCell(wasm);
    assert.equal(rows.length, LG_ROWS.length);
    const metrics = judge("gauge", measured);
    const named = (beginning: RegExp) =>
      Object.entries(metrics).filter(([name]) => beginning.test(name));
    const [beside, health] = [named(/^lg_counting_/), named(/^lg_health_/)];
    const seen = named(/^lg_if_seen_/);
    const counts = [measured.length, beside.length, health.length, seen.length];
    assert.deepEqual(counts, [21 + 12 + 2 + 21, 12, 2, 21]);
    for (const [name, { value, goal, of }] of named(/^lg_(?!counting_|health_|if_seen_)/)) {
      assert.ok(Number.isFinite(value) && goal !== null, name);
      assert.match(of, /counting alone [\d.]+ \/ [\d.]+ %/);
    }
    for (const [name, { value, op, of }] of beside) {
      assert.ok(Number.isFinite(value) && op === "record", name);
      assert.match(of, /^(40C|25C|0C|m10C) .*; without any voltage$/);
    }
    // what a file that has seen the drives would be worth has no goal, and is better in the cold
    for (const [name, { op, of }] of seen)
      assert.ok(op === "record" && /^.*no result/.test(of), name);
    const { lg_m10C_la92_rmse_pct: cold, lg_if_seen_m10C_la92_rmse_pct: told } = metrics;
    assert.ok(told!.value! < 0.6 * cold!.value!, `${told!.value} ${cold!.value}`);
    // an error over the nominal one may be negative
    const over = { name: "lg_adc_10bit_rmse_over_nominal_pct", value: -0.01, unit: "%", of: "" };
    assert.match(table("gauge", "none", judge("gauge", [over])), /✓ lg_adc_10bit/);
    const counting = (name: string) =>
      rows.find(
        (row) => "name" in row && row.name === name && "drive" in row && row.drive === "25C",
      );
    const sound = counting("sound sensors") as { counting: { rmse_pct: number } };
    const faulty = counting("capacity label 0.8") as { counting: { rmse_pct: number } };
    assert.ok(sound.counting.rmse_pct < 0.3 && faulty.counting.rmse_pct > 10);
    const [[, capacity], [, resistance]] = health as [
      (typeof health)[number],
      (typeof health)[number],
    ];
    // not known yet is no number, and is said
    assert.ok((capacity.value === null) === capacity.of.includes("not known yet"), capacity.of);
    assert.match(capacity.of, /label x1\.25, R x0\.5: capacity over told .*, truly 0\.8\d\d;/);
    assert.ok(resistance.value! >= 0 && / times what is told;/.test(resistance.of));
    assert.match(page, /with one cell file, fitted by tfmb fit to 13 files$/);
    t.diagnostic(page);
  });
});
