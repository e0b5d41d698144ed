// From laboratory files of one cell to what they can tell of its profile. OCV is read off slow
// discharges, resistance and diffusion are fitted to all other files; each needs the other, so it
// is done in passes.

import { MeasurementError } from "../../characterise/manifest.js";
import { between } from "../curve.js";
import { type CellModel } from "../model.js";
import { judge, type Quality } from "../quality.js";
import { type Track } from "../soc_axis.js";
import { otherTrack, slowTrack, sortRecords, type Sorted } from "./axis.js";
import { atReading_nA, momentsOf, readLate } from "./moments.js";
import { distinct, socAtRest, withOcv, type SlowTrack } from "./ocv.js";
import { fitParameters, type Identified } from "./parameters.js";
import { type Record } from "./record.js";

/** What of the cell's file is believed where the files cannot tell. */
export interface Believed {
  capacity_nAh: number;
  model: CellModel;
}

export interface MeasuredFit {
  sorted: Sorted;
  slow: readonly SlowTrack[];
  /** All other files, each on the SOC axis. */
  others: readonly { file: string; track: Track }[];
  capacity_nAh: number;
  model: CellModel;
  identified: Identified;
  quality: Quality[];
  /** Lowest and highest temperature of the files that tell resistance. */
  temperatures_degC: [number, number];
}

const FIRST_NODES = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1];
const PASSES = 4;
/** So many steps of the current tell resistance from diffusion. */
const STEPS_MIN = 30;
/** An activation wants temperatures so far apart. */
const APART_K = 15;

/** A model before anything is known of this cell: the believed one on its capacity and nodes. */
function firstModel(
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
function onNodes(model: CellModel, before: CellModel): CellModel {
  const on = (values: readonly number[]) => model.soc.map((z) => between(before.soc, values, z));
  return {
    ...model,
    tau_s: on(before.tau_s),
    resistance_factor: on(before.resistance_factor),
    dudt_mV_K: model.ocv_tables ? model.soc.map(() => 0) : on(before.dudt_mV_K),
  };
}

/** Puts the current where the voltage was read. */
function alignCurrent(record: Record, track: Track): Track {
  if (!readLate(momentsOf(track.log))) return track;
  record.warnings.push("voltage at the end of each row, current its mean: taken so");
  const current_nA = atReading_nA(track.log.current_nA);
  return { ...track, log: { ...track.log, current_nA } };
}

/** `label_nAh` checks the units. Throws MeasurementError when the files do not suffice. */
export function fitMeasured(
  records: readonly Record[],
  believed: Believed,
  label_nAh?: number,
): MeasuredFit {
  if (records.length === 0) throw new MeasurementError("no file to fit; name at least one");
  const sorted = sortRecords(records, label_nAh);
  const { capacity_nAh } = sorted;
  const slow = sorted.slow.map((each): SlowTrack => ({
    file: each.record.file,
    track: slowTrack(each, capacity_nAh),
    temperature_degC: each.temperature_degC,
  }));
  const reference = slow[sorted.slow.indexOf(sorted.reference)]!;
  const tables = distinct(slow, reference);
  const first = firstModel(believed, capacity_nAh);
  let model = onNodes(withOcv(first, tables, reference, FIRST_NODES), first);
  const socAt = (mV: number, degC: number) => socAtRest(model, mV, degC);
  const others = sorted.others.map((record) => {
    return { file: record.file, track: alignCurrent(record, otherTrack(record, sorted, socAt)) };
  });
  const tracks = others.map(({ track }) => track);
  const degC = tracks.flatMap(({ log }) => [...log.temperature_degC]);
  const [cold, hot] = degC.reduce(
    ([low, high], each) => [Math.min(low, each), Math.max(high, each)] as const,
    [Infinity, -Infinity] as const,
  );
  const steps = tracks.reduce((sum, { log }) => sum + momentsOf(log).steps, 0);
  const identified: Identified = {
    resistance: tracks.length > 0,
    activation: hot - cold > APART_K,
    diffusion: steps >= STEPS_MIN,
  };
  for (let pass = 0; pass < PASSES && identified.resistance; pass++) {
    const before = fitParameters(model, tracks, identified);
    model = onNodes(withOcv(before, tables, reference), before);
  }
  if (identified.resistance) model = fitParameters(model, tracks, identified);
  else model = onNodes(withOcv(model, tables, reference), model);
  const quality = [...slow, ...others].map(({ file, track }) => judge(file, model, track));
  return {
    ...{ sorted, slow, others, capacity_nAh, model, identified, quality },
    temperatures_degC: [cold, hot],
  };
}
