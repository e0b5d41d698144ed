// The charger of a node: its converters with their sources, and the switch that takes an empty cell
// off the rail. Off the rail a converter must cold-start: the source fills the small capacitor of
// its own rail through a poor path, after which the cell is connected again. Float voltage and the
// switch are those of the first converter.

import { type HarvestRange } from "./harvest_table.js";
import { type Input } from "./input.js";
import { type Converted } from "./operating_point.js";
import { floatSetting_mV, type PmicPhysics } from "./pmic.js";
import { type Drives, NOTHING } from "./sources/source.js";
import { Stage, type StageParts } from "./stage.js";
import { type Settings } from "./supply.js";

/** How much of a current a board's own circuit can be told, and lets through at most. */
export interface LimitPhysics {
  /** 0: it cannot be told. */
  step_nA: number;
  max_nA: number;
}

const UNLIMITED: LimitPhysics = { step_nA: 0, max_nA: Infinity };

export class Charger {
  /** The cell is on the rail. */
  connected = true;
  /** What all converters make of all sources. */
  now: Converted;
  /** More than one converter of one source: meters count, or packets are made. */
  readonly manifold: boolean;
  readonly stages: readonly Stage[];
  /** Of all stages, in the order of the board: source 1 is the first. */
  readonly inputs: readonly Input[];
  limit_nA: number;
  readonly #pmic: PmicPhysics;
  readonly #limit: LimitPhysics;
  readonly #alone: Stage | undefined;
  #drives: Drives = NOTHING;
  #settings: Settings | undefined;

  /** Throws RangeError. */
  constructor(
    stages: readonly StageParts[],
    range?: HarvestRange,
    limit: LimitPhysics = UNLIMITED,
  ) {
    if (stages.length === 0) throw new RangeError("a charger without a converter");
    this.stages = stages.map((parts) => new Stage(parts, range));
    this.inputs = this.stages.flatMap(({ inputs }) => inputs);
    this.manifold = this.inputs.length > 1 || this.stages.some(({ packets }) => packets);
    if (this.stages.length === 1) this.#alone = this.stages[0];
    this.now = this.stages[0]!.now;
    this.#pmic = stages[0]!.pmic;
    this.#limit = limit;
    this.limit_nA = limit.max_nA;
  }

  get delivered_uW(): number {
    return this.now.delivered_uW;
  }

  get lit(): boolean {
    return this.now.delivered_uW > 0;
  }

  /** Takes over what firmware has set; returns whether what the sources give is another. */
  set(settings: Settings): boolean {
    if (settings === this.#settings) return false;
    this.#settings = settings;
    const { step_nA, max_nA } = this.#limit;
    const wanted_nA = Math.min(settings.limit_nA, max_nA);
    const steps = step_nA > 0 && wanted_nA < max_nA;
    this.limit_nA = steps ? Math.floor(wanted_nA / step_nA) * step_nA : wanted_nA;
    const { source, mpp_ratio } = settings;
    // one ratio is set at a time: that of the source that is named, or that feeds, or the first
    const ratio_of = settings.mpp_source ?? source ?? 1;
    let first = 1;
    let other = this.manifold;
    for (const stage of this.stages) {
      const index = source === undefined ? undefined : source - first;
      if (stage.set(index, mpp_ratio, ratio_of - first)) other = true;
      first += stage.inputs.length;
    }
    return other;
  }

  /** Starts and stops the packets of converters that make them. */
  turn(): void {
    for (const { packets } of this.stages) packets?.turn();
  }

  /** Other surroundings. */
  follow(drives: Drives, rail_mV: number): void {
    this.#drives = drives;
    const alone = this.#alone;
    if (alone !== undefined) {
      alone.follow(drives, rail_mV, this.limit_nA);
      this.now = alone.now;
      return;
    }
    const sum = { available_uW: 0, drawn_uW: 0, delivered_uW: 0, lost_uW: 0, open_mV: 0 };
    for (const stage of this.stages) {
      stage.follow(drives, rail_mV, this.limit_nA);
      sum.available_uW += stage.now.available_uW;
      sum.drawn_uW += stage.now.drawn_uW;
      sum.delivered_uW += stage.now.delivered_uW;
      sum.lost_uW += stage.now.lost_uW;
    }
    sum.open_mV = this.stages[0]!.now.open_mV;
    this.now = sum;
  }

  /** How long packets go on, or fail to come, as they do now: at most `most_s`. */
  steady_s(most_s: number): number {
    let steady_s = most_s;
    for (const { packets } of this.stages) {
      if (packets !== undefined) steady_s = packets.steady_s(steady_s);
    }
    return steady_s;
  }

  /** Time passes with all sources as they are. */
  pass(dt_s: number): void {
    for (const stage of this.stages) stage.pass(dt_s);
  }

  /** Of what was offered over the last `dt_s` the rail took this. */
  settle(taken_uW: number, offered_uW: number, dt_s: number): void {
    if (!this.manifold) return;
    const share = offered_uW > 0 ? taken_uW / offered_uW : 0;
    for (const stage of this.stages) stage.settle(share, dt_s);
  }

  /** What the converters themselves draw from the rail. */
  quiescent_nA(enabled: boolean): number {
    if (this.#alone !== undefined) return this.#alone.quiescent_nA(enabled);
    let sum_nA = 0;
    for (const stage of this.stages) sum_nA += stage.quiescent_nA(enabled);
    return sum_nA;
  }

  /**
   * The mean voltage that is held when firmware wants this float voltage: the part's own steps, and
   * comparators with hysteresis that chop the charge below it.
   */
  held_mV(float_mV: number): number {
    return floatSetting_mV(this.#pmic, float_mV) - this.#pmic.float.hysteresis_mV / 2;
  }

  /** Takes the cell off the rail where it is empty. */
  look(cell_mV: number): void {
    const { undervoltage } = this.#pmic;
    if (undervoltage === undefined || cell_mV >= undervoltage.off_mV || this.lit) return;
    this.connected = false;
    for (const stage of this.stages) stage.halt();
  }

  /**
   * Without a rail: cold start for some time, while capacitors at inputs fill. Returns the energy
   * drawn for the start, pJ, all of it lost.
   */
  start_pJ(dt_s: number): number {
    let drawn_pJ = 0;
    for (const stage of this.stages) {
      stage.packets?.fill(dt_s);
      drawn_pJ += stage.start_pJ(this.#drives, dt_s);
      if (stage.started) this.connected = true;
    }
    return drawn_pJ;
  }
}
