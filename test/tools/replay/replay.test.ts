// The core over a record that the simulated plant made, whose cell it does not know exactly: it
// follows, finds back from a wrong start, and each fault leaves its mark where it must.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { figuresOf } from "../../../tools/replay/figures.js";
import { referenceOf, type CellRecord } from "../../../tools/replay/record.js";
import { replay, type ReplayOptions } from "../../../tools/replay/replay.js";
import { SOUND, type Sensing } from "../../../tools/replay/sensing.js";
import { wasm } from "../../host/core_fixture.js";
import { CAPACITY_NAH, LABEL, part, record } from "./plant_record.js";

const reference = referenceOf(record, { capacity_nAh: CAPACITY_NAH, soc_at_zero: 1 });
const options: ReplayOptions = {
  ...{ cell: part, reference, capacity_nAh: CAPACITY_NAH, scale: 1, label_ratio: LABEL },
  ...{
    resistance_ratio: 1,
    sensing: SOUND,
    voltages: "rest",
    from_s: 0,
    start: undefined,
    seed: 1,
  },
};
const live = (more: Partial<ReplayOptions> = {}) => replay(wasm, record, { ...options, ...more });
const judge = (more: Partial<ReplayOptions> = {}, settle_s = 600) =>
  figuresOf(live(more), { settle_s, recovered: 0.04 })!;
const sensed = (more: Partial<Sensing>) => judge({ sensing: { ...SOUND, ...more } });
const sound = judge();

describe("a replay", () => {
  it("follows the plant within a percent, and says how sure it is", (t) => {
    t.diagnostic(`RMSE ${sound.rmse_pct}, MAX ${sound.max_pct}, sigma ${sound.sigma_mean_pct}`);
    assert.ok(sound.rmse_pct < 0.5 && sound.max_pct < 1, `${sound.rmse_pct} ${sound.max_pct}`);
    assert.ok(sound.counting.rmse_pct < 0.1, "counting alone");
    assert.ok(sound.within_2_sigma > 0.9, `${sound.within_2_sigma} within 2 sigma`);
  });

  it("gives the same again", () => {
    const noisy = { sensing: { ...SOUND, voltage_noise_mV: 2, dropout: 0.1 } };
    assert.deepEqual(live(noisy), live(noisy));
    assert.notDeepEqual(live(noisy), live({ ...noisy, seed: 2 }));
  });

  it("of a cell a thousand times larger at the scale of 1000 is the same", () => {
    const times = (values: Float64Array) => values.map((value) => value * 1000);
    const large: CellRecord = {
      ...record,
      current_nA: times(record.current_nA),
      counter_nAh: times(record.counter_nAh!),
    };
    const scaled = { ...options, capacity_nAh: CAPACITY_NAH * 1000, scale: 1000 };
    const trace = replay(wasm, large, scaled);
    const worst = trace.estimate.reduce(
      (most, soc, i) => Math.max(most, Math.abs(soc - live_sound.estimate[i]!)),
      0,
    );
    assert.ok(worst < 1e-6, `${worst}`);
  });

  it("told a start, begins there with the sigma that was told", () => {
    const { estimate, sigma } = live({ start: { soc: 0.7, sigma: 0.05 }, voltages: "rest" });
    // the first reading is at rest, full, and not due yet
    assert.ok(Math.abs(estimate[0]! - 0.7) < 1e-6, `${estimate[0]}`);
    assert.ok(Math.abs(sigma[0]! - 0.05) < 1e-3, `${sigma[0]}`);
  });

  it("finds back from a start that is half of the capacity wrong, told so or not", () => {
    const wrong = (sigma: number) =>
      judge({ start: { soc: 0.4, sigma }, from_s: 3 * 3600 }, 0).recovery_s;
    const [told, untold] = [wrong(0.5), wrong(0.01)];
    assert.ok(told !== undefined && told < 3600, `told: ${told} s`);
    assert.ok(untold !== undefined && untold >= told, `untold: ${untold} s`);
  });

  it("with a wrong label or gain counts wrong alone, and less wrong with voltages", () => {
    for (const faulty of [judge({ label_ratio: 1.2 * LABEL }), sensed({ current_gain: 0.8 })]) {
      assert.ok(faulty.counting.rmse_pct > 4, `counting ${faulty.counting.rmse_pct}`);
      assert.ok(faulty.rmse_pct < faulty.counting.rmse_pct / 1.5, `core ${faulty.rmse_pct}`);
    }
  });

  it("with an offset drifts when it only counts", () => {
    const { counting } = sensed({ current_offset_C: 0.02 });
    assert.ok(counting.max_pct > 20, `${counting.max_pct}`);
  });

  it("books without a current sensor, and still follows", () => {
    const booked = sensed({ booked_gain: 1.1 });
    assert.ok(booked.counting.max_pct > 4, `counting ${booked.counting.max_pct}`);
    assert.ok(booked.max_pct < booked.counting.max_pct, `${booked.max_pct}`);
    // what was booked is what the core lost, not an event more
    const right = sensed({ booked_gain: 1 });
    assert.ok(right.counting.max_pct < 0.1 && right.rmse_pct < 1, `${right.rmse_pct}`);
  });

  it("sees the voltage: another cell's voltage moves the estimate", () => {
    const shifted = sensed({ voltage_offset_mV: -20 });
    assert.ok(shifted.bias_pct < sound.bias_pct - 1, `${shifted.bias_pct} ${sound.bias_pct}`);
    assert.equal(shifted.counting.rmse_pct, sound.counting.rmse_pct);
  });

  it("wakes rarely, and is no worse where the charge between is integrated", () => {
    const rare = sensed({ every_s: 600 });
    assert.equal(rare.wakes, 6 * 20 - 1);
    const blind = sensed({ every_s: 600, integrated: false });
    assert.ok(rare.counting.rmse_pct < 0.1 && blind.counting.rmse_pct > rare.counting.rmse_pct);
  });
});

const live_sound = live();
