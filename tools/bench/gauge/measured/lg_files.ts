// The measured files of an LG 18650HG2 (Kollmeyer et al., Mendeley Data, 10.17632/cp3473x7xv.3) by
// temperature. They are not part of the checkout.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectRoot } from "../../../build/paths.js";
import { parseRecord, type CellRecord } from "../../../replay/record.js";

/** C/20 at 25 degC; the reference at every temperature. */
export const CAPACITY_NAH = 2.7782e9;
/** Of the record over the core: its range ends at 10 mAh. */
export const SCALE = 1000;

/** Slow and 1C discharges. The 1C file of 40 degC was not measured at 40 degC. */
export const LABORATORY = [
  { degC: -20, slow: "C20_n20degC_607_C20DisCh.csv", fast: "Cap1C_n20degC_610_Cap_1C.csv" },
  { degC: -10, slow: "C20_n10degC_593_C20DisCh.csv", fast: "Cap1C_n10degC_596_Cap_1C.csv" },
  { degC: 0, slow: "C20_0degC_585_C20DisCh.csv", fast: "Cap1C_0degC_589_Cap_1C.csv" },
  { degC: 10, slow: "C20_10degC_575_C20DisCh.csv", fast: "Cap1C_10degC_576_Cap_1C.csv" },
  { degC: 25, slow: "C20_25degC_549_C20DisCh.csv", fast: "Cap1C_25degC_551_Cap_1C.csv" },
  { degC: 40, slow: "C20_40degC_555_C20DisCh.csv", fast: undefined },
] as const;

/** What is tested on and never fitted to. */
export const DRIVES = {
  "40C": "40degC_556_LA92_1Hz.csv",
  "25C": "25degC_551_LA92_1Hz.csv",
  "0C": "0degC_589_LA92_1Hz.csv",
  m10C: "n10degC_596_LA92_1Hz.csv",
} as const;

export type Drive = keyof typeof DRIVES;

/** What the cell's file is fitted to. */
const FITTED_TO = [
  ...LABORATORY.flatMap(({ slow, fast }) => (fast === undefined ? [slow] : [slow, fast])),
  ...["25degC_551_Mixed1_1Hz.csv", "10degC_567_Mixed1_1Hz.csv"],
];
const FILES: string[] = [...FITTED_TO, ...Object.values(DRIVES)];

const folder = () =>
  join(resolve(projectRoot, process.env.TFMB_DATA ?? "../shared/data"), "lg_hg2");

/** The first file that is not there; undefined: all are. */
export const missingFile = (): string | undefined =>
  FILES.find((name) => !existsSync(join(folder(), name)));

export const fittedToPaths = (): string[] => FITTED_TO.map((name) => join(folder(), name));
export const drivePaths = (): string[] => Object.values(DRIVES).map((name) => join(folder(), name));

export const readLg = (name: string): CellRecord =>
  parseRecord(name, readFileSync(join(folder(), name), "utf8"));
