// What is wrong with a laboratory's files is refused, or mended and said, in one clear line.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readToldCell } from "../../../../tools/characterise/cell_part.js";
import { fitMeasured } from "../../../../tools/fit/measured/fit.js";
import { parseRecord } from "../../../../tools/fit/measured/record.js";
import { believedOf } from "./believed.js";
import * as laboratory from "./laboratory.js";
import { type Column, type Row } from "./laboratory.js";

const slow = laboratory.slowDischarge(25);
const drive = laboratory.drive(25);
const read = (text: string, options = {}) =>
  parseRecord("x.csv", text, { mapping: {}, ...options });
const record = (rows: readonly Row[], file = "x.csv") =>
  parseRecord(file, laboratory.plainText(rows), { mapping: {} });

const believed = believedOf(readToldCell("r20-50uAh"));

/** One line that says so. */
function refuses(act: () => unknown, says: RegExp): void {
  assert.throws(act, (error: Error) => {
    assert.equal(error.name, "MeasurementError", error.stack);
    assert.match(error.message, says);
    assert.doesNotMatch(error.message, /\n|NaN s|undefined/);
    return true;
  });
}

/** PLAIN with another column of the same place. */
const withColumn = (rows: readonly Row[], at: number, column: Column) =>
  laboratory.changed(rows, (columns) => columns.map((own, i) => (i === at ? column : own)));

describe("the sign of the current", () => {
  it("is turned, with a warning, where discharge is positive", () => {
    for (const rows of [slow, drive]) {
      const text = withColumn(rows, 2, ["I_mA", ({ current_mA }) => -current_mA]);
      const { log, warnings } = read(text);
      assert.deepEqual(warnings, [
        "current is positive on discharge (the voltage falls as it flows): sign turned",
      ]);
      assert.ok(Math.abs(log.current_nA[5]! - rows[5]!.current_mA * 1e6) < 1);
      assert.ok(log.charge_nAh.at(-1)! < 0);
    }
    assert.deepEqual(record(slow).warnings, []);
  });

  it("is refused where it changes within the file, or where nothing follows it", () => {
    const half = withColumn(drive, 2, ["I_mA", ({ current_mA }) => Math.abs(current_mA)]);
    refuses(() => read(half), /x\.csv: the current has one sign only.*name that of the states/);
    const flat = withColumn(slow, 1, ["V_V", () => 3.7]);
    refuses(() => read(flat), /follows neither steps of the current nor its charge/);
  });
});

describe("a charger that holds the voltage", () => {
  it("tells nothing of the sign: its current falls by itself", () => {
    const rising = laboratory.slowCharge(25).filter((_, i) => i % 10 === 0);
    const full = rising.at(-1)!;
    // the voltage creeps up by 1 mV while the current falls to a tenth, then rests
    const held = [0.8, 0.6, 0.4, 0.2, 0.1, 0].map((share, i) => ({
      ...{ ...full, t_s: full.t_s + 600 * (i + 1), current_mA: share * full.current_mA },
      voltage_V: full.voltage_V + (share > 0 ? (0.001 * (i + 1)) / 5 : -0.002),
    }));
    const { warnings, log } = record([...rising, ...held]);
    assert.deepEqual(warnings, []);
    assert.ok(log.charge_nAh.at(-1)! > 0);
  });
});

describe("temperature", () => {
  const without = laboratory.changed(slow, (columns) => columns.slice(0, 3));

  it("must be there, or be stated, which is said", () => {
    refuses(() => read(without), /x\.csv: no column of temperature; name it .* --degC$/);
    const { log, warnings } = read(without, { temperature_degC: 21 });
    assert.ok(log.temperature_degC.every((degC) => degC === 21));
    assert.deepEqual(warnings, ["no column of temperature: 21 degC as stated"]);
  });
});

describe("units", () => {
  it("are refused where current over time is not the file's own count of charge", () => {
    const columns = (heading: string, time = "t_s"): Column[] => [
      [time, ({ t_s }) => t_s],
      ...laboratory.PLAIN.slice(1, 2),
      [heading, ({ current_mA }) => current_mA],
      ["T_degC", () => 25],
      ["Capacity [mAh]", ({ charge_mAh }) => charge_mAh],
    ];
    refuses(
      () => read(laboratory.written(slow, columns("I_A"))),
      /current over time is 1000 times the file's own count.*in mA.*Say the unit in/,
    );
    refuses(
      () => read(laboratory.written(slow, columns("I_mA", "t_min"))),
      /60 times.*is the time in s\?/,
    );
    const right = read(laboratory.written(slow, columns("I_mA")));
    assert.deepEqual([right.warnings, right.counted], [[], true]);
  });

  it("are refused where one file's charge does not go with another's", () => {
    const amperes = read(withColumn(drive, 2, ["I_A", ({ current_mA }) => current_mA]));
    refuses(
      () => fitMeasured([record(slow), amperes], believed),
      /x\.csv: \d+ % of the slow discharge's charge flow one way.*mA read as A/,
    );
    const fast = laboratory.recorded(25, 10, 2, () => -laboratory.CAPACITY_MAH);
    const micro = read(withColumn(fast, 2, ["I_uA", ({ current_mA }) => current_mA]));
    refuses(
      () => fitMeasured([record(slow), micro], believed),
      /the voltage falls from full to empty over [\d.]+ % of the cell's charge, it must be 5 % at/,
    );
  });

  it("are refused where the capacity is not near the label's", () => {
    const amperes = read(withColumn(slow, 2, ["I_A", ({ current_mA }) => current_mA]));
    refuses(
      () => fitMeasured([amperes], believed, 2e6),
      /the slow discharge gives \d+ mAh, it must be 0\.5 to 1\.6 times the label's 2 mAh; is its/,
    );
    assert.ok(fitMeasured([record(slow)], believed, 2e6).capacity_nAh > 1.9e6);
  });

  it("that a heading does not say are said", () => {
    const { warnings } = read(withColumn(slow, 2, ["Current", (row) => row.current_mA / 1000]));
    assert.deepEqual(warnings, ['column "Current" says no unit: taken as A']);
  });
});

