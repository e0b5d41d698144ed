// Each unknown acts, and only where it should: switched on alone in a perfect world, it changes the
// plant or a reading by its size.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Bed } from "../../../../host/sim/twin/bed.js";
import { type Unknowns, type Wiring } from "../../../../host/sim/twin/case.js";
import { close, near } from "../cell_fixture.js";
import { caseFor, DAY_S, live, NO_GAIN, PERFECT } from "./fixture.js";

const DAYS = 3;
const perfect = live(caseFor("flat", DAYS));
const withOnly = (changed: Partial<Unknowns>, wiring: Wiring = NO_GAIN, seed = 20) =>
  live(caseFor("flat", DAYS, changed, wiring, seed));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: number[]) => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));

/** Differences of a reading's value from the perfect world's. */
function changes(of: ReturnType<typeof live>, name: "voltage_mV" | "temperature_degC"): number[] {
  return of.readings.map((reading, i) => reading[name] - perfect.readings[i]![name]);
}

describe("unknowns of the plant", () => {
  it("leak: what the cell loses beyond its load, until dawn makes up for it", () => {
    const leaking = withOnly({ leak_nA: 100 });
    const morning = 43;
    const lost = perfect.socs[morning]! - leaking.socs[morning]!;
    near(lost, (100 * morning * 600) / leaking.bed.twin.capacity_nC, 0.01, "lost SOC");
    near(leaking.bed.flows.leak_nC, 100 * DAYS * DAY_S, 1e-9, "nC");
  });

  it("counter: the charge through the terminals, with its errors; else no reading", () => {
    const { bed, readings } = withOnly({
      counter: { gain_sigma: 0.005, offset_nA: 10, lsb_pC: 1000 },
    });
    const { gain, offset_nA } = bed.senses.counter!;
    const last = bed.read().charge_pC!;
    const counted_pC = readings.reduce((sum, { charge_pC }) => sum + charge_pC!, last);
    const true_pC = 1000 * (gain * bed.twin.cell.port_nC + offset_nA * bed.time_s);
    close(counted_pC, true_pC, 1000, "counted, pC");
    assert.ok(Math.abs(gain - 1) > 1e-4 && Math.abs(offset_nA) > 0.1);
    assert.ok(perfect.readings.every(({ charge_pC }) => charge_pC === undefined));
  });

  it("capacity: a smaller cell under the same label", () => {
    const { twin } = withOnly({ capacity_ratio: 0.9 }).bed;
    near(twin.capacity_nC, 0.9 * perfect.bed.twin.capacity_nC, 1e-9, "nC");
  });

  it("resistance: as much more at the step of the pulse", () => {
    const step_mV = (of: ReturnType<typeof live>) =>
      mean(of.readings.map(({ voltage_mV, loaded_mV }) => voltage_mV - loaded_mV));
    near(step_mV(withOnly({ resistance_ratio: 1.5 })), 1.5 * step_mV(perfect), 0.02, "mV");
  });

  it("specimen: EMF and diffusion are drawn by the seed, else those of the fit for all", () => {
    const first_mV = (specimen: "drawn" | "fitted", seed: number) => {
      const of = caseFor("flat", 1, { specimen }, NO_GAIN, seed);
      const setup = { ...of.setup, start: { soc_min: 0.3, soc_max: 0.3 } };
      return new Bed({ ...of, setup }).twin.cell.emf_mV(0.4);
    };
    assert.equal(first_mV("fitted", 20), first_mV("fitted", 21));
    assert.notEqual(first_mV("drawn", 20), first_mV("drawn", 21));
    assert.ok(Math.abs(first_mV("drawn", 20) - first_mV("drawn", 21)) < 6);
  });

  it("float: the set point of each charger, within its bounds", () => {
    const set = Array.from({ length: 40 }, (_, seed) => {
      const of = caseFor("cv", 1, { float_error: 0.005 }, NO_GAIN, seed);
      return new Bed(of).float_mV / of.label.float_mV - 1;
    });
    assert.ok(set.every((off) => Math.abs(off) <= 0.005));
    assert.ok(Math.min(...set) < -0.004 && Math.max(...set) > 0.004);
    assert.equal(perfect.bed.float_mV, caseFor("flat", 1).label.float_mV);
  });
});

