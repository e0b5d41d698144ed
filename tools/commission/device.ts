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

export interface CommissionedNode {
  read(): Promise<Reading>;
  /** What a reference meter at the pack shows, at rest. */
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

/** A step that failed; the message is one line: what, where, how much, what to do. */
export class CommissionError extends Error {
  override readonly name = "CommissionError";
}
