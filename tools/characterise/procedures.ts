// What the laboratory does with a specimen. Rates are shares of the label's capacity per hour.

import { type Random } from "../../host/sim/random.js";
import { type Procedure } from "./manifest.js";
import { type Tester } from "./tester.js";

/** Between which displayed voltages a specimen may be. */
export interface Limits {
  charge_mV: number;
  cut_off_mV: number;
}

const ROOM_DEGC = 25;
const HOUR_S = 3600;
const MINUTE_S = 60;
const CHARGE_RATE = 1 / 10;
const SLOW_RATE = 1 / 50;
const MOVE_RATE = 1 / 10;
/** Where the surface would be empty at MOVE_RATE. */
const LOW_SOC = 0.11;
const LOW_RATE = 1 / 100;
const PULSE_RATE = 1 / 2;
const PULSE_S = 30;
const PULSE_REST_S = 10 * MINUTE_S;
/** A full charge and a full discharge end when the current has fallen so far. */
const FULL_RATE = 1 / 1000;
const EMPTY_RATE = 1 / 2000;
const REST_S = 1800;
/** Until a specimen has the temperature of its chamber. */
const SOAK_S = 3600;

/** Where the pulses are, shares of the capacity above empty. */
const DOWN = [
  0.94, 0.87, 0.8, 0.73, 0.66, 0.59, 0.52, 0.45, 0.38, 0.31, 0.24, 0.17, 0.12, 0.08, 0.05, 0.03,
  0.015,
];
const UP = [0.01, 0.02, 0.04, 0.08, 0.14, 0.22, 0.32, 0.42, 0.54, 0.68, 0.84];
const AT_TEMPERATURES = [0.92, 0.8, 0.66, 0.52, 0.4, 0.3, 0.2, 0.1];
const TEMPERATURES_DEGC = [25, 40, 10, 0, -10];
/** Pulses at a temperature are as strong as needed for this drop. */
const DROP_MV = 30;
const PROBE_RATE = 1 / 200;
const DROP_PULSE_S = 10;
const CHECK_DEGC = [25, 15, 35, 25];
const CHECK_MOVES = 20;
/** C/100 to C/8. */
const CHECK_RATE_MIN = 0.01;
const CHECK_LOG_RATE = Math.log(12.5);
const CHECK_SOC_MIN = 0.12;
const CHECK_SOC_MAX = 0.97;

const FAST_DEGC = [25, 40, 10];
const FAST_RATE = 0.5;
const FAST_STEPS = 90;
const FAST_STEP_S = 120;
/** Of the steps' currents so much lies below zero: on the whole they discharge. */
const FAST_DOWN = 0.65;

/** Current of a rate; rates are per hour, labels in nAh. */
const nA = (tester: Tester, rate: number) => rate * tester.label_nAh;

/** A full charge, also of a full cell: a little is taken out before. */
function fill(tester: Tester, limits: Limits, rate = CHARGE_RATE): void {
  tester.drive(-nA(tester, rate), MINUTE_S, limits.cut_off_mV);
  tester.drive(nA(tester, rate), Infinity, limits.charge_mV);
  tester.hold(limits.charge_mV, nA(tester, rate), nA(tester, FULL_RATE));
  tester.rest(REST_S);
}

function empty(tester: Tester, limits: Limits, rate = SLOW_RATE): void {
  tester.drive(-nA(tester, rate), Infinity, limits.cut_off_mV);
  tester.hold(limits.cut_off_mV, -nA(tester, rate), nA(tester, EMPTY_RATE));
  tester.rest(REST_S);
}

/** Moves by so many shares of the capacity, unless a limit comes first. */
function move(tester: Tester, limits: Limits, from: number, to: number): void {
  const share = to - from;
  const rate = Math.min(from, to) < LOW_SOC ? LOW_RATE : MOVE_RATE;
  const limit_mV = share > 0 ? limits.charge_mV : limits.cut_off_mV;
  const moved_nAh = Math.abs(share) * tester.capacity_nAh;
  const current_nA = nA(tester, rate);
  const time_s = (moved_nAh / current_nA) * HOUR_S;
  tester.drive(Math.sign(share) * current_nA, time_s, limit_mV);
  tester.rest(REST_S);
}

/** Out and back, so that the charge stays. */
function pulses(tester: Tester, limits: Limits, current_nA: number, time_s: number): void {
  const flowed_s = tester.drive(-current_nA, time_s, limits.cut_off_mV);
  tester.rest(PULSE_REST_S);
  tester.drive(current_nA, flowed_s, limits.charge_mV);
  tester.rest(PULSE_REST_S);
}

function slow(tester: Tester, limits: Limits): void {
  tester.begin(ROOM_DEGC);
  fill(tester, limits);
  const full_nAh = tester.charge_nAh;
  empty(tester, limits);
  tester.capacity_nAh = full_nAh - tester.charge_nAh;
  fill(tester, limits, SLOW_RATE);
}

