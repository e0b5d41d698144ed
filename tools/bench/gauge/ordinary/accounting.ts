// Accounting only: the SOC of the first reading, and from then on the books.

import { type Reading } from "../../../../host/sim/twin/bed.js";
import { clipped, type Calibration, type Method } from "./calibration.js";

export class Accounting implements Method {
  #soc = NaN;
  #time_s = 0;

  constructor(readonly calibration: Calibration) {}

  step(reading: Reading): number {
    const dt_s = reading.time_s - this.#time_s;
    this.#time_s = reading.time_s;
    if (Number.isNaN(this.#soc)) this.#soc = this.calibration.first(reading);
    else this.#soc = clipped(this.#soc + this.calibration.moved(reading, dt_s));
    return this.#soc;
  }
}
