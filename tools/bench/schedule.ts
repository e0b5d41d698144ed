// The suite `schedule`: what the rules of others make of a week, between doing nothing (0) and the
// perfect plan (1), and how long the plan takes to find.

import { performance } from "node:perf_hooks";
import {
  carefulPlan,
  enoMax,
  ewmaPlan,
  fixedRate,
  onOff,
  socProportional,
} from "../oracle/policies/published.js";
import { askOracle } from "../oracle/oracle.js";
import { idle, liveSlots, type SlotLife, type SlotPolicy } from "../oracle/slot_life.js";
import { type SlotWorld } from "../oracle/slot_world.js";
import { SIZES_uAh, weekFolder, weekHarvest, worldOf } from "./schedule/week.js";
import { type Answer, type Measurement } from "./report.js";

/** Made anew for each life: some remember. */
const PUBLISHED: Record<string, () => SlotPolicy> = {
  "soc 1 %": () => socProportional(0.01),
  "soc 5 %": () => socProportional(0.05),
  "on/off": () => onOff,
  "ewma plan": ewmaPlan,
  "careful plan": carefulPlan,
  "ENO-Max": () => enoMax(),
};
/** Fixed rates that are tried with hindsight. */
const RATES = Array.from({ length: 61 }, (_, events) => events);

const NO_DATA = "no ../shared/data/harvest on this machine";
const PERCENT = 100;

interface Size {
  size_uAh: number;
  world: SlotWorld;
  oracle_value: number;
  oracle_missed: number;
  solve_s: number;
  idle: SlotLife;
  lives: Record<string, SlotLife>;
}

function bestRate(world: SlotWorld): SlotLife {
  const lives = RATES.map((events) => liveSlots(world, fixedRate(events)));
  return lives.reduce((best, life) => (life.value > best.value ? life : best));
}

async function sizeOf(harvest_J: number[], size_uAh: number): Promise<Size> {
  const world = worldOf(harvest_J, size_uAh);
  const before_ms = performance.now();
  const { value, missed } = await askOracle(world);
  const solve_s = (performance.now() - before_ms) / 1000;
  const named = Object.entries(PUBLISHED).map(
    ([name, policy]) => [name, liveSlots(world, policy())] as const,
  );
  return {
    ...{ size_uAh, world, oracle_value: value, oracle_missed: missed, solve_s },
    idle: liveSlots(world, idle),
    lives: { "fixed rate": bestRate(world), ...Object.fromEntries(named) },
  };
}

/** 0: as idle, 1: as the perfect plan. */
const scoreOf = ({ oracle_value, idle }: Size, { value }: SlotLife): number =>
  (value - idle.value) / (oracle_value - idle.value);

/** Floors missed beyond those of idling, percent of the slots. */
const above_pct = ({ world, idle }: Size, { missed }: SlotLife): number =>
  (PERCENT * (missed - idle.missed)) / world.harvest_J.length;

function pageOf(sizes: Size[]): string {
  const names = Object.keys(sizes[0]!.lives);
  const head = ["uAh".padStart(5), ...names.map((name) => name.padStart(13))].join("");
  const rows = sizes.map((size) => {
    const cells = names.map((name) => {
      const life = size.lives[name]!;
      return `${scoreOf(size, life).toFixed(2)} ${above_pct(size, life).toFixed(1)}`.padStart(13);
    });
    return [String(size.size_uAh).padStart(5), ...cells].join("");
  });
  const note = "score (0 idle, 1 perfect plan) and floors missed above idling, % of slots";
  return [`a week worn by a person: ${note}`, head, ...rows].join("\n");
}

function measuredOf(size: Size): Measurement[] {
  const { size_uAh, lives, world } = size;
  const causal = Object.entries(lives).filter(([name]) => name !== "fixed rate");
  const [best, life] = causal.reduce((a, b) => (b[1].value > a[1].value ? b : a));
  const one = (name: string, value: number, unit: string, of: string) => ({
    ...{ name: `week_${name}_${size_uAh}uAh`, value, unit },
    of,
  });
  const missed_pct = (PERCENT * size.idle.missed) / world.harvest_J.length;
  return [
    one("perfect_plan_value", size.oracle_value, "1", "linear program, fair form, weight 5"),
    one("idle_missed", missed_pct, "%", "slots whose floor no policy could pay at 3 uA"),
    one("fixed_rate_score", scoreOf(size, lives["fixed rate"]!), "1", "best rate, in hindsight"),
    one("published_score", scoreOf(size, life), "1", `best causal rule of the others: ${best}`),
  ];
}

export async function schedule(): Promise<Answer> {
  const folder = weekFolder();
  if (folder === undefined) {
    const names = SIZES_uAh.map((size) => `week_perfect_plan_value_${size}uAh`);
    return { measured: names.map((name) => ({ name, value: null, unit: "1", of: NO_DATA })) };
  }
  const harvest_J = weekHarvest(folder);
  const sizes: Size[] = [];
  for (const size_uAh of SIZES_uAh) sizes.push(await sizeOf(harvest_J, size_uAh));
  const slowest = Math.max(...sizes.map(({ solve_s }) => solve_s));
  return {
    measured: [
      ...sizes.flatMap(measuredOf),
      { name: "week_plan_s", value: slowest, unit: "s", of: "slowest perfect plan of the sizes" },
    ],
    page: pageOf(sizes),
  };
}
