// The fit of a cell under load: elements, and the OCV tables that slow discharges show with them,
// to all other files at once, by least squares. The tables are made anew for every set of elements
// that is tried.

import { leastSquares } from "../../least_squares.js";
import { type Prediction } from "../../model.js";
import { type Track } from "../../soc_axis.js";
import { DenseOcv } from "./dense_ocv.js";
import { type Elements } from "./elements.js";
import { reachOf, type Reach } from "./reach.js";
import { rowsOf, type Rows } from "./rows.js";
import { emptyRun, prepare, runElements, type Run } from "./run.js";
import { slowTables, type SlowRows } from "./slow_tables.js";
import { Unknowns, type Values } from "./unknowns.js";
import { weightsOf, type Weights } from "./weights.js";

export interface UnderLoad {
  capacity_nAh: number;
  elements: Elements;
  /** At NODES, one for each slow discharge, and their temperatures. */
  tables_mV: readonly (readonly number[])[];
  degC: readonly number[];
  /** At NODES; only beyond the tables' temperatures. */
  dudt_mV_K: readonly number[];
  reach: Reach;
}

export interface UnderLoadData {
  /** Rising in temperature, no two alike. */
  slow: readonly SlowRows[];
  /** The one nearest to 25 degC. */
  reference: number;
  tracks: readonly Track[];
  capacity_nAh: number;
  dudt_mV_K: readonly number[];
  /** Activation of resistances, where no file tells it. */
  activation_kK: number | undefined;
}

/** One track while it is fitted. */
interface Fitted {
  rows: Rows;
  run: Run;
  weights: Weights;
}

/** Measured minus predicted of a track's rows in sigmas, then of its minutes, into `all`. */
function residualsOf(
  { rows, run, weights }: Fitted,
  ocv: DenseOcv,
  all: Float64Array,
  from: number,
) {
  const { count, voltage_mV, minute, minutes } = rows;
  const sums = from + count;
  if (minute !== undefined) all.fill(0, sums, sums + minutes);
  for (let row = 0; row < count; row++) {
    const predicted_mV = ocv.voltage_mV(run.surface[row]!, run.cell_degC[row]!) + run.drop_mV[row]!;
    const off_mV = voltage_mV[row]! - predicted_mV;
    all[from + row] = off_mV * weights.row[row]!;
    if (minute !== undefined) all[sums + minute[row]!]! += off_mV;
  }
  for (let k = 0; k < minutes; k++) all[sums + k]! *= weights.minute[k]!;
  return sums + minutes;
}

/** Fits the elements. */
export function fitUnderLoad(data: UnderLoadData): UnderLoad {
  const { slow, reference, dudt_mV_K, activation_kK, capacity_nAh } = data;
  const degC = slow.map((each) => each.degC);
  const unknowns = new Unknowns(
    slow.map(({ seen }) => seen),
    activation_kK,
  );
  const fitted = data.tracks.map((track): Fitted => {
    const rows = rowsOf(track, capacity_nAh);
    const weights = { row: rows.use, minute: new Float64Array(rows.minutes) };
    return { rows, run: emptyRun(rows.count), weights };
  });
  const count = fitted.reduce((sum, { rows }) => sum + rows.count + rows.minutes, 0);
  /** Runs all tracks with what a vector means. */
  const runAll = (values: Values): DenseOcv => {
    const prepared = prepare(values.elements);
    const tables_mV = slowTables(slow, reference, prepared, values);
    for (const { rows, run } of fitted) runElements(prepared, rows, run);
    return new DenseOcv(degC, tables_mV, dudt_mV_K);
  };
  const residuals = (vector: readonly number[]): Float64Array => {
    const ocv = runAll(unknowns.read(vector));
    const priors = unknowns.priors(vector);
    const all = new Float64Array(count + priors.length);
    let at = 0;
    for (const each of fitted) at = residualsOf(each, ocv, all, at);
    all.set(priors, at);
    return all;
  };
  /** What a row counts against depends on the drop: anew before every iteration. */
  const reweigh = (vector: readonly number[]): void => {
    const ocv = runAll(unknowns.read(vector));
    for (const each of fitted) each.weights = weightsOf(each.rows, each.run, ocv, reference);
  };
  const values = unknowns.read(leastSquares(residuals, unknowns.list, reweigh));
  const tables_mV = slowTables(slow, reference, prepare(values.elements), values);
  runAll(values);
  const reach = reachOf(values.elements, fitted, activation_kK === undefined);
  return { elements: values.elements, tables_mV, degC, dudt_mV_K, capacity_nAh, reach };
}

/** What a cell under load shows of a track that begins at rest. */
export function predictUnderLoad(under_load: UnderLoad, track: Track): Prediction {
  const { elements, tables_mV, degC, dudt_mV_K, capacity_nAh } = under_load;
  const ocv = new DenseOcv(degC, tables_mV, dudt_mV_K);
  const rows = rowsOf(track, capacity_nAh);
  const run = emptyRun(rows.count);
  runElements(prepare(elements), rows, run);
  const voltage_mV = run.surface.map(
    (soc, row) => ocv.voltage_mV(soc, run.cell_degC[row]!) + run.drop_mV[row]!,
  );
  return { voltage_mV, surface: run.surface };
}
