// The charge of a file: the tester's own counter where it is one over the whole file, else the
// integral of current over time. Where both are there they check each other's units: a current of
// milliamperes that is read as amperes integrates to a thousand times the counter.

import { MeasurementError } from "../characterise/manifest.js";

interface Counters {
  counter: Float64Array | undefined;
  charged: Float64Array | undefined;
  discharged: Float64Array | undefined;
}

/** Integral over counter may be off by this: testers restart their counters, and filter. */
const RATIO_MAX = 1.5;
/** The counter is the file's charge when it stays this near to the integral, of its span. */
const SAME = 0.03;
/** What a wrong unit does to the ratio: the unit that the numbers are really in. */
const SLIPS: readonly [ratio: number, really: string][] = [
  [1e3, "is the current in mA, or the counter in Ah?"],
  [1e-3, "is the current in A, or the counter in mAh?"],
  [1e6, "is the current in uA?"],
  [1e-6, "is the current in A?"],
  [60, "is the time in s?"],
  [1 / 60, "is the time in min?"],
  [3600, "is the time in s?"],
  [1 / 3600, "is the time in h?"],
];
const SLIP_NEAR = Math.log(1.5);

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Charge counted over charge integrated, of the rows where both move; NaN: nowhere. */
function ratioOf(integral: Float64Array, counter: Float64Array): number {
  const largest = counter.reduce((most, nAh) => Math.max(most, Math.abs(nAh)), 0);
  const ratios: number[] = [];
  // over a few rows, so that a counter's resolution and a mean current do not show
  const stride = Math.max(1, Math.floor(counter.length / 200));
  for (let row = stride; row < counter.length; row += stride) {
    const moved = Math.abs(counter[row]! - counter[row - stride]!);
    const flowed = Math.abs(integral[row]! - integral[row - stride]!);
    if (moved > 1e-6 * largest && flowed > 0) ratios.push(flowed / moved);
  }
  return median(ratios);
}

function checkUnits(file: string, ratio: number): void {
  if (!(ratio > RATIO_MAX || ratio < 1 / RATIO_MAX)) return;
  const slip = SLIPS.find(([times]) => Math.abs(Math.log(ratio / times)) < SLIP_NEAR);
  throw new MeasurementError(
    `${file}: current over time is ${Number(ratio.toPrecision(3))} times the file's own count of ` +
      `charge, it must be 1; ${slip?.[1] ?? "check the units."} ` +
      "Say the unit in the heading, or with --columns KIND=NAME:UNIT",
  );
}

/** One signed counter of what the file has; undefined: none. */
function joined({ counter, charged, discharged }: Counters): Float64Array | undefined {
  if (charged === undefined || discharged === undefined) return counter;
  return charged.map((nAh, row) => nAh - discharged[row]!);
}

export interface Counted {
  /** Since the first row, charging positive. */
  charge_nAh: Float64Array;
  /** Whether a counter agrees with current over time. */
  counted: boolean;
  /** The counter itself, charging positive, where it runs on over the whole file. */
  counter_nAh: Float64Array | undefined;
}

/** The file's charge. Throws MeasurementError where units cannot be right. */
export function countCharge(
  file: string,
  t_s: Float64Array,
  current_nA: Float64Array,
  counters: Counters,
): Counted {
  const integral = new Float64Array(t_s.length);
  for (let row = 1; row < t_s.length; row++) {
    const hours = (t_s[row]! - t_s[row - 1]!) / 3600;
    integral[row] = integral[row - 1]! + current_nA[row]! * hours;
  }
  const counter = joined(counters);
  if (counter === undefined || !counter.every(Number.isFinite)) {
    return { charge_nAh: integral, counted: false, counter_nAh: undefined };
  }
  checkUnits(file, ratioOf(integral, counter));
  const span = integral.reduce((most, nAh) => Math.max(most, Math.abs(nAh)), 0);
  for (const sign of [1, -1]) {
    const charge_nAh = counter.map((nAh) => sign * (nAh - counter[0]!));
    const same = charge_nAh.every((nAh, row) => Math.abs(nAh - integral[row]!) <= SAME * span);
    // + 0: no zero is negative
    const counter_nAh = counter.map((nAh) => sign * nAh + 0);
    if (same) return { charge_nAh, counted: true, counter_nAh };
  }
  return { charge_nAh: integral, counted: true, counter_nAh: undefined };
}
