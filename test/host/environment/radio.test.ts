// Recordings of received radio drive a node's antenna: by their headers, in power whatever their
// unit, and with one clear line when they cannot be used.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { readPart, readScenario } from "../../../boards/parts.js";
import { environmentOf } from "../../../boards/plant.js";
import { plain } from "../../../boards/schema/quantity.js";
import { TraceError } from "../../../host/sim/environment/columns.js";
import { heard, readRadio } from "../../../host/sim/environment/trace.js";
import { RfRectifier, type RfPhysics } from "../../../host/sim/sources/rf_rectifier.js";
import { Surroundings } from "../../../host/sim/surroundings.js";
import { projectPath } from "../../../tools/build/paths.js";
import { live } from "../../../tools/simulate/life.js";
import { measuredData } from "../../measured_data.js";
import { newCore } from "../core_fixture.js";
import { near } from "../sim/cell_fixture.js";
import { steady } from "../sim/life_fixture.js";

const root = projectPath("boards");
const folder = mkdtempSync(join(tmpdir(), "radio-"));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, "gate.csv");

function read(...lines: string[]) {
  writeFileSync(file, lines.join("\n"));
  return readRadio(file);
}

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

const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length;

describe("a recording of radio", () => {
  it("is power, whether it is in dBm, in uW or a voltage over a resistor", () => {
    const levels = read("# a gate", "t_s,power_dBm", "0,-10", "10,0", "20,-150");
    assert.deepEqual([levels.name, levels.power.step_s, levels.length_s], ["gate.csv", 10, 30]);
    const [ten, zero, none] = levels.power.values;
    near(ten!, 100, 1e-6, "-10 dBm, uW");
    near(zero!, 1000, 1e-6, "0 dBm, uW");
    assert.ok(none! < 1e-9);
    assert.deepEqual([...read("min,rf_uW", "0,5", "1,7").power.values], [5, 7]);
    // 3 V over 30 kohm are 300 uW
    const over = read("t_s,voltage_mV_over_30000_ohm", "0,3000", "0.001,600");
    assert.deepEqual([...over.power.values], [300, 12]);
    near(over.power.step_s, 1e-3, 1e-12, "s");
  });

  it("has the mean of power, not of decibels, where its times are not regular", () => {
    const { power } = read("t_s,dBm", "0,-10", "10,0", "15,-10", "40,0");
    // 10 s of 100 uW, 5 s of 1000 uW, 25 s of 100 uW; the last row for a mean interval
    assert.equal(power.step_s, 5);
    near(mean(power.values.subarray(0, 8)), (35 * 100 + 5 * 1000) / 40, 1e-6, "uW");
  });

  it("is refused in one line that names place, value and range", () => {
    assert.equal(
      lineAfter("t_s,power_dBm", "0,-10", "1,loud"),
      'gate.csv:3: power_dBm = "loud" must be a number -150..60 dBm; correct the row or remove it',
    );
    assert.match(
      lineAfter("t_s,power_uW", "0,1", "1,-1"),
      /power_uW = "-1" must be a number 0\.\./,
    );
    assert.match(
      lineAfter("t_s,power_uW", "5,1", "4,1"),
      /t_s = 4 must be later than the row before/,
    );
    assert.match(lineAfter("t_s,power_uW", "0,1"), /1 rows of numbers, must be at least 2/);
    assert.equal(
      lineAfter("t_s,lux", "0,1", "1,2"),
      'gate.csv:1: header = "t_s,lux" must name t_s, min, hour, time(UTC) or DATE; ' +
        "and power_dBm, power_uW or voltage_mV_over_30000_ohm",
    );
    assert.match(lineAfter("t_s,voltage_mV_over_0_ohm", "0,1"), /must name t_s/);
    assert.throws(() => readRadio(join(folder, "none.csv")), /none\.csv: does not exist/);
  });

  // mean powers and lengths as tabulated with the data set
  const TRACES = { "01": [153, 25.274], "02": [189, 39.232], "03": [93, 39.46] } as const;
  for (const [name, [mean_uW, length_s]] of Object.entries(TRACES)) {
    const recorded = measuredData(`harvest/rf_mementos_${name}_1kHz_mV.txt`);
    it(`Mementos ${name}: ${mean_uW} uW for ${length_s} s`, { skip: recorded.skip }, () => {
      const text = readFileSync(recorded.path, "utf8");
      const samples = text.split("\n").filter((line) => /^\d/.test(line));
      const rows = samples.map((mV, i) => `${i / 1000},${mV}`);
      const radio = read("t_s,voltage_mV_over_30000_ohm", ...rows);
      near(mean(radio.power.values), mean_uW, 0.005, "uW");
      near(radio.length_s, length_s, 1e-9, "s");
    });
  }

  it("over a resistor comes back from the rectifier that goes with it, at that resistor", () => {
    const physics = plain(readPart(root, "harvester", "rf-load-30kohm")).physics as RfPhysics;
    for (const power_uW of [0.01, 4.5, 153, 930]) {
      const source = new RfRectifier(physics).at(power_uW);
      near(source.maximum().power_W, 1e-6 * power_uW, 1e-9, "W");
      near(source.internal_ohm, 30000, 1e-3, "ohm");
    }
  });
});

