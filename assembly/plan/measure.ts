// Measurement request: pause charging, let the cell rest, sample - when SOC is uncertain and the
// board can pause. Under charge the terminal voltage stands tens of percent above rest in the flat.

import { ACTUATOR_PAUSE, VALUE_VOLTAGE, decision, vital } from "../abi";
import { real } from "../math/real";
import { profile } from "../profile";

/** Ask when the error of SOC exceeds this (one sigma: 3 %). */
const WORTH_VARIANCE: real = 0.0009;

/** Writes the measurement half of the decision. */
export function plan_measurement(): void {
  const node = profile;
  const able = (node.actuators & ACTUATOR_PAUSE) != 0 && (node.observables & VALUE_VOLTAGE) != 0;
  const ask = able && vital.covariance_0 > WORTH_VARIANCE;
  decision.measure = ask ? 1 : 0;
  decision.measure_wait_ms = ask ? node.settle_ms : 0;
}
