#!/usr/bin/env node
// The `tfmb` command. Wrong input gives one line on stderr and exit code 2.

import { Command, CommanderError } from "commander";
import { HOURS_MAX } from "../host/sim/environment/site.js";
import { runBuild, type BuildOptions } from "./commands/build.js";
import { characterise } from "./commands/characterise.js";
import { runCommission } from "./commands/commission.js";
import { runCompare, type CompareOptions } from "./commands/compare.js";
import { fitPaths, type FitPathsOptions } from "./commands/fit.js";
import { runFlash, type FlashOptions } from "./commands/flash.js";
import { listHil, runHil, type HilOptions } from "./commands/hil.js";
import { list } from "./commands/list.js";
import { valuesOnce } from "./commands/once.js";
import { runOracle } from "./commands/oracle.js";
import { type StretchedSetup } from "./commands/scenario_stretch.js";
import { show } from "./commands/show.js";
import { replayCommand, runReplay, type ReplayCsvOptions } from "./commands/replay_csv.js";
import { RANGES, runSize, type SizeOptions } from "./commands/size.js";
import { runSizeBoards } from "./commands/size_boards.js";
import { runSimulation, type SimulateOptions } from "./commands/simulate.js";
import { POLICIES } from "./oracle/policies/list.js";
import { type Setup } from "./simulate/setup.js";
import { folder, isInputError, numberIn, UsageError } from "./commands/usage.js";

const EXIT_USAGE = 2;
/** Nothing was wrong, but the command left the deed to somebody else. */
const EXIT_NOT_DONE = 3;
/** As a shell has it of a program that SIGPIPE ended. */
const EXIT_READER = 141;
const SEED_MAX = 4294967295;
const YEARS_MAX = 10;
const WEEKS_MAX = 52;
const BAUD = numberIn("--baud", 300, 4_000_000, true);
const DAY = numberIn("--from", 1, 36525, true);

type Print = (text: string) => void;

const collect = (value: string, before: string[] = []) => [...before, value];

/** What makes a run, for every command that runs one. */
function withSetup(command: Command): Command {
  return command
    .option("--cell <name>", "another cell than the scenario's")
    .option("--board <name>", "another board")
    .option("--load <name>", "another load")
    .option("--site <name>", "another site")
    .option("--seed <n>", "which specimen, which weather", numberIn("--seed", 0, SEED_MAX, true))
    .option("--set <place=value>", "change a value, e.g. board.physics.panels=3", collect);
}

function addSimulate(tfmb: Command, print: Print): void {
  withSetup(tfmb.command("simulate"))
    .description("let a node live in simulation and say how it went")
    .argument("[scenario]", "name in boards/scenarios, or a .json file", "default-year")
    .option("--light <file.csv>", "a trace: columns t_s and lux or W_per_m2, or NREL's, or PVGIS's")
    .option("--radio <file.csv>", "a trace: columns t_s and power_dBm or power_uW")
    .option("--ambient <degC>", "for a trace without temperatures", numberIn("--ambient", -60, 100))
    .option("--hours <h>", "how long", numberIn("--hours", 0.1, HOURS_MAX))
    .option("--years <n>", "how long", numberIn("--years", 0.001, YEARS_MAX))
    .option("--out <dir>", "write report.html, run.json and trace.csv", folder)
    .option("--json", "print one JSON object")
    .action(async (scenario: string, options: SimulateOptions) => {
      print(await runSimulation(scenario, options));
    });
}

function addSize(tfmb: Command, print: Print): void {
  const within = (name: keyof typeof RANGES, whole = false) => {
    const [low, high] = RANGES[name];
    return numberIn(`--${name}`, low, high, whole);
  };
  withSetup(tfmb.command("size"))
    .description("find the smallest cell and panels for a load, a site and a reliability (minutes)")
    .argument("[scenario]", "name in boards/scenarios, or a .json file", "default-year")
    .option("--reliability <share>", "years without a brown-out (0.95)", within("reliability"))
    .option("--refused <share>", "judge by events refused instead", within("refused"))
    .option("--seeds <n>", "specimens and weathers that draw the map", within("seeds", true))
    .option("--years <n>", "length of each run", within("years"))
    .option("--cells <list>", "capacities in uAh, rising, with commas")
    .option("--panels <list>", "numbers of panels, rising, with commas")
    .option("--boards", "every board in the default year, for the README's table")
    .option("--out <dir>", "write size.json, map.csv and map.svg; of --boards boards.json", folder)
    .option("--json", "print one JSON object")
    .action(
      async (scenario: string, { boards, ...options }: SizeOptions & { boards?: boolean }) => {
        print(await (boards === true ? runSizeBoards(options) : runSize(scenario, options)));
      },
    );
}

