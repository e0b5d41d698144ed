// Commissioning takes a simulated node from its uncharged cell to ship mode; each thing that can be
// wrong with a new node ends it with one line of its own, the charger off.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { crc32 } from "node:zlib";
import { AREAS } from "../../host/core/abi.js";
import { type Parts } from "../../boards/parts.js";
import { projectPath } from "../../tools/build/paths.js";
import { calibratedProfile, commission } from "../../tools/commission/commission.js";
import { CommissionError, type Reading } from "../../tools/commission/device.js";
import { Fullness } from "../../tools/commission/full.js";
import { limitsOf } from "../../tools/commission/limits.js";
import { SimulatedNode } from "../../tools/commission/simulated.js";
import { hoursToFill } from "../../tools/commission/suitable.js";
import { partsOf } from "../../tools/simulate/setup.js";

const HOURS = 72;
const setupOf = (...set: string[]) =>
  partsOf(projectPath("boards"), {
    scenario: "default-year",
    hours: HOURS,
    set: ["scenario.start_soc=0.01", ...set],
  });

/** Notes whether the charger is on; in the first charge, readings may be changed. */
class WatchedNode extends SimulatedNode {
  charging = false;
  turns = 0;
  constructor(
    parts: Parts,
    hours: number,
    readonly changed: (spent_h: number) => Partial<Reading> = () => ({}),
  ) {
    super(parts, hours);
  }
  begun_s = 0;
  override charge(on: boolean, limit_nA: number): Promise<void> {
    this.charging = on;
    // the first time is for the first calibration
    if (on && ++this.turns === 2) this.begun_s = this.plant.node.time_s;
    return super.charge(on, limit_nA);
  }
  override async read() {
    const reading = await super.read();
    if (reading === undefined || !this.charging || this.turns < 2) return reading;
    return { ...reading, ...this.changed((this.plant.node.time_s - this.begun_s) / 3600) };
  }
}

/** The line with which a node fails, and the steps done before. */
async function failure(node: WatchedNode, hours = HOURS, parts = setupOf()) {
  const done: string[] = [];
  const error: unknown = await commission(node, parts, hours, (step) => done.push(step)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CommissionError, `done: ${done.join(", ")}; ${String(error)}`);
  assert.ok(!error.message.includes("\n"));
  assert.equal(node.charging, false, "the charger is off");
  return { line: error.message, done };
}

