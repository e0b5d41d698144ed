// What of a day the ageing is told: charge through the cell, mean temperature, highest voltage.

export class Day {
  #through_nC = 0;
  #length_s = 0;
  #degC_s = 0;
  highest_mV = 0;

  /** A stretch of steady current passed. */
  add(current_nA: number, temperature_degC: number, top_mV: number, dt_s: number): void {
    this.#through_nC += Math.abs(current_nA) * dt_s;
    this.#degC_s += temperature_degC * dt_s;
    this.#length_s += dt_s;
    if (top_mV > this.highest_mV) this.highest_mV = top_mV;
  }

  /** Full cycles of that capacity. */
  cycles(capacity_nC: number): number {
    return this.#through_nC / (2 * capacity_nC);
  }

  /** `now_degC` of a day in which nothing was added. */
  mean_degC(now_degC: number): number {
    return this.#length_s > 0 ? this.#degC_s / this.#length_s : now_degC;
  }
}
