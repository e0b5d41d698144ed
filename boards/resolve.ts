// From the parts of a scenario to the profile that the core reads. Only the `profile` halves are
// looked at: what the plant is made of, the core never sees.

import { Actuators, Values } from "../host/core/abi.js";
import { type ProfileValues } from "../host/core/profile.js";
import { type Parts } from "./parts.js";
import { SOURCE_KINDS, STORAGE_KINDS, type BoardFile } from "./schema/board.js";
import { type CellProfile } from "./schema/cell.js";
import { type LoadFile } from "./schema/load.js";
import { type PlanFile } from "./schema/plan.js";
import { plain, type Plain } from "./schema/quantity.js";

/** Load classes, and sources, of the core. */
const CLASSES = 4;
/** Rates and worths of a load file are per hour. */
const HOUR_S = 3600;

/** 1 ohm is 1e-6 mV/nA. */
const MV_PER_NA_OHM = 1e-6;
const NONE = [0, 0, 0, 0];

/** Operating ratios of a source that the core chooses from. */
const LEVELS = 8;

/** `values` with zeros up to so many. */
const padded = (values: readonly number[], count = CLASSES): number[] =>
  Array.from({ length: count }, (_, i) => values[i] ?? 0);

type Event = Plain<LoadFile["events"]>[number];
type Reservoir = Plain<BoardFile["reservoir"]>;

/** The pulse that the cell sees: the load's own, or the recharge of the capacitor behind it. */
export function pulseOfCell(event: Event, reservoir: Reservoir): { nA: number; ms: number } {
  const recharge_nA = reservoir?.recharge_nA ?? Infinity;
  if (event.pulse_nA <= recharge_nA) return { nA: event.pulse_nA, ms: event.pulse_ms };
  return { nA: recharge_nA, ms: Math.ceil(event.drain_pC / recharge_nA) };
}

/** Bits of `Values`; "source" stands for one bit for each source. */
function observableBits({ observables, sources }: Plain<BoardFile>["profile"]): number {
  const single = observables.filter((name) => name !== "source");
  const bits = single.reduce((mask, name) => mask | Values[name], 0);
  if (!observables.includes("source")) return bits;
  return sources.reduce((mask, _, index) => mask | (Values.source << index), bits);
}

function loadFields(load: Plain<LoadFile>, reservoir: Reservoir) {
  const { events, policy, wake_ms } = load;
  const pulses = events.map((event) => pulseOfCell(event, reservoir));
  return {
    ...policy,
    wake_ms,
    event_drain_pC: padded(events.map(({ drain_pC }) => drain_pC)),
    event_pulse_nA: padded(pulses.map(({ nA }) => nA)),
    event_pulse_ms: padded(pulses.map(({ ms }) => ms)),
    event_worth: padded(events.map(({ utility }) => utility)),
    event_saturation: padded(events.map(({ saturation_per_h }) => saturation_per_h)),
    event_max: padded(events.map(({ wanted_per_h }) => wanted_per_h)),
    event_deadline_s: padded(events.map(({ deadline_s }) => deadline_s ?? 0)),
    period_s: HOUR_S,
  };
}

function boardFields({ profile }: Plain<BoardFile>) {
  const { sources, storage, observables: _, actuators, mpp_ratios, ...fields } = profile;
  return {
    ...fields,
    observables: observableBits(profile),
    actuators: actuators.reduce((mask, name) => mask | Actuators[name], 0),
    source_kind: padded(sources.map(({ kind }) => 1 + SOURCE_KINDS.indexOf(kind))),
    source_gain: padded(sources.map(({ gain }) => gain)),
    source_scale_mV: padded(sources.map(({ scale_mV }) => scale_mV)),
    source_drift_mV_K: padded(sources.map(({ drift_mV_K }) => drift_mV_K ?? 0)),
    source_mpp_ratio: padded(sources.map(({ mpp_ratio }) => mpp_ratio)),
    source_efficiency: padded(sources.map(({ efficiency }) => efficiency)),
    mpp_level: padded(mpp_ratios ?? [], LEVELS),
    storage_kind: STORAGE_KINDS.indexOf(storage.kind),
    storage_at: storage.at,
    storage_slots_log2: storage.slots_log2,
    record_share: storage.record_share,
    record_s: storage.record_s,
    erase_share: storage.erase_share,
    record_drain_pC: storage.record_drain_pC,
    erase_drain_pC: storage.erase_drain_pC,
  };
}

type PlainProfile = Plain<CellProfile["profile"]>;

/** Elements of a cell that was never fitted under load: no table refers to them. */
const NO_POLARIZATION = {
  polarization_kK: NONE,
  polarization_slope_kK: NONE,
  polarization_bend_kK2: NONE,
  kinetic_mV: 1,
  slow_tau_s: 1,
  slow_tau_kK: 0,
  lead_tau_s: 1,
  lead_tau_kK: 0,
  self_heating_K_W: 0,
  self_heating_s: 1,
};

/** The fields of the profile, and its tables: logarithms of mV/nA, and of s. */
function polarizationOf(under_load: PlainProfile["polarization"]) {
  if (under_load === undefined) return { fields: NO_POLARIZATION, tables: {} };
  const { ohmic_ohm, kinetic_ohm, slow_ohm, lead_s, ...rest } = under_load;
  const { activation_kK, slope_kK, bend_kK2, ...fields } = rest;
  const logs = (ohm: readonly number[]) => ohm.map((value) => Math.log(value * MV_PER_NA_OHM));
  return {
    fields: {
      ...fields,
      polarization_kK: activation_kK,
      polarization_slope_kK: slope_kK,
      polarization_bend_kK2: bend_kK2,
    },
    tables: {
      polarization: {
        ohmic: logs(ohmic_ohm),
        kinetic: logs(kinetic_ohm),
        slow: logs(slow_ohm),
        lead: lead_s.map(Math.log),
      },
    },
  };
}

function cellFields({ profile }: Plain<Pick<CellProfile, "profile">>) {
  const { polarization, tables, capacity_walk: _, ...rest } = profile;
  const under_load = polarizationOf(polarization);
  return {
    ...rest,
    ...under_load.fields,
    float_gentle_mV: profile.float_gentle_mV ?? 0,
    tables: { ...tables, ...under_load.tables },
  };
}

/** What a counter counts is off by the capacity's fade, and no longer by what a program books. */
function countedFields(
  { profile: { observables } }: Plain<BoardFile>,
  { profile: { capacity_walk } }: Plain<Pick<CellProfile, "profile">>,
) {
  const counted = observables.includes("charge") && capacity_walk !== undefined;
  return counted ? { load_walk: capacity_walk } : {};
}

/** Of a plan's file the numbers. */
function planFields({ $schema: _, title: __, sources: ___, ...numbers }: Plain<PlanFile>) {
  return numbers;
}

/** The parts whose `profile` halves firmware is told. */
export type Told = Pick<Parts, "scenario" | "board" | "load" | "plan"> & {
  cell: Pick<CellProfile, "profile">;
};

/** The profile of a scenario's node, for `compileProfile`. */
export function resolveProfile({ scenario, cell, board, load, plan }: Told): ProfileValues {
  const nodeBoard = plain(board);
  const nodeCell = plain(cell);
  return {
    ...scenario.pack,
    ...cellFields(nodeCell),
    ...boardFields(nodeBoard),
    ...countedFields(nodeBoard, nodeCell),
    ...planFields(plain(plan)),
    ...loadFields(plain(load), nodeBoard.reservoir),
  };
}
