// Which way the current of a file counts. What is known without any convention: a cell has a
// positive resistance, so its voltage rises where the current steps towards charging, and it rises
// as charge goes in.

import { MeasurementError } from "../characterise/manifest.js";

interface Columns {
  t_s: Float64Array;
  voltage_mV: Float64Array;
  current_nA: Float64Array;
  /** From a column of states: -1 discharge, 1 charge; NaN where it says nothing. */
  direction: Float64Array | undefined;
}

/** A cue below this says nothing. */
const CLEAR = 0.5;
/** A current that flows one way only steps with the voltage as clearly as this. */
const ONE_WAY = 0.9;
/** Of the largest current: smaller steps are noise. */
const STEP_SHARE = 0.05;

/** So near to the highest voltage a charger may hold it: there the current steps by itself. */
const HELD_MV = 5;

/** -1 to 1: whether the voltage steps with the current. */
function stepCue({ voltage_mV, current_nA }: Columns): number {
  const held_mV = voltage_mV.reduce((most, mV) => Math.max(most, mV), -Infinity) - HELD_MV;
  const largest = current_nA.reduce((most, nA) => Math.max(most, Math.abs(nA)), 0);
  let joint = 0;
  let all = 0;
  for (let row = 1; row < current_nA.length; row++) {
    const step = current_nA[row]! - current_nA[row - 1]!;
    const held = voltage_mV[row]! > held_mV && voltage_mV[row - 1]! > held_mV;
    if (held || Math.abs(step) < STEP_SHARE * largest || largest === 0) continue;
    const product = step * (voltage_mV[row]! - voltage_mV[row - 1]!);
    joint += product;
    all += Math.abs(product);
  }
  return all > 0 ? joint / all : 0;
}

/** Less of a column's variance than this is rounding. */
const LEFT_MIN = 1e-6;

/** A column less its mean, and less what of it goes with another such column. */
function without(values: Float64Array, other: Float64Array | undefined): Float64Array {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const free = values.map((x) => x - mean);
  if (other === undefined) return free;
  const square = dot(other, other);
  const slope = square > 0 ? dot(free, other) / square : 0;
  const left = free.map((x, row) => x - slope * other[row]!);
  return dot(left, left) > LEFT_MIN * dot(free, free) ? left : left.fill(0);
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, row) => sum + x * b[row]!, 0);

/**
 * -1 to 1: correlation of the voltage with the charge that went in, apart from what of both goes
 * with the current: in a short record the drop over a resistance is more than the charge does.
 */
function chargeCue({ t_s, voltage_mV, current_nA }: Columns): number {
  const charge = new Float64Array(t_s.length);
  for (let row = 1; row < t_s.length; row++) {
    charge[row] = charge[row - 1]! + current_nA[row]! * (t_s[row]! - t_s[row - 1]!);
  }
  const current = without(current_nA, undefined);
  const [q, v] = [without(charge, current), without(voltage_mV, current)];
  const size = Math.sqrt(dot(q, q) * dot(v, v));
  return size > 0 ? dot(q, v) / size : 0;
}

/** Makes charging positive; what it did, if anything. Throws when nothing fits together. */
export function turnSign(file: string, columns: Columns): string | undefined {
  const { current_nA, direction } = columns;
  let said: string | undefined;
  const unsigned = current_nA.every((nA) => nA >= 0);
  if (unsigned && direction?.some((way) => way < 0) === true) {
    direction.forEach((way, row) => (current_nA[row]! *= way < 0 ? -1 : 1));
    said = "current has no sign: taken from the column of states";
  }
  const steps = stepCue(columns);
  const cues = [steps, chargeCue(columns)];
  if (unsigned && said === undefined && steps !== 0 && Math.abs(steps) < ONE_WAY) {
    throw new MeasurementError(
      `${file}: the current has one sign only, but the voltage steps both ways with it; ` +
        "a column of states can tell: name that of the states with --columns state=NAME",
    );
  }
  const votes = cues.filter((cue) => Math.abs(cue) >= CLEAR).map(Math.sign);
  if (votes.length === 0) {
    throw new MeasurementError(
      `${file}: the voltage follows neither steps of the current nor its charge; ` +
        "check which columns are voltage and current (--columns)",
    );
  }
  if (votes.some((vote) => vote !== votes[0])) {
    throw new MeasurementError(
      `${file}: the voltage rises where the current steps up, but falls as its charge goes in ` +
        "(or the reverse); check the sign within the file, and which columns are read (--columns)",
    );
  }
  if (votes[0]! > 0) return said;
  for (let row = 0; row < current_nA.length; row++) current_nA[row] = -current_nA[row]!;
  return "current is positive on discharge (the voltage falls as it flows): sign turned";
}
