// What a run leaves behind: one row a wake, in columns. A year of ten-minute wakes is 52,560 rows.

/** Columns of a run; row i is wake i. Means and sums are over the interval that ended there. */
export class RunTrace {
  /** Rows filled. */
  count = 0;
  readonly t_s: Float64Array;
  readonly lux: Float32Array;
  readonly temperature_degC: Float32Array;
  /** True SOC, the core's estimate, and the core's one sigma of it; fractions. */
  readonly soc: Float32Array;
  readonly estimate: Float32Array;
  readonly sigma: Float32Array;
  /** True terminal voltage as the ADC sampled it. */
  readonly voltage_mV: Float32Array;
  /** Mean charging current from the harvester, mean drain of the load. */
  readonly harvest_nA: Float32Array;
  readonly load_nA: Float32Array;
  /** `Mode` of the core's decision; OFF while the board was switched off. */
  readonly mode: Uint8Array;

  constructor(readonly rows_max: number) {
    this.t_s = new Float64Array(rows_max);
    const column = () => new Float32Array(rows_max);
    this.lux = column();
    this.temperature_degC = column();
    this.soc = column();
    this.estimate = column();
    this.sigma = column();
    this.voltage_mV = column();
    this.harvest_nA = column();
    this.load_nA = column();
    this.mode = new Uint8Array(rows_max);
  }
}

/** Value of `mode` while the board was switched off. */
export const OFF = 255;
