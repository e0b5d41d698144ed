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

function cellFields({ profile }: Plain<Pick<CellProfile, "profile">>) {
  return { ...profile, float_gentle_mV: profile.float_gentle_mV ?? 0 };
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
  return {
    ...scenario.pack,
    ...cellFields(plain(cell)),
    ...boardFields(nodeBoard),
    ...planFields(plain(plan)),
    ...loadFields(plain(load), nodeBoard.reservoir),
  };
}
