// What the FRAM driver needs of its part.

import { FRAM_ADDRESS } from "./fram.js";
import { hex, type PartTable, UNCHECKED } from "./part_table.js";

const row = (name: string, access: "read" | "write", use: string) => ({
  name,
  access,
  use,
  reset: "-",
  source: "MB85RC256V",
  silicon: UNCHECKED,
});

export const framTable: PartTable = {
  part: "fram",
  title: "I2C FRAM (MB85RC64 to MB85RC512, FM24CL64, FM24V02 and kin)",
  bus: `I2C, address ${hex(FRAM_ADDRESS)} with A2..A0 low`,
  sources: {
    MB85RC256V:
      "Fujitsu, data sheet DS501-00017-3v0-E: two address bytes, sequential " +
      "read and roll-over, no wait after a write, WP pin",
  },
  kind: "commands",
  rows: [
    row(
      "byte and page write",
      "write",
      "two address bytes, high first, then data in one transaction",
    ),
    row("random and sequential read", "read", "two address bytes, repeated start, then data"),
  ],
  lists: [],
  unmet: "nothing of a decision is for it; it stores the journal (`storage_kind` 1)",
  assumed: [
    "Kin of other makers behave alike. Parts with one address byte are refused.",
    "A write with the WP pin high is acknowledged and has no effect: the driver reads back.",
  ],
};
