// The CV set point in force. While more charge would be worth nothing a gentler one is held, where
// the cell has one and the board can set it: a high voltage ages (see docs/MODELS.md).
//
// Right after it was lowered the cell is above it. The charger then does not hold a voltage, it is
// off: nothing flows, neither into the cell nor past it, and its flag says nothing about SOC.

import { VALUE_VOLTAGE, gauge, sample, vital, warm } from "../abi";
import { float_mV, gentle_mV } from "../derived";
import { real } from "../math/real";
import { accepted } from "../sample/check";

/** Values of warm.set_point. */
const HIGHEST: u8 = 0;
const GENTLE: u8 = 1;
const ABOVE: u8 = 2;

/** What the charger holds, whole pack. */
@inline
export function set_point_mV(): real {
  return warm.set_point == HIGHEST ? float_mV : gentle_mV;
}

/** The cell is still above the set point. */
@inline
export function is_above(): bool {
  return warm.set_point == ABOVE;
}

/** Looks whether the cell has come down, by its voltage, or by what it should be. */
export function follow_set_point(): void {
  if (!is_above()) return;
  const cell_mV = accepted & VALUE_VOLTAGE ? sample.voltage_mV : gauge.ocv_mV;
  if (<real>cell_mV < gentle_mV * (1 + vital.float_error)) warm.set_point = GENTLE;
}

/** From now on the gentle one is held, or the highest. */
export function choose_set_point(gentle: bool): void {
  if (!gentle) {
    warm.set_point = HIGHEST;
  } else if (warm.set_point == HIGHEST && gentle_mV < float_mV) {
    warm.set_point = ABOVE;
    follow_set_point();
  }
}
