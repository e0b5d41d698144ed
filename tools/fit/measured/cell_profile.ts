// The `profile` half of a cell file from a fit to laboratory files. What the files tell has tag C
// and their names; what they cannot tell is the named cell's, as an assumption that says so.

import { checkAgainst } from "../../../boards/check.js";
import { cellProfile, type CellProfile } from "../../../boards/schema/cell.js";
import { type Quantity } from "../../../boards/schema/quantity.js";
import { type ToldCell } from "../../characterise/cell_part.js";
import { OcvCurve } from "../curve.js";
import { POLES, WEIGHTS } from "../model.js";
import { type MeasuredFit } from "./fit.js";
import { type MeasuredSigmas } from "./judgement.js";
import { believed, column, made, rounded, SOURCE } from "./quantities.js";
import { polarizationOf } from "./under_load/written.js";

const BOLTZMANN_EV_K = 8.617333262e-5;
/** The core reads cells up to 10 mAh: a larger one is written as a smaller one of its kind. */
export const CAPACITY_MAX_NAH = 1e7;
const THEORY = "third-order Pade form of planar diffusion";
/** Operating and recommended lowest voltage: where so much charge is left. */
const LOW_SOC = [0.1, 0.03] as const;

export interface Written {
  title: string;
  /** The files, and what was done with them. */
  source: string;
  /** Capacity that the profile is written for, nAh. */
  capacity_nAh: number;
}

function tablesOf({ model, under_load, identified }: MeasuredFit, belief: ToldCell) {
  const assumed = (values: readonly number[]) =>
    believed(
      belief,
      made(
        values.map((x) => rounded(x, 4)),
        "",
      ),
    );
  const tables = model.ocv_tables ?? [{ temperature_degC: model.table_degC, ocv_mV: model.ocv_mV }];
  return {
    soc: column(
      model.soc,
      5,
      under_load ? "nodes of the fit under load" : "where the monotone cubic needs them",
    ),
    tau_s: identified.diffusion
      ? column(model.tau_s, 3, "all files but the slow discharges")
      : assumed(model.tau_s),
    resistance_factor: identified.resistance
      ? column(model.resistance_factor, 4, "all files but the slow discharges; 1 half charged")
      : assumed(model.resistance_factor),
    dudt_mV_K: model.ocv_tables
      ? column(model.dudt_mV_K, 3, "several OCV tables instead; beyond them they are held")
      : assumed(model.dudt_mV_K),
    ocv: tables.map(({ temperature_degC, ocv_mV }) => ({
      temperature_degC: made(rounded(temperature_degC, 3), "of the slow discharge"),
      ocv_mV: column(ocv_mV, 6, "slow discharge without the drop, where the surface was"),
    })),
  };
}

/** Weights and gain of diffusion; with elements under load the lead has no gain: it is 1. */
function diffusionOf({ model, under_load, identified }: MeasuredFit) {
  const { diffusion_gain } = model;
  if (under_load === undefined) {
    const gain = made(rounded(diffusion_gain, 3), "together with tau_s");
    return {
      diffusion_weight: made([...WEIGHTS], THEORY),
      ...(identified.diffusion && { diffusion_gain: gain }),
    };
  }
  return {
    diffusion_weight: column(
      WEIGHTS.map((weight) => weight * diffusion_gain),
      5,
      `${THEORY}, times a gain of ${rounded(diffusion_gain, 3)}`,
    ),
    diffusion_gain: made(1, "in the weights"),
  };
}

function voltagesOf({ sorted, model }: MeasuredFit, belief: ToldCell) {
  const { profile, name } = belief;
  const curve = new OcvCurve(model.soc, model.ocv_mV);
  const float_mV = Math.round(sorted.high_mV);
  const { log } = sorted.reference.record;
  const cut_off_mV = Math.floor(log.voltage_mV[sorted.reference.leg.last]!);
  const above = profile.voltage_max_mV.value.map((mV) => mV - profile.float_mV.value);
  const lows = [...LOW_SOC.map((soc) => Math.ceil(curve.voltage_mV(soc))), cut_off_mV];
  return {
    float_mV: made(float_mV, "highest voltage in the files"),
    voltage_max_mV: {
      ...{ value: above.map((mV) => float_mV + mV), tag: "A" as const },
      note: `not in the files: as far above the float voltage as ${name}`,
    },
    voltage_min_mV: made(lows, "10 % and 3 % left; end of the slow discharge"),
  };
}

/** The file's data, checked against its schema. Throws PartError. */
export function profileOfFit(
  fit: MeasuredFit,
  sigmas: MeasuredSigmas,
  belief: ToldCell,
  { title, source, capacity_nAh }: Written,
): CellProfile {
  const { model, under_load, identified, temperatures_degC } = fit;
  const theirs = belief.profile;
  const smaller = capacity_nAh / fit.capacity_nAh;
  const size = capacity_nAh / theirs.capacity_nAh.value;
  const how = smaller === 1 ? "" : `; measured ${rounded(fit.capacity_nAh / 1e6, 5)} mAh, scaled`;
  const [cold_degC, hot_degC] = temperatures_degC.map((degC) => degC.toFixed(0));
  const electronvolts = (model.activation_K * BOLTZMANN_EV_K).toFixed(3);
  const { float_gentle_mV: _, ...kept } = theirs;
  const rest = Object.fromEntries(
    Object.entries(kept)
      .filter(([name]) => name !== "tables")
      .map(([name, quantity]) => [name, believed(belief, quantity as Quantity)]),
  );
  const data = {
    title,
    sources: { [SOURCE]: source },
    profile: {
      ...rest,
      diffusion_pole: made([...POLES], THEORY),
      ...diffusionOf(fit),
      capacity_nAh: made(
        rounded(capacity_nAh, 5),
        `charge of the slow discharge nearest to 25 degC${how}`,
      ),
      area_cm2: believed(belief, theirs.area_cm2, size),
      self_drain_nA: believed(belief, theirs.self_drain_nA, size),
      resistance_ohm: identified.resistance
        ? made(rounded(model.resistance_ohm / smaller, 4), `half charged, 25 degC${how}`)
        : believed(belief, theirs.resistance_ohm, 1 / size),
      ...(identified.activation && {
        activation_K: made(
          rounded(model.activation_K, 4),
          `files from ${cold_degC} to ${hot_degC} degC: ${electronvolts} eV`,
        ),
      }),
      ...voltagesOf(fit, belief),
      voltage_sigma_mV: made(
        rounded(sigmas.voltage_sigma_mV, 2),
        "middle of what is left of the files",
      ),
      soc_sigma: made(rounded(sigmas.soc_sigma, 2), "counter, and how far full voltages differ"),
      ...(sigmas.resistance_sigma !== undefined && {
        resistance_sigma: made(rounded(sigmas.resistance_sigma, 2), "how far the files differ"),
      }),
      tables: tablesOf(fit, belief),
      ...(under_load && { polarization: polarizationOf(under_load, capacity_nAh) }),
    },
  };
  return checkAgainst(cellProfile, data, title);
}