function gitt(tester: Tester, limits: Limits): void {
  tester.begin(ROOM_DEGC);
  fill(tester, limits);
  let at = 1;
  for (const next of DOWN) {
    move(tester, limits, at, next);
    pulses(tester, limits, nA(tester, next < LOW_SOC ? MOVE_RATE : PULSE_RATE), PULSE_S);
    at = next;
  }
  empty(tester, limits);
  at = 0;
  for (const next of UP) {
    move(tester, limits, at, next);
    pulses(tester, limits, nA(tester, next < LOW_SOC ? MOVE_RATE : PULSE_RATE), PULSE_S);
    at = next;
  }
  fill(tester, limits);
}

function temperature(tester: Tester, limits: Limits): void {
  tester.begin(ROOM_DEGC);
  fill(tester, limits);
  let at = 1;
  for (const next of AT_TEMPERATURES) {
    tester.chamber(ROOM_DEGC);
    tester.rest(SOAK_S);
    move(tester, limits, at, next);
    for (const shown_degC of TEMPERATURES_DEGC) {
      tester.chamber(shown_degC);
      tester.rest(SOAK_S);
      const probe_nA = nA(tester, PROBE_RATE);
      const drop_mV = tester.shown_mV(0) - tester.shown_mV(-probe_nA);
      const wanted_nA = (probe_nA * DROP_MV) / Math.max(drop_mV, 1e-3);
      pulses(tester, limits, Math.min(wanted_nA, nA(tester, 1)), DROP_PULSE_S);
    }
    at = next;
  }
  tester.chamber(ROOM_DEGC);
  tester.rest(SOAK_S);
  fill(tester, limits);
}

/** Hours of sun and of night at C/100 to C/8, minutes of rest, and short pulses, as a node has. */
function check(tester: Tester, limits: Limits, random: Random): void {
  tester.begin(ROOM_DEGC);
  fill(tester, limits);
  const full_nAh = tester.charge_nAh;
  for (const shown_degC of CHECK_DEGC) {
    tester.chamber(shown_degC);
    tester.rest(SOAK_S);
    for (let i = 0; i < CHECK_MOVES; i++) {
      const rate = CHECK_RATE_MIN * Math.exp(CHECK_LOG_RATE * random.uniform());
      const time_s = HOUR_S * (0.3 + 3 * random.uniform());
      const share = (rate * time_s) / HOUR_S;
      const soc = 1 + (tester.charge_nAh - full_nAh) / tester.capacity_nAh;
      const charges =
        random.uniform() < 0.5 ? soc + share < CHECK_SOC_MAX : soc - share < CHECK_SOC_MIN;
      const limit_mV = charges ? limits.charge_mV : limits.cut_off_mV;
      tester.drive((charges ? 1 : -1) * nA(tester, rate), time_s, limit_mV);
      tester.rest(5 * MINUTE_S);
      tester.drive(-nA(tester, PULSE_RATE), 2, limits.cut_off_mV);
      tester.rest(MINUTE_S);
    }
  }
  tester.chamber(ROOM_DEGC);
  tester.rest(SOAK_S);
  fill(tester, limits);
}

/** Discharges to the cut-off, charges as fast as those of a node in the sun, and steps of both. */
function fast(tester: Tester, limits: Limits, random: Random): void {
  tester.begin(ROOM_DEGC);
  fill(tester, limits);
  for (const shown_degC of FAST_DEGC) {
    tester.chamber(shown_degC);
    tester.rest(SOAK_S);
    tester.drive(-nA(tester, FAST_RATE), Infinity, limits.cut_off_mV);
    tester.rest(REST_S);
    fill(tester, limits, 2 * FAST_RATE);
    for (let i = 0; i < FAST_STEPS; i++) {
      const rate = 2 * FAST_RATE * (random.uniform() - FAST_DOWN);
      const limit_mV = rate > 0 ? limits.charge_mV : limits.cut_off_mV;
      tester.drive(nA(tester, rate), FAST_STEP_S * random.uniform(), limit_mV);
    }
    tester.rest(REST_S);
    tester.chamber(ROOM_DEGC);
    tester.rest(SOAK_S);
    fill(tester, limits);
  }
}

/** Each procedure's file, what it does, and at which temperatures. */
export const PLAN: readonly {
  file: string;
  procedure: Procedure;
  temperatures_degC: number[];
  run: (tester: Tester, limits: Limits, random: Random) => void;
}[] = [
  { file: "slow_25degC.csv", procedure: "slow", temperatures_degC: [25], run: slow },
  { file: "gitt_25degC.csv", procedure: "gitt", temperatures_degC: [25], run: gitt },
  {
    file: "temperatures.csv",
    procedure: "temperature",
    temperatures_degC: TEMPERATURES_DEGC,
    run: temperature,
  },
  { file: "check.csv", procedure: "check", temperatures_degC: [15, 25, 35], run: check },
  { file: "fast.csv", procedure: "fast", temperatures_degC: FAST_DEGC, run: fast },
];
