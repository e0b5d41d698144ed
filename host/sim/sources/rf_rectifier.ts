// An antenna with its rectifier, as measured: from the power that comes in to a voltage behind a
// resistance.
//
//   P = eta(P_in) P_in at the best load, R = Voc^2 / (4 P)
//
// The table gives eta and Voc; between its rows eta goes straight over ln P_in, and so does ln Voc.
// Below its first row a rectifier gives next to nothing, and here nothing; beyond its last row, Voc
// and R stay: clamped, as by a protection diode.

import { LinearSource } from "./linear_source.js";
import { type Drives, type Source } from "./source.js";

/** The `physics` block of boards/harvesters/*.json of that kind. */
export interface RfPhysics {
  kind: "rf";
  /** Rising input power; efficiency at the best load. */
  rectifier: { input_uW: number[]; efficiency: number[]; open_mV: number[] };
}

const NOTHING = new LinearSource(0, 1, true);

export class RfRectifier implements Source {
  readonly kind = "rf";
  readonly #of: RfPhysics["rectifier"];

  /** Throws RangeError. */
  constructor({ rectifier }: RfPhysics) {
    const { input_uW, efficiency, open_mV } = rectifier;
    const lengths = [input_uW, efficiency, open_mV].map(({ length }) => length);
    if (new Set(lengths).size > 1 || lengths[0] === 0) {
      throw new RangeError(`physics.rectifier: columns of ${lengths.join(", ")} rows; make equal`);
    }
    input_uW.forEach((power_uW, i) => {
      const place = `physics.rectifier[${i}] at ${power_uW} uW`;
      if (!(power_uW > (input_uW[i - 1] ?? 0))) {
        throw new RangeError(`${place}: input_uW must rise from > 0`);
      }
      if (!(efficiency[i]! > 0 && efficiency[i]! <= 1)) {
        throw new RangeError(`${place}: efficiency = ${efficiency[i]} must be > 0, at most 1`);
      }
      if (!(open_mV[i]! > 0)) throw new RangeError(`${place}: open_mV must be > 0`);
    });
    this.#of = rectifier;
  }

  curveAt({ rf_uW }: Drives): LinearSource {
    return this.at(rf_uW);
  }

  /** What the rectifier is at an input power; NaN is no power. */
  at(power_uW: number): LinearSource {
    const { input_uW, efficiency, open_mV } = this.#of;
    if (!(power_uW >= input_uW[0]!)) return NOTHING;
    const last = input_uW.length - 1;
    const held_uW = Math.min(power_uW, input_uW[last]!);
    let i = 0;
    while (i < last - 1 && input_uW[i + 1]! <= held_uW) i++;
    const right = Math.min(i + 1, last);
    const width = Math.log(input_uW[right]! / input_uW[i]!);
    const t = width > 0 ? Math.log(held_uW / input_uW[i]!) / width : 0;
    const share = efficiency[i]! * (1 - t) + efficiency[right]! * t;
    const open_V = 1e-3 * open_mV[i]! ** (1 - t) * open_mV[right]! ** t;
    return new LinearSource(open_V, (open_V * open_V) / (4e-6 * share * held_uW), true);
  }
}
