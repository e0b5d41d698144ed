// Options of a command line that are given twice: the last would win, and nobody would see it.

import { type Command } from "commander";
import { UsageError } from "./usage.js";

/** Lets the options of a command, and of those below it, take a value once; lists as often. */
export function valuesOnce(command: Command, isList: (parse: unknown) => boolean): void {
  for (const option of command.options) {
    if (option.isBoolean() || isList(option.parseArg)) continue;
    let given = 0;
    command.on(`option:${option.name()}`, () => {
      given += 1;
      if (given > 1) throw new UsageError(`${option.long} is given twice; give it once`);
    });
  }
  for (const below of command.commands) valuesOnce(below, isList);
}
