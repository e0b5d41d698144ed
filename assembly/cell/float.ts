// The CV set point that the charger holds: what the cell wants where the board can set it, in the
// board's steps and never above; the resistor strap where it cannot.

import { ACTUATOR_FLOAT } from "../abi";
import { guarded_i32 } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";

/** Float voltage of the whole pack, mV. */
export function held_float_mV(): real {
  const node = profile;
  if ((node.actuators & ACTUATOR_FLOAT) == 0) return <real>node.float_strap_mV;
  const wanted_mV = node.float_mV * <f32>node.series;
  const step_mV = node.float_step_mV;
  if (!(step_mV > 0)) return <real>wanted_mV;
  return <real>(step_mV * <f32>guarded_i32(wanted_mV / step_mV));
}
