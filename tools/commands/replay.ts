// What gives the same answer again: the commit of the checkout, and the command line.

import { execFileSync } from "node:child_process";
import { projectRoot } from "../build/paths.js";
import { shellWord } from "../shell_word.js";

/** The commit of the checkout; changes that are not in it are said. */
export function commitOf(): string {
  try {
    const git = (...words: string[]) =>
      execFileSync("git", words, { cwd: projectRoot, encoding: "utf8", stdio: "pipe" }).trim();
    return git("rev-parse", "HEAD") + (git("status", "--porcelain") === "" ? "" : "+changes");
  } catch {
    return "unknown";
  }
}

/** Options that only say where the answer goes. */
const OUTPUT = ["out", "json"];

/** The option of a property, as `--label-mAh` of `labelMAh`: units keep their letters. */
export const optionOf = (name: string): string =>
  `--${name.replaceAll(/degC$|[MU]Ah$|[A-Z]/g, (found) => {
    if (found === "degC") return found;
    return `-${found[0]!.toLowerCase()}${found.slice(1)}`;
  })}`;

/** `tfmb COMMAND SCENARIO` (or files) with its options, quoted for a shell. */
export function replayOf(
  command: string,
  scenario: string | readonly string[],
  options: object,
): string {
  const words = Object.entries(options).flatMap(([name, value]: [string, unknown]) => {
    if (OUTPUT.includes(name) || value === undefined) return [];
    const option = optionOf(name);
    if (value === true) return [option];
    const values = Array.isArray(value) ? value : [value];
    return values.map((each) => `${option} ${shellWord(String(each))}`);
  });
  return [`tfmb ${command}`, ...[scenario].flat().map(shellWord), ...words].join(" ");
}
