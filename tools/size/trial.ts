// One run of one pair: a specimen and a weather, both drawn by one seed. All pairs of a seed live
// under the same sky, so that their difference is the pair's and not the weather's.

import { type Parts } from "../../boards/parts.js";
import { environmentOf, plantOf } from "../../boards/plant.js";
import { programmeOf } from "../../boards/programme.js";
import { Core } from "../../host/core/core.js";
import { type Environment } from "../../host/sim/environment/environment.js";
import { type Programme } from "../../host/sim/board.js";
import { Firmware } from "../../host/sim/firmware.js";
import { simulate } from "../../host/sim/simulate.js";
import { partsAt, type Grid, type Point } from "./grid.js";

/** What all runs have in common. */
export interface Plan {
  /** Of the scenario; its cell and panels are replaced. */
  parts: Parts;
  grid: Grid;
  /**
   * Without: a year is bad when the supply breaks down in it. With: a run is bad when more than
   * this share of the events that were wanted did not take place.
   */
  refused?: number | undefined;
}

export interface Task extends Point {
  seed: number;
  /** To the end, even when it is known to be bad. */
  whole: boolean;
}

/** What a run came to. */
export interface Outcome {
  /** Years that were judged: up to the first bad one. A shorter run counts as one. */
  years: number;
  /** 1: the last of them was bad. */
  bad: number;
  /** The run went to its end, and what follows is of all of it. */
  whole: boolean;
  /** Times that the supply broke down, by the supervisor or under a pulse. */
  brownouts: number;
  off_h: number;
  /** Below 0 where the cell was drained deeper than its cut-off. */
  soc_min: number;
  done: number;
  wanted: number;
}

const HOUR_S = 3600;
export const YEAR_H = 8760;
/** Environments are kept up to so many light values: a year has half a million. */
const KEPT_VALUES = 16e6;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Runs tasks of one plan, one after another; a task's outcome does not depend on those before. */
export class Trials {
  readonly #environments = new Map<number, Environment>();
  readonly #programmes = new Map<string, { parts: Parts; programme: Programme }>();

  constructor(
    readonly plan: Plan,
    readonly core: WebAssembly.Module,
  ) {}

  run(task: Task): Outcome {
    const { parts, programme } = this.#nodeOf(task);
    const { hours } = parts.scenario;
    const plant = plantOf(parts, this.#environmentOf(task.seed), task.seed);
    const core = new Core(new WebAssembly.Instance(this.core).exports);
    const firmware = new Firmware(core, programme, plant.node, plant.sensors);
    const stop = !task.whole && this.plan.refused === undefined;
    const run = simulate(plant.node, firmware, hours, { stop_at_brownout: stop });
    const { deeds } = firmware;
    const brownouts = run.brownouts + deeds.resets;
    const end_s = hours * HOUR_S;
    const whole = !(stop && brownouts > 0);
    const done = sum(deeds.done);
    const wanted = done + sum(deeds.refused) + sum(deeds.failed);
    const details = {
      whole,
      brownouts,
      off_h: run.off_s / HOUR_S,
      soc_min: run.soc_min,
      done,
      wanted,
    };
    const { refused } = this.plan;
    if (refused !== undefined) {
      const bad = wanted - done > refused * wanted ? 1 : 0;
      return { years: 1, bad, ...details };
    }
    const year_s = Math.min(end_s, YEAR_H * HOUR_S);
    const seen_s = Math.min(plant.node.time_s, end_s);
    return {
      years: Math.max(1, Math.ceil(seen_s / year_s)),
      bad: brownouts > 0 ? 1 : 0,
      ...details,
    };
  }

  #nodeOf(point: Point) {
    const key = `${point.cell} ${point.panel}`;
    const known = this.#programmes.get(key);
    if (known !== undefined) return known;
    const parts = partsAt(this.plan.parts, this.plan.grid, point);
    const node = { parts, programme: programmeOf(parts) };
    this.#programmes.set(key, node);
    return node;
  }

  #environmentOf(seed: number): Environment {
    const { parts } = this.plan;
    const kept = this.#environments;
    let environment = kept.get(seed);
    if (environment === undefined) {
      environment = environmentOf(parts, seed, parts.scenario.hours);
      const most = Math.max(1, Math.floor(KEPT_VALUES / environment.lux.length));
      const [oldest] = kept.keys();
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
      kept.set(seed, environment);
    }
    return environment;
  }
}
