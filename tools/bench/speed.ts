// The suite `speed`: how fast a node's year is simulated, firmware in the loop, and how close it
// stays to a far finer simulation.

import { performance } from "node:perf_hooks";
import { readPart, readScenario, type Parts } from "../../boards/parts.js";
import { environmentOf, plantOf } from "../../boards/plant.js";
import { programmeOf } from "../../boards/programme.js";
import { Core } from "../../host/core/core.js";
import { Firmware } from "../../host/sim/firmware.js";
import { simulate } from "../../host/sim/simulate.js";
import { coreModule } from "../build/built.js";
import { projectPath } from "../build/paths.js";
import { type Measurement } from "./report.js";
import { coreSteps } from "./speed/core_steps.js";
import { voltageErrors } from "./speed/fine_replay.js";
import { oracleSevenDay } from "./speed/oracle_seven_day.js";
import { sizeAnswer } from "./speed/size_answer.js";

const YEAR_H = 8760;
const MONTH_H = 720;
/** Runs that warm the engine up, and those of which the median counts. */
const WARM = 4;
const RUNS = 25;

interface Timed {
  environment_s: number;
  plant_s: number;
  run_s: number;
  wakes: number;
  stretches: number;
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** One year of the default scenario, everything included, each part timed. */
function year(core: Core, parts: Parts, seed: number): Timed {
  const marks = [performance.now()];
  const environment = environmentOf(parts, seed, YEAR_H);
  marks.push(performance.now());
  const { node, sensors } = plantOf(parts, environment, seed);
  const firmware = new Firmware(core, programmeOf(parts), node, sensors);
  marks.push(performance.now());
  simulate(node, firmware, YEAR_H, {});
  marks.push(performance.now());
  const [environment_s, plant_s, run_s] = marks.slice(1).map((ms, i) => (ms - marks[i]!) / 1000);
  return {
    environment_s: environment_s!,
    plant_s: plant_s!,
    run_s: run_s!,
    wakes: firmware.deeds.steps,
    stretches: node.stretches,
  };
}

const whole = ({ environment_s, plant_s, run_s }: Timed) => environment_s + plant_s + run_s;

async function years(core: Core): Promise<Measurement[]> {
  const parts = readScenario(projectPath("boards"), "default-year");
  const all = Array.from({ length: WARM + RUNS }, (_, i) => year(core, parts, 1 + i));
  const runs = all.slice(WARM);
  const small: Parts = {
    ...parts,
    cell: readPart(projectPath("boards"), "cell", "enerchip-50uAh"),
  };
  const knee = voltageErrors(core, small, MONTH_H);
  const year_s = median(runs.map(whole));
  const share = (of: (run: Timed) => number) =>
    100 * median(runs.map((run) => of(run) / whole(run)));
  const environment = share(({ environment_s }) => environment_s).toFixed(0);
  const plant = share(({ plant_s }) => plant_s).toFixed(0);
  const { wakes, stretches } = runs[0]!;
  const events = programmeOf(parts).events.reduce((sum, e) => sum + e.wanted_per_s * 86400, 0);
  const of = [
    `default-year: wakes every 600 s, one-minute light, ${events} events a day, core in the loop,`,
    `one thread; wall time of weather (${environment} %), charger's table and start of the core`,
    `(${plant} %) and run; median of ${RUNS} years of other seeds after ${WARM},`,
    `node ${process.version}`,
  ].join(" ");
  const { worst_mV, rms_mV } = voltageErrors(core, parts, YEAR_H);
  const against = "at every wake of that year, against 40 volumes, 5 s steps and no merged light";
  return [
    {
      name: "simulated_seconds_per_second",
      value: (YEAR_H * 3600) / year_s,
      unit: "s/s",
      of,
    },
    { name: "wakes_per_second", value: wakes / year_s, unit: "1/s", of: "the same run" },
    {
      name: "stretches_per_wake",
      value: stretches / wakes,
      unit: "1",
      of: "steps of the cell: what the time goes with",
    },
    {
      name: "us_per_stretch",
      value: (1e6 * median(runs.map(({ run_s }) => run_s))) / stretches,
      unit: "us",
      of: "the run over its stretches: cell, ledger, light, and the wakes' share",
    },
    { name: "voltage_error_max_mV", value: worst_mV, unit: "mV", of: against },
    {
      name: "first_year_s",
      value: whole(all[0]!),
      unit: "s",
      of: "the first year of a process, before the engine is warm",
    },
    {
      name: "voltage_error_empty_max_mV",
      value: knee.worst_mV,
      unit: "mV",
      of: "a month with 50 uAh, a cell that runs empty; its EMF falls 0.56 V in the last percent",
    },
    { name: "voltage_error_rms_mV", value: rms_mV, unit: "mV", of: against },
  ];
}

/** The core's part of the time, from both rates. */
function coreShare(lived: Measurement[], steps: Measurement[]): Measurement {
  const value = (name: string) =>
    [...lived, ...steps].find((measured) => measured.name === name)?.value ?? NaN;
  return {
    name: "core_time_share",
    value: value("wakes_per_second") / value("core_walks_per_second"),
    unit: "1",
    of: "of the year's time, at core_walks_per_second; the rest is the plant's",
  };
}

export async function speed(): Promise<Measurement[]> {
  const core = await Core.instantiate(coreModule());
  const [lived, steps] = [await years(core), await coreSteps()];
  return [
    ...lived,
    coreShare(lived, steps),
    ...steps,
    ...(await sizeAnswer()),
    ...(await oracleSevenDay()),
  ];
}
