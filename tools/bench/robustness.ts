// The suite `robustness`: random calls with random bit patterns, random lives of random nodes, and
// power cuts at every byte that the journal writes, against the release core.

import { type Share, gaugeRuns } from "../../test/property/gauge_runs.js";
import { hostileRuns } from "../../test/property/hostile_runs.js";
import { resets } from "../../test/host/hil/devices/resets.js";
import { powerCuts } from "../../test/property/power_cuts/power_cuts.js";
import { ARM_GCC, ARM_PACKAGES, isInstalled } from "../build/images.js";
import { type Measurement } from "./report.js";

const RUNS = 200_000;
const LIVES = 100_000;
/** Distinct (state, operation, byte), and how a life is cut: see test/property/power_cuts. */
const CUTS = 1_500_000;
const EFFORT = { records: 40, doubleEvery: 61 };
/** Of the RP2040 image, at random instructions. */
const RESETS = 2_000;

export async function robustness(): Promise<Measurement[]> {
  const seed = Date.now() >>> 0;
  const { runs, failed, firstFailure } = await hostileRuns(RUNS, seed);
  const of = `random calls, samples, profiles and storage answers, seed ${seed}`;
  return [
    { name: "hostile_inputs_tried", value: runs, unit: "1", of },
    { name: "hostile_inputs_failed", value: failed, unit: "1", of: firstFailure ?? of },
    ...(await measureLives(seed)),
    ...measureCuts(seed),
    ...(await measureResets(seed)),
  ];
}

function sumOf(...shares: Share[]): Share {
  const sum = (key: keyof Share) => shares.reduce((total, share) => total + share[key], 0);
  const worst = Math.max(...shares.map((share) => share.worst));
  return { asked: sum("asked"), wrong: sum("wrong"), within: sum("within"), worst };
}

/** What one kind of layered cells came to. */
function ofShare(kind: string, share: Share, of: string): Measurement[] {
  const { asked, wrong, worst, within } = share;
  const one = (name: string, value: number, what: string) => ({
    ...{ name: `lives_${kind}_${name}`, value, unit: "1" },
    of: what,
  });
  return [
    one("wrong_share", wrong / asked, `${of}: ${wrong} of ${asked}`),
    one("worst", worst, "largest error of these"),
    one("within_2_sigma", within / asked, "the same lives"),
  ];
}

/** Told lives in which gain and set point are right: what of the errors hangs on these two. */
async function withoutDoubt(seed: number): Promise<Measurement[]> {
  const { told } = await gaugeRuns(LIVES / 5, seed, { exact: true });
  return ofShare("told_exact", told, "the same, gain and set point as the profile says");
}

/** Lives full of faults, each ended by a true full charge and half a discharge. */
async function measureLives(seed: number): Promise<Measurement[]> {
  const lives = await gaugeRuns(LIVES, seed);
  const { told, untold, healed, flat } = lives;
  const layered = sumOf(told, untold, healed);
  const all = sumOf(layered, flat);
  const first = lives.firstFailure ?? "none";
  const one = (name: string, value: number, of: string) => ({ name, value, unit: "1", of });
  return [
    one("lives_tried", lives.runs, `random profiles, sequences, gaps, faults; seed ${seed}`),
    one("lives_unsound", lives.unsound, "not finite, books open, seal lost, or a trap"),
    one("lives_sensor_faulty", lives.sensor_faulty, "excepted: their voltage sensor is broken"),
    one(
      "lives_layered_wrong_share",
      layered.wrong / layered.asked,
      `SOC off by 3 % or more after half a discharge from a true full charge; first: ${first}`,
    ),
    one("lives_layered_worst", layered.worst, "largest such error"),
    ...ofShare("told", told, "of these: sound sensor, charger tells, gain within 0.2 %"),
    ...(await withoutDoubt(seed)),
    ...ofShare(
      "untold",
      untold,
      "sound sensor, but charger silent, harvest metered, or worse gain",
    ),
    ...ofShare("healed", healed, "voltage sensor was broken before the charge"),
    one("lives_flat_within_2_sigma", flat.within / flat.asked, "flat cells, the same moment"),
    one("lives_within_2_sigma", all.within / all.asked, "all that were asked"),
  ];
}

function measureCuts(seed: number): Measurement[] {
  const { seen, tears, starts, lost, firstLoss, worstSigmas } = powerCuts(CUTS, EFFORT, seed);
  const media = "FRAM and flash, 1 to 8 records a half, single and double cuts";
  const of = `distinct (state, operation, byte) of ${media}, seed ${seed}`;
  const beside = `of these, of ${tears} torn retained RAMs and of ${starts} starts cut short`;
  return [
    { name: "power_cuts_tried", value: seen.size, unit: "1", of },
    { name: "power_cuts_lost", value: lost, unit: "1", of: firstLoss ?? beside },
    {
      name: "power_cuts_worst_soc_sigmas",
      value: worstSigmas,
      unit: "1",
      of: "largest error of SOC after a start, in standard deviations it states",
    },
  ];
}

async function measureResets(seed: number): Promise<Measurement[]> {
  const names = { tried: "emulated_resets_tried", lost: "emulated_resets_lost" };
  if (!isInstalled(ARM_GCC)) {
    const of = `needs: ${ARM_PACKAGES}`;
    return Object.values(names).map((name) => ({ name, value: null, unit: "1", of }));
  }
  const tally = await resets(RESETS, seed);
  const { inStart, retained, torn, starts, lost, firstLoss } = tally;
  const of = `resets of the RP2040 image in rp2040js at random instructions, seed ${seed}`;
  const kinds = `${retained} from retained RAM, ${inStart} cut, ${torn} records torn`;
  const beside = `of ${starts} starts; ${kinds}`;
  return [
    { name: names.tried, value: tally.resets, unit: "1", of },
    { name: names.lost, value: lost, unit: "1", of: firstLoss ?? beside },
  ];
}