describe("unknowns of the books", () => {
  it("load: booked too low, pulse and sleep as well; nothing else changes", () => {
    const { bed, socs } = withOnly({ load_error: 0.1 });
    for (const name of ["sleep_nA", "event_nC"] as const) {
      near(bed.books[name], 0.9 * perfect.bed.books[name], 1e-9, name);
    }
    assert.equal(bed.books.pulse_nA, perfect.bed.books.pulse_nA);
    // the true pulse is that much longer or stronger: SOC in the long run is the same
    close(socs.at(-1)!, perfect.socs.at(-1)!, 1e-6, "SOC");
  });

  it("harvest: booked too high, by the same share every day", () => {
    const { readings, socs } = withOnly({ harvest_error: 0.05 });
    for (const [i, { harvest_mean_nA, harvest_now_nA }] of readings.entries()) {
      const right = perfect.readings[i]!;
      close(harvest_mean_nA, 1.05 * right.harvest_mean_nA, 1e-6 * harvest_mean_nA, "mean, nA");
      close(harvest_now_nA, 1.05 * right.harvest_now_nA, 1e-6 * harvest_now_nA, "now, nA");
    }
    assert.deepEqual(socs, perfect.socs);
  });

  it("walk: that share wanders by its root of a day", () => {
    const ends = Array.from({ length: 60 }, (_, seed) => {
      const bed = new Bed(caseFor("flat", 4, { harvest_walk: 0.05 }, NO_GAIN, seed));
      for (let i = 0; i < 4 * 144; i++) bed.senses.pass(600);
      return Math.log(bed.senses.harvest_scale);
    });
    close(spread(ends), 0.1, 0.025, "after four days");
    close(mean(ends), 0, 0.04, "mean");
  });
});

describe("unknowns of the sensors", () => {
  const untouched = (of: ReturnType<typeof live>) => assert.deepEqual(of.socs, perfect.socs);

  it("temperature: an offset of that size, of either sign", () => {
    const offsets = Array.from({ length: 12 }, (_, seed) => {
      const { senses } = new Bed(caseFor("flat", 1, { temperature_offset_K: 1 }, NO_GAIN, seed));
      return Math.round(senses.temperature_degC(20) - 20);
    });
    assert.deepEqual([...new Set(offsets)].sort(), [-1, 1]);
    const off = withOnly({ temperature_offset_K: 1 });
    for (const change of changes(off, "temperature_degC")) close(Math.abs(change), 1, 1e-3, "K");
    untouched(off);
  });

  it("steps of thermometer and ADC", () => {
    const { readings, bed } = withOnly({ temperature_lsb_K: 0.25, adc_bits: 12 });
    const whole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;
    near(bed.senses.adc_lsb_mV, 4620 / 4096, 1e-9, "1.1 times the float voltage, mV");
    assert.ok(readings.every(({ temperature_degC }) => whole(4 * temperature_degC)));
    assert.ok(readings.every(({ voltage_mV }) => whole(voltage_mV / bed.senses.adc_lsb_mV)));
    assert.ok(!perfect.readings.every((r) => whole(r.voltage_mV / bed.senses.adc_lsb_mV)));
  });

  it("noise of the ADC, one sigma of it", () => {
    const noisy = withOnly({ adc_noise_mV: 0.9 });
    near(spread(changes(noisy, "voltage_mV")), 0.9, 0.12, "mV");
    close(mean(changes(noisy, "voltage_mV")), 0, 0.15, "mV");
    untouched(noisy);
  });

  it("gain: a constant share of the voltage, at most two and a half sigma", () => {
    const gains = Array.from({ length: 300 }, (_, seed) => {
      const wiring = { ...NO_GAIN, gain_sigma: 0.002 };
      return new Bed(caseFor("flat", 1, {}, wiring, seed)).senses.gain - 1;
    });
    near(spread(gains), 0.002, 0.1, "sigma");
    assert.ok(gains.every((gain) => Math.abs(gain) <= 0.0050001));
    const off = withOnly({}, { ...NO_GAIN, gain_sigma: 0.002 });
    const { gain } = off.bed.senses;
    for (const [i, { voltage_mV }] of off.readings.entries()) {
      near(voltage_mV, gain * perfect.readings[i]!.voltage_mV, 1e-7, "mV");
    }
    untouched(off);
  });

  it("drift of the gain with temperature, none at 25 degC", () => {
    const drifting = withOnly({ gain_drift_ppm_K: 10 });
    const off_mV = changes(drifting, "voltage_mV");
    const sign = Math.sign(off_mV[0]!);
    for (const [i, { temperature_degC, voltage_mV }] of drifting.readings.entries()) {
      const away_K = -sign * (temperature_degC - 25);
      close(off_mV[i]!, away_K * 1e-5 * voltage_mV, 1e-3, "mV");
    }
    untouched(drifting);
  });

  it("the charger's flag, where it has one", () => {
    const limits = (limiting_flag: boolean) =>
      live(caseFor("cv", 12, {}, { gain_sigma: 0, limiting_flag })).readings.filter(
        ({ limiting }) => limiting,
      ).length;
    assert.ok(limits(true) > 10);
    assert.equal(limits(false), 0);
  });

  it("the list of all unknowns has a test here, each of them", () => {
    const plant = ["leak_nA", "capacity_ratio", "resistance_ratio", "specimen", "float_error"];
    const books = ["load_error", "harvest_error", "harvest_walk"];
    const sensors = ["temperature_offset_K", "temperature_lsb_K", "adc_bits", "adc_noise_mV"];
    const all = [...plant, ...books, ...sensors, "gain_drift_ppm_K"];
    // and what the firmware is told about them, which changes nothing in the plant
    assert.deepEqual(Object.keys(PERFECT).sort(), [...all, "told"].sort());
  });
});
