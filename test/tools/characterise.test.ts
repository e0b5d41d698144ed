// The laboratory: writes what a tester would have recorded of one specimen, the same bytes for the
// same seed, whole or not at all.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { readPart } from "../../boards/parts.js";
import { plain } from "../../boards/schema/quantity.js";
import { Random } from "../../host/sim/random.js";
import { projectPath } from "../../tools/build/paths.js";
import { characterise as measure } from "../../tools/characterise/characterise.js";
import {
  COLUMNS,
  CYCLER,
  MANIFEST_FILE,
  type Manifest,
} from "../../tools/characterise/manifest.js";
import { Meter } from "../../tools/characterise/meter.js";
import { type TestCell } from "../../tools/characterise/test_cell.js";
import { Tester } from "../../tools/characterise/tester.js";
import { writeFolder } from "../../tools/characterise/write_folder.js";
import { characterise } from "../../tools/commands/characterise.js";

const scratch = mkdtempSync(join(tmpdir(), "tfmb-characterise-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const CELL = "r20-0p7mAh";
const HOUR_S = 3600;

function made(name: string, seed: number): Map<string, string> {
  const out = join(scratch, name);
  characterise({ cell: CELL, seed, out });
  return new Map(
    readdirSync(out)
      .sort()
      .map((file) => [file, readFileSync(join(out, file), "utf8")]),
  );
}

const first = made("first", 1);
const manifest = JSON.parse(first.get(MANIFEST_FILE)!) as Manifest;
const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number) as [number, number, number, number, number, number]);

describe("tfmb characterise", () => {
  it("gives the same bytes for the same seed, and another specimen for another", () => {
    assert.deepEqual(made("again", 1), first);
    const other = made("other", 2);
    for (const { file } of manifest.files) assert.notEqual(other.get(file), first.get(file));
  });

  it("writes a manifest, and every file that it names, in less than 1 MB", () => {
    const names = [...manifest.files.map(({ file }) => file), MANIFEST_FILE].sort();
    assert.deepEqual([...first.keys()], names);
    const bytes = [...first.values()].reduce((sum, text) => sum + text.length, 0);
    assert.ok(bytes < 1e6, `${bytes} bytes`);
    // 1.164 mAh between 4.2 V and 3.0 V, two digits
    assert.equal(manifest.label_capacity_uAh, 1100);
    assert.deepEqual([manifest.voltage_cut_off_V, manifest.voltage_charge_V], [3, 4.2]);
    assert.deepEqual(manifest.instrument, CYCLER);
  });

  it("says nothing of the specimen beyond what its maker states of the lot", () => {
    const all = [...first.values()].join("\n");
    assert.doesNotMatch(all, /lithium|exchange|activation|diffusion|_ohm_/);
  });

  it("records rising times within the voltage limits, and a counter that integrates", () => {
    for (const { file, procedure } of manifest.files) {
      const text = first.get(file)!;
      assert.equal(text.split("\n")[0], COLUMNS.join(","));
      const rows = rowsOf(text);
      let charge_uAh = 0;
      rows.forEach(([t_s, step, current_uA, voltage_V, , counted_uAh], i) => {
        const [before_s, before_step] = i > 0 ? rows[i - 1]! : [0, 0];
        assert.ok(t_s > before_s && step >= before_step, `${file}: row ${i}`);
        const inside = voltage_V > 2.9 && voltage_V < 4.23;
        assert.ok(inside, `${file}: ${voltage_V} V in row ${i}`);
        charge_uAh += (current_uA * (t_s - before_s)) / HOUR_S;
        // held voltages: the current of a row is the mean since the row before
        const off_uAh = Math.abs(charge_uAh - counted_uAh);
        assert.ok(off_uAh < 0.05, `${file}: counter off by ${off_uAh} uAh in row ${i}`);
      });
      assert.ok(rows.length > 300, `${procedure}: ${rows.length} rows`);
    }
  });

  it("samples densely after a step, and sparsely when little moves", () => {
    const rows = rowsOf(first.get("gitt_25degC.csv")!);
    const gaps = rows.slice(1).map(([t_s], i) => t_s - rows[i]![0]);
    assert.ok(Math.min(...gaps) < 0.11 && Math.max(...gaps) > 600);
    rows.slice(1).forEach(([t_s, step], i) => {
      // a hold that ends at once has one row, so a step may be skipped
      if (step === rows[i]![1]) return;
      assert.ok(t_s - rows[i]![0] < 0.11, `first reading of step ${step} is late`);
    });
  });

  it("is wrong by its instrument's stated errors, no more and no less", () => {
    const readings: number[] = [];
    for (let seed = 0; seed < 400; seed++) {
      readings.push(new Meter(CYCLER, 1e6, new Random(seed)).voltage_mV(4000) - 4000);
    }
    const rms = Math.sqrt(readings.reduce((sum, mV) => sum + mV * mV, 0) / readings.length);
    // gain 1e-4 of 4 V, offset 0.2 mV, noise 0.03 mV, rounding to 0.05 mV
    const stated = Math.hypot(0.4, 0.2, 0.03, 0.05 / Math.sqrt(12));
    assert.ok(Math.abs(rms / stated - 1) < 0.1, `${rms} mV, stated ${stated} mV`);
    const resolved = readings.every((mV) => Math.abs(mV / 0.05 - Math.round(mV / 0.05)) < 1e-6);
    assert.ok(resolved);
  });
});

