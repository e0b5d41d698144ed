// How long `tfmb size` takes on the default design: processor time of all its threads over two
// cores, so that a machine with other work says the same.

import { performance } from "node:perf_hooks";
import { searchSize } from "../../commands/size.js";
import { type Measurement } from "../report.js";

const CORES = 2;

export async function sizeAnswer(): Promise<Measurement[]> {
  const start_ms = performance.now();
  const start = process.cpuUsage();
  const { answer, runs } = await searchSize("default-year", {}, CORES);
  const { user, system } = process.cpuUsage(start);
  const wall_s = (performance.now() - start_ms) / 1000;
  const value = (user + system) / 1e6 / CORES;
  const pair = answer === null ? "no answer" : `${answer.cell_uAh} uAh, ${answer.panels} panels`;
  const how = `processor time over ${CORES} cores; by the clock ${wall_s.toFixed(1)} s`;
  const of = `tfmb size on the default design: ${pair} after ${runs} runs; ${how}`;
  return [{ name: "size_answer_s", value, unit: "s", of }];
}
