// Daylight of some place and season: a sun that rises and sets, clear and dull days, clouds.

import { type Chance, Wander } from "./chance.js";

/** Height of the sun to light on the ground: low suns shine through more air. */
const AIR_POWER = 1.3;
/** Clouds of a minute: how fast they pass, how deep they are. */
const CLOUD_FORGET = 0.05;
const CLOUD_SPREAD = 0.6;
const CLOUD_DEPTH = 0.5;

export class Sky {
  readonly rise_h: number;
  readonly set_h: number;
  readonly #chance: Chance;
  readonly #peak_lux: number;
  readonly #cloud: Wander;
  #clearness = 1;

  constructor(chance: Chance) {
    const day_h = chance.between(8.5, 16);
    const noon_h = chance.between(12, 13.5);
    this.rise_h = noon_h - day_h / 2;
    this.set_h = noon_h + day_h / 2;
    this.#peak_lux = chance.between(25e3, 100e3);
    this.#chance = chance;
    this.#cloud = new Wander(chance, CLOUD_FORGET, CLOUD_SPREAD);
  }

  /** A new day: half of them clear, half of them dull. */
  dawn(): void {
    const chance = this.#chance;
    this.#clearness = chance.is(0.5) ? chance.between(0.5, 1) : chance.between(0.08, 0.6);
  }

  /** The next minute's light on open ground. */
  next_lux(hour: number): number {
    const cloud = Math.exp(CLOUD_DEPTH * this.#cloud.next());
    if (hour <= this.rise_h || hour >= this.set_h) return 0;
    const height = Math.sin((Math.PI * (hour - this.rise_h)) / (this.set_h - this.rise_h));
    return this.#peak_lux * height ** AIR_POWER * this.#clearness * cloud;
  }

  /** Whether people have lamps on by now. */
  isDark(hour: number): boolean {
    return hour < this.rise_h + 0.5 || hour > this.set_h - 0.5;
  }
}
