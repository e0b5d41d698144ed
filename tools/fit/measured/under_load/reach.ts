// How far the files go that show a cell under load: what lies beyond is a usual value, or the
// nearest that was seen.

import { elementAt, warmth, type Elements } from "./elements.js";
import { type Rows } from "./rows.js";
import { type Run } from "./run.js";

export interface Reach {
  /** Files differ in temperature: activations are fitted. */
  temperature: boolean;
  /** A kinetic drop was large enough to bend. */
  bends: boolean;
  /** The cell got warmer than its case. */
  warms: boolean;
  low_soc: number;
}

/** Of the kinetic drop over where it bends, and K: less tells nothing. */
const BEND_MIN = 0.5;
export const WARM_MIN_K = 5;

export function reachOf(
  elements: Elements,
  files: readonly { rows: Rows; run: Run }[],
  temperature: boolean,
): Reach {
  let [bend, warm_K, low_soc] = [0, 0, 1];
  for (const { rows, run } of files) {
    run.surface.forEach((soc, row) => {
      const degC = run.cell_degC[row]!;
      const bend_mV = elements.kinetic_mV * warmth(degC);
      const kinetic_mV = elementAt(elements.kinetic, soc, degC) * Math.abs(rows.now_C[row]!);
      bend = Math.max(bend, kinetic_mV / bend_mV);
      warm_K = Math.max(warm_K, degC - rows.degC[row]!);
      low_soc = Math.min(low_soc, rows.soc[row]!);
    });
  }
  return { temperature, bends: bend > BEND_MIN, warms: warm_K > WARM_MIN_K, low_soc };
}