describe("commissioning", () => {
  it("goes through all steps, fills the cell and takes the ADC's gain out", async () => {
    const parts = setupOf();
    const node = new WatchedNode(parts, HOURS);
    const told: string[] = [];
    await commission(node, parts, HOURS, (step, found) => told.push(`${step}: ${found}`));
    const steps = told.map((line) => line.split(":")[0]);
    assert.deepEqual(steps, [
      "harvest",
      "cell",
      "calibration",
      "first charge",
      "calibration",
      "profile",
      "ship mode",
    ]);
    assert.ok(node.plant.node.cell.soc > 0.85, `${node.plant.node.cell.soc}`);
    const gain = node.gain * node.plant.sensors.gain;
    assert.ok(Math.abs(gain - 1) < 0.001, `gain left ${gain - 1}`);
    const { temperature_degC } = node.plant.node.cell;
    assert.ok(temperature_degC > 10);
  });

  it("writes a profile that knows how well the ADC was calibrated", () => {
    const { offset } = AREAS.profile.fields.adc_gain_sigma;
    const profile = calibratedProfile(setupOf());
    const sigma = new DataView(profile.buffer, profile.byteOffset).getFloat32(offset, true);
    assert.ok(Math.abs(sigma - 0.0005) < 1e-9);
  });

  it("refuses a cell that was soldered charged", async () => {
    const parts = setupOf("scenario.start_soc=0.5");
    const { line, done } = await failure(new WatchedNode(parts, HOURS), HOURS, parts);
    assert.match(line, /^cell: has 39\d\d mV, an uncharged cell has at most \d+ mV; .*replace/);
    assert.deepEqual(done, ["harvest"]);
  });

  it("stops a charge above the critical current density", async () => {
    const { line } = await failure(
      new WatchedNode(setupOf(), HOURS, () => ({ charge_nA: 270_000 })),
    );
    assert.match(line, /^first charge: 270 uA is above the cell's 266 uA; charging was stopped/);
  });

  it("refuses more light than the cell bears, where the board has no limit", async () => {
    const parts = setupOf("board.physics.panels=40");
    const { line, done } = await failure(new WatchedNode(parts, HOURS), HOURS, parts);
    assert.match(line, /^harvest: gives \d+ uA here, the cell bears 266 uA; the board has no/);
    assert.deepEqual(done, []);
    const board = "scenario.board=nrf52840-bq25570-limiter";
    const held = setupOf(board, "board.physics.panels=40");
    await commission(new WatchedNode(held, HOURS), held, HOURS, () => undefined);
  });

  it("refuses a float voltage that the cell does not bear, or that does not fill it", async () => {
    for (const [cell, words] of [
      ["lfp-25uAh", /^float voltage: the charger holds 4100 mV, the cell bears 3650 mV; .*=3600/],
      ["lnmo-50uAh", /^float voltage: the charger's 4100 mV fills the cell to 4 %; .*=4900/],
    ] as const) {
      const parts = setupOf(`scenario.cell=${cell}`);
      const { line, done } = await failure(new WatchedNode(parts, HOURS), HOURS, parts);
      assert.match(line, words);
      assert.deepEqual(done, []);
    }
  });

  it("says at once what the board takes and gets, where that never fills the cell", async () => {
    const parts = setupOf("scenario.board=pico");
    const { line, done } = await failure(new WatchedNode(parts, HOURS), HOURS, parts);
    assert.match(line, /^harvest: the board takes 1.5 mA \(6150 uW\) asleep, gets [\d.]+ uA \(/);
    assert.match(line, /the cell is not full in 72 h; more light, or a board that sleeps on less$/);
    assert.deepEqual(done, []);
    assert.equal(hoursToFill([5, 0, 20, 20], 10, 1), 1, "in steps of ten minutes");
    assert.equal(hoursToFill([5, 0, 20, 20], 10, 4), undefined);
    assert.equal(hoursToFill([20, 0, 0, 0, 0, 0, 25, 25], 10, 5), 2, "an empty cell owes nothing");
  });

  it("refuses a board that cannot switch its charger, before anything is done", async () => {
    const parts = setupOf();
    parts.board.profile.actuators = ["load"];
    const { line, done } = await failure(new WatchedNode(parts, HOURS), HOURS, parts);
    assert.match(line, /^charger: the board cannot switch it \(no charge_enable\); charge and/);
    assert.deepEqual(done, []);
  });

  it("stops above the highest voltage, and outside the temperatures", async () => {
    const changed = (by: Partial<Reading>) => new WatchedNode(setupOf(), HOURS, () => by);
    const high = await failure(changed({ voltage_mV: 4400 }));
    assert.match(high.line, /4400 mV is above the cell's \d+ mV; charging was stopped/);
    const hot = await failure(changed({ temperature_degC: 95 }));
    assert.match(hot.line, /95.0 degC must be -?\d+..\d+ degC; charging was stopped/);
  });

  it("gives up in the dark, and on a cell that takes too little or too much", async () => {
    const { line } = await failure(new WatchedNode(setupOf(), HOURS), 1);
    assert.match(line, /^first charge: .* in 1 h, 39\d\d mV at most, the cell is not full; give/);
    const { capacity_nAh, float_mV, own_nA } = limitsOf(setupOf());
    const filled_h = 4;
    for (const [share, word] of [
      [0.1, "damaged"],
      [3, "leaks"],
    ] as const) {
      const filling = {
        voltage_mV: 3900,
        charge_nA: own_nA + (share * capacity_nAh) / filled_h,
      };
      const held = { voltage_mV: float_mV, charge_nA: own_nA };
      const odd = new WatchedNode(setupOf(), HOURS, (h) => (h < filled_h ? filling : held));
      const { line } = await failure(odd);
      assert.match(line, new RegExp(`must be .* uAh to .* uAh; .*${word}`));
    }
  });

  it("does not take a dusk for a full cell, nor a plateau far below the strap", () => {
    const limits = limitsOf(setupOf());
    const { own_nA } = limits;
    const fullAfter = (voltage_mV: (h: number) => number, charge_nA: (h: number) => number) => {
      const fullness = new Fullness(limits);
      for (let h = 0; h < 12; h += 0.25) {
        if (fullness.add(voltage_mV(h), charge_nA(h), 0.25)) return h;
      }
      return undefined;
    };
    const taper = (h: number) => own_nA + 30_000 * Math.exp(-h);
    assert.ok(fullAfter(() => 4050, taper)! >= 2.5, "a charger may hold 50 mV below its strap");
    assert.equal(
      fullAfter(() => 3900, taper),
      undefined,
      "3900 mV is not the strap's 4100",
    );
    const steady = () => own_nA + 10_000;
    assert.equal(
      fullAfter(() => 4100, steady),
      undefined,
      "there is current left",
    );
    const risen = (h: number) => 4000 + 10 * h;
    assert.equal(fullAfter(risen, taper), undefined, "the voltage still rises");
    const dusk = (h: number) => 4080 - 10 * h;
    assert.equal(fullAfter(dusk, taper), undefined, "the voltage falls with the light");
    const long = new Fullness(limits);
    for (let h = 0; h < 100; h++) long.add(4000 + h, own_nA, 1);
    const slow = Array.from({ length: 20 }, () => long.add(4110, own_nA, 1));
    assert.equal(slow.indexOf(true), 11, "after 100 h of charge, 3 h at a voltage tell nothing");
    const dark = () => 0;
    assert.equal(
      fullAfter(() => 4100, dark),
      undefined,
      "nobody charges",
    );
  });

  it("begins the book anew when the cell was too empty for the node, and says so", async () => {
    class Night extends WatchedNode {
      override async read() {
        const reading = await super.read();
        const h = (this.plant.node.time_s - this.begun_s) / 3600;
        return this.turns > 1 && h > 1 && h < 2 ? undefined : reading;
      }
    }
    // 200 uAh before, then 3 h of 30 uA
    const node = new Night(setupOf(), HOURS, (h) => ({ charge_nA: h < 2 ? 200_000 : 30_000 }));
    const { line } = await failure(node, 5);
    assert.match(
      line,
      /^first charge: [789]\d\.?\d* uAh in 5 h, .* not full; once it was too empty/,
    );
  });

  it("refuses a wrong divider, a restless cell, and a profile that is not there", async () => {
    class Divider extends WatchedNode {
      override gain = 1.1;
    }
    const divider = await failure(new Divider(setupOf(), HOURS));
    assert.match(
      divider.line,
      /^calibration: reads 3[89]\d\d mV where the reference shows 35\d\d mV/,
    );
    class Loose extends WatchedNode {
      override async reference_mV() {
        return (await super.reference_mV()) + (this.gain === 1 ? 0 : 5);
      }
    }
    const loose = await failure(new Loose(setupOf(), HOURS));
    assert.match(
      loose.line,
      /^calibration: \d.\d mV off after .* must be at most 1.\d mV; measure/,
    );
    class Restless extends WatchedNode {
      moved_mV = 0;
      override async reference_mV() {
        if (!this.charging && this.turns > 1) this.moved_mV += 20;
        return (await super.reference_mV()) + this.moved_mV;
      }
    }
    const restless = await failure(new Restless(setupOf(), HOURS));
    assert.match(
      restless.line,
      /^calibration: after 24 h .* still moves, [12]\d.\d mV in 60 s; is/,
    );
    class Torn extends WatchedNode {
      override upload(profile: Uint8Array) {
        return Promise.resolve(crc32(profile.subarray(1)));
      }
    }
    const torn = await failure(new Torn(setupOf(), HOURS));
    assert.match(torn.line, /^profile: CRC-32 [0-9a-f]+ read back, [0-9a-f]+ sent; upload again/);
    const done = ["harvest", "cell", "calibration", "first charge", "calibration"];
    assert.deepEqual(torn.done, done);
    class Awake extends WatchedNode {
      override ship() {
        return Promise.resolve(false);
      }
    }
    const awake = await failure(new Awake(setupOf(), HOURS));
    assert.match(awake.line, /^ship mode: the node still answers; check the load switch/);
  });
});
