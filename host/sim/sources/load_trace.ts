// A recorded voltage over a known resistor, played again as the power that the resistor took.
//
//   P = V^2 / R
//
// As with the RF traces of the Mementos project: millivolts every millisecond over 30 kohm. The
// load was fixed, so this is what it took, not the best there was.

import { type Series } from "../course.js";

/** More than any recorder of such sources reads. */
const VOLTAGE_MAX_MV = 100000;

export class LoadTrace {
  readonly #voltage_mV: Float64Array;
  readonly #per_s: number;
  readonly #load_ohm: number;

  /**
   * One number of millivolts a line, every `period_ms` over `load_ohm`; lines that begin with #,
   * and empty ones, are comments. Throws RangeError with one line that begins with `file`.
   */
  constructor(text: string, period_ms: number, load_ohm: number, file: string) {
    const steps = { period_ms, load_ohm };
    for (const [name, value] of Object.entries(steps)) {
      if (value > 0 && value < Infinity) continue;
      throw new RangeError(`${file}: ${name} = ${value} must be > 0; state the recorder's`);
    }
    const values: number[] = [];
    for (const [i, line] of text.split("\n").entries()) {
      const word = line.trim();
      if (word === "" || word.startsWith("#")) continue;
      const voltage_mV = Number(word);
      if (!(voltage_mV >= 0 && voltage_mV <= VOLTAGE_MAX_MV)) {
        const must = `must be one number, 0..${VOLTAGE_MAX_MV} mV; correct the line`;
        throw new RangeError(`${file}:${i + 1}: ${JSON.stringify(word.slice(0, 40))} ${must}`);
      }
      values.push(voltage_mV);
    }
    if (values.length === 0) throw new RangeError(`${file}: no sample in it; record one first`);
    this.#voltage_mV = Float64Array.from(values);
    this.#per_s = 1000 / period_ms;
    this.#load_ohm = load_ohm;
  }

  get length_s(): number {
    return this.#voltage_mV.length / this.#per_s;
  }

  /** Power at a time, each sample held until the next; the trace begins again after its end. */
  powerAt_uW(time_s: number): number {
    const count = this.#voltage_mV.length;
    const index = Math.floor(time_s * this.#per_s) % count;
    return this.#power_uW(this.#voltage_mV[index < 0 ? index + count : index]!);
  }

  /**
   * Mean power of each step, as a drive of an environment. The recorder's resistor was a fixed
   * load: the rectifier that goes with it has an efficiency of 1 and open voltages of
   * 2 sqrt(P R), a source that is best at that resistor.
   */
  series(step_s: number): Series {
    const each = Math.max(1, Math.round(step_s * this.#per_s));
    const count = Math.ceil(this.#voltage_mV.length / each);
    const values = Float32Array.from({ length: count }, (_, i) => {
      const part = this.#voltage_mV.subarray(i * each, (i + 1) * each);
      return part.reduce((sum, mV) => sum + this.#power_uW(mV), 0) / part.length;
    });
    return { step_s: each / this.#per_s, values };
  }

  /** Mean power of the whole trace. */
  get mean_uW(): number {
    const sum_uW = this.#voltage_mV.reduce((sum, mV) => sum + this.#power_uW(mV), 0);
    return sum_uW / this.#voltage_mV.length;
  }

  #power_uW(voltage_mV: number): number {
    return (voltage_mV * voltage_mV) / this.#load_ohm;
  }
}
