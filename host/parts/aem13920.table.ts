// Registers of the e-peas AEM13920, as the driver uses them.

import {
  AEM13920,
  AEM13920_ADDRESS,
  AEM13920_BIT,
  BUCK_MV,
  CHRDY_MIN_MV,
  MPPT_PERIOD_MS,
  MPPT_SAMPLE_MS,
  MPP_RATIOS,
  OVCH_CODE_MAX,
  OVCH_MIN_MV,
  OVDIS_MIN_MV,
  STO_LSB_MV,
  THRESHOLD_CODE_MAX,
  THRESHOLD_STEP_MV,
} from "./aem13920.js";
import { hex, type PartRow, type PartTable, UNCHECKED } from "./part_table.js";

/** All rows have one source. */
const row = (name: string, at: number, access: PartRow["access"], use: string): PartRow => ({
  name,
  at,
  access,
  use,
  reset: "not read",
  source: "e-peas",
  silicon: UNCHECKED,
});

const threshold = (lowest_mV: number, codes: number): string =>
  `${lowest_mV} mV and ${THRESHOLD_STEP_MV} mV a count, to code ${codes}`;

const status = ["VOVDIS", "VCHRDY", "VOVCH", "SRC1LOW"] as const;

export const aem13920Table: PartTable = {
  part: "aem13920",
  title: "e-peas AEM13920",
  bus: `I2C, address ${hex(AEM13920_ADDRESS)}`,
  sources: {
    "e-peas":
      "e-peas, AEM13920_RegisterMap.h, AEM13920_Common.h and HAL_AEM13920.c " +
      "v2.0.2, published by Silicon Labs (energy_harvesting_applications); " +
      "read, not copied",
  },
  kind: "registers",
  rows: [
    row("VERSION", AEM13920.VERSION, "read", "not 0x00, not 0xff: the part answers"),
    row("SRC1REGU0", AEM13920.SRC1REGU0, "write", "[0] 1: MPPT, [3:1] code of the ratio"),
    row(
      "SRC1REGU1",
      AEM13920.SRC1REGU0 + 1,
      "write",
      "[2:0] code of the sample time, [5:3] of the period",
    ),
    row("SRC2REGU0", AEM13920.SRC1REGU0 + 2, "write", "as SRC1REGU0"),
    row("SRC2REGU1", AEM13920.SRC1REGU0 + 3, "write", "as SRC1REGU1"),
    row("VOVDIS", AEM13920.VOVDIS, "write", threshold(OVDIS_MIN_MV, THRESHOLD_CODE_MAX)),
    row("VCHRDY", AEM13920.VCHRDY, "write", threshold(CHRDY_MIN_MV, THRESHOLD_CODE_MAX)),
    row(
      "VOVCH",
      AEM13920.VOVCH,
      "write",
      `the float voltage: ${threshold(OVCH_MIN_MV, OVCH_CODE_MAX)}`,
    ),
    row(
      "BST1CFG",
      AEM13920.BST1CFG,
      "both",
      `${hex(AEM13920_BIT.BOOST_EN)} boost of source 1 on; other bits kept as found`,
    ),
    row("BST2CFG", AEM13920.BST1CFG + 1, "both", "as BST1CFG, of source 2"),
    row("BUCKCFG", AEM13920.BUCKCFG, "both", "[2:0] code of the voltage; other bits kept as found"),
    row(
      "CTRL",
      AEM13920.CTRL,
      "both",
      `${hex(AEM13920_BIT.UPDATE)} take the settings over, ` +
        `${hex(AEM13920_BIT.SYNCBUSY)} not done yet`,
    ),
    row(
      "STATUS0",
      AEM13920.STATUS0,
      "read",
      `${status.map((name) => `${name} ${hex(AEM13920_BIT[name])}`).join(", ")}, ` +
        "SRC2LOW the bit above; VOVCH becomes `limiting`",
    ),
    row("STO", AEM13920.STO, "read", `storage voltage, ${STO_LSB_MV} mV a count`),
    row("SRC1", AEM13920.SRC1, "read", "regulated voltage of source 1, in four ranges"),
    row("SRC2", AEM13920.SRC1 + 1, "read", "the same of source 2"),
  ],
  lists: [
    { name: "MPP_ratio", values: MPP_RATIOS, source: "e-peas" },
    { name: "MPPT_sample_ms", values: MPPT_SAMPLE_MS, source: "e-peas" },
    { name: "MPPT_period_ms", values: MPPT_PERIOD_MS, source: "e-peas" },
    { name: "buck_mV", values: BUCK_MV, source: "e-peas" },
  ],
  unmet:
    "a charge-current limit; a choice of source unless `switch_sources` is " +
    "set; ratios between those of the list",
  assumed: [
    "Switching both boosts off stops charging. The source's open-circuit " +
      "voltage is its regulated voltage over the ratio.",
    "The energy meters (APM) are not used: the unit of their counts is in a " +
      "data sheet that was not read.",
    "The twin's registers begin at 0 but for VERSION (0x10), boosts on, buck " +
      "1.8 V; it has no hysteresis, no APM, no temperature monitoring, no " +
      "interrupt flags.",
  ],
};
