// Recordings become environments: by their headers, without losing light, and with one clear line
// when they cannot be used.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { gridOf } from "../../../host/sim/environment/grid.js";
import { readTrace, TraceError } from "../../../host/sim/environment/trace.js";
import { measuredData } from "../../measured_data.js";
import { mean } from "./typical_year.js";

const folder = mkdtempSync(join(tmpdir(), "trace-"));
after(() => rmSync(folder, { recursive: true }));

const file = join(folder, "day.csv");
const CONSTANT = { temperature_degC: 21 };

function read(...lines: string[]) {
  writeFileSync(file, lines.join("\n"));
  const { lux, temperature_degC, ...rest } = readTrace(file, CONSTANT);
  return {
    ...rest,
    lux: [...lux],
    degC: [...temperature_degC].map((v) => Math.round(v * 100) / 100),
  };
}

/** The message without the folder. */
function lineAfter(...lines: string[]): string {
  try {
    read(...lines);
  } catch (error) {
    assert.ok(error instanceof TraceError);
    assert.ok(!error.message.includes("\n"));
    return error.message.replace(`${folder}/`, "");
  }
  return "accepted";
}

describe("a trace", () => {
  it("of seconds and lux starts with its first row and has a constant temperature", () => {
    assert.deepEqual(read("# a comment", "t_s,lux", "100,5", "", "110,6", "# more", "120,0"), {
      name: "day.csv",
      ...{ step_s: 10, lux: [5, 6, 0], length_s: 30 },
      ...{ temperature_step_s: 15, degC: [21, 21] },
    });
  });

  it("may have columns in any order, further ones, spaces and other line ends", () => {
    const made = read("pim, temp_C ,lux,t_s\r", "9,20.5, 1,0\r", "8,21.5,2.5 ,60\r", "");
    assert.deepEqual([made.lux, made.degC, made.step_s], [[1, 2.5], [20.5, 21.5], 60]);
    assert.deepEqual(read("t_s,lux,temperature_degC", "0,1,-5", "1,1,-6").degC, [-5, -6]);
  });

  it("of irradiance is in lux, and 0 where a pyranometer goes below", () => {
    const made = read("t_s,W_per_m2", "0,-7.8", "1,1000", "2,0.5");
    assert.deepEqual(made.lux, [0, 122000, 61]);
  });

  it("counts minutes and hours where the header does", () => {
    assert.equal(read("minute_of_month,W_per_m2", "0,1", "1,1").step_s, 60);
    const day = read("min,ghi_W_m2,temp2m_C", "0,1,3", "5,1,4", "10,1,5");
    assert.deepEqual([day.step_s, day.length_s, day.degC], [300, 900, [3, 4, 5]]);
    const year = read("hour,ghi_W_m2,temp_C", "0,0,2", "1,100,3", "2,50,4");
    assert.deepEqual([year.step_s, year.lux], [3600, [0, 12200, 6100]]);
  });

  it("may be a file of NREL MIDC as it is delivered", () => {
    const made = read(
      "DATE (MM/DD/YYYY),MST,Global PSP [W/m^2],Global PSP (Accumulated) [kWhr/m^2]," +
        "Temperature @ 2m [deg C],Temperature @ 50m [deg C]",
      "10/31/2018,23:58,-7.693,0.5,-4.669,-5",
      "10/31/2018,23:59,10,0.5,-4.7,-5",
      "11/01/2018,00:00,20,0.5,-4.8,-5",
    );
    assert.deepEqual(
      [made.lux, made.degC],
      [
        [0, 1220, 2440],
        [-4.67, -4.7, -4.8],
      ],
    );
    assert.equal(made.step_s, 60);
    const bms = read(
      "DATE (MM/DD/YYYY),MST,Global CM3 (cor) [W/m^2]",
      "9/1/2018,00:00,1",
      "9/1/2018,00:01,2",
    );
    assert.deepEqual(bms.lux, [122, 244]);
  });

  it("may be a typical year of PVGIS as it is delivered: preamble, many years, notes", () => {
    const made = read(
      ...["Latitude (decimal degrees): 45.000", "Longitude (decimal degrees): 8.000"],
      ...["Elevation (m): 250.0", "month,year", "1,2014", "2,2011"],
      "time(UTC),T2m,RH,G(h),Gb(n),Gd(h),IR(h),WS10m,WD10m,SP",
      "20140131:2200,1.08,90.9,10.0,-0.0,0.0,253.7,1.19,231.0,99110.0",
      "20140131:2300,0.42,91.68,0.0,-0.0,0.0,252.03,1.16,226.0,99090.0",
      "20110201:0000,-0.24,92.46,20.0,-0.0,0.0,250.35,1.13,225.0,99120.0",
      ...["", "T2m: 2-m air temperature (degree Celsius)", "RH: relative humidity (%)"],
    );
    assert.deepEqual([made.step_s, made.lux], [3600, [1220, 0, 2440]]);
    assert.deepEqual(made.degC, [1.08, 0.42, -0.24]);
  });
});

