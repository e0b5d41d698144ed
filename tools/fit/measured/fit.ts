// From laboratory files of one cell to what they can tell of its profile: OCV, and what stands
// between it and the terminal voltage under load, all at once; of files that do not show the cell
// under load, OCV and plain resistance in passes.

import { MeasurementError } from "../../characterise/manifest.js";
import { predict, type CellModel, type Prediction } from "../model.js";
import { judge, type Quality } from "../quality.js";
import { type Track } from "../soc_axis.js";
import { otherTrack, slowTrack, sortRecords, type Sorted } from "./axis.js";
import { atReading_nA, lateShare, momentsOf } from "./moments.js";
import { distinct, socAtRest, withOcv, type SlowTrack } from "./ocv.js";
import { type Identified } from "./parameters.js";
import { FIRST_NODES, firstModel, inPasses, onNodes, type Believed } from "./passes.js";
import { type Record } from "./record.js";
import { predictUnderLoad, type UnderLoad } from "./under_load/fit.js";
import { rowsOf } from "./under_load/rows.js";
import { fitBeside, fitLoaded, loads, type Range } from "./under_load/loaded.js";

/** A file on the SOC axis, and what the fit says of it: under load where it can. */
export interface FileFit {
  file: string;
  track: Track;
  predicted: Prediction;
  /** 0 for rows that are not judged. */
  use: Float64Array;
}

export interface MeasuredFit {
  sorted: Sorted;
  slow: readonly (FileFit & SlowTrack)[];
  /** All other files. */
  others: readonly FileFit[];
  capacity_nAh: number;
  /** The core's plain equations. */
  model: CellModel;
  /** Those of the cell under load; undefined: no file shows it so. */
  under_load: UnderLoad | undefined;
  identified: Identified;
  /** Of slow, then of others. */
  quality: Quality[];
  /** Lowest and highest temperature of the files that tell resistance. */
  temperatures_degC: Range;
}

/** So many steps of the current tell resistance from diffusion. */
const STEPS_MIN = 30;
/** An activation wants temperatures so far apart. */
const APART_K = 15;
/** A voltage that is later than this is worth a word. */
const TOLD_SHARE = 0.1;

/** Puts the current where the voltage was read. */
function alignCurrent(record: Record, track: Track): Track {
  const share = lateShare(momentsOf(track.log));
  if (share === 0) return track;
  const late = `voltage late in each row by ${(100 * share).toFixed(0)} % of it`;
  if (share > TOLD_SHARE) record.warnings.push(`${late}, current its mean: taken so`);
  const current_nA = atReading_nA(track.log.current_nA, share);
  return { ...track, log: { ...track.log, current_nA } };
}

/** Lowest and highest temperature of tracks. */
const rangeOf = (tracks: readonly Track[]): Range =>
  tracks
    .flatMap(({ log }) => [...log.temperature_degC])
    .reduce<Range>(
      ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
      [Infinity, -Infinity],
    );

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
  const curves = { tables: distinct(slow, reference), reference };
  const first = firstModel(believed, capacity_nAh);
  const start = onNodes(withOcv(first, curves.tables, reference, FIRST_NODES), first);
  const socAt = (mV: number, degC: number) => socAtRest(start, mV, degC);
  const others = sorted.others.map((record) => {
    return { file: record.file, track: alignCurrent(record, otherTrack(record, sorted, socAt)) };
  });
  const tracks = others.map(({ track }) => track);
  const temperatures_degC = rangeOf(tracks);
  const steps = tracks.reduce((sum, { log }) => sum + momentsOf(log).steps, 0);
  const identified: Identified = {
    resistance: tracks.length > 0,
    activation: temperatures_degC[1] - temperatures_degC[0] > APART_K,
    diffusion: steps >= STEPS_MIN,
  };
  const under_load = tracks.some((track) => loads(track, capacity_nAh))
    ? fitLoaded(start, sorted, curves, tracks, temperatures_degC, identified)
    : undefined;
  const model = under_load
    ? fitBeside(start, under_load, curves, tracks, identified)
    : inPasses(start, curves, tracks, identified);
  const predicted = <F extends { track: Track }>(each: F) => ({
    ...each,
    predicted: under_load ? predictUnderLoad(under_load, each.track) : predict(model, each.track),
    use: rowsOf(each.track, capacity_nAh).use,
  });
  const fits = { slow: slow.map(predicted), others: others.map(predicted) };
  const quality = [...fits.slow, ...fits.others].map((each) =>
    judge(each.file, model, each.track, each.predicted, each.use),
  );
  return {
    ...{ sorted, ...fits, capacity_nAh, model, under_load, identified, quality },
    temperatures_degC,
  };
}
