// The profile of a replay's firmware: the cell's as its file has it, and a board that measures
// voltage, temperature and charge and does nothing else.
//
// The core's range ends at 10 mAh. A larger cell is the same cell at a scale: capacity and currents
// divided by it, resistances multiplied, so that voltages stay (I / Q and R Q do not change).

import { readScenario } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { type CellProfile } from "../../boards/schema/cell.js";
import { Values } from "../../host/core/abi.js";
import { type ProfileValues } from "../../host/core/profile.js";
import { projectPath } from "../build/paths.js";
import { type ShownVoltages } from "./replay_core.js";

/** Board, load and plan come from it; what follows here replaces all that a replay touches. */
const SCENARIO = "default-year";
/** So many events of a replay without a sensor empty the cell: rounding of a minute is 1e-6. */
export const EVENTS_TO_EMPTY = 1e6;
const PC_PER_NAH = 3.6e6;
const NONE = [0, 0, 0, 0];
const one = (value: number): number[] => [value, 0, 0, 0];

/** A laboratory's reading, where nothing else is told. */
const READING = { lsb_mV: 0.1, noise_mV: 0.5, gain_sigma: 0.0005, temperature_sigma_K: 1 };
/** A current sensor that is off by a percent or so, and one percent of SOC never given up. */
const METERED = { flow_noise: 0.03, load_sigma: 0.3, harvest_sigma: 0 };
const OFFSET_C = 0.0072;
/** Bookings that are off by a tenth, all alike. */
const BOOKED = { flow_noise: 0.03, load_sigma: 0.1, harvest_sigma: 0.1 };
const SIGMA_FLOOR = 0.003;

/** What of a cell's file a replay reads. */
export type CellPart = Pick<CellProfile, "profile">;

/** Voltages a core is shown: at rest, but all of them where its cell is known under load. */
export const shownTo = ({ profile }: CellPart): ShownVoltages =>
  profile.polarization === undefined ? "rest" : "all";

/** Nearer to a power of ten than this, a ratio of two capacities is only one of units. */
const UNITS_APART = 1.3;

/**
 * Currents of a record over those of the core: the power of ten between both cells; where none is
 * near, their ratio itself, for the file is of a cell of another size.
 */
export function scaleOf(record_nAh: number, cell_nAh: number): number {
  const ratio = record_nAh / cell_nAh;
  const power = 10 ** Math.round(Math.log10(ratio));
  const apart = Math.max(ratio / power, power / ratio);
  return apart < UNITS_APART ? power : ratio;
}

export interface Told {
  /** Of the cell's file, times this: a label that is wrong. */
  label_ratio: number;
  /** Of the ADC, mV; undefined: a laboratory's. */
  lsb_mV: number | undefined;
  /** There is a current sensor. */
  metered: boolean;
  /** Longest time between two wakes. */
  sleep_max_s: number;
}

/** The profile for `compileProfile`; `cell` is already at the core's scale. */
export function replayProfile(cell: CellPart, told: Told): ProfileValues {
  const parts = readScenario(projectPath("boards"), SCENARIO);
  const resolved = resolveProfile({ ...parts, cell });
  const capacity_nAh = resolved.capacity_nAh * told.label_ratio;
  const flow = told.metered ? Values.charge : Values.harvest;
  const sleep_max_ms = Math.max(1000, Math.round(told.sleep_max_s * 1000));
  return {
    ...resolved,
    ...{ series: 1, parallel: 1, capacity_spread: 0, capacity_nAh },
    observables:
      Values.voltage |
      Values.pulse |
      Values.temperature |
      Values.harvest_now |
      Values.current |
      flow,
    actuators: 0,
    float_strap_mV: resolved.float_mV,
    adc_lsb_mV: told.lsb_mV ?? READING.lsb_mV,
    adc_noise_mV: READING.noise_mV,
    adc_gain_sigma: READING.gain_sigma,
    temperature_sigma_K: READING.temperature_sigma_K,
    ...(told.metered ? METERED : BOOKED),
    soc_sigma_floor: SIGMA_FLOOR,
    // nothing flows but what is measured, or booked as events and harvest
    ...{ sleep_drain_nA: 0, active_drain_nA: 0, off_drain_nA: 0 },
    ...{
      leak_nA: 0,
      leak_sigma_nA: told.metered ? OFFSET_C * resolved.capacity_nAh : 0,
      leak_walk_nA: 0,
    },
    ...{ wake_ms: 1, sleep_min_ms: 1000, sleep_max_ms },
    event_drain_pC: one((resolved.capacity_nAh * PC_PER_NAH) / EVENTS_TO_EMPTY),
    ...{ event_pulse_nA: NONE, event_pulse_ms: NONE, event_deadline_s: NONE },
    ...{ event_worth: one(1), event_saturation: one(1), event_max: one(1) },
    ...{ source_kind: NONE, source_gain: NONE, source_scale_mV: NONE },
    ...{ source_drift_mV_K: NONE, source_mpp_ratio: NONE, source_efficiency: NONE },
    storage_kind: 0,
  };
}
