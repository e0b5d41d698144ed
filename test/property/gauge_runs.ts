// The gauge in the wild: random lives in great numbers, after each of which SOC must be right. A
// run is replayed from its seed alone.

import { type GaugeRun, gaugeRun } from "./gauge_story.js";
import { type Build, NodeUnderTest } from "./node_under_test.js";

export interface GaugeResult {
  runs: number;
  /** Not sound, or wrong although the sensor was not: beyond 3 % of SOC, flat cells 2 sigma too. */
  failed: number;
  /** Of these: a number that is none, open books, a lost seal, a trap. */
  unsound: number;
  /** Runs that end with a faulty voltage sensor: only soundness is asked of them. */
  sensor_faulty: number;
  /** Runs in which the cell never got full. */
  never_full: number;
  /** Layered cells with a sound sensor, a charger that tells, and a gain within its sigma. */
  told: Share;
  /** All other layered cells with a sound sensor. */
  untold: Share;
  /** Layered cells whose sensor failed, and had healed before the charge. */
  healed: Share;
  /** Flat cells, but for those with a faulty sensor. */
  flat: Share;
  /** Seed, and what was wrong. */
  firstFailure?: string;
}

/** Runs that were asked for SOC: how many were wrong by 3 %, how many within two sigma. */
export interface Share {
  asked: number;
  wrong: number;
  worst: number;
  within: number;
}

const LAYERED_LIMIT = 0.03;
/** The stated error of the gain, one sigma. */
const GAIN = 0.002;

/** What a run failed by; undefined: nothing. */
export function failure(run: GaugeRun): string | undefined {
  if (run.unsound !== undefined) return run.unsound;
  if (run.sensor === "faulty" || !run.full) return undefined;
  const limit = run.truth.flat ? Math.max(2 * run.sigma, LAYERED_LIMIT) : LAYERED_LIMIT;
  if (Math.abs(run.error) < limit) return undefined;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const kind = run.truth.flat ? "flat" : "layered";
  return `SOC of a ${kind} cell off by ${percent(run.error)}, sigma ${percent(run.sigma)}`;
}

const seedOf = (seed: number, run: number) => (Math.imul(seed ^ run, 0x9e3779b1) ^ run) >>> 0;

/** The story of one seed, wake by wake. */
export function replayGauge(seed: number, build: Build = "core.wasm"): string {
  const lines: string[] = [];
  const run = gaugeRun(seed, new NodeUnderTest(build), (line) => lines.push(line));
  return [`seed ${seed}: ${failure(run) ?? "nothing wrong"}`, ...lines].join("\n  ");
}

/**
 * `count` runs from `seed` on, `exact` ones or not: see drawTruth. The same arguments give the same
 * runs.
 */
export async function gaugeRuns(
  count: number,
  seed: number,
  { build = "core.wasm", exact = false }: { build?: Build; exact?: boolean } = {},
): Promise<GaugeResult> {
  let node = new NodeUnderTest(build);
  const none = () => ({ asked: 0, wrong: 0, worst: 0, within: 0 });
  const result: GaugeResult = {
    ...{ runs: 0, failed: 0, unsound: 0, sensor_faulty: 0, never_full: 0 },
    ...{ told: none(), untold: none(), healed: none(), flat: none() },
  };
  for (; result.runs < count; result.runs++) {
    const runSeed = seedOf(seed, result.runs);
    try {
      tally(result, gaugeRun(runSeed, node, undefined, exact), runSeed);
    } catch (error) {
      result.failed += 1;
      result.unsound += 1;
      result.firstFailure ??= `seed ${runSeed}: ${String(error)}`;
      // after a trap an instance is in no defined state
      node = new NodeUnderTest(build);
    }
    if (result.runs % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
  }
  return result;
}

function tally(result: GaugeResult, run: GaugeRun, seed: number): void {
  const wrong = failure(run);
  if (wrong !== undefined) {
    result.failed += 1;
    result.firstFailure ??= `seed ${seed}: ${wrong}`;
  }
  if (run.unsound !== undefined) result.unsound += 1;
  if (run.sensor === "faulty") result.sensor_faulty += 1;
  else if (!run.full) result.never_full += 1;
  else add(shareOf(result, run), run);
}

function shareOf(result: GaugeResult, run: GaugeRun): Share {
  const { flat, charger, gain } = run.truth;
  if (flat) return result.flat;
  if (run.sensor === "healed") return result.healed;
  return charger === "tells" && Math.abs(gain) <= GAIN ? result.told : result.untold;
}

function add(share: Share, run: GaugeRun): void {
  const error = Math.abs(run.error);
  share.asked += 1;
  if (error >= LAYERED_LIMIT) share.wrong += 1;
  if (error <= 2 * run.sigma) share.within += 1;
  share.worst = Math.max(share.worst, error);
}
