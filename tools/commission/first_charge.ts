// The first charge, below the critical current density, until the cell is full; every reading is
// checked on the way, and the sum at the end.

import {
  CommissionError,
  inWords,
  type CommissionedNode,
  type Reading,
  type Told,
} from "./device.js";
import { Fullness, MEAN_OF } from "./full.js";
import { type Limits } from "./limits.js";
import { CAPACITY_SHARE_MIN } from "./suitable.js";

const { mV, uAh, current } = inWords;

const STEP_S = 600;
const HOUR_S = 3600;
/** So much of what it should hold a sound cell may differ, and the book's own error beside it. */
const CAPACITY_SHARE = 1 - CAPACITY_SHARE_MIN;

function check({ voltage_mV, temperature_degC, charge_nA }: Reading, limits: Limits): void {
  const [low, high] = limits.temperature_degC;
  if (voltage_mV > limits.voltage_max_mV) {
    const what = `${mV(voltage_mV)} is above the cell's ${mV(limits.voltage_max_mV)}`;
    throw new CommissionError(`first charge: ${what}; charging was stopped, check the float strap`);
  }
  if (temperature_degC < low || temperature_degC > high) {
    const what = `${temperature_degC.toFixed(1)} degC must be ${low}..${high} degC`;
    throw new CommissionError(`first charge: ${what}; charging was stopped, charge it elsewhere`);
  }
  if (charge_nA > limits.charge_nA) {
    const what = `${current(charge_nA)} is above the cell's ${current(limits.charge_nA)}`;
    throw new CommissionError(`first charge: ${what}; charging was stopped, take fewer panels`);
  }
}

/** One reading with the mean of several voltages; undefined: no answer. */
async function readMean(node: CommissionedNode): Promise<Reading | undefined> {
  const reading = await node.read();
  if (reading === undefined) return undefined;
  let sum_mV = reading.voltage_mV;
  for (let i = 1; i < MEAN_OF; i++) sum_mV += (await node.read())?.voltage_mV ?? NaN;
  const voltage_mV = sum_mV / MEAN_OF;
  // the supply went in between
  return Number.isNaN(voltage_mV) ? undefined : { ...reading, voltage_mV };
}

/** What went in and what the board took of it, since the cell was empty. */
class Book {
  in_nAh = 0;
  own_nAh = 0;
  highest_nA = 0;
  /** So often the supply was lost. */
  losses = 0;
  #lost = false;

  add(charge_nA: number, own_nA: number, hours: number): void {
    this.in_nAh += charge_nA * hours;
    this.own_nAh += own_nA * hours;
    this.highest_nA = Math.max(this.highest_nA, charge_nA);
    this.#lost = false;
  }

  /** The supervisor has cut the node off: the cell is empty, and the book begins anew. */
  empty(): void {
    this.in_nAh = this.own_nAh = 0;
    if (!this.#lost) this.losses++;
    this.#lost = true;
  }

  get net_nAh(): number {
    return this.in_nAh - this.own_nAh;
  }

  /** One sigma of that: the meter's, and of what the board is believed to take. */
  sigma_nAh({ meter_sigma, own_sigma }: Limits): number {
    return Math.hypot(meter_sigma * this.in_nAh, own_sigma * this.own_nAh);
  }

  /** How often the cell did not carry the node, where it did not. */
  get lost(): string {
    if (this.losses === 0) return "";
    const times = this.losses === 1 ? "once" : `${this.losses} times`;
    return `; ${times} it was too empty for the node`;
  }
}

/**
 * The charge of a full cell is what its OCV at the held voltage says, within errors: what was
 * found, or throws. After many nights the book is too unsure to tell anything.
 */
function checkCapacity(book: Book, held_mV: number, limits: Limits): string {
  const held_nAh = limits.capacity_nAh * limits.socAt(held_mV);
  const share_nAh = CAPACITY_SHARE * held_nAh;
  const sigma_nAh = book.sigma_nAh(limits);
  const off_nAh = Math.hypot(share_nAh, sigma_nAh);
  if (Math.abs(book.net_nAh - held_nAh) > off_nAh) {
    const range = `${uAh(Math.max(0, held_nAh - off_nAh))} to ${uAh(held_nAh + off_nAh)}`;
    const remedy = "too little: damaged by soldering; too much: it leaks, replace it";
    throw new CommissionError(`first charge: ${uAh(book.net_nAh)} must be ${range}; ${remedy}`);
  }
  const found = `${uAh(book.net_nAh)} +- ${uAh(sigma_nAh)}`;
  return sigma_nAh > share_nAh ? `${found} (no measure of the capacity)` : found;
}

function notFull(book: Book, hours: number, { held_mV }: Fullness): CommissionError {
  const got = `${uAh(book.net_nAh)} in ${hours} h, ${mV(held_mV)} at most, the cell is not full`;
  const remedy = "give it more light, more --hours, or a board that sleeps on less";
  return new CommissionError(`first charge: ${got}${book.lost}; ${remedy}`);
}

export async function firstCharge(
  node: CommissionedNode,
  limits: Limits,
  hours_max: number,
  told: Told,
) {
  const book = new Book();
  let fullness = new Fullness(limits);
  let spent_s = 0;
  let step_s = STEP_S;
  await node.charge(true, limits.charge_nA);
  try {
    for (let full = false; !full;) {
      if (spent_s >= hours_max * HOUR_S) throw notFull(book, hours_max, fullness);
      await node.wait(step_s);
      spent_s += step_s;
      const reading = await readMean(node);
      if (reading === undefined) {
        book.empty();
        fullness = new Fullness(limits);
        // it is asked often now, for what flows before it answers is in no book
        step_s = limits.settle_s;
        continue;
      }
      check(reading, limits);
      const hours = step_s / HOUR_S;
      book.add(reading.charge_nA, limits.own_nA, hours);
      full = fullness.add(reading.voltage_mV, reading.charge_nA, hours);
      step_s = STEP_S;
    }
  } finally {
    await node.charge(false, 0);
  }
  const { held_mV } = fullness;
  const charge = checkCapacity(book, held_mV, limits);
  const time = `in ${(spent_s / HOUR_S).toFixed(1)} h, at most ${current(book.highest_nA)}`;
  told("first charge", `${charge} ${time}, held at ${mV(held_mV)}${book.lost}`);
}
