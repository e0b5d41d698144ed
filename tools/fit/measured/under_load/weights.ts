// What a row of a track counts against: the model of a cell is off by a few mV, a share of the drop
// and an error along the SOC axis, and all of it is alike for about a minute. Means over minutes of
// a drive count as well, for they are what a gauge sees; five of them as one.

import { type DenseOcv } from "./dense_ocv.js";
import { MINUTE_S, type Rows } from "./rows.js";
import { type Run } from "./run.js";

export interface Weights {
  row: Float64Array;
  minute: Float64Array;
}

interface Off {
  mV: number;
  drop_share: number;
  soc: number;
}

const ROW: Off = { mV: 5, drop_share: 0.12, soc: 0.004 };
const MINUTE: Off = { mV: 3, drop_share: 0.06, soc: 0.003 };
const ALIKE = 5;
const DT_LEAST_S = 0.5;

const sigma_mV = ({ mV, drop_share, soc }: Off, drop_mV: number, slope_mV: number) =>
  Math.sqrt(mV ** 2 + (drop_share * drop_mV) ** 2 + (soc * slope_mV) ** 2);

/** One over sigma of every row and every minute. */
export function weightsOf(rows: Rows, { surface, drop_mV }: Run, ocv: DenseOcv, table: number) {
  const { dt_s, use, minute, minutes } = rows;
  const slope_mV = surface.map((soc) => ocv.slope_mV(table, soc));
  const row = use.map((times, i) => {
    const alike = Math.max(1, MINUTE_S / Math.max(dt_s[i]!, DT_LEAST_S));
    return times / (sigma_mV(ROW, drop_mV[i]!, slope_mV[i]!) * Math.sqrt(alike));
  });
  const sums = Array.from({ length: minutes }, () => ({ drop_mV: 0, slope_mV: 0, rows: 0 }));
  minute?.forEach((k, i) => {
    const sum = sums[k]!;
    sum.drop_mV += Math.abs(drop_mV[i]!);
    sum.slope_mV += slope_mV[i]!;
    sum.rows++;
  });
  // a minute's residual is the sum of its rows' until it is weighed
  const of = (sum: (typeof sums)[number]) => {
    const own_mV = sigma_mV(MINUTE, sum.drop_mV / sum.rows, sum.slope_mV / sum.rows);
    return sum.rows === 0 ? 0 : 1 / (own_mV * Math.sqrt(ALIKE) * sum.rows);
  };
  return { row, minute: Float64Array.from(sums, of) };
}
