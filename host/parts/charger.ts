// What every charger driver offers, and how it speaks of what it cannot do: bits of `Actuators`,
// as in profile.actuators and decision.unenforced of the core.

/** What of the core's decision a charger may be able to set. */
export interface ChargerDecision {
  charge_enable: boolean;
  /** CV set point; never set higher than this, lower by up to a step of the part. */
  float_mV: number;
  charge_limit_nA: number;
  /** 0 none, n: source n. */
  source: number;
  /** Operating over open-circuit voltage; 0: nothing was decided. */
  mpp_ratio: number;
}

/** Fields of the core's sample that a charger can fill; what it cannot tell is left out. */
export interface ChargerStatus {
  /** Bits of `Pmic`. */
  pmic_flags: number;
  harvest_now_nA?: number | undefined;
  /** Open-circuit voltages. */
  source_mV?: (number | undefined)[] | undefined;
}

export interface Charger {
  /** Finds the part and sets what does not change; throws if it does not answer. */
  begin(): void;
  /** Sets what it can and returns what it could not: bits of `Actuators`. */
  apply(decision: ChargerDecision): number;
  status(): ChargerStatus;
}

/** A decision that no part can take as it is: one line, with the value and what is allowed. */
export function checkDecision(part: string, decision: ChargerDecision): void {
  const source = decision.source;
  const ratio = decision.mpp_ratio;
  const refuse = (name: string, value: number, allowed: string): void => {
    throw new Error(part + ": " + name + " = " + value + " must be " + allowed);
  };
  if (!(decision.float_mV > 0 && decision.float_mV < 60000)) {
    refuse("float_mV", decision.float_mV, "above 0, below 60000");
  }
  if (!(source >= 0 && source <= 4 && source % 1 === 0)) refuse("source", source, "0 to 4");
  if (!(ratio >= 0 && ratio <= 1)) refuse("mpp_ratio", ratio, "0 to 1");
  if (!(decision.charge_limit_nA >= 0)) {
    refuse("charge_limit_nA", decision.charge_limit_nA, "0 or more");
  }
}

/** Index of the highest of rising `levels` that is not above `value`; -1: all are. */
export function levelNotAbove(levels: readonly number[], value: number): number {
  let index = -1;
  while (index + 1 < levels.length && levels[index + 1]! <= value) index = index + 1;
  return index;
}

/** Index of the nearest level, the lower one of two. */
export function nearestLevel(levels: readonly number[], value: number): number {
  let best = 0;
  for (let index = 1; index < levels.length; index++) {
    if (Math.abs(levels[index]! - value) < Math.abs(levels[best]! - value)) best = index;
  }
  return best;
}

/** Index of a level that must be one of the list; one line with all of them if it is none. */
export function levelOf(part: string, name: string, levels: readonly number[], value: number) {
  const index = levels.indexOf(value);
  if (index < 0) {
    throw new Error(part + ": " + name + " = " + value + " must be one of " + levels.join(", "));
  }
  return index;
}
