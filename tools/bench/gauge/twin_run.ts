// One run of the twin test bed: a case, the core as its firmware, the ordinary methods on the same
// readings, and what their errors come to.

import { type Part } from "../../../boards/check.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Bed, type Case } from "../../../host/sim/twin/bed.js";
import { type Label, type Wiring } from "../../../host/sim/twin/case.js";
import { type CellSpecimen } from "../../../host/sim/specimen.js";
import { clipped } from "./ordinary/calibration.js";
import { METHODS, methodsFor, type MethodName } from "./ordinary/methods.js";
import { judgeWake, newScore, type Score } from "./score.js";
import { TwinCore } from "./twin_core.js";
import { twinProfile, type TwinParts } from "./twin_profile.js";

const DAY_S = 86400;
const HOUR_S = 3600;
/** So often health is noted. */
const MONTH_DAYS = 30;
/** When the learned drain is compared. */
const DRAIN_DAY = 10;
/** The cut-off is the last of the three lower limits. */
const CUT_OFF = 2;

/** Parts of a run by name, so that a thread gets them once. */
export interface Plan {
  parts: TwinParts;
  /** The board of twins whose charge is counted. */
  counting: TwinParts["board"];
  cells: Record<string, { part: Part<"cell">; fitted: CellSpecimen }>;
  setups: Record<string, Part<"setup">>;
  lists: Record<string, Part<"unknowns">>;
  /** Instead of the set-ups' own length. */
  days?: number | undefined;
}

export interface Task {
  setup: string;
  cell: string;
  list: string;
  wiring: Wiring;
  seed: number;
  /** Whether the ordinary methods run beside the core. */
  compared: boolean;
}

/** What is told of the cell's health beside the truth, as shares of what its label says. */
export interface Health {
  day: number;
  /** Undefined: not known yet. */
  capacity_share: number | undefined;
  resistance_ratio: number;
  true_share: number;
  true_ratio: number;
}

export interface Outcome {
  gauge: Score;
  ordinary: Record<MethodName, Score> | undefined;
  /** Learned over true drain at day ten. */
  drain_ratio: number | undefined;
  /** Error a day after the flat was left. */
  exit_error: number | undefined;
  /** Every month, and at the end. */
  health: Health[];
  /** Mean number of hypotheses, where the core tells it. */
  alive: number | undefined;
  /** Wakes at which the core forbade charging. */
  forbidden: number;
}

/** The label of a cell file. */
export function labelOf({ profile }: Part<"cell">): Label {
  return {
    capacity_nAh: profile.capacity_nAh.value,
    resistance_ohm: profile.resistance_ohm.value,
    float_mV: profile.float_mV.value,
    cut_off_mV: profile.voltage_min_mV.value[CUT_OFF]!,
    ocv_degC: profile.tables.ocv[0]!.temperature_degC.value,
  };
}

/** The case of a task. */
export function caseOf(plan: Plan, task: Task): Case {
  const { part, fitted } = plan.cells[task.cell]!;
  const setup = plan.setups[task.setup]!;
  return {
    name: task.setup,
    setup: { ...setup, days: plan.days ?? setup.days },
    unknowns: plan.lists[task.list]!,
    wiring: task.wiring,
    physics: plain(part).physics,
    label: labelOf(part),
    fitted,
    seed: task.seed,
  };
}

/** The profile of the task's firmware. */
export function profileOf(plan: Plan, task: Task, bed: Bed) {
  const { cells, setups, lists } = plan;
  const cell = cells[task.cell]!.part;
  const { wake_s } = setups[task.setup]!;
  const unknowns = lists[task.list]!;
  const counted = unknowns.counter !== undefined;
  const parts = counted ? { ...plan.parts, board: plan.counting } : plan.parts;
  return twinProfile({ parts, cell, bed, wiring: task.wiring, unknowns, wake_s });
}

/** When errors begin to count, and what is asked at certain moments. */
class Moments {
  readonly #of: Part<"setup">;
  #cv_s = Infinity;
  #left_s = Infinity;

  constructor(setup: Part<"setup">) {
    this.#of = setup;
  }

  /** A wake at this time: `limiting` is the truth, not the flag. */
  pass(time_s: number, soc: number, limiting: boolean): void {
    const { leave } = this.#of;
    if (limiting && this.#cv_s === Infinity) this.#cv_s = time_s;
    if (leave === undefined || this.#left_s < Infinity) return;
    if (time_s >= leave.day * DAY_S && soc > leave.left_soc) this.#left_s = time_s;
  }

  judged(time_s: number): boolean {
    const { judged_day, judged_after } = this.#of;
    if (time_s < judged_day * DAY_S) return false;
    return judged_after === "day" || time_s > this.#cv_s;
  }

  /** The first wake a day after the flat was left. */
  exit(time_s: number): boolean {
    if (time_s < this.#left_s + DAY_S) return false;
    this.#left_s = -Infinity;
    return true;
  }
}

/** Health as the core tells it, and as it is. */
export function healthOf(core: TwinCore, bed: Bed, { unknowns, label }: Case): Health {
  const true_nAh = bed.twin.capacity_nC / HOUR_S;
  return {
    day: bed.time_s / DAY_S,
    ...core.health,
    true_share: true_nAh / label.capacity_nAh,
    true_ratio: unknowns.resistance_ratio * bed.ageing.growth,
  };
}

/** Lives one case. Throws what the core says when it cannot go on. */
export function runTwin(plan: Plan, module: WebAssembly.Module, task: Task): Outcome {
  const of = caseOf(plan, task);
  const bed = new Bed(of);
  const profile = profileOf(plan, task, bed);
  const core = new TwinCore(module, profile);
  const { gauge } = core.words;
  const methods = task.compared ? methodsFor(profile) : undefined;
  const ordinary = { accounting: newScore(), table: newScore(), kalman: newScore() };
  const scores: Record<MethodName, Score> = { ...ordinary, rest: newScore() };
  const moments = new Moments(plan.setups[task.setup]!);
  const out = { gauge: newScore(), forbidden: 0, health: [] as Health[] };
  let [drain_ratio, exit_error]: (number | undefined)[] = [];
  let [alive, wakes] = [0, 0];
  while (!bed.over) {
    const reading = bed.read();
    // the core is judged by what it holds, beyond full as well; the others show 0 to 1
    const truth = clipped(bed.soc);
    moments.pass(bed.time_s, truth, bed.limiting);
    const judged = moments.judged(bed.time_s);
    core.step(reading);
    const error = core.soc - bed.soc;
    if (judged) judgeWake(out.gauge, error, gauge.soc_sigma);
    if (methods !== undefined) {
      for (const name of METHODS) {
        const soc = methods[name].step(reading);
        if (judged) judgeWake(scores[name], soc - truth, 0);
      }
    }
    if (bed.time_s === DRAIN_DAY * DAY_S) drain_ratio = core.drain_nA() / bed.unbooked_nA();
    if (exit_error === undefined && moments.exit(bed.time_s)) exit_error = error;
    alive += core.alive?.() ?? NaN;
    wakes++;
    if (!core.charge) out.forbidden++;
    bed.pass(core.charge, core.pause_s);
    const month = bed.time_s % (MONTH_DAYS * DAY_S) === 0;
    if (month || bed.over) out.health.push(healthOf(core, bed, of));
  }
  const told = core.alive === undefined ? undefined : alive / wakes;
  const compared = methods === undefined ? undefined : scores;
  return { ...out, ordinary: compared, drain_ratio, exit_error, alive: told };
}
