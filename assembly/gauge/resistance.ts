// The resistance scale r, learned from load steps alone (Michigan's linear extrapolation, JSSC, 42
// nW): a filter of one state.
//
//   V1 - V2 = i_pulse R r

import { sample, vital, warm } from "../abi";
import { gate_squared, pulse_variance_mV2, resistance_variance_per_s } from "../derived";
import { real } from "../math/real";
import { dt_s } from "../sample/clock";

/** A load step is known to this share (a fact of the load, not of the cell). */
const PULSE_ERROR: real = 0.03;
const SCALE_LOW: real = 0.05;
const SCALE_HIGH: real = 50;
/** Beyond this variance the scale is only "unknown". */
const VARIANCE_MAX: real = 25;

/** The last load step was beyond the gate. */
export let pulse_gated: bool = false;

/** The scale walks with time. */
export function predict_resistance(): void {
  const grown = warm.resistance_variance + resistance_variance_per_s * dt_s;
  warm.resistance_variance = grown < VARIANCE_MAX ? grown : VARIANCE_MAX;
}

/** `base_mV_nA` is the pack's resistance before the scale. */
export function correct_resistance(base_mV_nA: real): void {
  const row_mV = <real>sample.pulse_drain_nA * base_mV_nA;
  const load_mV = PULSE_ERROR * (row_mV * vital.resistance_scale);
  const seen_mV = <real>sample.voltage_mV - <real>sample.voltage_loaded_mV;
  learn_scale(row_mV, seen_mV, pulse_variance_mV2 + load_mV * load_mV);
}

/** From a change of the drop that the profile expects, and the one that was seen. */
@inline
export function learn_scale(row_mV: real, seen_mV: real, noise_mV2: real): void {
  const innovation_mV = seen_mV - row_mV * vital.resistance_scale;
  const spread = row_mV * warm.resistance_variance;
  const total = row_mV * spread + noise_mV2;
  const surprise = innovation_mV * innovation_mV;
  pulse_gated = surprise > gate_squared * total;
  const gain: real = spread / (pulse_gated ? surprise / gate_squared : total);
  const scale = vital.resistance_scale + gain * innovation_mV;
  vital.resistance_scale =
    scale > SCALE_LOW ? (scale < SCALE_HIGH ? scale : SCALE_HIGH) : SCALE_LOW;
  warm.resistance_variance -= gain * row_mV * warm.resistance_variance;
}