/** Which part of a scenario is planned, for the commands that plan. */
function withStretch(command: Command): Command {
  return withSetup(command)
    .argument("[scenario]", "name in boards/scenarios, or a .json file", "default-year")
    .option("--weeks <n>", "how many (1)", numberIn("--weeks", 1, WEEKS_MAX, true))
    .option("--from <day>", "of the run, from 1 on; else the leanest", DAY)
    .option("--hours <h>", "how long the run is", numberIn("--hours", 24, HOURS_MAX))
    .option("--json", "print one JSON object");
}

function addOracle(tfmb: Command, print: Print): void {
  withStretch(tfmb.command("oracle"))
    .description("the best that could be done in a scenario by one who knew what was to come")
    .action(async (scenario: string, options: StretchedSetup) => {
      print(await runOracle(scenario, options));
    });
  withStretch(tfmb.command("compare"))
    .description("what policies make of a scenario, beside the best that could be done")
    .option("--policies <list>", `with commas, of ${Object.keys(POLICIES).join(", ")}; else all`)
    .option("--out <dir>", "write compare.html, compare.json, compare.csv and slots.csv", folder)
    .action(async (scenario: string, options: CompareOptions) => {
      print(await runCompare(scenario, options));
    });
}

function addFit(tfmb: Command, print: Print): void {
  tfmb
    .command("characterise")
    .description("measure a specimen of a cell as a laboratory would")
    .argument("<cell>", "name in boards/cells, or a .json file")
    .requiredOption("--out <dir>", "where the records go", folder)
    .option("--seed <n>", "which specimen", numberIn("--seed", 0, SEED_MAX, true), 1)
    .action((cell: string, options: { out: string; seed: number }) => {
      print(characterise({ cell, ...options }));
    });
  tfmb
    .command("fit")
    .description("make the core's profile of a cell from records of it")
    .argument("<path...>", "a folder that characterise wrote, or a laboratory's own CSV files")
    .option("--cell <name>", "the cell's file; of CSV files: whose numbers stand in (r20-50uAh)")
    .option("--json", "print one JSON object")
    .option("--write", "folder: put the profile into the cell's file")
    .option("--out <dir>", "CSV files: write cell.json and report.html", folder)
    .option("--columns <list>", "KIND=[-]NAME[:UNIT] with commas, where headings do not tell")
    .option("--degC <n>", "temperature of files without a column", numberIn("--degC", -60, 150))
    .option(
      "--label-mAh <n>",
      "the label's capacity, to check units",
      numberIn("--label-mAh", 1e-6, 1e6),
    )
    .option(
      "--as-uAh <n>",
      "write a cell of its kind of this size",
      numberIn("--as-uAh", 0.001, 1e4),
    )
    .action(async (paths: string[], options: FitPathsOptions) =>
      print(await fitPaths(paths, options)),
    );
}

function addFirmware(tfmb: Command, print: Print, done: (code: number) => void): void {
  tfmb
    .command("build")
    .description("make a board's firmware with the profile of a scenario inside")
    .option("--board <name>", "which board: see tfmb list")
    .option("--scenario <name>", "what it lives in (default-year)")
    .option("--cell <name>", "another cell than the scenario's")
    .option("--load <name>", "another load")
    .option("--set <place=value>", "change a value, e.g. board.profile.hypotheses=1", collect)
    .option("--out <dir>", "where the files go (build/firmware/NAME)", folder)
    .action((options: Partial<BuildOptions>) => {
      print(runBuild(options));
    });
  tfmb
    .command("flash")
    .description("put onto a board what build made; exit code 3: only said how")
    .option("--board <name>", "which board")
    .option("--from <dir>", "folder of tfmb build (build/firmware/NAME)")
    .option("--port <name>", "Espruino: host:port, or a serial line")
    .option("--baud <n>", "of that line (9600)", BAUD)
    .option("--to <dir>", "UF2: the volume's folder, where it is not found")
    .action(async (options: FlashOptions) => {
      const flashed = await runFlash(options);
      print(flashed.said);
      if (!flashed.done) done(EXIT_NOT_DONE);
    });
  withSetup(tfmb.command("commission"))
    .description("first charge, calibration, profile and ship mode of a new node, simulated")
    .option("--scenario <name>", "its cell, board and light (default-year)")
    .option(
      "--hours <h>",
      "how long the first charge may take (2016)",
      numberIn("--hours", 1, 8760),
    )
    .action((options: Partial<Setup>) => runCommission(options, print));
}

