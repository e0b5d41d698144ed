// Several files are one life of one cell: what they say of SOC fits where they meet, a charge that
// ends full ends at SOC 1 whatever its counter says, and files that do not follow are refused.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { joined, namedPart, type Part } from "../../../tools/replay/joined.js";
import { type CellRecord } from "../../../tools/replay/record.js";
import { SOUND, wakesOf } from "../../../tools/replay/sensing.js";

const CAPACITY_NAH = 1000;
const FULL_MV = 4200;
const options = { capacity_nAh: CAPACITY_NAH, soc_at_zero: 1, pause_s: 1800 };

/** A row a minute: legs of so many minutes at a current in C; the counter gains 5 % in charging. */
function recordOf(file: string, soc: number, ...legs: [minutes: number, rate_C: number][]) {
  const rows = legs.flatMap(([minutes, rate_C]) => Array.from({ length: minutes }, () => rate_C));
  let [z, counted_nAh] = [soc, -(1 - soc) * CAPACITY_NAH];
  const columns = rows.map((rate_C, row) => {
    if (row > 0) {
      z += rate_C / 60;
      counted_nAh += (rate_C > 0 ? 1.05 : 1) * (rate_C / 60) * CAPACITY_NAH;
    }
    // as counted, so that a charge's current is five percent high as well
    const current_nA = (rate_C > 0 ? 1.05 : 1) * rate_C * CAPACITY_NAH;
    return { current_nA, voltage_mV: 3200 + 1000 * z + 20 * rate_C, counted_nAh };
  });
  const column = (of: (row: (typeof columns)[number], i: number) => number) =>
    Float64Array.from(columns, of);
  const record: CellRecord = {
    file,
    t_s: column((_, i) => 60 * i),
    voltage_mV: column(({ voltage_mV }) => Math.min(voltage_mV, FULL_MV)),
    current_nA: column(({ current_nA }) => current_nA),
    temperature_degC: undefined,
    counter_nAh: column(({ counted_nAh }) => counted_nAh),
    ...{ soc: undefined, warnings: [], begins: [] },
  };
  return record;
}

/** From full to empty and back, with rests. */
const cycle = recordOf("cycle.csv", 1, [600, -0.1], [30, 0], [601, 0.1], [30, 0]);
/** From full to 40 %. */
const drive = recordOf("drive.csv", 1, [181, -0.2], [30, 0]);
const whole = (record: CellRecord): Part => ({ record, only: undefined });
const close = (value: number, wanted: number, within = 0.003) =>
  assert.ok(Math.abs(value - wanted) < within, `${value} is not ${wanted}`);

describe("the branches of a record", () => {
  it("end at SOC 1 where a charge ends full, and the current goes with it", () => {
    const { soc, record, branches } = joined([whole(cycle)], options);
    assert.deepEqual(
      branches.map(({ charging }) => charging),
      [false, true],
    );
    close(branches[0]!.to_soc, 0);
    close(soc.at(-1)!, 1, 1e-9);
    close(branches[1]!.factor, 1 / 1.05, 0.004);
    close(record.current_nA[700]!, 0.1 * CAPACITY_NAH, 0.4);
    close(record.current_nA[300]!, -0.1 * CAPACITY_NAH, 1e-9);
  });

  it("end full where charges end, though braking goes beyond that voltage", () => {
    const braked = drive.voltage_mV.map((mV, row) => (row === 20 ? FULL_MV + 55 : mV));
    const parts = [whole(cycle), whole({ ...drive, voltage_mV: braked })];
    close(joined(parts, options).branches[1]!.to_soc, 1, 1e-9);
  });

  it("count as they are where a charge ends before the cell is full", () => {
    const partly = recordOf("partly.csv", 1, [600, -0.1], [30, 0], [300, 0.1], [30, 0]);
    const { soc, branches } = joined([whole(partly)], options);
    assert.equal(branches[1]!.factor, 1);
    close(soc.at(-1)!, 0.525);
  });

  it("are refused where a charge to full would count far too much or too little", () => {
    const up = recordOf("up.csv", 0.4, [361, 0.1], [30, 0]);
    assert.throws(() => joined([whole(up)], { ...options, soc_at_zero: 0.7 }), {
      name: "RecordError",
      message:
        "up.csv: a charge of 0.6300 uAh from 10.0 % SOC to full would count 1.43 times, it must " +
        "be 0.8..1.25; give what the cell holds with --holds AH, and where it begins with " +
        "--soc-at-zero",
    });
  });
});

