// What commissioning asks of a node on the bench, whatever is behind it: a simulated one, or a
// board whose firmware answers these over its line.

/** One reading of the node's own sensors. */
export interface Reading {
  /** Of the pack, with the divider's factor as it stands. */
  voltage_mV: number;
  temperature_degC: number;
  /** Into the cell, mean since the last reading. */
  charge_nA: number;
}

/** Step of what a bench foresees. */
export const OFFER_S = 600;

export interface CommissionedNode {
  /** What the charger can make of the bench's light (or heat, or motion), each OFFER_S from now. */
  offered_nA(): Promise<readonly number[]>;
  /** Undefined: the node does not answer, its supervisor has taken the supply off. */
  read(): Promise<Reading | undefined>;
  /** What a reference meter at the pack shows, in the same moment as a reading just before. */
  reference_mV(): Promise<number>;
  /** Lets the charger charge, up to a current where the board can set one; or not. */
  charge(on: boolean, limit_nA: number): Promise<void>;
  wait(duration_s: number): Promise<void>;
  /** Factor from now on put on every reading of the pack's voltage. */
  setGain(gain: number): Promise<void>;
  /** Stores a profile; returns the CRC-32 of what can be read back. */
  upload(profile: Uint8Array): Promise<number>;
  /** Charger and load off until the node is taken into use; whether it then is silent. */
  ship(): Promise<boolean>;
}

/** What a step found, for people. */
export type Told = (step: string, found: string) => void;

/** A step that failed; the message is one line: what, where, how much, what to do. */
export class CommissionError extends Error {
  override readonly name = "CommissionError";
}

const MILLI = 1000;
const short = (value: number) => Number(value.toPrecision(3));

/** A number as people read it, for what steps say. */
export const inWords = {
  mV: (value_mV: number) => `${value_mV.toFixed(0)} mV`,
  uAh: (nAh: number) => `${short(nAh / MILLI)} uAh`,
  current: (nA: number) =>
    Math.abs(nA) < MILLI * MILLI ? `${short(nA / MILLI)} uA` : `${short(nA / (MILLI * MILLI))} mA`,
};
