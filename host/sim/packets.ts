// A capacitor between a rectifier and a step-down converter with a wide lockout: the source fills
// it, then the converter empties it into the rail, in packets of charge.
//
//   C V dV/dt = V I(V) - V I_own - P_out / eta
//
// Filled up to the rising threshold, the converter runs down to the falling one; what the rail does
// not take stays in the capacitor, up to a shunt. Midpoint steps of 2 % of what is stored.

import { efficiencyAt } from "./efficiency.js";
import { type PmicPhysics } from "./pmic.js";
import { type Curve } from "./sources/source.js";

/** pW per uW. */
const PW = 1e6;
/** nA per A. */
const NA = 1e9;
/** A step changes what is stored by this share, or by this share of a packet. */
const STEP = 0.02;
/** The converter stops when so little of a packet is left, which keeps its last steps finite. */
const LEFT = 0.01;
/** It begins when so little is missing. */
const NEAR = 1e-4;
const STEPS_MAX = 100000;

export class Packets {
  stored_pJ = 0;
  /** The converter runs. */
  running = false;
  /** While it runs: into the rail, and turned into heat. */
  delivered_uW = 0;
  lost_uW = 0;
  /** Since they were last taken: from the source, for the part itself, and through the shunt. */
  drawn_pJ = 0;
  own_pJ = 0;
  shunt_pJ = 0;
  readonly #of: PmicPhysics;
  readonly #capacitance_uF: number;
  readonly #rising_pJ: number;
  readonly #falling_pJ: number;
  readonly #shunt_pJ: number;
  readonly #packet_pJ: number;
  #curve: Curve | undefined;
  #taken_uW = Infinity;
  #offered = false;

  constructor(of: PmicPhysics, capacitance_uF: number) {
    const { packets } = of;
    if (packets === undefined) throw new RangeError("physics.packets: missing");
    const energy_pJ = (mV: number) => (capacitance_uF * mV * mV) / 2;
    this.#of = of;
    this.#capacitance_uF = capacitance_uF;
    this.#rising_pJ = energy_pJ(packets.rising_mV);
    this.#falling_pJ = energy_pJ(packets.falling_mV);
    this.#shunt_pJ = energy_pJ(packets.shunt_mV);
    this.#packet_pJ = this.#rising_pJ - this.#falling_pJ;
  }

  get voltage_mV(): number {
    return this.#voltage_mV(this.stored_pJ);
  }

  /** The source as it is now; undefined: switched away. */
  connect(curve: Curve | undefined): void {
    this.#curve = curve;
  }

  /** A stretch begins: starts or stops the converter where a threshold was reached. */
  turn(): void {
    const { running } = this;
    if (running) this.running = this.stored_pJ > this.#falling_pJ + LEFT * this.#packet_pJ;
    else this.running = this.stored_pJ >= this.#rising_pJ - NEAR * this.#packet_pJ;
    if (!running) this.#taken_uW = Infinity;
    this.#offered = false;
  }

  /** What is offered to a rail in this stretch; not much more than it took before. */
  offer(rail_mV: number, limit_nA: number): void {
    if (this.#offered) return;
    this.#offered = true;
    if (!this.running) {
      this.delivered_uW = this.lost_uW = 0;
      return;
    }
    const most_nA = Math.min(this.#of.packets!.output_nA, limit_nA);
    const most_uW = (most_nA * rail_mV) / PW;
    this.delivered_uW = Math.min(most_uW, Math.max(4 * this.#taken_uW, most_uW / 1000));
    const { voltage_mV } = this;
    // twice: the efficiency hangs on the current that it makes
    let efficiency = 0.8;
    for (let i = 0; i < 2; i++) {
      const current_uA = (1000 * this.delivered_uW) / (efficiency * voltage_mV);
      efficiency = Math.max(efficiencyAt(this.#of.efficiency, voltage_mV, current_uA), 0.01);
    }
    this.lost_uW = this.delivered_uW * (1 / efficiency - 1);
  }

  /** How long the converter goes on as it does, at most `most_s`. */
  steady_s(most_s: number): number {
    if (!this.running) return this.#walk(most_s, false);
    const left_pJ = this.stored_pJ - this.#falling_pJ;
    return Math.min(most_s, left_pJ / ((this.delivered_uW + this.lost_uW) * PW));
  }

  /** The source fills the capacitor for some time. */
  fill(dt_s: number): void {
    this.#walk(dt_s, true);
  }

  /** The rail took this share of what was offered over `dt_s`. */
  pour(share: number, dt_s: number): void {
    if (!this.running) return;
    this.stored_pJ -= (this.delivered_uW + this.lost_uW) * PW * share * dt_s;
    this.#taken_uW = share * this.delivered_uW;
  }

  /** Goes on for `dt_s`; without `books` only to see how long until the converter starts. */
  #walk(dt_s: number, books: boolean): number {
    const { filling_nA, running_nA } = this.#of.packets!;
    const own_nA = this.running ? running_nA : filling_nA;
    const goal_pJ = books ? Infinity : this.#rising_pJ;
    let stored_pJ = this.stored_pJ;
    let left_s = dt_s;
    for (let step = 0; step < STEPS_MAX && left_s > 0; step++) {
      const [in_pW, out_pW] = this.#powers(stored_pJ, own_nA);
      const net_pW = in_pW - out_pW;
      const change_pJ = STEP * Math.max(stored_pJ, STEP * this.#packet_pJ);
      const h_s = Math.min(left_s, change_pJ / Math.abs(net_pW));
      const middle_pJ = Math.max(stored_pJ + (net_pW * h_s) / 2, 0);
      const [drawn_pW, own_pW] = this.#powers(middle_pJ, own_nA);
      let end_s = h_s;
      const after_pJ = stored_pJ + (drawn_pW - own_pW) * h_s;
      if (after_pJ >= goal_pJ) end_s *= (goal_pJ - stored_pJ) / (after_pJ - stored_pJ);
      const drawn_pJ = drawn_pW * end_s;
      const own_pJ = Math.min(own_pW * end_s, stored_pJ + drawn_pJ);
      stored_pJ += drawn_pJ - own_pJ;
      left_s -= end_s;
      if (books) stored_pJ = this.#book(drawn_pJ, own_pJ, stored_pJ);
      else if (stored_pJ >= goal_pJ * (1 - 1e-12)) break;
    }
    if (books) this.stored_pJ = stored_pJ;
    return dt_s - Math.max(left_s, 0);
  }

  /** Books one step; returns what stays stored. */
  #book(drawn_pJ: number, own_pJ: number, stored_pJ: number): number {
    this.drawn_pJ += drawn_pJ;
    this.own_pJ += own_pJ;
    if (stored_pJ <= this.#shunt_pJ) return stored_pJ;
    this.shunt_pJ += stored_pJ - this.#shunt_pJ;
    return this.#shunt_pJ;
  }

  /** From the source and for the part itself, pW, with so much stored. */
  #powers(stored_pJ: number, own_nA: number): [number, number] {
    // at 0 V no power would ever come in
    const voltage_mV = this.#voltage_mV(Math.max(stored_pJ, STEP * STEP * this.#packet_pJ));
    const current_nA = NA * (this.#curve?.currentAt(voltage_mV / 1000) ?? 0);
    return [Math.max(current_nA, 0) * voltage_mV, own_nA * voltage_mV];
  }

  #voltage_mV(stored_pJ: number): number {
    return Math.sqrt((2 * stored_pJ) / this.#capacitance_uF);
  }
}
