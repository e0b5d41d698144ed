#!/usr/bin/env node
// The `tfmb` command. Wrong input gives one line on stderr and exit code 2.

import { Command, CommanderError } from "commander";
import { list } from "./commands/list.js";
import { hoursOf, isInputError, run, UsageError, type RunOptions } from "./commands/run.js";

const EXIT_USAGE = 2;

function program(print: (text: string) => void): Command {
  const tfmb = new Command("tfmb")
    .description("battery management for sensor nodes on a thin-film microbattery")
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => undefined });
  tfmb
    .command("run")
    .description("run a day of a node in simulation and say how it went")
    .option("--scenario <name>", "scenario of boards/scenarios", "default-day")
    .option("--light <file.csv>", "light trace with columns t_s and lux, or t_s and W_per_m2")
    .option("--hours <hours>", "how long", hoursOf, 24)
    .option("--json", "print one JSON object")
    .action(async (options: RunOptions) => print(await run(options)));
  tfmb
    .command("list")
    .description("list cells, boards, loads and scenarios")
    .action(() => print(list()));
  return tfmb;
}

/** Runs a command line; returns the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  const tfmb = program((text) => console.log(text));
  try {
    if (words.length === 0)
      throw new UsageError("no command; try: tfmb run, tfmb list, tfmb --help");
    await tfmb.parseAsync(words, { from: "user" });
    return 0;
  } catch (error) {
    const parsed = error instanceof CommanderError;
    if (parsed && error.exitCode === 0) return 0;
    if (!parsed && !isInputError(error)) throw error;
    const line = error.message.replace(/^error: /, "").split("\n")[0];
    console.error(`tfmb: ${line}`);
    return EXIT_USAGE;
  }
}

process.exitCode = await main(process.argv.slice(2));
