// The steps of a scenario, read: times in seconds, quantities found and their units checked. What
// is wrong with one gives one line with its place.

import { AREAS } from "../../core/abi.js";
import { type FaultName, type Faults } from "../faults/faults.js";
import { QUANTITIES, type Quantity } from "./quantities.js";

/** What is to be seen: a number in a range, or names. As it stands in the file. */
export interface Condition {
  quantity: string;
  unit?: string | undefined;
  value?: number | undefined;
  tolerance?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
  is?: string | undefined;
  has?: string | undefined;
  lacks?: string | undefined;
}

/** A step as it stands in the file; one that says neither `at` nor `when` comes at once. */
export interface PlainStep {
  note?: string | undefined;
  at?: string | undefined;
  when?: (Condition & { within: string }) | undefined;
  clear?: FaultName[] | undefined;
  inject?: Faults | undefined;
  expect?: Condition[] | undefined;
}

export interface Step extends PlainStep {
  repeat?: { times: number; every: string; steps: PlainStep[] } | undefined;
}

/** Steps that cannot be read; the message is one line. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
}

const UNITS_S: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86400 };

/** Seconds of `90 min`. */
export function seconds(text: string): number {
  const [, number = "", unit = ""] = /^\+?([\d.]+) (\w+)$/.exec(text) ?? [];
  const factor = UNITS_S[unit];
  const value = number === "" ? NaN : Number(number);
  if (factor !== undefined && Number.isFinite(value)) return value * factor;
  throw new ScriptError(`${text} must be a number and a unit, s, min, h or d: 90 min`);
}

/** The known name nearest to a misspelt one: shares most of its letters' pairs. */
function nearest(name: string, known: readonly string[]): string {
  const pairs = (word: string) => [...word].slice(1).map((letter, i) => word[i]! + letter);
  const here = pairs(name);
  const score = (other: string) => pairs(other).filter((pair) => here.includes(pair)).length;
  return known.reduce((best, other) => (score(other) > score(best) ? other : best), known[0]!);
}

function checkName(names: readonly string[], name: string | undefined): string | undefined {
  if (name === undefined || names.length === 0 || names.includes(name)) return undefined;
  return `${name} is no name of it; did you mean ${nearest(name, names)}?`;
}

/** What is wrong with the numbers of a condition. */
function wrongNumber(condition: Condition, unit: string): string | undefined {
  const { value, tolerance, min, max } = condition;
  if (condition.is !== undefined || condition.has !== undefined || condition.lacks !== undefined) {
    return "is a number: say value and tolerance, min or max";
  }
  if (condition.unit !== unit) return `has the unit ${unit}; say "unit": "${unit}"`;
  if (value === undefined && min === undefined && max === undefined) {
    return "lacks what is expected: say value and tolerance, min or max";
  }
  if (value !== undefined && tolerance === undefined) return "lacks its tolerance; say it, even 0";
  return undefined;
}

function wrong(condition: Condition, found: Quantity): string | undefined {
  if (found.kind === "number") return wrongNumber(condition, found.unit);
  const { is, has, lacks } = condition;
  if (found.kind === "name") {
    return is === undefined ? "is a name: say is" : checkName(found.names, is);
  }
  if (has === undefined && lacks === undefined) return "is a set of names: say has or lacks";
  return checkName(found.names, has) ?? checkName(found.names, lacks);
}

/** The quantity of a condition. Throws ScriptError that begins with `place`. */
function checkCondition(condition: Condition, place: string): void {
  const { quantity } = condition;
  const found = Object.hasOwn(QUANTITIES, quantity) ? QUANTITIES[quantity] : undefined;
  if (found === undefined) {
    const meant = nearest(quantity, Object.keys(QUANTITIES));
    throw new ScriptError(
      `${place}.quantity = ${quantity} is not known; did you mean ${meant}? ` +
        "tfmb hil list --quantities names all",
    );
  }
  const why = wrong(condition, found);
  if (why !== undefined) throw new ScriptError(`${place}: ${quantity} ${why}`);
}

function checkProfile({ profile }: Faults, place: string): void {
  const field = profile?.field;
  if (field === undefined || Object.hasOwn(AREAS.profile.fields, field)) return;
  const meant = nearest(field, Object.keys(AREAS.profile.fields));
  throw new ScriptError(
    `${place}.profile.field = ${field} is no field of a profile; did you mean ${meant}?`,
  );
}

function checkPlain(step: PlainStep, place: string): void {
  if (step.at !== undefined && step.when !== undefined) {
    throw new ScriptError(`${place} has at and when; give one, or two steps`);
  }
  if (step.at !== undefined) seconds(step.at);
  if (step.when !== undefined) {
    seconds(step.when.within);
    checkCondition(step.when, `${place}.when`);
  }
  if (step.inject !== undefined) checkProfile(step.inject, `${place}.inject`);
  step.expect?.forEach((condition, i) => checkCondition(condition, `${place}.expect[${i}]`));
}

/** Checks what the file's schema cannot. Throws ScriptError. */
export function checkSteps(steps: readonly Step[], file: string): void {
  steps.forEach((step, i) => {
    const place = `${file}: steps[${i}]`;
    checkPlain(step, place);
    step.repeat?.steps.forEach((inner, j) => checkPlain(inner, `${place}.repeat.steps[${j}]`));
  });
}
