// Plays the steps of a scenario on a rig, and keeps what was expected against what was seen.

import { type Rig } from "../rig.js";
import { QUANTITIES } from "./quantities.js";
import { seconds, type Condition, type PlainStep, type Step } from "./script.js";

/** An expectation, and what became of it. */
export interface Check {
  /** `steps[3].expect[0]`, with the turn of a repetition. */
  place: string;
  note: string;
  time_s: number;
  quantity: string;
  unit: string;
  expected: string;
  seen: string;
  pass: boolean;
}

const DIGITS = 7;
const shown = (value: number) => String(Number(value.toPrecision(DIGITS)));

/** What a condition asks for, in words. */
export function wording({ value, tolerance, min, max, is, has, lacks }: Condition): string {
  if (is !== undefined) return is;
  if (has !== undefined && lacks !== undefined) return `has ${has}, lacks ${lacks}`;
  if (has !== undefined) return `has ${has}`;
  if (lacks !== undefined) return `lacks ${lacks}`;
  if (value !== undefined) return `${shown(value)} +- ${shown(tolerance ?? 0)}`;
  if (min !== undefined && max !== undefined) return `${shown(min)} .. ${shown(max)}`;
  return min !== undefined ? `at least ${shown(min)}` : `at most ${shown(max!)}`;
}

function holdsFor(value: number, condition: Condition): boolean {
  const { value: wanted, tolerance = 0, min = -Infinity, max = Infinity } = condition;
  const near = wanted === undefined || Math.abs(value - wanted) <= tolerance;
  return near && value >= min && value <= max;
}

/** Whether a condition holds now, and what is seen. */
function look(rig: Rig, condition: Condition): { holds: boolean; seen: string } {
  const quantity = QUANTITIES[condition.quantity]!;
  if (quantity.kind === "number") {
    const value = quantity.read(rig);
    return { holds: holdsFor(value, condition), seen: shown(value) };
  }
  if (quantity.kind === "name") {
    const seen = quantity.read(rig);
    return { holds: seen === condition.is, seen };
  }
  const names = quantity.read(rig);
  const { has, lacks } = condition;
  const holds =
    (has === undefined || names.includes(has)) && (lacks === undefined || !names.includes(lacks));
  return { holds, seen: names.length === 0 ? "none" : names.join(", ") };
}

class Play {
  readonly checks: Check[] = [];
  /** When the step before came. */
  #before_s = 0;

  constructor(
    readonly rig: Rig,
    readonly told: (check: Check) => void,
  ) {}

  async step(step: PlainStep, place: string, origin_s: number): Promise<void> {
    const { rig } = this;
    const acts = step.inject !== undefined || step.clear !== undefined;
    if (step.at !== undefined) {
      const from_s = step.at.startsWith("+") ? this.#before_s : origin_s;
      const until_s = from_s + seconds(step.at);
      // what goes wrong goes wrong at that moment; what is only looked at, disturbs nothing
      await (acts ? rig.runTo(until_s) : rig.wakeAfter(until_s));
    }
    if (step.when !== undefined) await this.#waitFor(step.when, step.note ?? "", place);
    this.#before_s = rig.time_s;
    if (step.clear !== undefined) rig.clear(step.clear);
    if (step.inject !== undefined) await rig.inject(step.inject);
    for (const [i, condition] of (step.expect ?? []).entries()) {
      this.#keep(condition, look(rig, condition), `${place}.expect[${i}]`, step.note ?? "");
    }
  }

  async repeat({ times, every, steps }: NonNullable<Step["repeat"]>, place: string): Promise<void> {
    const start_s = this.rig.time_s;
    for (let turn = 0; turn < times; turn++) {
      const origin_s = start_s + turn * seconds(every);
      await this.rig.runTo(origin_s);
      this.#before_s = this.rig.time_s;
      for (const [i, step] of steps.entries()) {
        await this.step(step, `${place}.repeat.steps[${i}], turn ${turn + 1}`, origin_s);
      }
    }
  }

  /** Lives from wake to wake until the condition holds; that it never does is a failure. */
  async #waitFor(when: NonNullable<PlainStep["when"]>, note: string, place: string) {
    const { rig } = this;
    const latest_s = Math.min(rig.time_s + seconds(when.within), rig.end_s);
    let found = look(rig, when);
    while (!found.holds && rig.time_s < latest_s) {
      await rig.wakeAfter(rig.time_s + Number.EPSILON * Math.max(rig.time_s, 1));
      found = look(rig, when);
    }
    this.#keep(when, found, `${place}.when`, note, ` within ${when.within}`);
  }

  #keep(
    condition: Condition,
    { holds, seen }: { holds: boolean; seen: string },
    place: string,
    note: string,
    within = "",
  ): void {
    const { quantity, unit = "" } = condition;
    const expected = `${wording(condition)}${within}`;
    const { time_s } = this.rig;
    const check = { place, note, time_s, quantity, unit, expected, seen, pass: holds };
    this.checks.push(check);
    this.told(check);
  }
}

/** Plays all steps, then lives on to the scenario's end. */
export async function play(
  rig: Rig,
  steps: readonly Step[],
  told: (check: Check) => void = () => undefined,
): Promise<Check[]> {
  const playing = new Play(rig, told);
  for (const [i, step] of steps.entries()) {
    await playing.step(step, `steps[${i}]`, 0);
    if (step.repeat !== undefined) await playing.repeat(step.repeat, `steps[${i}]`);
  }
  await rig.wakeAfter(rig.end_s);
  return playing.checks;
}