describe("several files", () => {
  it("are one life: SOC goes on, files are a rest apart, nothing flows in it", () => {
    const { record, soc, branches } = joined([whole(cycle), whole(drive)], options);
    const begin = record.begins[0]!;
    assert.equal(record.begins.length, 1);
    assert.equal(record.t_s[begin]! - record.t_s[begin - 1]!, 1800);
    close(soc[begin]!, 1);
    close(soc.at(-1)!, 0.4);
    assert.deepEqual(
      branches.map(({ file }) => file),
      ["cycle.csv", "cycle.csv", "drive.csv"],
    );
    const sensed = { ...SOUND, charge: "mean" as const };
    for (const more of [{}, { integrated: false }, { current_offset_C: 0.01 }]) {
      const wakes = wakesOf(record, { ...sensed, ...more }, CAPACITY_NAH, 0, 1);
      const over_nC = wakes[begin]!.charge_nC;
      // an offset counts while the cell rests, its first row's current does not
      close(over_nC, "current_offset_C" in more ? 0.01 * CAPACITY_NAH * 1800 : 0, 1e-6);
    }
    const moved = wakesOf(record, sensed, CAPACITY_NAH, 0, 1).map(({ charge_nC }) => charge_nC);
    close(moved.reduce((sum, nC) => sum + nC, 0) / 3600 / CAPACITY_NAH, soc.at(-1)! - soc[0]!);
  });

  it("take one branch of a file from where the life stands", () => {
    const { soc, record, branches } = joined(
      [whole(drive), { record: cycle, only: "charge" }, whole(drive)],
      options,
    );
    assert.deepEqual(record.begins.length, 2);
    close(branches[1]!.from_soc, 0.4);
    close(branches[1]!.charge_nAh, 0.6 * 1.05 * CAPACITY_NAH, 3);
    close(soc[record.begins[1]! - 1]!, 1, 1e-9);
    close(soc.at(-1)!, 0.4);
    assert.deepEqual(namedPart("a/b.csv#charge"), { file: "a/b.csv", only: "charge" });
    assert.deepEqual(namedPart("a#b.csv"), { file: "a#b.csv", only: undefined });
  });

  it("go on where a file begins that counts from 0 anew", () => {
    const charge = recordOf("up.csv", 0.4, [360, 0.1], [30, 0]);
    const anew = charge.counter_nAh!.map((nAh) => nAh - charge.counter_nAh![0]!);
    const { soc } = joined([whole(drive), whole({ ...charge, counter_nAh: anew })], options);
    close(soc[211]!, 0.4);
    close(soc.at(-1)!, 1, 1e-9);
  });

  it("are refused where they do not follow, with what is missing", () => {
    const fails = (parts: Part[], message: RegExp) =>
      assert.throws(() => joined(parts, options), { name: "RecordError", message });
    fails(
      [whole(drive), whole(drive)],
      /^drive\.csv: begins at 100\.0 % SOC, the life before it ends at 40\.0 %; name what lies/,
    );
    fails(
      [whole(drive), { record: drive, only: "charge" }],
      /^drive\.csv: has no charge; name the file/,
    );
    const partly = recordOf("partly.csv", 1, [180, -0.1], [30, 0], [180, 0.1], [30, 0]);
    fails(
      [whole(drive), { record: partly, only: "charge" }],
      /^partly\.csv: its charge is from 70\.\d % to 100\.0 % SOC, the life before it ends at 40/,
    );
    fails(
      [whole(cycle), whole({ ...drive, counter_nAh: undefined })],
      /^drive\.csv: has no counter in Ah for its branches; name one with --columns counter=/,
    );
  });
});