/** Runs on the rig have exit codes of their own: `done` is told. */
function addHil(tfmb: Command, print: Print, done: (code: number) => void): void {
  const hil = tfmb
    .command("hil")
    .description("a node on the rig: firmware, and what it must endure");
  hil
    .command("run")
    .description("run scenarios with their steps on devices; exit code 1: not as expected")
    .argument("[scenarios...]", "names, or .json files; all of boards/scenarios/hil")
    .option("--device <name>", "names with commas, or all that are here", "wasm")
    .option("--seed <n>", "which specimen, which weather", numberIn("--seed", 0, SEED_MAX, true))
    .option("--hours <h>", "how long", numberIn("--hours", 0.1, HOURS_MAX))
    .option("--port <address>", "of a board: host:port, or a serial line")
    .option("--baud <n>", "of that line", BAUD)
    .option("--fast", "do not wait while that board sleeps")
    .option("--program <file.js>", "what an Espruino is sent first, where its firmware lacks it")
    .option("--record <file>", "keep what the device answered")
    .option("--replay <file>", "let such a file answer in its place")
    .option("--out <dir>", "write report.html, junit.xml, hil.json and a trace of each run", folder)
    .option("--json", "print one JSON object")
    .action(async (scenarios: string[], options: HilOptions) => {
      done(await runHil(scenarios, options, print));
    });
  hil
    .command("list")
    .description("list devices and scenarios of the rig")
    .option("--quantities", "what a scenario may ask about, with units")
    .action((options: { quantities?: boolean }) => print(listHil(options.quantities === true)));
}

function program(print: Print, done: (code: number) => void): Command {
  const tfmb = new Command("tfmb")
    .description("battery management for sensor nodes on a thin-film microbattery")
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined });
  addSimulate(tfmb, print);
  addSize(tfmb, print);
  addOracle(tfmb, print);
  addFit(tfmb, print);
  replayCommand(tfmb.command("replay")).action((files: string[], options: ReplayCsvOptions) => {
    print(runReplay(files, options));
  });
  addFirmware(tfmb, print, done);
  addHil(tfmb, print, done);
  tfmb
    .command("list")
    .description("list cells, boards, loads, sites and scenarios")
    .action(() => print(list()));
  tfmb
    .command("show")
    .description("show a part with its numbers and sources; a cell with its OCV")
    .argument("[words...]", "a name, or a kind and a name")
    .option("--all", "everything that is in the file")
    .action((words: string[], options: { all?: boolean }) => {
      print(show(words, options));
    });
  valuesOnce(tfmb, (parse) => parse === collect);
  return tfmb;
}

/** One line of an error that the caller can mend. */
function lineOf(error: Error): string {
  // `tfmb hil` alone: commander would print its help
  if (error instanceof CommanderError && error.code === "commander.help") {
    return "no command; try: tfmb hil list, tfmb hil run, tfmb hil --help";
  }
  const [line = ""] = error.message
    .replace(/^error: /, "")
    .replace(/\n\(Did you mean (.*)\)$/, "; did you mean $1")
    .split("\n");
  return line;
}

/** Ends quietly where what reads the output does not want more of it: `tfmb hil run | head`. */
function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(EXIT_READER);
  });
}

/** Runs a command line; returns the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  let code = 0;
  const tfmb = program(
    (text) => console.log(text),
    (ended) => (code = ended),
  );
  try {
    if (words.length === 0) {
      throw new UsageError("no command; try: tfmb simulate, tfmb list, tfmb --help");
    }
    await tfmb.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    const parsed = error instanceof CommanderError;
    if (parsed && error.exitCode === 0) return 0;
    if (!parsed && !isInputError(error)) throw error;
    console.error(`tfmb: ${lineOf(error)}`);
    return EXIT_USAGE;
  }
}

endWithReader();
process.exitCode = await main(process.argv.slice(2));
