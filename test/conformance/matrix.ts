// Runs the golden vector, and broken copies of it, on every engine; says what each made of it.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildPath, projectPath } from "../../tools/build/paths.js";
import { hashWords } from "../../tools/vectors/recorder.js";
import { engines, type Engine } from "./engines.js";

export const GOLDEN = projectPath("test/conformance/golden.bin");
const HEAD_WORDS = 9;

export interface Row {
  engine: string;
  counts: boolean;
  ran: boolean;
  identical: boolean;
  steps: number;
  /** A flipped bit of the file, and a flipped expectation with the file's hash repaired. */
  noticesFlip: boolean;
  noticesChange: boolean;
  /** The last line the engine printed, or the command that would bring it. */
  remark: string;
}

function words(): Uint32Array {
  const bytes = readFileSync(GOLDEN);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4).slice();
}

function write(name: string, file: Uint32Array): string {
  const folder = buildPath("conformance");
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${name}`;
  writeFileSync(path, new Uint8Array(file.buffer));
  return path;
}

/** One bit of one word flipped; `seed` chooses which. */
export function flippedFile(seed: number): string {
  const file = words();
  const at = HEAD_WORDS + ((Math.imul(seed, 2654435761) >>> 0) % (file.length - HEAD_WORDS));
  file[at]! ^= 1 << (seed & 31);
  return write("flipped.bin", file);
}

/** The expected state hash of the last EXPECT changed by one bit, the file's own hash made anew. */
export function changedFile(): string {
  const file = words();
  const lastExpectation = file.length - 3;
  file[lastExpectation]! ^= 1 << 7;
  file[file.length - 1] = hashWords(file, 0, file.length - 1);
  return write("changed.bin", file);
}

/** Longer than any engine's name. */
const NAME_COLUMNS = 42;

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1) ?? "";

async function judge(engine: Engine, flipped: string, changed: string): Promise<Row> {
  // at once, for the sake of those that are slow and in a process of their own
  const [golden, flip, change] = await Promise.all([
    engine.run(GOLDEN),
    engine.run(flipped),
    engine.run(changed),
  ]);
  const row = {
    engine: engine.name,
    counts: engine.counts,
    ran: golden.available,
    identical: golden.identical,
    steps: golden.steps,
    noticesFlip: false,
    noticesChange: false,
    remark: golden.available ? lastLine(golden.output) : `missing: ${golden.missing}`,
  };
  if (!golden.available) return row;
  row.noticesFlip = !flip.identical;
  row.noticesChange = !change.identical;
  return row;
}

/** All engines, one after the other. */
export async function judgeAll(seed: number): Promise<Row[]> {
  const flipped = flippedFile(seed);
  const changed = changedFile();
  const rows: Row[] = [];
  for (const engine of engines) rows.push(await judge(engine, flipped, changed));
  return rows;
}

/** How many engines ran and agreed; any disagreement makes it 0. */
export function identicalEngines(rows: Row[]): number {
  if (rows.some((row) => row.ran && !row.identical)) return 0;
  return rows.filter((row) => row.counts && row.identical).length;
}

/** The matrix as text, 100 columns at most. */
export function matrixText(rows: Row[]): string {
  const mark = (row: Row, value: boolean) => (row.ran ? (value ? "yes" : "NO") : "-");
  const lines = rows.map((row) =>
    [
      row.engine.padEnd(NAME_COLUMNS),
      (row.ran ? "yes" : "missing").padEnd(9),
      mark(row, row.identical).padEnd(11),
      String(row.ran ? row.steps : "-").padStart(6),
      "  ",
      mark(row, row.noticesFlip).padEnd(10),
      mark(row, row.noticesChange).padEnd(9),
      row.counts ? "" : "(not counted)",
    ]
      .join("")
      .trimEnd(),
  );
  const head = [
    "engine".padEnd(NAME_COLUMNS),
    "ran".padEnd(9),
    "identical".padEnd(11),
    " steps",
  ].join("");
  const missing = rows.filter((row) => !row.ran).map((row) => `${row.engine}: ${row.remark}`);
  return [
    `${head}  flip seen change seen`,
    ...lines,
    `${identicalEngines(rows)} engines bit-identical`,
    ...missing,
  ].join("\n");
}
