// Power cuts over all media: lives of records on FRAM, and on flash with one and with several
// records in a half, also across the wrap of the record number.

import { Explorer, type Effort } from "./explorer.js";
import { type Setup } from "./node_life.js";
import { type Tally, newTally } from "./restart.js";

const MEDIA = [
  { kind: "fram", slots_log2: 0 },
  { kind: "flash", slots_log2: 0 },
  { kind: "flash", slots_log2: 1 },
  { kind: "flash", slots_log2: 3 },
] as const;
/** Numbers before the first record: the wrap on the way, the beginning, the sign on the way. */
const NUMBERS = [0xfffffff0, 0xffffffff, 0x7ffffff0];

/** Lives until so many distinct cuts were tried; the same arguments try the same. */
export function powerCuts(distinct: number, effort: Effort, seed: number): Tally {
  const tally = newTally();
  for (let life = 0; tally.seen.size < distinct; life++) {
    const sequence = NUMBERS[life % NUMBERS.length]!;
    const setup: Setup = { ...MEDIA[life % MEDIA.length]!, sequence, seed: seed + life };
    new Explorer(setup, effort, tally).run();
  }
  return tally;
}
