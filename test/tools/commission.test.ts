// Commissioning takes a simulated node from its uncharged cell to ship mode; each thing that can be
// wrong with a new node ends it with one line of its own, the charger off.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { crc32 } from "node:zlib";
import { AREAS } from "../../host/core/abi.js";
import { projectPath } from "../../tools/build/paths.js";
import { calibratedProfile, commission } from "../../tools/commission/commission.js";
import { CommissionError } from "../../tools/commission/device.js";
import { limitsOf } from "../../tools/commission/limits.js";
import { SimulatedNode } from "../../tools/commission/simulated.js";
import { partsOf } from "../../tools/simulate/setup.js";

const HOURS = 72;
const setupOf = (...set: string[]) =>
  partsOf(projectPath("boards"), {
    scenario: "default-year",
    hours: HOURS,
    set: ["scenario.start_soc=0.01", ...set],
  });

/** Notes whether the charger is on. */
class WatchedNode extends SimulatedNode {
  charging = false;
  override charge(on: boolean, limit_nA: number): Promise<void> {
    this.charging = on;
    return super.charge(on, limit_nA);
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
      "calibration",
      "cell",
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
    assert.match(line, /^cell: reads 39\d\d mV, an uncharged cell reads at most \d+ mV; .*replace/);
    assert.deepEqual(done, ["calibration"]);
  });

  it("stops a charge above the critical current density", async () => {
    class Flooded extends WatchedNode {
      override async read() {
        const reading = await super.read();
        return { ...reading, charge_nA: this.charging ? 270_000 : 0 };
      }
    }
    const { line } = await failure(new Flooded(setupOf(), HOURS));
    assert.match(line, /^first charge: 270 uA is above the cell's 266 uA; charging was stopped/);
  });

  it("refuses a charger that gives more than the cell bears and has no limit", async () => {
    const parts = setupOf("board.profile.charge_max_nA=5000000");
    const { line } = await failure(new WatchedNode(parts, HOURS), HOURS, parts);
    assert.match(line, /the charger gives up to 5000 uA, the cell bears \d+ uA; the board has no/);
  });

  it("refuses a board that cannot switch its charger, before anything is done", async () => {
    const parts = setupOf();
    parts.board.profile.actuators = ["load"];
    const { line, done } = await failure(new WatchedNode(parts, HOURS), HOURS, parts);
    assert.match(line, /^charger: the board cannot switch it \(no charge_enable\); charge and/);
    assert.deepEqual(done, []);
  });

  it("stops above the highest voltage, and outside the temperatures", async () => {
    class Hot extends WatchedNode {
      constructor(readonly change: { voltage_mV?: number; temperature_degC?: number }) {
        super(setupOf(), HOURS);
      }
      override async read() {
        return { ...(await super.read()), ...(this.charging ? this.change : {}) };
      }
    }
    const high = await failure(new Hot({ voltage_mV: 4400 }));
    assert.match(high.line, /4400 mV is above the cell's \d+ mV; charging was stopped/);
    const hot = await failure(new Hot({ temperature_degC: 95 }));
    assert.match(hot.line, /95.0 degC must be -?\d+..\d+ degC; charging was stopped/);
  });

  it("gives up in the dark, and on a cell that takes too little or too much", async () => {
    const { line } = await failure(new WatchedNode(setupOf(), HOURS), 1);
    assert.match(line, /^first charge: .* in 1 h, the cell is not full; give it more light/);
    const { capacity_nAh, float_mV } = limitsOf(setupOf());
    for (const [share, word] of [
      [0.1, "damaged"],
      [3, "leaks"],
    ] as const) {
      class Odd extends WatchedNode {
        left = 20;
        override async read() {
          const reading = await super.read();
          if (!this.charging) return reading;
          const charge_nA = this.left-- > 0 ? (share * capacity_nAh * 6) / 20 + 2120 : 0;
          return { ...reading, charge_nA, voltage_mV: this.left > 0 ? 3900 : float_mV };
        }
      }
      const odd = await failure(new Odd(setupOf("board.profile.charge_step_nA=0"), HOURS));
      assert.match(odd.line, new RegExp(`must be .* uAh to .* uAh; .*${word}`));
    }
  });

  it("refuses a wrong divider, a restless cell, and a profile that is not there", async () => {
    class Divider extends WatchedNode {
      override gain = 1.1;
    }
    const divider = await failure(new Divider(setupOf(), HOURS));
    assert.match(divider.line, /^calibration: reads 37\d\d mV where the reference shows 34\d\d mV/);
    class Restless extends WatchedNode {
      readonly drift_mV = [0, 5];
      override async reference_mV() {
        return (await super.reference_mV()) + (this.drift_mV.shift() ?? 0);
      }
    }
    const restless = await failure(new Restless(setupOf(), HOURS));
    assert.match(restless.line, /^calibration: \d.\d mV off after .* must be at most 1.\d mV/);
    class Torn extends WatchedNode {
      override upload(profile: Uint8Array) {
        return Promise.resolve(crc32(profile.subarray(1)));
      }
    }
    const torn = await failure(new Torn(setupOf(), HOURS));
    assert.match(torn.line, /^profile: CRC-32 [0-9a-f]+ read back, [0-9a-f]+ sent; upload again/);
    assert.deepEqual(torn.done, ["calibration", "cell", "first charge", "calibration"]);
    class Awake extends WatchedNode {
      override ship() {
        return Promise.resolve(false);
      }
    }
    const awake = await failure(new Awake(setupOf(), HOURS));
    assert.match(awake.line, /^ship mode: the node still answers; check the load switch/);
  });
});