describe("times that are not regular", () => {
  it("come on a grid of their shortest interval with the mean light of each step", () => {
    const made = read("t_s,lux,temp_C", "0,100,10", "10,200,20", "25,0,35", "45,400,55");
    // 10-25 s: 200 lx, 25-45 s: 0 lx, from 45 s: 400 lx for a mean interval, 15 s
    assert.deepEqual(made.lux, [100, 200, 100, 0, 200, 400]);
    assert.deepEqual(made.degC, [10, 20, 30, 40, 50, 55]);
    assert.deepEqual([made.step_s, made.length_s], [10, 60]);
  });

  it("that are regular but for rounding are taken as they are", () => {
    const made = read("t_s,lux", "0,1", "0.33,2", "0.67,3", "1,4");
    assert.deepEqual(made.lux, [1, 2, 3, 4]);
    assert.ok(Math.abs(made.step_s - 1 / 3) < 1e-12);
  });

  it("keep their dose whatever they are", () => {
    const rows = fc.array(
      fc.record({ gap_s: fc.double({ min: 1, max: 1000, noNaN: true }), lux: fc.nat(100000) }),
      { minLength: 2, maxLength: 40 },
    );
    fc.assert(
      fc.property(rows, (steps) => {
        let time_s = 0;
        const t_s = steps.map(({ gap_s }) => (time_s += gap_s));
        const lux = steps.map((step) => step.lux);
        const made = gridOf({ t_s, values: lux, temperature_degC: lux }, 0);
        const held_s = made.length_s - (t_s.at(-1)! - t_s[0]!);
        const dose = lux.reduce((sum, value, i) => {
          return sum + value * (i + 1 < t_s.length ? t_s[i + 1]! - t_s[i]! : held_s);
        }, 0);
        const kept = made.lux.reduce((sum, value) => sum + value * made.step_s, 0);
        const regular = made.lux.length === t_s.length;
        const by = (regular ? 0.1 : 1e-5) * Math.max(dose, 1);
        assert.ok(Math.abs(kept - dose) <= by, `${kept} lx s, wanted ${dose}`);
        const [low, high] = [Math.min(...lux), Math.max(...lux)];
        assert.ok(made.lux.every((v) => v >= low * (1 - 1e-6) && v <= high * (1 + 1e-6)));
        assert.ok(made.temperature_degC.every((v) => v >= low * 0.999999 && v <= high * 1.000001));
      }),
      { numRuns: 60 },
    );
  });

  it("make a grid of bounded size", () => {
    const made = gridOf({ t_s: [0, 0.001, 1e6], values: [1e6, 5, 3], temperature_degC: [] }, 0);
    assert.ok(made.lux.length > 2 ** 21 && made.lux.length <= 2 ** 22, `${made.lux.length} values`);
    assert.ok(made.lux[0]! > 5 && made.lux[1] === 5 && made.lux.at(-1) === 3);
  });
});

