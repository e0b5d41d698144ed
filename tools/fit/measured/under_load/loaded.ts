// From files of one cell to the cell under load, where they show it so, and the plain equations
// beside it for what asks for no more.

import { between } from "../../curve.js";
import { type CellModel, type OcvTable } from "../../model.js";
import { type Track } from "../../soc_axis.js";
import { type Sorted } from "../axis.js";
import { fitParameters, type Identified } from "../parameters.js";
import { onNodes, type Tables } from "../passes.js";
import { NODES } from "./elements.js";
import { fitUnderLoad, type UnderLoad } from "./fit.js";
import { fullVoltages } from "./full_rest.js";
import { slowRowsOf } from "./slow_tables.js";

/** A cell is seen under load at such a current, over so much of its charge. */
const LOADED_C = 0.2;
const LOADED_SOC = 0.3;

/** A slow discharge so near in temperature to what was seen under load has errors of its own. */
const SEEN_K = 5;

/** Lowest and highest temperature of the files that show a cell under load. */
export type Range = readonly [cold_degC: number, hot_degC: number];

/** Whether a temperature was seen under load, or nearly so. */
export const isSeen = (degC: number, [cold, hot]: Range): boolean =>
  degC > cold - SEEN_K && degC < hot + SEEN_K;

/** Whether a track is a drive or a fast discharge. */
export function loads({ log, soc }: Track, capacity_nAh: number): boolean {
  const most_nA = log.current_nA.reduce((most, nA) => Math.max(most, Math.abs(nA)), 0);
  const low = soc.reduce((least, z) => Math.min(least, z), Infinity);
  return most_nA > LOADED_C * capacity_nAh && soc[0]! - low > LOADED_SOC;
}

/** The cell under load, of everything that a fit has sorted out. */
export function fitLoaded(
  start: CellModel,
  { slow, capacity_nAh }: Sorted,
  { tables, reference }: Tables,
  tracks: readonly Track[],
  temperatures_degC: Range,
  identified: Identified,
): UnderLoad {
  const full = fullVoltages(slow, tracks);
  return fitUnderLoad({
    slow: tables.map(({ track, temperature_degC }) => ({
      ...slowRowsOf(track, capacity_nAh, temperature_degC, full(temperature_degC)),
      seen: isSeen(temperature_degC, temperatures_degC),
    })),
    reference: tables.indexOf(reference),
    ...{ tracks, capacity_nAh },
    dudt_mV_K: NODES.map((z) => (tables.length > 1 ? 0 : between(start.soc, start.dudt_mV_K, z))),
    activation_kK: identified.activation ? undefined : start.activation_K / 1000,
  });
}

/** The plain equations with the OCV tables of the fit under load. */
export function fitBeside(
  start: CellModel,
  { tables_mV, degC, dudt_mV_K }: UnderLoad,
  { tables, reference }: Tables,
  tracks: readonly Track[],
  identified: Identified,
): CellModel {
  const ocv_tables = tables_mV.map((ocv_mV, k): OcvTable => ({
    ...{ temperature_degC: degC[k]!, ocv_mV: [...ocv_mV] },
  }));
  const own = ocv_tables[tables.indexOf(reference)]!;
  const model = {
    ...onNodes({ ...start, soc: [...NODES] }, start),
    ...{ ocv_mV: own.ocv_mV, table_degC: own.temperature_degC, dudt_mV_K: [...dudt_mV_K] },
    ...(ocv_tables.length > 1 && { ocv_tables }),
  };
  return fitParameters(model, tracks, identified);
}
