// The plain equations of a cell, of files that do not show it under load: OCV from slow discharges,
// resistance and diffusion from all others; each needs the other, so it is done in passes.

import { between } from "../curve.js";
import { type CellModel } from "../model.js";
import { type Track } from "../soc_axis.js";
import { withOcv, type SlowTrack } from "./ocv.js";
import { fitParameters, type Identified } from "./parameters.js";

/** What of the cell's file is believed where the files cannot tell. */
export interface Believed {
  capacity_nAh: number;
  model: CellModel;
}

/** Slow discharges that are apart in temperature, rising; that nearest to 25 degC among them. */
export interface Tables {
  tables: readonly SlowTrack[];
  reference: SlowTrack;
}

export const FIRST_NODES = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1];
const PASSES = 4;

/** A model before anything is known of this cell: the believed one on its capacity and nodes. */
export function firstModel(
  { capacity_nAh: theirs_nAh, model }: Believed,
  capacity_nAh: number,
): CellModel {
  const on = (values: readonly number[]) => FIRST_NODES.map((z) => between(model.soc, values, z));
  return {
    soc: FIRST_NODES,
    ocv_mV: on(model.ocv_mV),
    table_degC: model.table_degC,
    tau_s: on(model.tau_s),
    resistance_factor: on(model.resistance_factor),
    dudt_mV_K: on(model.dudt_mV_K),
    // resistance times capacity is the same for a larger cell of the same kind
    resistance_ohm: (model.resistance_ohm * theirs_nAh) / capacity_nAh,
    activation_K: model.activation_K,
    diffusion_gain: model.diffusion_gain,
  };
}

/** Companion tables on other nodes. */
export function onNodes(model: CellModel, before: CellModel): CellModel {
  const on = (values: readonly number[]) => model.soc.map((z) => between(before.soc, values, z));
  return {
    ...model,
    tau_s: on(before.tau_s),
    resistance_factor: on(before.resistance_factor),
    dudt_mV_K: model.ocv_tables ? model.soc.map(() => 0) : on(before.dudt_mV_K),
  };
}

/** Plain resistance and diffusion with OCV tables in turns. */
export function inPasses(
  start: CellModel,
  { tables, reference }: Tables,
  tracks: readonly Track[],
  identified: Identified,
): CellModel {
  let model = start;
  for (let pass = 0; pass < PASSES && identified.resistance; pass++) {
    const before = fitParameters(model, tracks, identified);
    model = onNodes(withOcv(before, tables, reference), before);
  }
  if (identified.resistance) return fitParameters(model, tracks, identified);
  return onNodes(withOcv(model, tables, reference), model);
}
