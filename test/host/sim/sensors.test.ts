// What the firmware reads has the gain, offset, noise and steps of its board, and nothing else.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "../../../host/sim/random.js";
import { Sensors, type SensorPhysics } from "../../../host/sim/sensors.js";
import { close, near } from "./cell_fixture.js";

const of: SensorPhysics = {
  adc_gain_sigma: 0.002,
  adc_noise_mV: 0.9,
  adc_lsb_mV: 1.1,
  temperature_sigma_K: 1,
  temperature_lsb_K: 0.25,
  meter_sigma: 0.02,
  meter_lsb_nA: 70.6,
};
const COUNT = 20000;

function moments(values: number[]): { mean: number; sigma: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, sigma: Math.sqrt(square) };
}

const onSteps = (value: number, step: number) =>
  close(value / step, Math.round(value / step), 1e-6, "steps");

describe("the sensors of a board", () => {
  it("have errors that scatter from board to board as its file says", () => {
    const random = new Random(3);
    const boards = Array.from({ length: COUNT }, () => new Sensors(of, random));
    for (const [values, sigma] of [
      [boards.map(({ gain }) => gain - 1), of.adc_gain_sigma],
      [boards.map(({ meter }) => meter - 1), of.meter_sigma],
      [boards.map(({ offset_K }) => offset_K), of.temperature_sigma_K],
    ] as const) {
      const { mean, sigma: seen } = moments(values);
      close(mean, 0, (4 * sigma) / Math.sqrt(COUNT), "mean");
      near(seen, 0.986 * sigma, 0.03, "sigma");
    }
  });

  it("read a voltage with one gain, and noise and rounding that are new each time", () => {
    const sensors = new Sensors(of, new Random(11));
    const readings = Array.from({ length: COUNT }, () => sensors.voltage_mV(3987.3));
    for (const mV of readings) onSteps(mV, of.adc_lsb_mV);
    const { mean, sigma } = moments(readings);
    close(mean, 3987.3 * sensors.gain, 0.05, "mean, mV");
    near(sigma, Math.hypot(of.adc_noise_mV, of.adc_lsb_mV / Math.sqrt(12)), 0.03, "noise, mV");
    const next = readings.slice(1).map((mV, i) => (mV - mean) * (readings[i]! - mean));
    close(moments(next).mean / sigma ** 2, 0, 4 / Math.sqrt(COUNT), "correlation in time");
  });

  it("read a temperature with one offset, in steps", () => {
    const sensors = new Sensors(of, new Random(12));
    for (const degC of [-20, 0, 21.37, 60]) {
      const seen = sensors.temperature_degC(degC);
      onSteps(seen, of.temperature_lsb_K);
      close(seen, degC + sensors.offset_K, of.temperature_lsb_K / 2 + 1e-9, "degC");
    }
  });

  it("read a current with one gain, in steps, and nothing as nothing", () => {
    const sensors = new Sensors(of, new Random(13));
    for (const nA of [100, 5000, 123456]) {
      const seen = sensors.current_nA(nA);
      onSteps(seen, of.meter_lsb_nA);
      close(seen, nA * sensors.meter, of.meter_lsb_nA / 2 + 1e-9, "nA");
    }
    assert.equal(sensors.current_nA(0), 0);
  });

  it("show the cell's current where a counter does, and else nothing", () => {
    const current = { gain_sigma: 0, offset_nA: 0, noise_nA: 0, lsb_nA: 10, range_nA: 1e6 };
    const counter = { gain_sigma: 0, offset_nA: 0, lsb_pC: 1, current };
    assert.equal(new Sensors({ ...of, counter }, new Random(5)).cell_current_nA(-4321), -4320);
    const counts = { ...of, counter: { ...counter, current: undefined } };
    for (const without of [of, counts]) {
      assert.equal(new Sensors(without, new Random(5)).cell_current_nA(-4321), 0);
    }
  });

  it("are the same board from the same seed", () => {
    const [one, same] = [new Sensors(of, new Random(4)), new Sensors(of, new Random(4))];
    assert.deepEqual(
      [one.gain, one.meter, one.offset_K, one.voltage_mV(4000)],
      [same.gain, same.meter, same.offset_K, same.voltage_mV(4000)],
    );
  });
});
