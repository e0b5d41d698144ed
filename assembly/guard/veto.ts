// The guard's second turn: a decision that would break a limit is replaced by the nearest allowed
// one and counted; a limit that the board cannot enforce is said, not pretended.

import {
  ACTUATOR_CHARGE_ENABLE,
  ACTUATOR_CHARGE_LIMIT,
  ACTUATOR_FLOAT,
  ACTUATOR_LOAD,
  FAULT_CCD,
  FAULT_TEMPERATURE_HIGH,
  FAULT_TEMPERATURE_LOW,
  FAULT_VOLTAGE_HIGH,
  FAULT_VOLTAGE_LOW,
  MODE_SURVIVAL,
  VETO_CHARGE,
  VETO_CHARGE_LIMIT,
  VETO_EVENTS,
  VETO_FLOAT,
  VETO_MODE,
  decision,
  vital,
  warm,
} from "../abi";
import { real } from "../math/real";
import { profile } from "../profile";
import { ccd_nA, faults } from "./limits";

/** The recommended (warning) and maximum (fatal) bits of a quantity's three. */
const WARNING: u32 = 6;

@inline
function beyond(first: u32): bool {
  return (faults & (first * WARNING)) != 0;
}

/** Checks the whole decision. */
export function veto_decision(): void {
  let vetoed: u32 = 0;
  let needed: u32 = 0;
  if (!charging_allowed() && decision.charge_enable != 0) {
    decision.charge_enable = 0;
    vetoed |= VETO_CHARGE;
    needed |= ACTUATOR_CHARGE_ENABLE;
  }
  const limit_nA = <f32>(ccd_nA * <real>profile.ccd_level(1));
  if (decision.charge_limit_nA > limit_nA) {
    decision.charge_limit_nA = limit_nA;
    vetoed |= VETO_CHARGE_LIMIT;
    needed |= ACTUATOR_CHARGE_LIMIT;
  }
  const highest_mV = profile.voltage_max_mV(1) * <f32>profile.series;
  if (decision.float_mV > highest_mV) {
    decision.float_mV = highest_mV;
    vetoed |= VETO_FLOAT;
    needed |= ACTUATOR_FLOAT;
  }
  if (discharge_harmful() && decision.mode != MODE_SURVIVAL) {
    vetoed |= VETO_MODE | remove_events();
    decision.mode = <u8>MODE_SURVIVAL;
    decision.sleep_ms = profile.sleep_max_ms;
    needed |= ACTUATOR_LOAD;
  }
  decision.veto = vetoed;
  decision.unenforced = needed & ~profile.actuators;
  if (vetoed != 0) warm.vetoes += 1;
  decision.faults = faults;
  decision.faults_latched = vital.faults_latched;
  vital.mode = decision.mode;
}

/** Charging plates lithium: not when too hot, too cold, above the voltage or beyond the CCD. */
function charging_allowed(): bool {
  return !(
    beyond(FAULT_VOLTAGE_HIGH) ||
    beyond(FAULT_TEMPERATURE_HIGH) ||
    beyond(FAULT_TEMPERATURE_LOW) ||
    beyond(FAULT_CCD) ||
    !(ccd_nA > 0)
  );
}

/** Below the recommended voltage or outside the temperatures every event costs cycle life. */
function discharge_harmful(): bool {
  return beyond(FAULT_VOLTAGE_LOW) || beyond(FAULT_TEMPERATURE_HIGH);
}

function remove_events(): u32 {
  let removed: u32 = 0;
  for (let kind = 0; kind < 4; kind++) {
    if (decision.events(kind) != 0) removed = VETO_EVENTS;
    decision.set_events(kind, 0);
  }
  return removed;
}
