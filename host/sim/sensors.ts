// What the firmware reads of the plant: voltage, temperature, charging current, and what a counter
// shows of the cell, with the errors of one board. The seed draws the gain and offset; noise is new
// with every sample.

import { ChargeCounter, type CounterPhysics } from "./counter.js";
import { type Random } from "./random.js";
import { within } from "./specimen.js";

/** Part of the `physics` block of boards/boards/*.json; one sigma each. */
export interface SensorPhysics {
  adc_gain_sigma: number;
  adc_noise_mV: number;
  adc_lsb_mV: number;
  temperature_sigma_K: number;
  temperature_lsb_K: number;
  meter_sigma: number;
  meter_lsb_nA: number;
  /** Absent: nobody counts charge. */
  counter?: CounterPhysics | undefined;
}

export class Sensors {
  /** Of this board: what its readings are multiplied with, and its temperature's offset. */
  readonly gain: number;
  readonly meter: number;
  readonly offset_K: number;
  readonly counter: ChargeCounter | undefined;
  readonly #of: SensorPhysics;
  readonly #random: Random;

  constructor(of: SensorPhysics, random: Random) {
    this.#of = of;
    this.#random = random;
    this.gain = 1 + of.adc_gain_sigma * within(random);
    this.meter = 1 + of.meter_sigma * within(random);
    this.offset_K = of.temperature_sigma_K * within(random);
    if (of.counter !== undefined) this.counter = new ChargeCounter(of.counter, random);
  }

  /** A single-ended ADC: nothing below 0. */
  voltage_mV(true_mV: number): number {
    const { adc_noise_mV, adc_lsb_mV } = this.#of;
    const seen_mV = true_mV * this.gain + adc_noise_mV * this.#random.normal();
    return Math.max(0, Math.round(seen_mV / adc_lsb_mV)) * adc_lsb_mV;
  }

  temperature_degC(true_degC: number): number {
    const { temperature_lsb_K } = this.#of;
    return Math.round((true_degC + this.offset_K) / temperature_lsb_K) * temperature_lsb_K;
  }

  /** Counted since the last reading, of all that went into the cell so far; 0: nobody counts. */
  charge_pC(through_nC: number, time_s: number): number {
    return this.counter?.read_pC(through_nC, time_s) ?? 0;
  }

  /** Through the cell's terminals; 0: nobody shows it. */
  cell_current_nA(true_nA: number): number {
    return this.counter?.current?.read_nA(true_nA) ?? 0;
  }

  current_nA(true_nA: number): number {
    const { meter_lsb_nA } = this.#of;
    return Math.round((true_nA * this.meter) / meter_lsb_nA) * meter_lsb_nA;
  }
}
