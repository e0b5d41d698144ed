// The steps of a scenario on the rig: when, what goes wrong, what is to be seen then. Quantities,
// their units and names of states are those of host/hil/script/quantities.ts.

import * as v from "valibot";
import { number, text } from "./quantity.js";

const TIME = "must be a number and a unit, s, min, h or d: 90 min";
const time = v.pipe(v.string(TIME), v.regex(/^\d+(\.\d+)? (s|min|h|d)$/, TIME));

const AT = `${TIME}; after a +, counted from the step before`;
const at = v.pipe(v.string(AT), v.regex(/^\+?\d+(\.\d+)? (s|min|h|d)$/, AT));

const whole = (min: number, max: number, unit: string) =>
  v.pipe(number(min, max, unit), v.integer(`must be an integer ${min}..${max}`));

const yes = v.literal(true, "must be true, or absent");

const sensor = v.strictObject({
  stuck: v.optional(yes),
  open: v.optional(yes),
  nan: v.optional(yes),
  gain: v.optional(number(-1000, 1000, "1")),
  offset: v.optional(number(-1e6, 1e6, "mV, K or nA")),
  noise: v.optional(number(0, 1e6, "mV, K or nA")),
});

const clock = v.strictObject({
  jump_s: v.optional(number(-4e6, 4e6, "s")),
  drift_ppm: v.optional(number(-500000, 500000, "ppm")),
  rollover_in_s: v.optional(number(1, 4e6, "s")),
  stopped: v.optional(yes),
});

const kept = v.picklist(["kept", "lost"], "must be kept or lost");
const power = v.strictObject({
  off_s: number(0, 3e7, "s"),
  retained: kept,
  clock: kept,
});

const storage = v.strictObject({
  failing: v.optional(whole(1, 1e6, "1")),
  power_fails_after: v.optional(whole(0, 1e6, "1")),
  torn_after_bytes: v.optional(whole(0, 128, "B")),
  flipped_bits: v.optional(whole(1, 1024, "1")),
});

const profile = v.strictObject({
  flipped_bit: v.optional(whole(0, 1e6, "1")),
  field: v.optional(text),
  value: v.optional(v.number("must be a number")),
});

const faults = v.strictObject({
  voltage: v.optional(sensor),
  temperature: v.optional(sensor),
  harvest: v.optional(sensor),
  clock: v.optional(clock),
  power: v.optional(power),
  storage: v.optional(storage),
  profile: v.optional(profile),
  harvester_share: v.optional(number(0, 100, "1")),
  temperature_degC: v.optional(number(-40, 125, "degC")),
  load_ratio: v.optional(number(0, 1000, "1")),
  short_nA: v.optional(number(0, 1e8, "nA")),
});

/** A number with its unit against value and tolerance, or min and max; or names. */
const condition = {
  quantity: text,
  unit: v.optional(text),
  value: v.optional(v.number("must be a number")),
  tolerance: v.optional(number(0, 1e12, "the unit's")),
  min: v.optional(v.number("must be a number")),
  max: v.optional(v.number("must be a number")),
  is: v.optional(text),
  has: v.optional(text),
  lacks: v.optional(text),
};

const plainStep = {
  note: v.optional(text),
  at: v.optional(at),
  when: v.optional(v.strictObject({ ...condition, within: time })),
  clear: v.optional(v.array(v.picklist(Object.keys(faults.entries)))),
  inject: v.optional(faults),
  expect: v.optional(v.array(v.strictObject(condition))),
};

const repeat = v.strictObject({
  times: whole(1, 1000, "1"),
  every: time,
  steps: v.array(v.strictObject(plainStep), "must be a list of steps"),
});

export const steps = v.array(
  v.strictObject({ ...plainStep, repeat: v.optional(repeat) }),
  "must be a list of steps",
);
