// What each harvester could give now, from its open-circuit voltage, at its matched point.
//
//   photovoltaic    P = I0 (exp(Voc25 / Vt) - 1) m Voc   (photocurrent from the diode law, with
//                   Voc25 = Voc - b (T - 25 degC): heat lowers Voc, hardly the photocurrent)
//   piezoelectric   P = g Voc^2,  g = Cp f               (bridge at Vrect = Voc / 2)
//   thermoelectric  P = g Voc^2,  g = 1 / (4 R)
//   RF              P = g Voc^2,  g = 1 / (4 R)          (rectifier at its matched load)

import { VALUE_SOURCE, gauge, sample, vital } from "../abi";
import { exp } from "../math/exp";
import { real } from "../math/real";
import { profile } from "../profile";
import { accepted } from "../sample/check";

const PHOTOVOLTAIC: u32 = 1;
/** 1 nA at 1 mV is 1e-3 nW. */
const NW_PER_NA_MV: real = 0.001;

/** The profile's dark current holds there. The temperature is the cell's; a panel may be warmer. */
const REFERENCE_DEGC: real = 25;

/** 100 W: more than any of them gives, and finite. */
const POWER_MAX_NW: real = 100000000000;

/** The source with the most power (0: none, n: source n) and that power into the cell. */
export let best_source: u32 = 0;
export let best_power_nW: real = 0;

function power_nW(source: i32): real {
  const node = profile;
  const open_mV = <real>sample.source_mV(source);
  const gain = <real>node.source_gain(source);
  const ratio = <real>node.source_mpp_ratio(source);
  if (node.source_kind(source) != PHOTOVOLTAIC) return gain * open_mV * open_mV;
  const scale_mV = <real>node.source_scale_mV(source);
  if (!(scale_mV > 0)) return 0;
  const warmer_K = vital.temperature_degC - REFERENCE_DEGC;
  const cool_mV = open_mV - <real>node.source_drift_mV_K(source) * warmer_K;
  return gain * (exp(cool_mV / scale_mV) - 1) * ratio * open_mV * NW_PER_NA_MV;
}

/** Looks at every source that was measured. */
export function rank_sources(): void {
  const node = profile;
  best_source = 0;
  best_power_nW = 0;
  for (let source = 0; source < 4; source++) {
    gauge.set_source_nW(source, 0);
    if (node.source_kind(source) == 0 || !(accepted & (VALUE_SOURCE << source))) continue;
    let power = power_nW(source) * <real>node.source_efficiency(source);
    // nothing, also where an overflow meets a ratio of 0
    if (!(power > 0)) power = 0;
    if (power > POWER_MAX_NW) power = POWER_MAX_NW;
    gauge.set_source_nW(source, <f32>power);
    if (power > best_power_nW) {
      best_power_nW = power;
      best_source = source + 1;
    }
  }
}
