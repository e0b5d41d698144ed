// Commands of the Cymbet CBC915, as the driver uses them.

import { CBC915_BAUD, CBC915_COMMAND, CBC915_TEST_REPLY } from "./cbc915.js";
import { type PartRow, type PartTable, UNCHECKED } from "./part_table.js";

const row = (name: keyof typeof CBC915_COMMAND, use: string): PartRow => ({
  name,
  at: CBC915_COMMAND[name],
  access: "both",
  use,
  reset: "-",
  source: "CBC915",
  silicon: UNCHECKED,
});

export const cbc915Table: PartTable = {
  part: "cbc915",
  title: "Cymbet CBC915",
  bus:
    `UART, ${CBC915_BAUD} baud, 8N1, ASCII: ` + "`# n<cr>` asks, `@n,digits` and a closing answers",
  sources: { CBC915: "Cymbet, data sheet CBC915 and CBC915-ACA, pages 9 to 11" },
  kind: "commands",
  rows: [
    row("POWER", "power available, five digits of uW; not on -ACA"),
    row(
      "STATE",
      "1 MPPT, 2 capacitor charging, 3 EnerChip charging: `charging`; 4 and 5 " +
        "not read; not on -ACA",
    ),
    row("TRANSDUCER", "only by `ask`: values not read"),
    row("FIND_MPP", "only by `ask`: answer not read"),
    row("SOC", "EnerChip's state of charge; unit and digits not read, kept as it comes"),
    row("TEST", `answers ${CBC915_TEST_REPLY}`),
    row("MEASURE_POWER", "measures what POWER tells, up to 10 s; not on -ACA"),
  ],
  lists: [],
  unmet: "everything: it charges by itself; a decision to stop is reported as `charge_enable`",
  assumed: [
    "An answer ends with cr and lf in either order, and a zero with or without " +
      "`>` before it: the data sheet shows several of these.",
    "Command 7 (all in one) is not used, its format was not read; 6 rewrites " +
      "the calibration and is left to the bench.",
    "The twin answers SOC with three digits, MEASURE_POWER after 10 s, and nothing meanwhile.",
  ],
};
