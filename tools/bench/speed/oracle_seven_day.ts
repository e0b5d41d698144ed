// How long the perfect plan of a week takes: seven days in slots of ten minutes.

import { performance } from "node:perf_hooks";
import { askOracle } from "../../oracle/oracle.js";
import { type Measurement } from "../report.js";
import { SIZES_uAh, weekFolder, weekHarvest, worldOf } from "../schedule/week.js";

const DAY_SLOTS = 144;
const DAYS = 7;

export async function oracleSevenDay(): Promise<Measurement[]> {
  const name = "oracle_seven_day_s";
  const folder = weekFolder();
  if (folder === undefined) {
    return [{ name, value: null, unit: "s", of: "no ../shared/data/harvest on this machine" }];
  }
  const harvest_J = weekHarvest(folder).slice(0, DAYS * DAY_SLOTS);
  // the solver's own start is no part of it
  await askOracle(worldOf(harvest_J.slice(0, DAY_SLOTS), SIZES_uAh[0]!));
  const times_s: number[] = [];
  for (const size_uAh of SIZES_uAh) {
    const before_ms = performance.now();
    await askOracle(worldOf(harvest_J, size_uAh));
    times_s.push((performance.now() - before_ms) / 1000);
  }
  const of = `slowest of ${SIZES_uAh.length} sizes, ${harvest_J.length} slots, text to solution`;
  return [{ name, value: Math.max(...times_s), unit: "s", of }];
}