describe("a node that hears a recording", () => {
  it("has it in place of its site's radio, again and again", () => {
    const radio = read("t_s,power_uW", "0,50", "60,0", "120,20");
    const around = new Surroundings(heard(steady(100), radio));
    const at = (time_s: number) => {
      around.follow(time_s);
      return around.now.rf_uW;
    };
    assert.deepEqual([0, 61, 130, 190, 250].map(at), [50, 0, 20, 50, 0]);
    assert.equal(around.now.lux, 100);
    const parts = readScenario(root, "rf-cart-week");
    const other = heard(environmentOf(parts, 1, 1), radio);
    assert.deepEqual(other.drives!.rf_uW, radio.power);
    assert.match(other.name, /, radio of gate\.csv$/);
  });

  const fed = async (rows: string[], hours: number) => {
    const parts = readScenario(root, "rf-cart-week");
    parts.scenario.hours = hours;
    const environment = heard(environmentOf(parts, 1, hours), read("t_s,power_uW", ...rows));
    const { node } = live(await newCore(), "rf-cart-week", parts, { environment }).run;
    for (const off_pJ of Object.values(node.ledger.imbalance_pJ)) {
      const through_pJ = node.ledger.drawn_pJ + node.ledger.used_pJ;
      assert.ok(Math.abs(off_pJ) < 1e-9 * through_pJ, `${off_pJ} pJ`);
    }
    return node;
  };

  it("lives on it, and its books close", async () => {
    const { ledger } = await fed(["0,100", "600,0"], 6);
    // half of the time the 55 uW of 100 that the rectifier has at best
    near(ledger.available_pJ, (55 / 2) * 6 * 3600 * 1e6, 1e-6, "pJ");
    assert.ok(ledger.delivered_pJ > 0.3 * ledger.available_pJ);
    assert.equal((await fed(["0,1", "600,2"], 1)).ledger.available_pJ, 0);
  });

  it("feels of a flicker of milliseconds the mean, in stretches of a second", async () => {
    const flicker = await fed(["0,100", "0.02,0", "0.04,100", "0.06,0"], 0.2);
    near(flicker.ledger.available_pJ, (55 / 2) * 720 * 1e6, 1e-3, "pJ");
    assert.ok(flicker.stretches < 1000, `${flicker.stretches} stretches`);
  });
});

describe("radio of a site in steps", () => {
  const drivesOf = (change: (rf: object) => void) => {
    const parts = readScenario(root, "rf-cart-week");
    change(parts.site.drives!.rf!);
    return environmentOf(parts, 1, 1).drives!;
  };

  it("is in dBm, and repeats", () => {
    const { step_s, values } = drivesOf(() => undefined).rf_uW!;
    assert.equal(step_s, 300);
    near(values[5]!, 10 ** -0.5 * 1000, 1e-6, "-5 dBm, uW");
    near(values[0]!, 0.1, 1e-6, "-40 dBm, uW");
  });

  it("is one of two ways to say it, and needs one", () => {
    const why = /reader-cart-45N: drives\.rf must have one of power_uW and steps/;
    assert.throws(() => drivesOf((rf) => Object.assign(rf, { steps: undefined })), why);
  });
});