describe("a trace that cannot be used", () => {
  it("names file, line, column, value, range and remedy", () => {
    const remedy = "correct the row or remove it";
    assert.equal(
      lineAfter("# note", "t_s,lux", "0,1", "10,bright"),
      `day.csv:4: lux = "bright" must be a number 0..200000 lx; ${remedy}`,
    );
    assert.equal(
      lineAfter("t_s,lux", "0,1", "10,-2"),
      `day.csv:3: lux = "-2" must be a number 0..200000 lx; ${remedy}`,
    );
    assert.equal(
      lineAfter("min,W_per_m2", "0,-9999", "1,3"),
      `day.csv:2: W_per_m2 = "-9999" must be a number -50..2000 W/m2; ${remedy}`,
    );
    assert.equal(
      lineAfter("t_s,lux,temp_C", "0,1,20", "10,1"),
      `day.csv:3: temp_C = "" must be a number -90..150 degC; ${remedy}`,
    );
    assert.equal(
      lineAfter("t_s,lux", "0,1", "10,1", "10,2"),
      "day.csv:4: t_s = 10 must be later than the row before; sort the rows",
    );
    assert.equal(
      lineAfter("time(UTC),G(h)", "20110229:0000,1"),
      `day.csv:2: time(UTC) = "20110229:0000" must be a time YYYYMMDD:HHMM; ${remedy}`,
    );
    assert.match(
      lineAfter("DATE (MM/DD/YYYY),MST,Global PSP [W/m^2]", "02/29/2018,00:00,1"),
      /^day\.csv:2: DATE \(MM\/DD\/YYYY\) MST = "02\/29\/2018 00:00" must be a time MM\/DD/,
    );
  });

  it("says what its header must name, and when there is nothing", () => {
    assert.match(
      lineAfter("", "# note", "date,kWh", "1,2"),
      /^day\.csv:3: header = "date,kWh" must name t_s, min, hour, .* or Global$/,
    );
    assert.match(lineAfter("t_s,temp_C", "0,1"), /header = "t_s,temp_C" must name/);
    assert.match(lineAfter("# only this"), /^day\.csv: is empty; its first line must name t_s/);
    assert.equal(lineAfter("t_s,lux", "0,1"), "day.csv: 1 rows of numbers, must be at least 2");
    assert.throws(
      () => readTrace(join(folder, "none.csv"), CONSTANT),
      /none\.csv: does not exist; /,
    );
    assert.throws(() => readTrace(folder, CONSTANT), /is a folder; a recording is/);
  });

  it("gives one line or an environment for any text", () => {
    const cell = fc.oneof(fc.constantFrom("t_s", "lux", "0", "1", "#", "", "1e9"), fc.string());
    const row = fc.array(cell, { maxLength: 4 }).map((cells) => cells.join(","));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        assert.match(lineAfter("t_s,lux", ...rows), /^(accepted|day\.csv.*)$/);
        assert.match(lineAfter(...rows), /^(accepted|day\.csv.*)$/);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the measured traces", () => {
  const recording = (name: string) => measuredData(`harvest/${name}`);
  const wearable = recording("wearable_lux_temp_motion_7d_10s.csv");
  const bms = recording("nrel_bms_2018sep_1min.csv");
  const midc = recording("midc_20181014_1min.csv");
  const pvgis = recording("pvgis_tmy_45N_8E_hourly.csv");
  const sorted = (values: Float32Array) => [...values].sort((a, b) => a - b);

  it("of a person's week: its README's numbers", { skip: wearable.skip }, () => {
    const made = readTrace(wearable.path, CONSTANT);
    assert.deepEqual([made.step_s, made.lux.length, made.length_s], [10, 61016, 610160]);
    const lux = sorted(made.lux);
    assert.equal(Math.round(mean(lux)), 738);
    assert.equal(Math.round(lux[30508]!), 17);
    assert.equal(Math.round(lux.at(-1)! / 100), 1143);
    const degC = sorted(made.temperature_degC);
    assert.ok(Math.abs(degC[0]! - 18.69) < 1e-5 && Math.abs(degC.at(-1)! - 38.69) < 1e-5);
  });

  it(
    "of a month at Golden: clamped, 1152 W/m2 at most, 222 W/m2 on average",
    { skip: bms.skip },
    () => {
      const { lux, step_s } = readTrace(bms.path, CONSTANT);
      assert.deepEqual([step_s, lux.length, Math.min(...lux)], [60, 43200, 0]);
      assert.equal(Math.round(Math.max(...lux) / 122), 1152);
      assert.equal(Math.round(mean([...lux]) / 122), 222);
    },
  );

  it("of a day with its temperature: 885 W/m2, -8.4 to -4.7 degC", { skip: midc.skip }, () => {
    const { lux, temperature_degC, length_s } = readTrace(midc.path, CONSTANT);
    assert.deepEqual([length_s, Math.round(Math.max(...lux) / 122)], [86400, 885]);
    const degC = sorted(temperature_degC);
    assert.deepEqual([degC[0]!.toFixed(1), degC.at(-1)!.toFixed(1)], ["-8.4", "-4.7"]);
  });

  it("of a typical year: 1436 kWh/m2, -2.3 to 34.3 degC", { skip: pvgis.skip }, () => {
    const { lux, temperature_degC, length_s } = readTrace(pvgis.path, CONSTANT);
    assert.equal(length_s, 8760 * 3600);
    assert.equal(Math.round(lux.reduce((sum, value) => sum + value, 0) / 122000), 1436);
    const degC = sorted(temperature_degC);
    assert.deepEqual([degC[0]!.toFixed(1), degC.at(-1)!.toFixed(1)], ["-2.3", "34.3"]);
  });
});
