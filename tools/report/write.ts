// What `tfmb simulate --out DIR` leaves: report.html, run.json and trace.csv, never half written.

import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type RunTrace } from "../../host/sim/record.js";
import { traceCsv } from "./csv.js";
import { type RunNumbers } from "./numbers.js";
import { reportPage } from "./page.js";

/** The report cannot be written; the message is one line. */
export class ReportError extends Error {
  override readonly name = "ReportError";
}

const REMEDY = "name a folder that can be written with --out";

/** Node's message without its call: `ENOTDIR: not a directory`. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n")[0] ?? "").replace(/, (?:mkdir|open|write|rename|close)\b.*$/, "");
}

/** Level by level: Node's own recursion never ends below some folders that refuse new ones. */
function makeLevels(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(dir);
  if (above !== dir) makeLevels(above);
  mkdirSync(dir);
}

function makeFolder(dir: string): void {
  try {
    makeLevels(resolve(dir));
  } catch (error) {
    throw new ReportError(`${dir}: cannot make the folder (${reason(error)}); ${REMEDY}`);
  }
}

/** A folder in the place of a file would stop the renaming half way. */
function refuseFolders(paths: readonly string[]): void {
  const folder = paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
  if (folder !== undefined) throw new ReportError(`${folder}: is a folder; move it, or ${REMEDY}`);
}

/** Writes every file under another name first: what is seen under its own name is whole. */
function writeWhole(dir: string, files: Record<string, string>): void {
  const names = Object.keys(files);
  refuseFolders(names.map((name) => join(dir, name)));
  const part = (name: string) => join(dir, `.${name}.${process.pid}.part`);
  try {
    for (const name of names) writeFileSync(part(name), files[name]!, { flush: true });
    for (const name of names) renameSync(part(name), join(dir, name));
  } catch (error) {
    throw new ReportError(`${dir}: cannot write (${reason(error)}); ${REMEDY}`);
  } finally {
    for (const name of names) rmSync(part(name), { force: true, recursive: true });
  }
}

/** Writes report.html, run.json and trace.csv into `dir`, which is made. Throws `ReportError`. */
export function writeRun(dir: string, numbers: RunNumbers, trace: RunTrace): void {
  const files = {
    "run.json": `${JSON.stringify(numbers, null, 2)}\n`,
    "trace.csv": traceCsv(trace),
    "report.html": reportPage(numbers, trace),
  };
  makeFolder(dir);
  writeWhole(dir, files);
}
