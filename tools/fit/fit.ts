// From the records of a characterisation to the part of a profile that they can tell.
//
// Charge, resistance and entropy are closed forms. OCV and diffusion are fitted together: where the
// nodes lie and what the surface of the cathode leads needs a first fit, so it is done in passes.

import { MeasurementError, type Procedure } from "../characterise/manifest.js";
import { between } from "./curve.js";
import { denseCurve } from "./dense.js";
import { fitDynamics } from "./dynamics.js";
import { fitEntropy, type Entropy } from "./entropy.js";
import { type Measurement } from "./folder.js";
import { predict, type CellModel } from "./model.js";
import { chooseNodes } from "./nodes.js";
import { judge, sigmasFrom, type FitSigmas, type Quality } from "./quality.js";
import { edgesOf, fitResistance, type Resistance } from "./resistance.js";
import { capacityOf, trackOf, type Capacity, type Track } from "./soc_axis.js";

export interface Fit {
  capacity: Capacity;
  /** Largest closing error of the counter in any file, as a share of capacity. */
  closing_share: number;
  model: CellModel;
  resistance: Resistance;
  entropy: Entropy;
  hysteresis_mV: number;
  quality: Quality<Procedure>[];
  sigmas: FitSigmas;
}

/** The table's temperature: that of the slow cycle. */
const TABLE_DEGC = 25;
const FIRST_NODES = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1];
/** Before anything is known of diffusion: an hour, and the shares of both faces alike. */
const FIRST_TAU_S = 3000;
const FIRST_GAIN = 0.8;
/** The second knows where the surface is; a third was no better on the mean of five specimens. */
const PASSES = 2;

/** The one track of a procedure that must be there. */
function only(tracks: Map<Procedure, Track>, procedure: Procedure): Track {
  const track = tracks.get(procedure);
  if (track !== undefined) return track;
  throw new MeasurementError(`the manifest names no file of procedure ${procedure}; record one`);
}

/** Throws MeasurementError when the records do not suffice. */
export function fitCell({ manifest, files }: Measurement): Fit {
  const slow = files.find(({ procedure }) => procedure === "slow");
  if (slow === undefined) {
    throw new MeasurementError("the manifest names no file of procedure slow; record one");
  }
  const capacity = capacityOf(slow.file, slow.log, manifest);
  // at 1C these equations follow nothing: the fit under load has others
  const atRest = files.filter(({ procedure }) => procedure !== "fast");
  const tracks = new Map(
    atRest.map(({ file, procedure, log }) => {
      return [procedure, trackOf(file, log, manifest, capacity.capacity_nAh)] as const;
    }),
  );
  const pulsed = [only(tracks, "gitt"), only(tracks, "temperature")];
  const dynamic = [only(tracks, "slow"), only(tracks, "gitt")];
  const { voltage_noise_mV, voltage_resolution_mV } = manifest.instrument;
  const reading_mV = Math.hypot(voltage_noise_mV, voltage_resolution_mV / Math.sqrt(12));
  const edges = pulsed.flatMap((track) => edgesOf(track, reading_mV));
  let model: CellModel = {
    soc: FIRST_NODES,
    ocv_mV: [],
    table_degC: TABLE_DEGC,
    tau_s: FIRST_NODES.map(() => FIRST_TAU_S),
    diffusion_gain: FIRST_GAIN,
    ...resistanceOn(FIRST_NODES),
  };
  let surface = dynamic[0]!.soc;
  let hysteresis_mV = 0;

  function resistanceOn(nodes: number[]) {
    const { resistance_ohm, factor, activation_K } = fitResistance(nodes, edges);
    const { dudt_mV_K } = fitEntropy(nodes, pulsed);
    return { resistance_ohm, resistance_factor: factor, activation_K, dudt_mV_K };
  }

  for (let pass = 0; pass < PASSES; pass++) {
    const dense = denseCurve(slow.file, dynamic[0]!, model, surface);
    const soc = chooseNodes(dense);
    const before = model;
    const start: CellModel = {
      ...before,
      ...resistanceOn(soc),
      soc,
      ocv_mV: soc.map((z) => dense.ocv_mV[dense.soc.indexOf(z)]!),
      tau_s: soc.map((z) => between(before.soc, before.tau_s, z)),
    };
    ({ model, hysteresis_mV } = fitDynamics(start, dynamic));
    surface = predict(model, dynamic[0]!).surface;
  }
  const quality = [...tracks].map(([procedure, track]) => judge(procedure, model, track));
  const resistance = fitResistance(model.soc, edges);
  const closing_share = Math.max(...[...tracks.values()].map((track) => track.closing_share));
  return {
    ...{ capacity, closing_share, model, resistance, hysteresis_mV, quality },
    entropy: fitEntropy(model.soc, pulsed),
    sigmas: sigmasFrom(manifest, quality, resistance, hysteresis_mV, closing_share),
  };
}