describe("a charge instead of a discharge", () => {
  it("is refused, and named", () => {
    const charge = record(laboratory.slowCharge(25), "up.csv");
    refuses(
      () => fitMeasured([charge, record(drive)], believed),
      /no slow discharge of a full cell: up\.csv is a charge from 3\.\d+ V to 4\.\d+ V, not/,
    );
    refuses(() => fitMeasured([record(drive)], believed), /no current flows steadily for 8 hours/);
  });

  it("is warned of where it ends long before other files do", () => {
    const early = record(slow.filter(({ voltage_V }) => voltage_V > 3.8));
    const deep = laboratory.recorded(25, 60, 12, () => -laboratory.CAPACITY_MAH / 4);
    fitMeasured([early, record(deep, "deep.csv")], believed);
    assert.match(early.warnings.join(), /ends at 3\.80 V, other files at \d\.\d+ V: capacity and/);
  });

  it("is refused as well where the discharge does not begin full", () => {
    const late = record(slow.slice(500), "late.csv");
    refuses(
      () => fitMeasured([late, record(drive)], believed),
      /the discharge in late\.csv is from 3\.\d+ V to .*, and the cell is full at 4\.\d+ V/,
    );
  });
});

describe("missing readings", () => {
  const gap = (rows: readonly Row[], from: number, to: number) =>
    withColumn(rows, 1, ["V_V", ({ voltage_V }, i) => (i >= from && i < to ? "NaN" : voltage_V)]);

  it("are bridged where they are short, which is said", () => {
    const { log, warnings } = read(gap(drive, 100, 103));
    assert.deepEqual(warnings, ["3 missing readings of V_V bridged straight"]);
    const [left, right] = [drive[99]!.voltage_V, drive[103]!.voltage_V];
    assert.ok(Math.abs(log.voltage_mV[101]! - 500 * (left + right)) < 0.01);
  });

  it("are refused where they are long, many, or at an end", () => {
    refuses(
      () => read(gap(drive, 100, 120)),
      /x\.csv:102: V_V is missing for 20 rows \(210 s\), at most 60 s/,
    );
    refuses(
      () => read(gap(drive, 0, 3)),
      /x\.csv:2: V_V is missing for 3 rows.*cut the file there/,
    );
    const scattered: Column = ["V_V", ({ voltage_V }, i) => (i % 20 === 7 ? "" : voltage_V)];
    refuses(() => read(withColumn(drive, 1, scattered)), /V_V is missing in 5\.0 % of the rows/);
  });
});

describe("time", () => {
  it("that goes back is refused with the line", () => {
    const back: Column = ["t_s", ({ t_s }) => (t_s > 3000 ? t_s - 3000 : t_s)];
    refuses(
      () => read(withColumn(drive, 0, back)),
      /x\.csv:303: t_s = 10 s must be >= 3000 s, the row before; sort the rows, cut the file where/,
    );
    const words: Column = ["t_s", ({ t_s }) => (t_s === 50 ? "soon" : t_s)];
    refuses(
      () => read(withColumn(drive, 0, words)),
      /x\.csv:7: t_s = "soon" must be a number, h:min:s or a date with/,
    );
  });

  it("that stands still is the tester's change of step: the later row counts", () => {
    const text = laboratory.plainText(drive.flatMap((row, i) => (i === 60 ? [row, row] : [row])));
    assert.equal(read(text).log.t_s.length, drive.length);
  });
});

describe("a file that begins neither full nor at rest", () => {
  it("is refused: its SOC is not known", () => {
    const rows = drive.slice(390);
    refuses(
      () => fitMeasured([record(slow), record(rows, "mid.csv")], believed),
      /mid\.csv: begins at 4\.\d+ V neither full \(4\.\d+ V\) nor at rest, so its SOC is not known/,
    );
  });
});
