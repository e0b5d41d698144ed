// Samples of some days for the speed bench: light by day, the load at any time, the charger's float
// voltage in the afternoon. A stand-in for the plant in a few formulas: the bench needs samples
// that keep the filter in its usual states, not a cell.
//
// The days come round: the cell fills up in the last of them, so that the first begins where the
// last ends and the core may be fed with them again and again.

import { Pmic } from "../../../host/core/abi.js";
import { type ProfileValues } from "../../../host/core/profile.js";
import { type Measured } from "../../../host/core/sample.js";
import { Random } from "../../../host/sim/random.js";

export const INTERVAL_S = 600;
export const WAKES_PER_DAY = 144;

/** `time_ms` is left 0: the loop dates the samples. */
export interface Wake {
  sample: Measured;
  /** What the state of charge really is. */
  soc: number;
}

/** Highest harvest of a clear day: fills 50 uAh in an afternoon beside the load. */
const NOON_NA = 14000;
/** This cell's resistance over the profile's. */
const RESISTANCE_RATIO = 1.2;
const PULSE_NA = 30000;
const MEAN_DEGC = 21;
const SWING_K = 4;
const KELVIN = 273.15;
const MV_PER_NA_OHM = 1e-6;
const PC_PER_NA_S = 1000;
const PC_PER_NAH = 3.6e6;

/** `y` over `x` at `at`, straight between the nodes. */
function straight(x: readonly number[], y: readonly number[], at: number): number {
  const right = Math.max(
    1,
    x.findIndex((node) => node >= at),
  );
  const [x0, x1, y0, y1] = [x[right - 1]!, x[right]!, y[right - 1]!, y[right]!];
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}

/** One pass over the days from `start_soc`. */
function pass(profile: ProfileValues, days: number, seed: number, start_soc: number): Wake[] {
  const random = new Random(seed);
  const { tables } = profile;
  const { temperature_degC: table_degC, ocv_mV } = tables.ocv[0]!;
  const capacity_pC = profile.capacity_nAh * PC_PER_NAH;
  let soc = start_soc;
  return Array.from({ length: days * WAKES_PER_DAY }, (_, i) => {
    const phase = (2 * Math.PI * i) / WAKES_PER_DAY;
    const temperature_degC = MEAN_DEGC - SWING_K * Math.cos(phase);
    const per_K = 1 / (temperature_degC + KELVIN) - 1 / (25 + KELVIN);
    const warmth = Math.exp(profile.activation_K * per_K);
    const resistance_mV_nA = RESISTANCE_RATIO * profile.resistance_ohm * warmth * MV_PER_NA_OHM;
    const emf = () =>
      straight(tables.soc, ocv_mV, soc) +
      straight(tables.soc, tables.dudt_mV_K, soc) * (temperature_degC - table_degC);

    const events = [random.uniform() < 0.2 ? 1 : 0, Math.floor(6 * random.uniform()), 0, 0];
    const events_pC = events.reduce((sum, n, kind) => sum + n * profile.event_drain_pC[kind]!, 0);
    const active_pC = profile.active_drain_nA * profile.wake_ms;
    const drain_nA = profile.sleep_drain_nA + (active_pC + events_pC) / (PC_PER_NA_S * INTERVAL_S);
    const offered_nA = NOON_NA * Math.max(0, -Math.cos(phase)) * (0.5 + 0.5 * random.uniform());
    const room_nA = Math.max(0, (profile.float_mV - emf()) / resistance_mV_nA) + drain_nA;
    const harvest_nA = Math.min(offered_nA, room_nA);
    const change_pC = (harvest_nA - drain_nA) * PC_PER_NA_S * INTERVAL_S;
    soc = Math.min(1, Math.max(0, soc + change_pC / capacity_pC));

    const paused = i % 6 === 5;
    const current_nA = (paused ? 0 : harvest_nA) - profile.sleep_drain_nA;
    const read = (true_mV: number) =>
      profile.adc_lsb_mV *
      Math.round((true_mV + profile.adc_noise_mV * random.normal()) / profile.adc_lsb_mV);
    const voltage_mV = read(emf() + current_nA * resistance_mV_nA);
    const sample: Measured = {
      time_ms: 0,
      pmic_flags:
        (harvest_nA > 0 ? Pmic.charging : 0) |
        (offered_nA > room_nA ? Pmic.limiting : 0) |
        (paused ? Pmic.paused : 0),
      active_ms: profile.wake_ms,
      voltage_mV,
      ...(i % 4 !== 3 && {
        voltage_loaded_mV: read(voltage_mV - PULSE_NA * resistance_mV_nA),
        pulse_drain_nA: PULSE_NA,
      }),
      ...(i % 6 === 0 && { temperature_degC }),
      harvest_mean_nA: harvest_nA,
      harvest_now_nA: harvest_nA,
      source_mV: [offered_nA > 0 ? 2000 + 130 * Math.log(1 + offered_nA / 1000) : 0],
      events,
    };
    return { sample, soc };
  });
}

/** Wakes of `days` days that come round; the same for the same seed. */
export function sampleDays(profile: ProfileValues, days: number, seed: number): Wake[] {
  const settled = pass(profile, days, seed, 0.5).at(-1)!.soc;
  return pass(profile, days, seed, settled);
}
