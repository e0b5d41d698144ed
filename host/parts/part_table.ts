// What a driver's table says of its part, for docs/PARTS.md: every register or command that is
// used, where that was read, and whether anybody checked it on silicon. Numbers come from the
// driver's constants; the tables are not part of what runs on a node.

export interface PartTable {
  part: string;
  title: string;
  bus: string;
  /** Documents by a short name: what was read. */
  sources: Record<string, string>;
  /** "registers" or "commands". */
  kind: "registers" | "commands";
  rows: PartRow[];
  /** Values that a field can take, by code, with their unit in the name. */
  lists: { name: string; values: readonly number[]; source: string }[];
  /** What of the core's decision it cannot do. */
  unmet: string;
  /** What the driver assumes, and what the twin assumes beyond it. */
  assumed: string[];
}

export interface PartRow {
  name: string;
  /** Address or number, where it has one. */
  at?: number;
  access: "read" | "write" | "both";
  use: string;
  /** After power-on, as far as a source says. */
  reset: string;
  /** A short name of `sources`. */
  source: string;
  /** Nothing here was checked on silicon; who checks a row writes down with what. */
  silicon: string;
}

export const UNCHECKED = "no";

/** As registers and their bits are written. */
export const hex = (value: number): string => `0x${value.toString(16).padStart(2, "0")}`;
