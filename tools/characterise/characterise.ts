// The laboratory: a specimen is drawn, put on the tester, taken through the plan, and written down.
// Everything comes from the seed, so the same seed gives the same bytes.

import { Cell, type CellPhysics } from "../../host/sim/cell.js";
import { Random } from "../../host/sim/random.js";
import { COLUMNS, MANIFEST_FILE, type Instrument, type Lot, type Manifest } from "./manifest.js";
import { Meter } from "./meter.js";
import { PLAN, type Limits } from "./procedures.js";
import { testCellOf } from "./test_cell.js";
import { Tester, type Row } from "./tester.js";

/** What is characterised, and with what. */
export interface Laboratory {
  /** Name of the cell part. */
  cell: string;
  /** What the cell file says; gives the label. */
  physics: CellPhysics;
  /** Draws the cell that is on the tester. */
  specimenOf: (physics: CellPhysics, random: Random) => CellPhysics;
  limits: Limits;
  instrument: Instrument;
  lot?: Lot | undefined;
  seed: number;
}

/** A node with the same seed must not get the laboratory's specimen, nor the tester's noise. */
export const SPECIMEN_STREAM = 0x1ab0;
const TESTER_STREAM = 0x7e57;
/** A label has two digits and promises, but for a permille, no more than there is. */
const LABEL_DIGITS = 2;
const PROMISED = 1.001;

/** Capacity as printed on a cell of these physics. */
export function labelOf_nAh(physics: CellPhysics): number {
  const { capacity_nAh } = new Cell(physics, 1);
  const digit_nAh = 10 ** (Math.floor(Math.log10(capacity_nAh)) + 1 - LABEL_DIGITS);
  return Math.floor((PROMISED * capacity_nAh) / digit_nAh) * digit_nAh;
}

/** Rows as the text of a CSV file; digits as the instrument's range needs. */
function csvOf(rows: readonly Row[], label_nAh: number): string {
  // a millionth of the label
  const fine = Math.max(0, 9 - Math.floor(Math.log10(label_nAh)));
  const digits = { test_time_s: 2, step: 0, voltage_V: 5, temperature_degC: 1 };
  const all: Record<string, number> = { ...digits, current_uA: fine, charge_uAh: fine };
  const line = (row: Row) => COLUMNS.map((name) => row[name].toFixed(all[name])).join(",");
  return [COLUMNS.join(","), ...rows.map(line), ""].join("\n");
}

/** The whole folder, file name to text; the manifest last. */
export function characterise(laboratory: Laboratory): Map<string, string> {
  const { physics, specimenOf, limits, instrument, lot, seed } = laboratory;
  const label_nAh = labelOf_nAh(physics);
  const random = new Random(seed ^ TESTER_STREAM);
  const specimen = specimenOf(physics, new Random(seed ^ SPECIMEN_STREAM));
  const cell = testCellOf(new Cell(specimen, 0.5));
  const tester = new Tester(cell, new Meter(instrument, label_nAh, random), label_nAh);
  const texts = new Map<string, string>();
  for (const { file, run } of PLAN) {
    run(tester, limits, random);
    texts.set(file, csvOf(tester.rows, label_nAh));
  }
  const manifest: Manifest = {
    cell: laboratory.cell,
    seed,
    label_capacity_uAh: label_nAh / 1000,
    voltage_charge_V: limits.charge_mV / 1000,
    voltage_cut_off_V: limits.cut_off_mV / 1000,
    instrument,
    lot,
    files: PLAN.map(({ file, procedure, temperatures_degC }) => ({
      file,
      procedure,
      temperatures_degC,
    })),
  };
  return texts.set(MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`);
}
