// The row loop: what the elements say of each row of a track. Nothing is allocated in it, for a
// fit runs it a thousand times.

import { coldness, HEATING_S, KINDS, lnAt, warmth, type Elements } from "./elements.js";
import { denseAt, denseOf, placeOf } from "./dense.js";
import { type Rows } from "./rows.js";

type Four<T> = readonly [T, T, T, T];

/** Of every row: SOC of the surface, the drop, and the temperature within the cell. */
export interface Run {
  surface: Float64Array;
  drop_mV: Float64Array;
  cell_degC: Float64Array;
}

export function emptyRun(count: number): Run {
  const column = () => new Float64Array(count);
  return { surface: column(), drop_mV: column(), cell_degC: column() };
}

/** Elements with their tables dense: made once for all rows of all tracks. */
export interface Prepared {
  elements: Elements;
  /** ln y over SOC, in the order of KINDS. */
  ln: readonly Float64Array[];
  /** Of each the activation at SOC 0, what SOC 1 adds, and the bend. */
  lines: readonly (readonly [number, number, number])[];
}

export const prepare = (elements: Elements): Prepared => ({
  elements,
  ln: KINDS.map((kind) => denseOf((z) => lnAt(elements[kind], z))),
  lines: KINDS.map((kind) => {
    const { kK, bend_kK2 } = elements[kind];
    return [kK[0]!, kK[1]! - kK[0]!, bend_kK2];
  }),
});

/** Runs elements over rows from rest; `soc` may be another axis than the rows' own. */
export function runElements(prepared: Prepared, rows: Rows, into: Run, soc = rows.soc): void {
  const { count, dt_s, mean_C, now_C, degC } = rows;
  const [ln_R0, ln_R1, ln_R2, ln_L] = prepared.ln as Four<Float64Array>;
  const [[a0, b0, c0], [a1, b1, c1], [a2, b2, c2], [aL, bL, cL]] = prepared.lines as Four<
    Prepared["lines"][number]
  >;
  const { kinetic_mV, slow_tau_s, slow_tau_kK } = prepared.elements;
  const { lead_tau_s, lead_tau_kK, heating_K } = prepared.elements;
  let w = 0;
  let v_mV = 0;
  let heat = 0;
  for (let row = 0; row < count; row++) {
    const cell_degC = degC[row]! + heating_K * heat;
    const x = coldness(cell_degC);
    const z = soc[row]!;
    const dt = dt_s[row]!;
    const mean = mean_C[row]!;
    if (dt > 0) {
      const left = Math.exp(-dt / (lead_tau_s * Math.exp(lead_tau_kK * x)));
      const lead_s = Math.exp(denseAt(ln_L, placeOf(z)) + x * (aL + bL * z + cL * x));
      w = left * w + ((1 - left) * lead_s * mean) / 3600;
      const at = z + w;
      const slow_left = Math.exp(-dt / (slow_tau_s * Math.exp(slow_tau_kK * x)));
      const R2 = Math.exp(denseAt(ln_R2, placeOf(at)) + x * (a2 + b2 * at + c2 * x));
      v_mV = slow_left * v_mV + (1 - slow_left) * R2 * mean;
    }
    const at = z + w;
    const place = placeOf(at);
    const now = now_C[row]!;
    const R0 = Math.exp(denseAt(ln_R0, place) + x * (a0 + b0 * at + c0 * x));
    const R1 = Math.exp(denseAt(ln_R1, place) + x * (a1 + b1 * at + c1 * x));
    const s_mV = kinetic_mV * warmth(cell_degC);
    const drop_mV = R0 * now + s_mV * Math.asinh((R1 * now) / s_mV) + v_mV;
    if (dt > 0) {
      const kept = Math.exp(-dt / HEATING_S);
      heat = kept * heat + (1 - kept) * Math.abs(mean * drop_mV);
    }
    into.surface[row] = at;
    into.drop_mV[row] = drop_mV;
    into.cell_degC[row] = cell_degC;
  }
}
