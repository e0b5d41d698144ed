// Every bad file that a laboratory hands over ends `tfmb fit` with one line that says what, where,
// which value, its range and the remedy, with exit code 2 and with nothing written.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { projectPath, projectRoot } from "../../../../tools/build/paths.js";
import * as laboratory from "./laboratory.js";
import { type Column, type Row } from "./laboratory.js";

const folder = mkdtempSync(join(tmpdir(), "tfmb-bad-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const OUT = join(folder, "out");
const slow = laboratory.slowDischarge(25);
const drive = laboratory.drive(25);

function place(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const good = place("slow.csv", laboratory.plainText(slow));

/** PLAIN with another column of the same place, and more behind. */
const withColumn = (rows: readonly Row[], at: number, column: Column, ...more: Column[]) =>
  laboratory.changed(rows, (columns) => [
    ...columns.map((own, i) => (i === at ? column : own)),
    ...more,
  ]);
const COUNTER: Column = ["Capacity [mAh]", ({ charge_mAh }) => charge_mAh];

function fit(...words: string[]): { code: number | null; out: string; err: string } {
  const command = ["--import", "tsx", projectPath("tools/tfmb.ts"), "fit", ...words, "--out", OUT];
  const options = { cwd: projectRoot, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
  return { code: status, out: stdout, err: stderr.replaceAll(`${folder}/`, "") };
}

/** The whole line; # stands for a number that was measured. */
function refused(line: string, ...words: string[]): void {
  const { code, out, err } = fit(...words);
  const numbers = line.includes("#")
    ? err.replaceAll(/(?<= )\d+(\.\d+)?(?= (V to|V,|%|mAh))/g, "#")
    : err;
  assert.deepEqual({ code, out, err: numbers }, { code: 2, out: "", err: `tfmb: ${line}\n` });
  assert.ok(!existsSync(OUT), "something was written");
}

const UNIT =
  "is its current in another unit than its heading says (mA read as A)? " +
  "Say it with --columns current=NAME:UNIT";

describe("tfmb fit of a bad file", () => {
  it("turns a swapped sign and says so; what it makes of it is the right file's", () => {
    const { code, out } = fit(
      place("turned.csv", withColumn(slow, 2, ["I_mA", ({ current_mA }) => -current_mA])),
    );
    assert.equal(code, 0);
    assert.match(
      out,
      /turned\.csv:\n {4}current is positive on discharge .* falls as it flows\): sign turned\n/,
    );
    assert.match(out, /^1 files \(plain CSV\): 1\.98\d+ mAh from 4\.09 to 2\.99 V/);
    rmSync(OUT, { recursive: true });
  });

  it("refuses a sign that changes within the file", () => {
    const text = withColumn(drive, 2, ["I_mA", ({ current_mA }) => Math.abs(current_mA)]);
    refused(
      "abs.csv: the current has one sign only, but the voltage steps both ways with it; " +
        "a column of states can tell: name that of the states with --columns state=NAME",
      ...[good, place("abs.csv", text)],
    );
  });

  it("refuses a missing temperature", () => {
    const text = laboratory.changed(slow, (columns) => columns.slice(0, 3));
    refused(
      "cold.csv: no column of temperature; name it with --columns temperature=NAME, " +
        "or say the chamber's with --degC",
      place("cold.csv", text),
    );
  });

  it("refuses mA read as A, by the file's counter, another file's charge, or the label", () => {
    const amps: Column = ["I_A", ({ current_mA }) => current_mA];
    refused(
      "counted.csv: current over time is 1000 times the file's own count of charge, it must be " +
        "1; is the current in mA, or the counter in Ah? Say the unit in the heading, or with " +
        "--columns KIND=NAME:UNIT",
      place("counted.csv", withColumn(slow, 2, amps, COUNTER)),
    );
    refused(
      `other.csv: # % of the slow discharge's charge flow one way, at most # % can; ${UNIT}`,
      ...[good, place("other.csv", withColumn(drive, 2, amps))],
    );
    refused(
      "large.csv: the slow discharge gives # mAh, it must be 0.5 to 1.6 times the label's " +
        `# mAh; ${UNIT}`,
      ...[place("large.csv", withColumn(slow, 2, amps)), "--label-mAh", "2"],
    );
  });

  it("refuses A read as mA likewise", () => {
    const milli: Column = ["I_mA", ({ current_mA }) => current_mA / 1000];
    refused(
      "counted.csv: current over time is 0.001 times the file's own count of charge, it must be " +
        "1; is the current in A, or the counter in mAh? Say the unit in the heading, or with " +
        "--columns KIND=NAME:UNIT",
      place("counted.csv", withColumn(slow, 2, milli, COUNTER)),
    );
    const fast = laboratory.recorded(25, 10, 2, () => -laboratory.CAPACITY_MAH);
    refused(
      "other.csv: the voltage falls from full to empty over # % of the cell's charge, it " +
        `must be # % at least; ${UNIT}`,
      ...[good, place("other.csv", withColumn(fast, 2, milli))],
    );
    refused(
      "small.csv: the slow discharge gives # mAh, it must be 0.5 to 1.6 times the " +
        `label's # mAh; ${UNIT}`,
      ...[place("small.csv", withColumn(slow, 2, milli)), "--label-mAh", "2"],
    );
  });

  it("refuses a charge instead of a discharge", () => {
    refused(
      "no slow discharge of a full cell: up.csv is a charge from # V to # V, not a " +
        "discharge; add one at C/8 or slower, best C/20, from full to cut-off",
      place("up.csv", laboratory.plainText(laboratory.slowCharge(25))),
    );
  });

  it("refuses gaps of NaN", () => {
    const gap: Column = ["V_V", ({ voltage_V }, i) => (i >= 100 && i < 120 ? "NaN" : voltage_V)];
    refused(
      "gap.csv:102: V_V is missing for 20 rows (1260 s), at most 60 s within a file can be " +
        "bridged; cut the file there",
      place("gap.csv", withColumn(slow, 1, gap)),
    );
    const scattered: Column = ["V_V", ({ voltage_V }, i) => (i % 20 === 7 ? "" : voltage_V)];
    refused(
      "holes.csv: V_V is missing in 5.0 % of the rows, at most 1 % can be bridged",
      ...[good, place("holes.csv", withColumn(drive, 1, scattered))],
    );
  });

  it("refuses a time that goes back", () => {
    const back: Column = ["t_s", ({ t_s }) => (t_s > 3000 ? t_s - 3000 : t_s)];
    refused(
      "back.csv:53: t_s = 60 s must be >= 3000 s, the row before; sort the rows, cut the file " +
        "where its clock starts anew, or take a column of dates or of the whole test: " +
        "--columns time=NAME",
      place("back.csv", withColumn(slow, 0, back)),
    );
  });
});
