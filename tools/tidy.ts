// The conventions of this repository, checked: `npm run tidy`. Judges every file that git tracks or
// would track, prints what is wrong, where, and what to do about it, and exits 1 if anything is.

import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { judge, RULE_COUNT } from "./tidy/rules.js";
import { source, type Finding, type Source } from "./tidy/source.js";

/** Tracked files, and new ones that are not ignored; deleted ones are left out. */
function trackedFiles(root: string): string[] {
  const flags = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", flags, { cwd: root, encoding: "utf8" }).split("\0");
  const isFile = (path: string) =>
    path !== "" && statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
  return [...new Set(listed)].filter(isFile).sort();
}

/** Every text file of the tree; a NUL byte marks a binary one. */
export function readTree(root: string): Source[] {
  return trackedFiles(root).flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return text.includes("\0") ? [] : [source(path, text)];
  });
}

function print({ path, line, text }: Finding): void {
  console.error(line === 0 ? `${path}: ${text}` : `${path}:${line}: ${text}`);
}

/** Judges the tree under `root`; returns the exit code. */
export function tidy(root: string): number {
  const sources = readTree(root);
  const findings = judge(sources);
  findings.forEach(print);
  const tally = `${sources.length} files, ${RULE_COUNT} rules`;
  if (findings.length === 0) console.log(`tidy: ${tally}, nothing to say`);
  else console.error(`tidy: ${tally}, ${findings.length} findings`);
  return findings.length === 0 ? 0 : 1;
}

const main = process.argv[1] === fileURLToPath(import.meta.url);
if (main) process.exitCode = tidy(fileURLToPath(new URL("..", import.meta.url)));
