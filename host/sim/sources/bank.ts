// Alike sources together: `parallel` strings of `series` each, all driven alike.
//
//   V = series V1,   I = parallel I1,   C = parallel C1 / series

import { type CurvePoint } from "./curve_point.js";
import { type Axis, type Curve, type Drives, type Peaks, type Source } from "./source.js";

class BankCurve implements Curve {
  constructor(
    readonly one: Curve,
    readonly parallel: number,
    readonly series: number,
  ) {}

  get open_V(): number {
    return this.series * this.one.open_V;
  }

  currentAt(voltage_V: number): number {
    return this.parallel * this.one.currentAt(voltage_V / this.series);
  }

  maximum(): CurvePoint {
    const { voltage_V, current_A, power_W } = this.one.maximum();
    const { parallel, series } = this;
    return {
      voltage_V: series * voltage_V,
      current_A: parallel * current_A,
      power_W: parallel * series * power_W,
    };
  }

  get peaks(): Peaks | undefined {
    const { peaks } = this.one;
    const { parallel, series } = this;
    return (
      peaks && {
        peak_V: series * peaks.peak_V,
        emptied_S: (parallel * peaks.emptied_S) / series,
      }
    );
  }

  heldAt(ratio: number): number {
    const { one, series } = this;
    return series * (one.heldAt?.(ratio) ?? ratio * one.open_V);
  }
}

export class Bank implements Source {
  readonly kind: Source["kind"];
  readonly axis?: Axis;
  readonly #one: Source;
  readonly #parallel: number;
  readonly #series: number;

  /** Throws RangeError. */
  constructor(one: Source, parallel: number, series: number) {
    if (!(parallel > 0 && series > 0 && parallel < Infinity && series < Infinity)) {
      throw new RangeError(`a bank of ${parallel} x ${series} sources; both must be > 0`);
    }
    this.kind = one.kind;
    if (one.axis !== undefined) this.axis = one.axis;
    this.#one = one;
    this.#parallel = parallel;
    this.#series = series;
  }

  curveAt(drives: Drives): Curve {
    return new BankCurve(this.#one.curveAt(drives), this.#parallel, this.#series);
  }
}