describe("what a seed draws", () => {
  it("is not the cell that a node with that seed gets", () => {
    const { physics, profile } = plain(readPart(projectPath("boards"), "cell", CELL));
    const drawn: number[] = [];
    measure({
      ...{ cell: CELL, physics, instrument: CYCLER, seed: 1 },
      limits: { charge_mV: profile.float_mV, cut_off_mV: 3000 },
      specimenOf: (of, random) => {
        drawn.push(random.uniform());
        return of;
      },
    });
    assert.equal(drawn.length, 1);
    assert.notEqual(drawn[0], new Random(1).uniform());
  });
});

describe("errors of tfmb characterise", () => {
  const fails = (options: { cell?: string; seed?: number; out?: string }, says: RegExp) => {
    const before = readdirSync(scratch).sort();
    const all = { cell: CELL, seed: 1, out: join(scratch, "new"), ...options };
    assert.throws(
      () => characterise(all),
      (error: Error) => {
        assert.match(error.message, says);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
    );
    assert.deepEqual(readdirSync(scratch).sort(), before, "something was left behind");
  };

  it("are one line each, and leave nothing behind", () => {
    fails({ cell: "r20-0p7mah" }, /cell "r20-0p7mah" is not in boards\/cells; did you mean/);
    fails({ cell: join(scratch, "none.json") }, /none\.json: does not exist; name a cell/);
    fails({ seed: -1 }, /--seed -1 must be an integer 0\.\.4294967295/);
    fails({ seed: 1.5 }, /--seed 1\.5 must be an integer/);
    fails({ out: join(scratch, "first") }, /first: is not empty; name a new folder/);
    fails({ out: join(scratch, "first", MANIFEST_FILE) }, /is not a folder; name a new folder/);
    fails({ out: join(scratch, "first", MANIFEST_FILE, "x") }, /x: cannot be written \(\w+\)/);
  });

  it("take back what was written when a file cannot be", () => {
    const before = readdirSync(scratch).sort();
    const texts = new Map([
      ["fine.csv", "1"],
      ["no/such/folder.csv", "2"],
    ]);
    assert.throws(() => writeFolder(join(scratch, "half"), texts), /half: cannot be written/);
    assert.deepEqual(readdirSync(scratch).sort(), before);
  });

  it("does not take an empty folder for a full one", () => {
    const out = join(scratch, "empty");
    mkdirSync(out);
    characterise({ cell: CELL, seed: 1, out });
    assert.equal(readdirSync(out).length, manifest.files.length + 1);
    const stray = join(scratch, "stray");
    mkdirSync(stray);
    writeFileSync(join(stray, "notes.txt"), "mine");
    assert.throws(() => characterise({ cell: CELL, seed: 1, out: stray }), /is not empty/);
    assert.deepEqual(readdirSync(stray), ["notes.txt"]);
  });
});

/** 100 ohm in front of 1 F: every answer has a closed form. */
class Capacitor implements TestCell {
  temperature_degC = 25;
  constructor(public mV: number) {}
  voltage_mV(current_nA: number): number {
    return this.mV + current_nA * 1e-4;
  }
  drive(current_nA: number, dt_s: number): void {
    this.mV += current_nA * dt_s * 1e-6;
  }
  hold(voltage_mV: number, dt_s: number, most_nA: number): number {
    const ends_nA = (voltage_mV - this.mV) / (1e-4 + dt_s * 1e-6);
    const [low_nA, high_nA] = most_nA > 0 ? [0, most_nA] : [most_nA, 0];
    const current_nA = Math.min(Math.max(ends_nA, low_nA), high_nA);
    this.drive(current_nA, dt_s);
    return current_nA;
  }
}

const EXACT = {
  ...{ voltage_noise_mV: 0, voltage_resolution_mV: 1e-6, voltage_gain_sigma: 0 },
  ...{ voltage_offset_sigma_mV: 0, current_gain_sigma: 0, current_offset_share: 0 },
  ...{ temperature_sigma_K: 0, interval_s: 0.1 },
};

const testerOf = (cell: TestCell) => new Tester(cell, new Meter(EXACT, 1e6, new Random(1)), 1e6);

describe("the tester", () => {
  it("drives a current until its limit, in the time that takes", () => {
    const tester = testerOf(new Capacitor(3000));
    tester.begin(25);
    // 1 mA is 1 mV/s on 1 F, and 100 mV across 100 ohm
    const flowed_s = tester.drive(1e6, Infinity, 3500);
    assert.ok(Math.abs(flowed_s - 400) <= 1, `${flowed_s} s`);
    assert.ok(Math.abs(tester.charge_nAh - (1e6 * flowed_s) / HOUR_S) < 1e-6);
    assert.equal(tester.rows.at(-1)!.current_uA, 1000);
  });

  it("drives for a given time, and leaves no crumb of a row", () => {
    // readings at 0.1, 0.3, 0.7, 1.5, 3.1 s: what is left of 3.13 s joins the last
    const tester = testerOf(new Capacitor(3000));
    tester.begin(25);
    assert.ok(Math.abs(tester.drive(-1e4, 3.13, 0) - 3.13) < 1e-9);
    const times = tester.rows.map(({ test_time_s }) => test_time_s);
    assert.ok(Math.abs(times.at(-1)! - 3.13) < 1e-9);
    times.slice(1).forEach((time_s, i) => assert.ok(time_s - times[i]! > 0.099, `${times.join()}`));
  });

  it("stops soon after a limit, also where a flat voltage turns steep between two readings", () => {
    // nothing moves for ten hours, then 1 mV/s
    let time_s = 0;
    const mV = () => 3400 + Math.max(0, time_s - 36000);
    const tester = testerOf({
      ...{ temperature_degC: 25, voltage_mV: mV, hold: () => 0 },
      drive: (_nA, dt_s) => void (time_s += dt_s),
    });
    tester.begin(25);
    tester.drive(1e5, Infinity, 3450);
    assert.ok(mV() >= 3450 && mV() < 3475, `${mV()} mV`);
  });

  it("holds a voltage until the current has fallen, either way", () => {
    for (const [start_mV, from_nA] of [
      [3000, 1e6],
      [3200, -1e6],
    ] as const) {
      const cell = new Capacitor(start_mV);
      const tester = testerOf(cell);
      tester.begin(25);
      tester.hold(3100, from_nA, 1000);
      const last = tester.rows.at(-1)!;
      assert.ok(Math.abs(last.current_uA) <= 1, `${last.current_uA} uA`);
      assert.equal(last.voltage_V, 3.1);
      assert.ok(Math.abs(cell.mV - 3100) < 1, `${cell.mV} mV`);
    }
  });

  it("rests until the display stands still, and no current flows", () => {
    const tester = testerOf(new Capacitor(3300));
    tester.begin(25);
    tester.rest(1800);
    assert.ok(tester.rows.every(({ current_uA }) => current_uA === 0));
    assert.ok(tester.rows.at(-1)!.test_time_s >= 1800);
  });

  it("gives up on a specimen that never reaches its limit", () => {
    const tester = testerOf({
      ...{ temperature_degC: 25, voltage_mV: () => 3300, hold: (_mV, _s, most_nA) => most_nA },
      drive: () => undefined,
    });
    tester.begin(25);
    assert.throws(() => tester.drive(1, Infinity, 4200), /stands at 3300 mV after 500 h, not yet/);
    assert.throws(() => tester.hold(4200, 1e5, 1000), /still takes .* C at 4200 mV after 200 h/);
  });
});
