// `tfmb characterise`: puts a simulated specimen of a cell on a simulated tester and writes what a
// laboratory would have: CSV files and a manifest.

import { resolve } from "node:path";
import { plain } from "../../boards/schema/quantity.js";
import { drawCell, specimenOf } from "../../host/sim/specimen.js";
import { readCell } from "../characterise/cell_part.js";
import { characterise as measure, labelOf_nAh } from "../characterise/characterise.js";
import { CYCLER, MANIFEST_FILE, MeasurementError } from "../characterise/manifest.js";
import { writeFolder } from "../characterise/write_folder.js";

export interface CharacteriseOptions {
  /** A cell of boards/cells, or a JSON file like them. */
  cell: string;
  /** Which specimen of the lot, and which noise. */
  seed: number;
  /** The folder to make; it must not exist, or be empty. */
  out: string;
}

const SEED_MAX = 0xffffffff;
/** The cut-off is the last of the three lower limits. */
const CUT_OFF = 2;

const megabytes = (texts: ReadonlyMap<string, string>) =>
  [...texts.values()].reduce((sum, text) => sum + text.length, 0) / 1e6;

/** What the command prints. Throws PartError or MeasurementError. */
export function characterise(options: CharacteriseOptions): string {
  const { seed } = options;
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX)) {
    throw new MeasurementError(`--seed ${seed} must be an integer 0..${SEED_MAX}`);
  }
  const { name, part } = readCell(options.cell);
  const { profile, physics } = plain(part);
  const { spread } = physics;
  const limits = { charge_mV: profile.float_mV, cut_off_mV: profile.voltage_min_mV[CUT_OFF]! };
  const texts = measure({
    ...{ cell: name, physics, limits, instrument: CYCLER, seed },
    specimenOf: (cell, random) => specimenOf(cell, drawCell(spread, random)),
    lot: {
      capacity_spread: spread.capacity_spread,
      resistance_spread: spread.resistance_spread,
      emf_spread_mV: spread.emf_spread_mV,
    },
  });
  const folder = resolve(options.out);
  writeFolder(folder, texts);
  const rows = [...texts].flatMap(([file, text]) => {
    if (file === MANIFEST_FILE) return [];
    const lines = text.trimEnd().split("\n");
    const hours = Number(lines.at(-1)!.split(",")[0]) / 3600;
    return [
      `  ${file.padEnd(20)} ${String(lines.length - 1).padStart(5)} rows, ${hours.toFixed(0)} h`,
    ];
  });
  const label_uAh = labelOf_nAh(physics) / 1000;
  return [
    `${name}, label ${label_uAh} uAh, one specimen (seed ${seed}) between ` +
      `${limits.cut_off_mV / 1000} and ${limits.charge_mV / 1000} V`,
    ...rows,
    `  ${MANIFEST_FILE}`,
    `${options.out}: ${megabytes(texts).toFixed(2)} MB; simulated, not measured`,
  ].join("\n");
}
