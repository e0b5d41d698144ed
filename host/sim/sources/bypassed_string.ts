// Solar cells in series under uneven light, with bypass diodes.
//
// One current flows through all. A cell that generates less is driven backwards until the bypass
// diode across its group takes over, which holds the group at -Vb, a steady drop:
//
//   V(I) = sum over groups of max(sum over its cells of V_cell(I), -Vb)
//
// Each cell's V(I) falls and bends down, so between two currents at which a bypass diode takes over
// V(I) does as well, (V I)'' = 2 V' + I V'' < 0, and power has at most one top there. At such a
// current the slope of power jumps up: no top lies on it. All tops are found, interval by interval,
// and the best of them is the global maximum. Without reverse breakdown of the cells, which bypass
// diodes are there to prevent.

import { crossing } from "./crossing.js";
import { type CurvePoint } from "./curve_point.js";
import { type SingleDiode } from "./single_diode.js";
import { type Curve } from "./source.js";

/** A drop that is never reached: no diode, and a dark cell driven backwards without end. */
export const UNLIMITED_V = 1000;
/** So far the search for a current first goes. */
const NEAR_A = 1e-9;
/** A top's current is found to this share: its power, where its slope is zero, far better. */
const TOP_SHARE = 1e-9;

/** Cells that share one bypass diode. */
export type Group = readonly SingleDiode[];

export class BypassedString implements Curve {
  readonly #groups: readonly Group[];
  readonly #bypass_V: number;

  /** `bypass_V`: what a bypass diode keeps, >= 0. Throws RangeError. */
  constructor(groups: readonly Group[], bypass_V: number) {
    if (groups.length === 0 || groups.some((cells) => cells.length === 0)) {
      throw new RangeError(`a string of groups of ${groups.map((g) => g.length).join(", ")} cells`);
    }
    if (!(bypass_V >= 0 && bypass_V < Infinity)) {
      throw new RangeError(`bypass diodes of ${bypass_V} V; must be >= 0`);
    }
    this.#groups = groups;
    this.#bypass_V = bypass_V;
  }

  /** Terminal voltage at a current, V. */
  voltageAt(current_A: number): number {
    return this.#groups.reduce((sum, cells) => sum + this.#heldAt(cells, current_A), 0);
  }

  /**
   * Current at a terminal voltage, A. Infinity at and below the sum of all bypass drops, which take
   * any current.
   */
  currentAt(voltage_V: number): number {
    if (voltage_V <= -this.#bypass_V * this.#groups.length) return Infinity;
    return crossingAnywhere((current_A) => this.voltageAt(current_A) - voltage_V);
  }

  /** Open-circuit voltage, V. */
  get open_V(): number {
    return this.voltageAt(0);
  }

  /** Every local maximum of power, by falling voltage; none in the dark. */
  maxima(): CurvePoint[] {
    return this.#intervals().flatMap(([left_A, right_A]) => this.#topBetween(left_A, right_A));
  }

  /** The maximum power point; all zero in the dark. */
  maximum(): CurvePoint {
    let best: CurvePoint = { voltage_V: 0, current_A: 0, power_W: 0 };
    for (const [left_A, right_A] of this.#intervals()) {
      if (this.voltageAt(left_A) * right_A <= best.power_W) continue;
      for (const top of this.#topBetween(left_A, right_A)) {
        if (top.power_W > best.power_W) best = top;
      }
    }
    return best;
  }

  /** Between two currents at which a bypass diode takes over. */
  #intervals(): [number, number][] {
    const changes = this.#groups.map((cells) =>
      crossingAnywhere((current_A) => voltageOf(cells, current_A) + this.#bypass_V),
    );
    const ahead_A = changes.filter((current_A) => current_A > 0).sort((a, b) => a - b);
    const ends_A = [0, ...new Set(ahead_A)];
    return ends_A.slice(1).map((right_A, i) => [ends_A[i]!, right_A]);
  }

  #heldAt(cells: Group, current_A: number): number {
    return Math.max(voltageOf(cells, current_A), -this.#bypass_V);
  }

  /** The top of power inside an interval in which no bypass diode takes over, if it has one. */
  #topBetween(left_A: number, right_A: number): CurvePoint[] {
    // which groups still generate is told by the middle: at the ends rounding decides
    const middle_A = (left_A + right_A) / 2;
    const active = this.#groups.filter((cells) => voltageOf(cells, middle_A) > -this.#bypass_V);
    const lost_V = (this.#groups.length - active.length) * this.#bypass_V;
    const slope_V = (current_A: number) => {
      const cells = active.flat();
      const loss_V = current_A * cells.reduce((sum, cell) => sum + cell.resistanceAt(current_A), 0);
      return voltageOf(cells, current_A) - lost_V - loss_V;
    };
    if (!(slope_V(left_A) > 0 && slope_V(right_A) < 0)) return [];
    const current_A = crossing(left_A, right_A, slope_V, TOP_SHARE);
    const voltage_V = this.voltageAt(current_A);
    return [{ voltage_V, current_A, power_W: voltage_V * current_A }];
  }
}

const voltageOf = (cells: Group, current_A: number) =>
  cells.reduce((sum, cell) => sum + cell.voltageAt(current_A), 0);

/** Where a function of current that falls from +Infinity or so changes its sign, on either side. */
function crossingAnywhere(of: (current_A: number) => number): number {
  const forward = of(0) > 0;
  let reach_A = forward ? NEAR_A : -NEAR_A;
  while (of(reach_A) > 0 === forward && Math.abs(reach_A) < Infinity) reach_A *= 2;
  return forward ? crossing(0, reach_A, of) : crossing(reach_A, 0, of);
}
