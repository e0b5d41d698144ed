// Charging against the critical current density, in the full simulator: months in which sun or heat
// offers a small cell more than it may take. The plant counts by its own law (host/sim/plating.ts)
// for how long, and how far, the cell's charging current was above its critical one.
//
// The guard is removed by a profile whose CCD is out of reach: the same firmware, board and seed.

import { environmentOf, plantOf } from "../../../boards/plant.js";
import { type Parts, readScenario } from "../../../boards/parts.js";
import { programmeOf } from "../../../boards/programme.js";
import { Actuators } from "../../../host/core/abi.js";
import { Firmware } from "../../../host/sim/firmware.js";
import { type Node } from "../../../host/sim/node.js";
import { simulate } from "../../../host/sim/simulate.js";
import { projectPath } from "../../build/paths.js";
import { watchedCore } from "./watched_core.js";

const HOUR_S = 3600;
/** pW per uW: over mV they are nA. */
const PW = 1e6;
/** The highest that a profile may hold: nothing reaches it. */
const OUT_OF_REACH_mA_cm2 = 1000;

export interface LimitTrial {
  kind: "limit";
  scenario: string;
  seed: number;
  guarded: boolean;
  hours?: number;
}

export interface LimitFigures extends LimitTrial {
  /** The limit that firmware has set holds back the charger, and the float voltage does not. */
  binding_h: number;
  /** Wakes that found that the cell had been charged above the plant's critical current. */
  violations: number;
  /** Those of them in a time in which the node was off, until its first decision. */
  unattended: number;
  /** For how long it was, and the most that flowed over the critical current. */
  over_h: number;
  share_max: number;
  /** Until the next wake the board could not do what the guard asked for. */
  unenforced_h: number;
  /** A source fed that was not the strongest. */
  weaker_h: number;
  off_h: number;
  plated_uAh: number;
}

function partsOf({ scenario, seed, guarded, hours }: LimitTrial): Parts {
  const parts = readScenario(projectPath("boards"), scenario);
  const { profile } = parts.cell;
  const ccd_mA_cm2 = { ...profile.ccd_mA_cm2, value: OUT_OF_REACH_mA_cm2 };
  return {
    ...parts,
    scenario: { ...parts.scenario, seed, hours: hours ?? parts.scenario.hours },
    cell: guarded ? parts.cell : { ...parts.cell, profile: { ...profile, ccd_mA_cm2 } },
  };
}

/** The setting of the limiter is what the charging current is at. */
function binds(node: Node): boolean {
  const { charger } = node;
  if (node.limiting || !(node.charging_nA > 0)) return false;
  return (charger.delivered_uW * PW) / node.voltage_mV() > charger.limit_nA;
}

/** The source that feeds is not the one that the core takes for the strongest. */
function weaker(source: number, source_nW: ArrayLike<number>): boolean {
  if (source === 0) return false;
  const chosen_nW = source_nW[source - 1]!;
  return Array.from(source_nW).some((power_nW) => power_nW > chosen_nW);
}

/** One life. */
export function limitFigures(trial: LimitTrial): LimitFigures {
  const parts = partsOf(trial);
  const { seed, hours } = parts.scenario;
  const { node, sensors } = plantOf(parts, environmentOf(parts, seed, hours), seed);
  const { plating } = node.cell;
  if (plating === undefined) throw new Error(`${parts.scenario.cell} has no physics.plating`);
  const figures = { binding_h: 0, violations: 0, unattended: 0, unenforced_h: 0, weaker_h: 0 };
  let before = { time_s: 0, sleep_s: 0, over_s: 0, boots: 0, unenforced: false, weaker: false };
  const core = watchedCore(({ decision, gauge }) => {
    const { time_s } = node;
    // a node that was off in between was not guarded
    const passed_h = Math.min(time_s - before.time_s, before.sleep_s) / HOUR_S;
    const above = plating.over_s > before.over_s;
    if (above) figures.violations++;
    if (above && deeds.boots > before.boots) figures.unattended++;
    if (binds(node)) figures.binding_h += passed_h;
    if (before.unenforced) figures.unenforced_h += passed_h;
    if (before.weaker) figures.weaker_h += passed_h;
    before = {
      ...{ time_s, sleep_s: decision.sleep_ms / 1000, over_s: plating.over_s },
      boots: deeds.boots,
      unenforced: (decision.unenforced & Actuators.charge_limit) !== 0,
      weaker: weaker(decision.source, gauge.source_nW),
    };
  });
  const firmware = new Firmware(core, programmeOf(parts), node, sensors);
  const { deeds } = firmware;
  const run = simulate(node, firmware, hours, {});
  return {
    ...{ ...trial, ...figures, over_h: plating.over_s / HOUR_S, share_max: plating.share_max },
    ...{ off_h: run.off_s / HOUR_S, plated_uAh: plating.plated_nC / HOUR_S / 1000 },
  };
}
