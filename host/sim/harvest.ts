// What drives the sources, and the power that the charger makes of them over a stretch of time.

import { type Charger } from "./charger.js";
import { type Environment } from "./environment/environment.js";
import { type Drives } from "./sources/source.js";
import { type Settings } from "./supply.js";
import { Surroundings } from "./surroundings.js";

/** Packets do not begin or end within less. */
const SHORTEST_S = 1e-6;

export class Harvest {
  around: Surroundings;
  /** Means over the last stretch that was gathered: at the best point, taken, put onto the rail. */
  available_uW = 0;
  drawn_uW = 0;
  delivered_uW = 0;
  /** Turned into heat by the converter. */
  lost_uW = 0;

  constructor(
    readonly charger: Charger,
    environment: Environment,
  ) {
    this.around = new Surroundings(environment);
  }

  /** From now on the surroundings are these. */
  move(environment: Environment): void {
    this.around = new Surroundings(environment);
  }

  /** Goes to a time; returns whether the temperature is another. */
  follow(time_s: number, rail_mV: number): boolean {
    const { around } = this;
    const before_degC = around.temperature_degC;
    const { charger } = this;
    const other = around.follow(time_s);
    if (charger.manifold) charger.turn();
    if (other || charger.manifold) charger.follow(around.now, rail_mV);
    return around.temperature_degC !== before_degC;
  }

  /** Looks again at what is there: the charger's settings are others. */
  look(rail_mV: number): void {
    this.charger.follow(this.around.now, rail_mV);
  }

  /**
   * Gathers from `from_s` to `end_s`, or less: until the power leaves what it was by `alike_uW`,
   * or, where it was more than `enough_uW`, until it is no longer; or until a packet begins or
   * ends. What flickers is gathered for a while whatever it does. Returns where it ended.
   */
  gather(
    from_s: number,
    end_s: number,
    alike_uW: number,
    enough_uW: number,
    rail_mV: number,
  ): number {
    const { around, charger } = this;
    const first_uW = charger.now.delivered_uW;
    const plenty = first_uW > enough_uW;
    this.available_uW = 0;
    this.drawn_uW = 0;
    this.delivered_uW = 0;
    this.lost_uW = 0;
    let time_s = from_s;
    for (;;) {
      const next_s = Math.min(end_s, around.constant_until_s);
      const steady_s = this.#steady_s(next_s - time_s);
      const turns = steady_s < next_s - time_s;
      this.#add(steady_s);
      time_s = turns ? time_s + steady_s : next_s;
      if (turns || time_s >= end_s) break;
      this.#look(around.next, rail_mV);
      const { delivered_uW } = charger.now;
      const change_uW = delivered_uW - first_uW;
      const alike = change_uW < alike_uW && change_uW > -alike_uW;
      const flickers = time_s - from_s < around.flicker_s;
      if (!flickers && !(plenty ? delivered_uW > enough_uW : alike)) {
        this.#look(around.now, rail_mV);
        break;
      }
      around.goOn();
    }
    const per_s = 1 / (time_s - from_s);
    this.available_uW *= per_s;
    this.drawn_uW *= per_s;
    this.delivered_uW *= per_s;
    this.lost_uW *= per_s;
    return time_s;
  }

  /** How long packets go on as they do, or all of `most_s` where there are none. */
  #steady_s(most_s: number): number {
    const { charger } = this;
    if (!charger.manifold) return most_s;
    return Math.min(most_s, Math.max(charger.steady_s(most_s), SHORTEST_S));
  }

  /** Power that the sources would put onto the rail under other settings; `now` are kept. */
  givenUnder(other: Settings, now: Settings, rail_mV: number): number {
    const { charger, around } = this;
    charger.set(other);
    charger.follow(around.now, rail_mV);
    const { delivered_uW } = charger;
    charger.set(now);
    charger.follow(around.now, rail_mV);
    return delivered_uW;
  }

  #look(drives: Drives, rail_mV: number): void {
    this.charger.follow(drives, rail_mV);
  }

  #add(dt_s: number): void {
    const { charger } = this;
    const { now } = charger;
    this.available_uW += now.available_uW * dt_s;
    this.drawn_uW += now.drawn_uW * dt_s;
    this.delivered_uW += now.delivered_uW * dt_s;
    this.lost_uW += now.lost_uW * dt_s;
    if (charger.manifold) charger.pass(dt_s);
  }
}
