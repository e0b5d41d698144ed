// Bits of the tables of the ABI by name, for people.

import { Faults } from "./abi.js";

const LEVELS = ["operating", "recommended", "maximum"];

/** Names of the bits that are set, in the order of the table. */
export const bitNames = (table: Record<string, number>, bits: number): string[] =>
  Object.entries(table).flatMap(([name, bit]) => ((bits & bit) !== 0 ? [name] : []));

/** Bits of `Faults` by name; those of the limits come in three levels: "ccd maximum". */
export const FAULT_BITS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(Faults).flatMap(([name, bit]): [string, number][] =>
    bit >= Faults.sensor
      ? [[name, bit]]
      : LEVELS.map((level, i): [string, number] => [`${name} ${level}`, bit << i]),
  ),
);
