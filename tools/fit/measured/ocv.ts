// OCV tables from slow discharges, one per temperature: the terminal voltage without the drop,
// where the surface was. A cold cell reaches its cut-off before it is empty; what it did not reach
// is the reference's curve, moved to meet it.

import { MeasurementError } from "../../characterise/manifest.js";
import { along, curveOf, legOf, POINTS_MIN, type SlowLeg } from "../dense.js";
import { OcvCurve, OcvSurface } from "../curve.js";
import { predict, type CellModel, type OcvTable } from "../model.js";
import { chooseNodes, type DenseCurve } from "../nodes.js";
import { type Track } from "../soc_axis.js";

export interface SlowTrack {
  file: string;
  track: Track;
  temperature_degC: number;
}

/** Tables nearer in temperature than this are one; and so many a profile may have. */
const APART_K = 3;
const TABLES_MAX = 8;

/** A leg, or the mean of both, as a function of SOC; and between which SOC it was seen. */
function seenIn({ file, track }: SlowTrack, model: CellModel) {
  const { surface } = predict(model, track);
  const down = legOf(track, model, surface, -1);
  const up = legOf(track, model, surface, 1);
  if (down.length < POINTS_MIN) {
    throw new MeasurementError(
      `${file}: ${down.length} rows of steady slow discharge, at least ${POINTS_MIN} are needed`,
    );
  }
  const legs: SlowLeg[] = up.length < POINTS_MIN ? [down] : [down, up];
  return {
    low: Math.max(0, ...legs.map((leg) => leg[0]!.soc)),
    high: Math.min(1, ...legs.map((leg) => leg.at(-1)!.soc)),
    at_mV: (soc: number) => legs.reduce((sum, leg) => sum + along(leg, soc), 0) / legs.length,
  };
}

/** The dense curve of the reference. Throws MeasurementError. */
export function referenceCurve(slow: SlowTrack, model: CellModel): DenseCurve {
  return curveOf(seenIn(slow, model).at_mV);
}

function curveLike(slow: SlowTrack, model: CellModel, reference: DenseCurve): DenseCurve {
  const { low, high, at_mV } = seenIn(slow, model);
  const known = new OcvCurve(reference.soc, reference.ocv_mV);
  return curveOf((soc) => {
    const inside = Math.min(Math.max(soc, low), high);
    const at = at_mV(inside);
    return inside === soc ? at : at + known.voltage_mV(soc) - known.voltage_mV(inside);
  });
}

/** Slow tracks whose temperatures are apart, the reference among them. */
export function distinct(slow: readonly SlowTrack[], reference: SlowTrack): SlowTrack[] {
  const taken = [reference];
  for (const each of slow) {
    const near = taken.some(
      (other) => Math.abs(other.temperature_degC - each.temperature_degC) < APART_K,
    );
    if (!near && taken.length < TABLES_MAX) taken.push(each);
  }
  return taken.sort((a, b) => a.temperature_degC - b.temperature_degC);
}

/** The model with the OCV that the slow tracks show when its other numbers are right. */
export function withOcv(
  model: CellModel,
  slow: readonly SlowTrack[],
  reference: SlowTrack,
  nodes?: readonly number[],
): CellModel {
  const dense = referenceCurve(reference, model);
  const soc = [...(nodes ?? chooseNodes(dense))];
  const on = (curve: DenseCurve) => soc.map((z) => curve.ocv_mV[curve.soc.indexOf(z)]!);
  const tables = slow.map((each): OcvTable => ({
    temperature_degC: each.temperature_degC,
    ocv_mV: on(each === reference ? dense : curveLike(each, model, dense)),
  }));
  const { ocv_tables: _, ...rest } = model;
  const own = { ocv_mV: on(dense), table_degC: reference.temperature_degC };
  return { ...rest, soc, ...own, ...(tables.length > 1 ? { ocv_tables: tables } : {}) };
}

/** Where a cell rests at a voltage, by bisection. */
export function socAtRest(model: CellModel, voltage_mV: number, degC: number): number {
  const ocv = new OcvSurface(model);
  let [low, high] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (ocv.voltage_mV(middle, degC) < voltage_mV) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
