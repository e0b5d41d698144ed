// The profile of a twin's firmware: cell and board as their files have them, the load as it is
// booked, and no more hardware than the test bed has.

import { type Part } from "../../../boards/check.js";
import { resolveProfile, type Told } from "../../../boards/resolve.js";
import { Actuators, Values } from "../../../host/core/abi.js";
import { type ProfileValues } from "../../../host/core/profile.js";
import { type Bed } from "../../../host/sim/twin/bed.js";
import { type Unknowns, type Wiring } from "../../../host/sim/twin/case.js";

/** Parts that every twin shares. */
export type TwinParts = Omit<Told, "cell">;

/** pC per nC, ms per s. */
const PC = 1000;
const MS = 1000;
const one = (value: number): number[] => [value, 0, 0, 0];
const NONE = [0, 0, 0, 0];
/** A board with a worse ADC has its gauge try more gains: docs/ADDING.md, board. */
const WIDE_GAIN = 0.003;
const SIGMA_FLOOR = 0.003;
const HYPOTHESES_WIDE = 9;

/** The bits of `sample.valid` that the bed can measure. A layout may have one for the flag. */
export function observablesOf({ limiting_flag }: Wiring, { counter }: Unknowns): number {
  const flag = (Values as Record<string, number>).limiting ?? 0;
  const measured =
    Values.voltage | Values.pulse | Values.temperature | Values.harvest | Values.harvest_now;
  return measured | (limiting_flag ? flag : 0) | (counter === undefined ? 0 : Values.charge);
}

/** A twin, and what its firmware is told. */
export interface TwinNode {
  parts: TwinParts;
  cell: Part<"cell">;
  bed: Bed;
  wiring: Wiring;
  unknowns: Unknowns;
  wake_s: number;
}

/** The tables of the cell's file; where they are of this very specimen, with its own OCV. */
function tablesOf(tables: ProfileValues["tables"], { bed, unknowns }: TwinNode) {
  if (unknowns.specimen === "drawn") return tables;
  const ocv_mV = tables.soc.map((soc) => bed.twin.ocv_mV(soc));
  return { ...tables, ocv: tables.ocv.map((block) => ({ ...block, ocv_mV })) };
}

/** What `compileProfile` takes. */
export function twinProfile(node: TwinNode): ProfileValues {
  const { parts, cell, bed, wiring, unknowns } = node;
  const { books, senses } = bed;
  const resolved = resolveProfile({ ...parts, cell });
  const usual = wiring.gain_sigma > WIDE_GAIN ? HYPOTHESES_WIDE : resolved.hypotheses;
  const wake_ms = Math.round(node.wake_s * MS);
  return {
    ...resolved,
    ...unknowns.told,
    tables: tablesOf(resolved.tables, node),
    float_strap_mV: resolved.float_mV,
    charge_max_nA: resolved.capacity_nAh,
    observables: observablesOf(wiring, unknowns),
    actuators: Actuators.charge_enable | Actuators.pause,
    adc_lsb_mV: senses.adc_lsb_mV,
    adc_gain_sigma: wiring.gain_sigma,
    // a month is shorter than the drift that the board files allow for
    soc_sigma_floor: SIGMA_FLOOR,
    hypotheses: wiring.hypotheses ?? usual,
    sleep_drain_nA: books.sleep_nA,
    // awake the node takes no more than asleep: the load is in its events
    active_drain_nA: books.sleep_nA,
    wake_ms: 1,
    sleep_min_ms: wake_ms,
    sleep_max_ms: wake_ms,
    event_drain_pC: one(books.event_nC * PC),
    event_pulse_nA: one(books.pulse_nA),
    event_pulse_ms: one(Math.round((books.event_nC / books.pulse_nA) * MS)),
    event_worth: one(1),
    event_saturation: one(1),
    event_max: one(1),
    event_deadline_s: NONE,
    source_kind: NONE,
    source_gain: NONE,
    source_scale_mV: NONE,
    source_drift_mV_K: NONE,
    source_mpp_ratio: NONE,
    source_efficiency: NONE,
    storage_kind: 0,
  };
}
