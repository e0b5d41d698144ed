// A voltage behind a resistance: what a thermoelectric module between two temperatures is, and what
// a rectifier shows at its direct-current side.
//
//   I = (Voc - V) / R,   at best V = Voc / 2, P = Voc^2 / (4 R)

import { type CurvePoint } from "./curve_point.js";
import { type Curve, type Peaks } from "./source.js";

export class LinearSource implements Curve {
  /** 0 or below: nothing comes out. */
  readonly open_V: number;
  readonly internal_ohm: number;
  readonly #blocks: boolean;

  /** A source that `blocks` takes no current back above its open-circuit voltage: diodes. */
  constructor(
    open_V: number,
    internal_ohm: number,
    blocks: boolean,
    readonly peaks?: Peaks,
  ) {
    this.open_V = open_V;
    this.internal_ohm = internal_ohm;
    this.#blocks = blocks;
  }

  /** Generated current at a terminal voltage, A. */
  currentAt(voltage_V: number): number {
    const current_A = (this.open_V - voltage_V) / this.internal_ohm;
    return this.#blocks ? Math.max(0, current_A) : current_A;
  }

  /** The maximum power point; all zero for a source that gives nothing. */
  maximum(): CurvePoint {
    const voltage_V = Math.max(0, this.open_V / 2);
    const current_A = voltage_V / this.internal_ohm;
    return { voltage_V, current_A, power_W: voltage_V * current_A };
  }
}
