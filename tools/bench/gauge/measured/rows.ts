// The rows of the measured cell: what is replayed, with which fault, and from when errors count.
// One cell file and one tuning for all of them.

import { figuresOf, recoveryOf, type Figures } from "../../../replay/figures.js";
import { scaleOf, shownTo, type CellPart } from "../../../replay/profile.js";
import { referenceOf, type CellRecord } from "../../../replay/record.js";
import { replay, type ReplayOptions } from "../../../replay/replay.js";
import { SOUND, type Sensing } from "../../../replay/sensing.js";
import { CAPACITY_NAH, DRIVES, readLg, type Drive } from "./lg_files.js";

/** What sort of row it is: metrics are the worst of a sort. */
export type Sort =
  "nominal" | "offset" | "gain" | "label" | "adc" | "sparse" | "middrive" | "false" | "unmetered";

export interface LgRow {
  sort: Sort;
  drive: Drive;
  name: string;
  sensing: Partial<Sensing>;
  label_ratio: number;
  /** Share of the drive at which the replay starts, and how wrong and how sure it is told. */
  start: { share: number; wrong: number; sigma: number } | undefined;
  settle_s: number;
  recovered: number;
}

export interface LgOutcome {
  row: LgRow;
  figures: Figures;
  /** Until it recovered; the length of the replay where it never did. */
  recovery_s: number;
  recovered: boolean;
}

const ALL = Object.keys(DRIVES) as Drive[];
const COLD: Drive[] = ["0C", "m10C"];
const SETTLE_S = 600;
const STARTS = 8;
/** After a start in mid-drive so much is left at least. */
const LEFT_S = 1800;
const WRONG = 0.5;
/** Full by the charger's word, and where a wrong start is told a falsely small sigma. */
const SURE = 0.01;
const RATIOS = [0.8, 1.2];
const usual = { sensing: {}, label_ratio: 1, start: undefined, settle_s: SETTLE_S };
const rowOf = (sort: Sort, drive: Drive, name: string, more: Partial<LgRow> = {}): LgRow => {
  return { ...usual, recovered: 0.02, sort, drive, name, ...more };
};

const ratios = (drive: Drive): LgRow[] =>
  RATIOS.flatMap((ratio) => [
    rowOf("gain", drive, `current gain ${ratio}`, { sensing: { current_gain: ratio } }),
    rowOf("label", drive, `capacity label ${ratio}`, { label_ratio: ratio }),
  ]);

/** Eight starts, half of the capacity wrong. */
const starts = (sort: Sort, drive: Drive, sigma: number, settle_s: number, recovered: number) =>
  Array.from({ length: STARTS }, (_, i) =>
    rowOf(sort, drive, `start ${i + 1} of ${STARTS}, 50 % wrong, told ${100 * sigma} %`, {
      ...{ start: { share: (i + 1) / (STARTS + 1), wrong: WRONG, sigma }, settle_s, recovered },
    }),
  );

export const LG_ROWS: readonly LgRow[] = [
  ...ALL.map((drive) => rowOf("nominal", drive, "sound sensors")),
  ...[-0.01, 0.01].map((offset) =>
    rowOf("offset", "25C", `current offset ${100 * offset} % C`, {
      sensing: { current_offset_C: offset },
    }),
  ),
  ...ratios("25C"),
  rowOf("adc", "25C", "10-bit ADC over 5 V", { sensing: { adc_bits: 10 } }),
  rowOf("sparse", "25C", "a wake every 600 s", { sensing: { every_s: 600 } }),
  ...COLD.flatMap(ratios),
  ...starts("middrive", "25C", WRONG, 300, 0.02),
  ...COLD.flatMap((drive) => starts("middrive", drive, WRONG, LEFT_S, 0.04)),
  ...starts("false", "25C", SURE, 0, 0.02),
  ...(["25C", "0C"] as const).flatMap((drive) =>
    [0.9, 1.1].map((gain) =>
      rowOf(
        "unmetered",
        drive,
        `no current sensor, each minute's mean and the current booked x${gain}`,
        {
          sensing: { booked_gain: gain },
        },
      ),
    ),
  ),
];

/** Half wrong, to the side where there is room. */
const wrongOf = (truth: number, by: number) => (truth >= WRONG ? truth - by : truth + by);

function optionsOf(row: LgRow, record: CellRecord, cell: CellPart): ReplayOptions {
  const reference = referenceOf(record, { capacity_nAh: CAPACITY_NAH, soc_at_zero: 1 });
  const scale = scaleOf(CAPACITY_NAH, cell.profile.capacity_nAh.value);
  const first_s = record.t_s[0]!;
  const from_s = (row.start?.share ?? 0) * (record.t_s.at(-1)! - first_s - LEFT_S);
  const from = record.t_s.findIndex((t_s) => t_s - first_s >= from_s);
  const start =
    row.start === undefined
      ? { soc: reference[0]!, sigma: SURE }
      : { soc: wrongOf(reference[from]!, row.start.wrong), sigma: row.start.sigma };
  return {
    ...{ cell, reference, capacity_nAh: CAPACITY_NAH, scale, from_s, start, seed: 1 },
    ...{ label_ratio: row.label_ratio, resistance_ratio: 1 },
    // the files hold means over a second
    sensing: { ...SOUND, charge: "mean", ...row.sensing },
    voltages: shownTo(cell),
  };
}

/** Replays every row. */
export function runLgRows(module: WebAssembly.Module, cell: CellPart): LgOutcome[] {
  const records = new Map(ALL.map((drive) => [drive, readLg(DRIVES[drive])]));
  return LG_ROWS.map((row) => {
    const record = records.get(row.drive)!;
    const trace = replay(module, record, optionsOf(row, record, cell));
    const length_s = trace.t_s.at(-1)!;
    const recovered_s = recoveryOf(trace, row.recovered);
    const recovery_s = recovered_s ?? length_s;
    // one that was told falsely is judged from its recovery on
    const settle_s = row.sort === "false" ? recovery_s : row.settle_s;
    const figures = figuresOf(trace, { settle_s, recovered: row.recovered })!;
    return { row, figures, recovery_s, recovered: recovered_s !== undefined };
  });
}
