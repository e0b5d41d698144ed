// Our own: the core as it runs on a node, in WebAssembly, in a slot world. It counts the cell's
// charge exactly, is told what the source offered in the slot that ended, and sleeps a slot at a
// time; what its plan makes of that is all that is judged here.

import { readScenario } from "../../../boards/parts.js";
import { resolveProfile } from "../../../boards/resolve.js";
import { Reason, Values } from "../../../host/core/abi.js";
import { Core } from "../../../host/core/core.js";
import { compileProfile, type ProfileValues } from "../../../host/core/profile.js";
import { Words } from "../../../host/core/words.js";
import { coreModule } from "../../build/built.js";
import { projectPath } from "../../build/paths.js";
import { type SlotPolicy, type SlotView } from "../slot_life.js";

/** Its cell lends the tables, its plan is what is judged. */
const SCENARIO = "default-year";

const MS = 1000;
const WORD = 2 ** 32;
/** The first slot begins then. */
const START_MS = 2;
/** A status of this or more says that the core cannot go on. */
const FATAL = 16;
/** A slot world knows no voltage: charge is counted at this one, V. */
const CELL_V = 3.8;
const NAH_PER_J = 1e9 / 3600 / CELL_V;
const PC_PER_J = 1e12 / CELL_V;
/** Fields of the profile that are given. */
type Told = Partial<ProfileValues>;

const one = (value: number): number[] => [value, 0, 0, 0];
const NONE = [0, 0, 0, 0];
const OBSERVED = Values.voltage | Values.temperature | Values.charge | Values.harvest;

/** A node of the world: the cell's tables and the plan's numbers as `base` has them. */
function profileOf(base: ProfileValues, { world }: SlotView): ProfileValues {
  const { slot_s, floor_J, event_J, events_max, miss_weight, cell } = world;
  const slot_ms = Math.round(slot_s * MS);
  const floor_nA = (floor_J / cell.efficiency_out / slot_s / CELL_V) * 1e9;
  return {
    ...base,
    ...{ capacity_nAh: cell.capacity_J * NAH_PER_J, series: 1, parallel: 1, capacity_spread: 0 },
    ...{ self_drain_nA: 0, leak_nA: 0, leak_sigma_nA: 0, leak_walk_nA: 0, load_sigma: 0 },
    ...{ observables: OBSERVED, actuators: 0, hypotheses: 1, soc_sigma_floor: 0 },
    ...{ adc_noise_mV: 0, adc_lsb_mV: 0.001, adc_gain_sigma: 0, storage_kind: 0 },
    ...{ sleep_drain_nA: floor_nA, active_drain_nA: floor_nA, wake_ms: 1 },
    ...{ sleep_min_ms: slot_ms, sleep_max_ms: slot_ms, period_s: slot_s },
    ...{ reserve_soc: 0, survival_soc: 0, alive_worth: miss_weight },
    ...{ event_worth: one(1), event_saturation: one(1), event_max: one(events_max) },
    event_drain_pC: one((event_J / cell.efficiency_out) * PC_PER_J),
    ...{ event_pulse_nA: NONE, event_pulse_ms: NONE, event_deadline_s: NONE, source_kind: NONE },
  };
}

/** One life of the core. */
class Node {
  readonly #core: Core;
  readonly #words: Words;
  #stored_J: number;

  constructor(module: WebAssembly.Module, base: ProfileValues, view: SlotView, told: Told) {
    this.#core = new Core(new WebAssembly.Instance(module).exports);
    this.#words = new Words(this.#core);
    const profile = compileProfile({ ...profileOf(base, view), ...told });
    this.#must(this.#core.loadProfile(profile));
    this.#must(this.#core.boot(Reason.cold, undefined, 0));
    this.#stored_J = view.stored_J;
    const { sample, vital } = this.#words;
    // a rest voltage opens the books, at some SOC; then the true charge is put there
    sample.valid = Values.voltage | Values.temperature;
    sample.temperature_degC = 25;
    sample.voltage_mV = base.tables.ocv[0]!.ocv_mV[1]!;
    sample.time_ms = 1;
    this.#must(this.#core.exports.step());
    vital.charge_pC = Math.round(view.stored_J * PC_PER_J);
    sample.valid = Values.temperature;
    sample.time_ms = START_MS;
    this.#must(this.#core.exports.step());
  }

  /** Events for the slot that begins. */
  plan({ world, slot, stored_J, past_J }: SlotView): number {
    const { sample, decision } = this.#words;
    if (slot > 0) {
      sample.valid = Values.temperature | Values.charge | Values.harvest;
      sample.time_ms = (START_MS + Math.round(slot * world.slot_s * MS)) % WORD;
      const moved_pC = Math.round((stored_J - this.#stored_J) * PC_PER_J);
      sample.charge_pC = moved_pC;
      // what was asked for is not asked for again
      sample.events[0] = decision.events[0]!;
      sample.harvest_mean_nA = (past_J[slot - 1]! * PC_PER_J) / 1000 / world.slot_s;
      this.#must(this.#core.exports.step());
    }
    this.#stored_J = stored_J;
    return decision.events[0]!;
  }

  #must(status: number): void {
    if ((status & 255) >= FATAL) throw new Error(this.#core.statusText(status));
  }
}

/** The core as it is built, with the tables and the plan of the default scenario. */
export function usualCore(told: Told = {}): () => SlotPolicy {
  const module = coreModule();
  return ours(module, resolveProfile(readScenario(projectPath("boards"), SCENARIO)), told);
}

/**
 * `module` is the core's; `base` a resolved profile whose cell and plan are used; `told` is what a
 * world says of its events and its seasons beyond the numbers of a slot world.
 */
export function ours(
  module: WebAssembly.Module,
  base: ProfileValues,
  told: Told = {},
): () => SlotPolicy {
  return () => {
    let node: Node | undefined;
    return (view) => (node ??= new Node(module, base, view, told)).plan(view);
  };
}
