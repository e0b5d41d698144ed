// Registers of the Nexperia NEH7100, as the driver uses them.

import {
  LVD_MV,
  METER_LSB_NA,
  MPPT_INTERVAL_S,
  NEH7100,
  NEH7100_ADDRESS,
  NEH7100_CHIP_ID,
  NEH7100_FLAG,
  OVP_MV,
} from "./neh7100.js";
import { hex, type PartTable, UNCHECKED } from "./part_table.js";

const flags = Object.entries(NEH7100_FLAG).map(([name, bit]) => `${name} ${hex(bit)}`);

export const neh7100Table: PartTable = {
  part: "neh7100",
  title: "Nexperia NEH7100",
  bus: `I2C, address ${hex(NEH7100_ADDRESS)}`,
  sources: {
    Click:
      "MikroElektronika, PMIC 2 Click driver (2020), pmic2.h and its example: " +
      "register names, fields, values",
    drivers:
      "several public C and Arduino drivers that cite the data sheet's table " +
      "24: the same registers, reads of several registers in one go, OVP 2.7 V " +
      "outliving a reset",
    configurations:
      "a public table of configurations for this part: levels at power-on by " +
      "the pins HC[4:0], of 32 combinations three",
  },
  kind: "registers",
  rows: [
    {
      name: "LVD_OVP",
      at: NEH7100.LVD_OVP,
      access: "both",
      use: "[7:4] LVD code, [3:0] OVP code: the float voltage; OVP code 0 stops charging",
      reset: "by pins HC[4:0]",
      source: "Click",
      silicon: UNCHECKED,
    },
    {
      name: "MPPT_INTERVAL",
      at: NEH7100.MPPT_INTERVAL,
      access: "write",
      use: "[2:0] code of the time between two searches, only if it is asked for",
      reset: "not read",
      source: "Click",
      silicon: UNCHECKED,
    },
    {
      name: "CHIP_ID",
      at: NEH7100.CHIP_ID,
      access: "read",
      use: `must be ${hex(NEH7100_CHIP_ID)}`,
      reset: hex(NEH7100_CHIP_ID),
      source: "Click",
      silicon: UNCHECKED,
    },
    {
      name: "FLAGS",
      at: NEH7100.FLAGS,
      access: "read",
      use: `${flags.join(", ")}; OVP_OUT becomes \`limiting\` while charging is wanted`,
      reset: "not read",
      source: "Click",
      silicon: UNCHECKED,
    },
    {
      name: "I_RANGE",
      at: NEH7100.I_RANGE,
      access: "read",
      use: "[1:0] range of the current meter",
      reset: "not read",
      source: "Click",
      silicon: UNCHECKED,
    },
    {
      name: "I_MEASURED",
      at: NEH7100.I_MEASURED,
      access: "read",
      use: "counts of the current meter: `harvest_now_nA`",
      reset: "not read",
      source: "Click",
      silicon: UNCHECKED,
    },
  ],
  lists: [
    { name: "OVP_mV", values: OVP_MV, source: "Click" },
    { name: "LVD_mV", values: LVD_MV, source: "Click" },
    { name: "MPPT_interval_s", values: MPPT_INTERVAL_S, source: "Click" },
    { name: "meter_LSB_nA", values: METER_LSB_NA, source: "Click" },
  ],
  unmet:
    "a charge-current limit, an operating ratio (it searches by itself), sources beyond the first",
  assumed: [
    "An OVP level below the cell's voltage stops charging: drivers do so; the " +
      "effect was not measured.",
    "The twin has no hysteresis at the levels, picks the finest range of the " +
      "meter, sets SDF when the meter shows none and never OCF; FREQUENCY_RANGE " +
      "and BOOST_RANGE begin at their full ranges.",
  ],
};
