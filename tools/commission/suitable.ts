// Before anything is done: whether the board can be commissioned with this cell and in this light
// at all. Each refusal has the numbers in it.

import { CommissionError, inWords, OFFER_S, type CommissionedNode, type Told } from "./device.js";
import { type Limits } from "./limits.js";

const { mV, current } = inWords;

/** Of its capacity a cell must get so much in its first charge. */
export const CAPACITY_SHARE_MIN = 0.7;

/** A charger that charges as it likes leaves no rest to calibrate at, and cannot be stopped. */
export function checkSwitch({ switchable }: Limits): void {
  if (switchable) return;
  const remedy = "charge and calibrate the node by hand, or name another --board";
  throw new CommissionError(`charger: the board cannot switch it (no charge_enable); ${remedy}`);
}

/** The charger's float voltage is one that the cell bears, and that fills it. */
export function checkFloat(limits: Limits): void {
  const { strap_mV, float_mV, voltage_held_max_mV } = limits;
  const set = ["physics", "profile"].map(
    (half) => `--set board.${half}.float_strap_mV=${float_mV}`,
  );
  const remedy = `for this cell: ${set.join(" ")}`;
  if (strap_mV > voltage_held_max_mV) {
    const what = `the charger holds ${mV(strap_mV)}, the cell bears ${mV(voltage_held_max_mV)}`;
    throw new CommissionError(`float voltage: ${what}; ${remedy}`);
  }
  const soc = limits.socAt(strap_mV);
  if (soc < CAPACITY_SHARE_MIN) {
    const what = `the charger's ${mV(strap_mV)} fills the cell to ${(100 * soc).toFixed(0)} %`;
    throw new CommissionError(`float voltage: ${what}; ${remedy}`);
  }
}

const power = (nA: number, voltage_mV: number) =>
  `${Number(((nA * voltage_mV) / 1e6).toPrecision(3))} uW`;

const OFFER_H = OFFER_S / 3600;

/** Hours until an empty cell holds that much of what is offered beyond the board's own draw. */
export function hoursToFill(offered_nA: readonly number[], own_nA: number, needed_nAh: number) {
  let held_nAh = 0;
  for (const [step, nA] of offered_nA.entries()) {
    held_nAh = Math.max(0, held_nAh + (nA - own_nA) * OFFER_H);
    if (held_nAh >= needed_nAh) return Math.ceil((step + 1) * OFFER_H);
  }
  return undefined;
}

/** What is harvested here carries the board asleep and fills the cell, and does not flood it. */
export async function checkHarvest(node: CommissionedNode, limits: Limits, told: Told) {
  const { own_nA, charge_nA, settable, strap_mV } = limits;
  const offered_nA = (await node.offered_nA()).map((nA) =>
    settable ? Math.min(nA, charge_nA) : nA,
  );
  const mean_nA = offered_nA.reduce((sum_nA, nA) => sum_nA + nA, 0) / offered_nA.length;
  const needed_nAh = limits.capacity_nAh * limits.socAt(strap_mV);
  const least_h = hoursToFill(offered_nA, own_nA, CAPACITY_SHARE_MIN * needed_nAh);
  const held = settable ? ` of at most ${current(charge_nA)}` : "";
  const gets = `${current(mean_nA)} (${power(mean_nA, strap_mV)}) in the mean${held}`;
  if (least_h === undefined) {
    const takes = `the board takes ${current(own_nA)} (${power(own_nA, strap_mV)}) asleep`;
    const never = `the cell is not full in ${offered_nA.length * OFFER_H} h`;
    const time = mean_nA > own_nA ? "more --hours, " : "";
    const remedy = `${time}more light, or a board that sleeps on less`;
    throw new CommissionError(`harvest: ${takes}, gets ${gets}: ${never}; ${remedy}`);
  }
  const full_h = hoursToFill(offered_nA, own_nA, needed_nAh);
  const meanwhile_nA = offered_nA.slice(0, (full_h ?? least_h) / OFFER_H);
  const most_nA = meanwhile_nA.reduce((highest_nA, nA) => Math.max(highest_nA, nA), 0);
  if (most_nA > charge_nA) {
    const what = `gives ${current(most_nA)} here, the cell bears ${current(charge_nA)}`;
    const remedy = "the board has no charge_limit: less light, fewer panels or a larger cell";
    throw new CommissionError(`harvest: ${what}; ${remedy}`);
  }
  const until = full_h === undefined ? `more than ${least_h} h` : `${full_h} h or more`;
  told("harvest", `${gets}, ${current(own_nA)} taken asleep: full in ${until}`);
}
