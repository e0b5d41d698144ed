// The suite `robustness`: random calls with random bit patterns against the release core.

import { hostileRuns } from "../../test/property/hostile_runs.js";
import { type Measurement } from "./report.js";

const RUNS = 200_000;

export async function robustness(): Promise<Measurement[]> {
  const seed = Date.now() >>> 0;
  const { runs, failed, firstFailure } = await hostileRuns(RUNS, seed);
  const of = `random calls, samples, profiles and storage answers, seed ${seed}`;
  return [
    { name: "hostile_inputs_tried", value: runs, unit: "1", of },
    { name: "hostile_inputs_failed", value: failed, unit: "1", of: firstFailure ?? of },
  ];
}
