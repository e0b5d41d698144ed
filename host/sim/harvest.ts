// Light, temperature, and the power that the charger makes of them over a stretch of time.

import { type Charger } from "./charger.js";
import { type Environment } from "./environment/environment.js";
import { Surroundings } from "./surroundings.js";

export class Harvest {
  readonly around: Surroundings;
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

  /** Goes to a time; returns whether the temperature is another. */
  follow(time_s: number, rail_mV: number): boolean {
    const { around } = this;
    const before_degC = around.temperature_degC;
    if (around.follow(time_s)) this.#look(around.lux, rail_mV);
    return around.temperature_degC !== before_degC;
  }

  /**
   * Gathers from `from_s` to `end_s`, or less: until the power leaves what it was by `alike_uW`,
   * or, where it was more than `enough_uW`, until it is no longer. Returns where it ended.
   */
  gather(
    from_s: number,
    end_s: number,
    alike_uW: number,
    enough_uW: number,
    rail_mV: number,
  ): number {
    const { around, charger } = this;
    const first_uW = charger.delivered_uW;
    const plenty = first_uW > enough_uW;
    this.available_uW = 0;
    this.drawn_uW = 0;
    this.delivered_uW = 0;
    this.lost_uW = 0;
    let time_s = from_s;
    for (;;) {
      const next_s = Math.min(end_s, around.constant_until_s);
      this.#add(next_s - time_s);
      time_s = next_s;
      if (time_s >= end_s) break;
      this.#look(around.next_lux, rail_mV);
      const { delivered_uW } = charger;
      const change_uW = delivered_uW - first_uW;
      const alike = change_uW < alike_uW && change_uW > -alike_uW;
      if (!(plenty ? delivered_uW > enough_uW : alike)) {
        this.#look(around.lux, rail_mV);
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

  #look(lux: number, rail_mV: number): void {
    this.charger.follow(lux, this.around.temperature_degC, rail_mV);
  }

  #add(dt_s: number): void {
    const { charger } = this;
    this.available_uW += charger.available_uW * dt_s;
    this.drawn_uW += charger.drawn_uW * dt_s;
    this.delivered_uW += charger.delivered_uW * dt_s;
    this.lost_uW += charger.lost_uW * dt_s;
  }
}
