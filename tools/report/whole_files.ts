// Files of a command's --out folder, never half written: each is written under another name first.

import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The folder cannot be written; the message is one line. */
export class ReportError extends Error {
  override readonly name = "ReportError";
}

const REMEDY = "name a folder that can be written with --out";

/** Node's message without its call: `ENOTDIR: not a directory`. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n")[0] ?? "").replace(
    /, (?:stat|mkdir|open|write|rename|close)\b.*$/,
    "",
  );
}

/** Level by level: Node's own recursion never ends below some folders that refuse new ones. */
function makeLevels(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(dir);
  if (above !== dir) makeLevels(above);
  mkdirSync(dir);
}

/** Makes the folder, where it is not there. Throws ReportError. */
export function makeFolder(dir: string): void {
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

/** Makes the folder and writes every file: what is seen under its own name is whole. */
export function writeWhole(dir: string, files: Record<string, string | Uint8Array>): void {
  makeFolder(dir);
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
