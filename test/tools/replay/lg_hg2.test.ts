// Measured files of one cell become one life (LG 18650HG2, Kollmeyer et al., 10.17632/cp3473x7xv):
// its C/20 charge returns 6.9 % more than the discharge took, and still each cycle ends full.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { joined, namedPart } from "../../../tools/replay/joined.js";
import { parseRecord } from "../../../tools/replay/record.js";
import { SOUND, wakesOf } from "../../../tools/replay/sensing.js";
import { measuredData } from "../../measured_data.js";

const { path, skip } = measuredData("lg_hg2");
const CAPACITY_NAH = 2.7782e9;
const PAUSE_S = 3600;

function life(...words: string[]) {
  const parts = words.map((word) => {
    const { file, only } = namedPart(word);
    return { record: parseRecord(file, readFileSync(join(path, file), "utf8")), only };
  });
  return joined(parts, { capacity_nAh: CAPACITY_NAH, soc_at_zero: 1, pause_s: PAUSE_S });
}

describe("a life of measured files", { skip }, () => {
  const lives: readonly [slow: string, drive: string, factor: number][] = [
    ["C20_25degC_549_C20DisCh.csv", "25degC_551_LA92_1Hz.csv", 0.936],
    ["C20_0degC_585_C20DisCh.csv", "0degC_589_LA92_1Hz.csv", 0.967],
    ["C20_n10degC_593_C20DisCh.csv", "n10degC_596_LA92_1Hz.csv", 0.985],
  ];
  for (const [slow, drive, factor] of lives) {
    it(`of ${slow} and ${drive} meets in SOC, and what is counted goes along`, (t) => {
      const { record, soc, branches } = life(slow, drive, `${slow}#charge`, drive);
      for (const { file, from_soc, to_soc, factor: times } of branches) {
        t.diagnostic(
          `${file}: ${from_soc.toFixed(4)} to ${to_soc.toFixed(4)}, ${times.toFixed(4)}`,
        );
      }
      const charges = branches.filter(({ charging }) => charging);
      assert.equal(charges.length, 2);
      for (const { to_soc, factor: times } of charges) {
        assert.ok(Math.abs(to_soc - 1) < 1e-9);
        assert.ok(Math.abs(times - factor) < 0.001, `${times}`);
      }
      for (const row of record.begins) {
        assert.ok(Math.abs(soc[row]! - soc[row - 1]!) < 0.002, `at row ${row}`);
        assert.equal(record.t_s[row]! - record.t_s[row - 1]!, PAUSE_S);
      }
      const wakes = wakesOf(record, { ...SOUND, charge: "mean" }, CAPACITY_NAH, 0, 1);
      const moved = wakes.reduce((sum, { charge_nC }) => sum + charge_nC, 0) / 3600 / CAPACITY_NAH;
      assert.ok(Math.abs(soc[0]! + moved - soc.at(-1)!) < 0.005, `counts ${moved}`);
    });
  }

  it("at -20 degC is not full where its charge ends, and counts as it is", () => {
    const { soc, branches } = life("C20_n20degC_607_C20DisCh.csv");
    assert.equal(branches[1]!.factor, 1);
    assert.ok(Math.abs(soc.at(-1)! - 0.985) < 0.001, `${soc.at(-1)}`);
  });

  it("is not, where a drive follows a drive without a charge", () => {
    const drive = "25degC_551_LA92_1Hz.csv";
    assert.throws(
      () => life(drive, drive),
      /begins at 100\.0 % SOC, the life before it ends at 6\.8/,
    );
  });
});
