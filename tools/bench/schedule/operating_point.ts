// What the core's manager of the operating ratio captures of measured curves: a recording of 50 Hz
// on a jogging person, and each measured curve of four indoor cells for a day.
//
// The converter samples the open voltage every 4.1 s for 4 ms (in which nothing flows) and holds a
// ratio of it, timing and ratios of the AEM13920's lists. The node wakes once a minute, reads the
// harvest's current and the open voltage, and where the core asks, the current at a second ratio as
// well. Such a try is paid: two readings of 128 ms at the wrong ratio, and three milliseconds
// awake. The manager starts from the usual ratio in the board's file; 0.8 is what common boards are
// strapped to.

import { readPart, readScenario } from "../../../boards/parts.js";
import { resolveProfile } from "../../../boards/resolve.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Actuators, Reason, Values } from "../../../host/core/abi.js";
import { Core } from "../../../host/core/core.js";
import { compileProfile, type ProfileValues } from "../../../host/core/profile.js";
import { Words } from "../../../host/core/words.js";
import { coreModule } from "../../build/built.js";
import { projectPath } from "../../build/paths.js";
import { type MeasuredCurve } from "./measured_curves.js";

const MS = 1000;
/** Its ratios are those of its file; of its timing these two. */
const PMIC = "aem13920";
const SAMPLE_S = 0.004;
const PERIOD_S = 4.096;
const STRAP = 0.8;
/** Between source and cell; the cell, and the meter's smallest step. */
const EFFICIENCY = 0.75;
const CELL_V = 3.8;
const METER_NA = 70.6;
const WAKE_S = 60;
/** A try: time at the second ratio, and what the processor takes, 3.2 mA at 3 V for 3 ms. */
const TRY_S = 0.256;
const TRY_J = 3.2e-3 * 3 * 3e-3;
const DAY_S = 86400;
/** A grid on which the true maximum is looked for. */
const GRID = 400;

/** A node whose board can set the ratio, and measures what it brings. */
function profileOf(): ProfileValues {
  const root = projectPath("boards");
  const base = resolveProfile(readScenario(root, "default-year"));
  const levels = plain(readPart(root, "pmic", PMIC)).physics.controls?.mpp_ratios ?? [];
  const first = (value: number) => [value, 0, 0, 0];
  return {
    ...base,
    ...{ storage_kind: 0, actuators: Actuators.mpp, source_kind: first(1) },
    mpp_level: base.mpp_level.map((_, i) => levels[i] ?? 0),
    observables:
      Values.voltage | Values.temperature | Values.harvest_now | Values.probe | Values.source,
  };
}

export interface Capture {
  /** Of the true maximum, all costs paid. */
  share: number;
  /** What a converter strapped to 0.8 would have had. */
  strapped: number;
  tries: number;
  ratio: number;
}

/** The core as firmware of such a node. */
class Manager {
  readonly #core: Core;
  readonly #words: Words;
  ratio: number;
  tries = 0;

  constructor(module: WebAssembly.Module, values: ProfileValues) {
    this.ratio = values.source_mpp_ratio[0]!;
    this.#core = new Core(new WebAssembly.Instance(module).exports);
    this.#words = new Words(this.#core);
    this.#core.loadProfile(compileProfile(values));
    this.#core.boot(Reason.cold, undefined, 0);
  }

  /** One wake; returns the second ratio that was tried, 0: none. */
  wake(time_s: number, open_V: number, power_W: (ratio: number) => number): number {
    const { sample, decision } = this.#words;
    const asked = decision.probe_ratio;
    sample.time_ms = Math.round(time_s * MS);
    sample.valid = Values.voltage | Values.temperature | Values.harvest_now | Values.source;
    sample.voltage_mV = CELL_V * MS;
    sample.temperature_degC = 25;
    sample.source_mV[0] = open_V * MS;
    sample.harvest_now_nA = metered_nA(power_W(this.ratio));
    if (asked > 0) {
      sample.valid |= Values.probe;
      sample.probe_nA = metered_nA(power_W(asked));
      this.tries++;
    }
    const status = this.#core.exports.step();
    if ((status & 255) >= 16) throw new Error(this.#core.statusText(status));
    if (decision.mpp_ratio > 0) this.ratio = decision.mpp_ratio;
    return asked;
  }
}

/** Current into the cell as the meter reads it. */
function metered_nA(power_W: number): number {
  const nA = (Math.max(0, power_W) * EFFICIENCY * 1e9) / CELL_V;
  return Math.floor(nA / METER_NA) * METER_NA;
}

/** Highest power of a curve, W. */
function highest_W(curve: MeasuredCurve): number {
  let best = 0;
  for (let i = 1; i < GRID; i++) {
    const voltage_V = (curve.open_V * i) / GRID;
    best = Math.max(best, voltage_V * curve.currentAt(voltage_V));
  }
  return best;
}

/** Lives a recording whose curve changes every `step_s`. */
export function captureOf(curves: readonly MeasuredCurve[], step_s: number): Capture {
  const module = coreModule();
  const manager = new Manager(module, profileOf());
  const ends_s = curves.length === 1 ? DAY_S : curves.length * step_s;
  const single = curves.length === 1 ? highest_W(curves[0]!) : 0;
  const pace_s = curves.length === 1 ? PERIOD_S : step_s;
  let [best_J, got_J, strapped_J] = [0, 0, 0];
  let sampled_s = -Infinity;
  let woke_s = 0;
  let held_V = 0;
  for (let time_s = pace_s; time_s <= ends_s; time_s += pace_s) {
    const curve = curves[Math.min(curves.length - 1, Math.floor(time_s / step_s))]!;
    const power_W = (voltage_V: number) => voltage_V * Math.max(0, curve.currentAt(voltage_V));
    let pause_s = 0;
    if (time_s - sampled_s >= PERIOD_S) {
      held_V = curve.open_V;
      sampled_s = time_s;
      pause_s = SAMPLE_S;
    }
    best_J += (single || highest_W(curve)) * pace_s;
    got_J += power_W(manager.ratio * held_V) * (pace_s - pause_s);
    strapped_J += power_W(STRAP * held_V) * (pace_s - pause_s);
    if (time_s - woke_s < WAKE_S) continue;
    woke_s = time_s;
    const before = manager.ratio;
    const tried = manager.wake(time_s, curve.open_V, (ratio) => power_W(ratio * held_V));
    if (tried === 0) continue;
    const lost_W = power_W(before * held_V) - power_W(tried * held_V);
    got_J -= Math.max(0, lost_W) * TRY_S + TRY_J / EFFICIENCY;
  }
  return {
    ...{ share: got_J / best_J, strapped: strapped_J / best_J },
    ...{ tries: manager.tries, ratio: manager.ratio },
  };
}
