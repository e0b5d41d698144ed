// Counting with OCV at rest, as battery-management firmware has it (foxBMS, Libre Solar): SOC from
// the OCV at start, then the books; set again from the OCV when the cell has rested, and to full
// when the charger has held the float voltage for long enough to taper.

import { type Reading } from "../../../../host/sim/twin/bed.js";
import { clipped, type Calibration, type Method } from "./calibration.js";

/** Without harvest for so long, the cell rests: its sleeping load is a small fraction of 1C. */
const RESTED_S = 4 * 3600;
/** Held at the float voltage for so long, it is full. */
const TAPERED_S = 3600;

export class RestCounting implements Method {
  #soc = NaN;
  #time_s = 0;
  #resting_s = 0;
  #held_s = 0;

  constructor(readonly calibration: Calibration) {}

  step(reading: Reading): number {
    const { calibration } = this;
    const { temperature_degC, time_s, limiting, harvest_mean_nA } = reading;
    const dt_s = time_s - this.#time_s;
    this.#time_s = time_s;
    if (Number.isNaN(this.#soc)) return (this.#soc = calibration.first(reading));
    this.#soc = clipped(this.#soc + calibration.moved(reading, dt_s));
    this.#held_s = limiting ? this.#held_s + dt_s : 0;
    this.#resting_s = harvest_mean_nA === 0 ? this.#resting_s + dt_s : 0;
    if (this.#held_s >= TAPERED_S) this.#soc = 1;
    if (this.#resting_s >= RESTED_S) {
      const rest_mV = calibration.compensated_mV(reading, this.#soc);
      this.#soc = calibration.soc(rest_mV, temperature_degC);
    }
    return this.#soc;
  }
}
