// Each fault of the sensors changes what it says and nothing else: charge, current, voltage, or
// which rows the node wakes at.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CellRecord } from "../../../tools/replay/record.js";
import { SOUND, wakesOf, type Sensing } from "../../../tools/replay/sensing.js";

const ROWS = 3601;
const CAPACITY_NAH = 1000;
const column = (of: (row: number) => number) =>
  Float64Array.from({ length: ROWS }, (_, i) => of(i));

/** An hour of a discharge that grows from 0 to C/2; the counter is a little high. */
const record: CellRecord = {
  file: "ramp.csv",
  t_s: column((row) => row),
  voltage_mV: column((row) => 4000 - row / 100),
  current_nA: column((row) => (-500 * row) / 3600),
  temperature_degC: column(() => 20),
  counter_nAh: column((row) => -1.01 * 250 * (row / 3600) ** 2),
  soc: undefined,
  warnings: [],
  begins: [],
};

const wakes = (sensing: Partial<Sensing> = {}, from = 0, seed = 1) =>
  wakesOf(record, { ...SOUND, ...sensing }, CAPACITY_NAH, from, seed);
const total_nAh = (of: ReturnType<typeof wakes>) =>
  of.reduce((sum, { charge_nC }) => sum + charge_nC, 0) / 3600;
const close = (value: number, wanted: number, within: number) =>
  assert.ok(Math.abs(value - wanted) < within, `${value} is not ${wanted}`);
const sound = wakes();

describe("a sound node", () => {
  it("reads the record, and its charge by trapezoids, means or the tester's counter", () => {
    assert.equal(sound.length, ROWS);
    const { row, dt_s, voltage_mV, current_nA, temperature_degC } = sound[1800]!;
    assert.deepEqual(
      [row, dt_s, voltage_mV, current_nA, temperature_degC],
      [1800, 1, 3982, -250, 20],
    );
    close(total_nAh(sound), -250, 1e-9);
    // each row's current for the second before it
    close(total_nAh(wakes({ charge: "mean" })), -250 - 250 / 3600, 1e-9);
    close(total_nAh(wakes({ charge: "counter" })), -252.5, 1e-9);
    const blind = { ...record, counter_nAh: undefined };
    const counter = { ...SOUND, charge: "counter" } as const;
    assert.throws(() => wakesOf(blind, counter, CAPACITY_NAH, 0, 1), /ramp\.csv: has no counter/);
  });

  it("reads a current between two means where rows hold means of the time before them", () => {
    // 0.1 mV/nA, read at three tenths of the next second
    const means = column((row) => 100 * Math.sin(row) - 100 * Math.cos(0.37 * row));
    const at = means.map((nA, row) => nA + 0.3 * ((means[row + 1] ?? nA) - nA));
    const late = { ...record, current_nA: means, voltage_mV: at.map((nA) => 4000 + 0.1 * nA) };
    const read = wakesOf(late, { ...SOUND, charge: "mean" }, CAPACITY_NAH, 0, 1);
    close(read[1800]!.current_nA, at[1800]!, 0.01);
    const plain = wakesOf(late, SOUND, CAPACITY_NAH, 0, 1);
    assert.equal(plain[1800]!.current_nA, means[1800]);
  });

  it("begins where it is told", () => {
    const late = wakes({}, 1800);
    assert.deepEqual([late[0]!.row, late[0]!.dt_s, late[0]!.charge_nC], [1800, 0, 0]);
    close(total_nAh(late), -187.5, 1e-9);
  });
});

describe("faults of the current sensor", () => {
  it("offset and gain go to current and charge alike, and not to the voltage", () => {
    const offset = wakes({ current_offset_C: 0.01 });
    close(total_nAh(offset), -250 + 10, 1e-9);
    close(offset[1800]!.current_nA, -250 + 10, 1e-9);
    const gain = wakes({ current_gain: 1.2 });
    close(total_nAh(gain), -300, 1e-9);
    close(gain[1800]!.current_nA, -300, 1e-9);
    for (const faulty of [offset, gain]) assert.equal(faulty[1800]!.voltage_mV, 3982);
  });

  it("noise has its sigma, a mean of nothing, and is the same for the same seed", () => {
    const off = wakes({ current_noise_C: 0.1 }).map(
      (wake, i) => wake.current_nA - sound[i]!.current_nA,
    );
    const mean = off.reduce((a, b) => a + b, 0) / ROWS;
    close(Math.sqrt(off.reduce((a, b) => a + b * b, 0) / ROWS), 100, 5);
    close(mean, 0, 6);
    assert.deepEqual(wakes({ current_noise_C: 0.1 }), wakes({ current_noise_C: 0.1 }));
    assert.notDeepEqual(wakes({ current_noise_C: 0.1 }, 0, 2), wakes({ current_noise_C: 0.1 }));
  });

  it("without one, each minute's mean is booked, and the current, both wrong by a ratio", () => {
    const booked = wakes({ booked_gain: 1.1, current_gain: 3 });
    assert.equal(booked.length, 61);
    close(total_nAh(booked), -275, 1e-9);
    close(booked[30]!.current_nA, -275, 1e-9);
  });
});

describe("faults of the voltage sensor", () => {
  it("offset, gain and noise", () => {
    assert.equal(wakes({ voltage_offset_mV: -7 })[1800]!.voltage_mV, 3975);
    assert.equal(wakes({ voltage_gain: 1.01 })[1800]!.voltage_mV, 3982 * 1.01);
    const off = wakes({ voltage_noise_mV: 3 }).map(
      ({ voltage_mV }, i) => voltage_mV - sound[i]!.voltage_mV,
    );
    close(Math.sqrt(off.reduce((a, b) => a + b * b, 0) / ROWS), 3, 0.15);
    close(total_nAh(wakes({ voltage_noise_mV: 3 })), -250, 1e-9);
  });

  it("so many bits over a range: steps of it, the nearest one", () => {
    const read = wakes({ adc_bits: 10, adc_range_mV: 5000 });
    const lsb_mV = 5000 / 1024;
    for (const [i, { voltage_mV }] of read.entries()) {
      assert.equal(voltage_mV / lsb_mV, Math.round(voltage_mV / lsb_mV));
      assert.ok(Math.abs(voltage_mV - sound[i]!.voltage_mV) <= lsb_mV / 2);
    }
  });
});

describe("wakes that are missing", () => {
  it("rare ones count everything where a counter integrates", () => {
    const rare = wakes({ every_s: 600 });
    assert.deepEqual(
      rare.map(({ row }) => row),
      [0, 600, 1200, 1800, 2400, 3000, 3600],
    );
    close(total_nAh(rare), -250, 1e-9);
  });

  it("and only their own current where nothing does", () => {
    const rare = wakes({ every_s: 600, integrated: false });
    // the right ends of six steps
    close(total_nAh(rare), -(500 / 6) * (21 / 6), 1e-9);
  });

  it("lost ones leave their charge to the next", () => {
    const some = wakes({ dropout: 0.3 });
    close(some.length / ROWS, 0.7, 0.03);
    close(total_nAh(some), -250, 0.5);
    close(
      some.reduce((sum, { dt_s }) => sum + dt_s, 0),
      3600,
      5,
    );
  });
});
