// One charging part with the sources at its inputs. Either each input has a converter of its own,
// and all work at once; or the sources share one through a switch: one at a time, the others rest
// open.

import { type HarvestRange } from "./harvest_table.js";
import { Input } from "./input.js";
import { type Converted } from "./operating_point.js";
import { Packets } from "./packets.js";
import { checkPmic, mppSetting, type PmicPhysics } from "./pmic.js";
import { type Drives, type Source } from "./sources/source.js";

const PW = 1e6;
/** Starts where an empty capacitor's first steps are finite. */
const NONE: Converted = { available_uW: 0, drawn_uW: 0, delivered_uW: 0, lost_uW: 0, open_mV: 0 };

/** What a stage is made of. */
export interface StageParts {
  pmic: PmicPhysics;
  sources: readonly Source[];
  /** The operating ratio of each until another is set; the part's own where there is none. */
  ratios?: readonly (number | undefined)[];
  /** Of the capacitor of its own rail, or at its input. */
  storage_uF: number;
  /** A switch turns to one source at a time, however many converters the part has. */
  switched?: boolean | undefined;
}

/** The part as one of its inputs is set up. */
function setUp(pmic: PmicPhysics, ratio: number | undefined): PmicPhysics {
  if (ratio === undefined) return pmic;
  const own = { ...pmic, mppt: { ...pmic.mppt, ratio } };
  checkPmic(own);
  return own;
}

export class Stage {
  /** What all its inputs come to. */
  now: Converted = { ...NONE };
  /** It delivers, so that its comparators run. */
  lit = false;
  readonly pmic: PmicPhysics;
  readonly inputs: readonly Input[];
  readonly packets: Packets | undefined;
  readonly #alone: Input | undefined;
  /** Each input has a converter. */
  readonly #each: boolean;
  readonly #start_pJ: number;
  #filled_pJ = 0;

  /** Throws RangeError. */
  constructor(parts: StageParts, range: HarvestRange | undefined) {
    const { pmic, sources, ratios, storage_uF, switched } = parts;
    checkPmic(pmic);
    if (sources.length === 0) throw new RangeError("a converter without a source");
    this.pmic = pmic;
    this.#each = switched !== true && sources.length <= (pmic.converters ?? 1);
    this.inputs = sources.map((source, i) => new Input(source, setUp(pmic, ratios?.[i]), range));
    this.inputs.forEach((input, i) => (input.on = this.#each || i === 0));
    if (pmic.packets !== undefined) this.packets = new Packets(pmic, storage_uF);
    if (this.inputs.length === 1 && !this.packets) this.#alone = this.inputs[0]!;
    const until_mV = pmic.cold_start?.until_mV ?? 0;
    this.#start_pJ = (storage_uF * until_mV * until_mV) / 2;
  }

  /**
   * Switches to an input, by index: undefined are all that can work at once, another than there is
   * none. `mpp_ratio` is for the input `ratio_of`; the others keep theirs, and all go back to their
   * own where none is set. Returns whether anything is another.
   */
  set(input: number | undefined, mpp_ratio: number | undefined, ratio_of: number): boolean {
    let other = false;
    for (const [i, each] of this.inputs.entries()) {
      const on = input === undefined ? this.#each || i === 0 : i === input;
      if (on !== each.on) other = true;
      each.on = on;
      if (mpp_ratio !== undefined && i !== ratio_of) continue;
      if (each.set(mppSetting(each.pmic, mpp_ratio)) && on) other = true;
    }
    return other;
  }

  /** Other surroundings; `limit_nA` is what the rail may get. */
  follow(drives: Drives, rail_mV: number, limit_nA: number): void {
    const alone = this.#alone;
    if (alone?.on === true) {
      alone.follow(drives, rail_mV);
      this.now = alone.now;
    } else {
      this.#sum(drives, rail_mV, limit_nA);
    }
    this.lit = this.now.delivered_uW > 0;
  }

  #sum(drives: Drives, rail_mV: number, limit_nA: number): void {
    const { packets } = this;
    const sum = { ...NONE };
    for (const input of this.inputs) {
      input.follow(drives, rail_mV);
      sum.available_uW += input.now.available_uW;
      if (!input.on) continue;
      sum.open_mV = input.now.open_mV;
      if (packets !== undefined) continue;
      sum.drawn_uW += input.now.drawn_uW;
      sum.delivered_uW += input.now.delivered_uW;
      sum.lost_uW += input.now.lost_uW;
    }
    if (packets !== undefined) {
      packets.connect(this.inputs.find(({ on }) => on)?.source.curveAt(drives));
      packets.offer(rail_mV, limit_nA);
      sum.delivered_uW = packets.delivered_uW;
      sum.lost_uW = packets.lost_uW;
    }
    this.now = sum;
  }

  /** Time passes as it is: the capacitor at the input fills, the meters count. */
  pass(dt_s: number): void {
    const { packets } = this;
    packets?.fill(dt_s);
    for (const input of this.inputs) {
      if (!input.on) continue;
      const { delivered_uW } = packets === undefined ? input.now : this.now;
      input.gathered_pJ += delivered_uW * PW * dt_s;
    }
  }

  /** The rail took a share of what was delivered over the last `dt_s`. */
  settle(share: number, dt_s: number): void {
    this.packets?.pour(share, dt_s);
    for (const input of this.inputs) {
      input.metered_pJ += share * input.gathered_pJ;
      input.gathered_pJ = 0;
    }
  }

  /** What it draws from the rail. */
  quiescent_nA(enabled: boolean): number {
    const { charging_nA, dark_nA, disabled_nA } = this.pmic.quiescent;
    if (!enabled) return disabled_nA;
    return this.lit ? charging_nA : dark_nA;
  }

  /** Its own rail is empty again. */
  halt(): void {
    this.#filled_pJ = 0;
  }

  /** Cold start for some time; returns the energy drawn for it, pJ, all of it lost. */
  start_pJ(drives: Drives, dt_s: number): number {
    if (this.packets !== undefined) return 0;
    let drawn_pJ = 0;
    for (const input of this.inputs) {
      if (!input.on) continue;
      const { drawn_uW, delivered_uW } = input.cold(drives);
      drawn_pJ += drawn_uW * PW * dt_s;
      this.#filled_pJ += delivered_uW * PW * dt_s;
    }
    return drawn_pJ;
  }

  /** Its own rail is up. */
  get started(): boolean {
    if (this.packets !== undefined) return this.packets.running;
    return this.#filled_pJ > 0 && this.#filled_pJ >= this.#start_pJ;
  }
}
