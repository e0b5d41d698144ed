// Clouds: how much of a cloudless sky's light arrives, minute by minute. Weather lasts for days,
// showers and clearings for hours, single clouds for minutes.
//
// The clear-sky index g (irradiance over that of a cloudless sky) is the logistic function of a sum
// of two Ornstein-Uhlenbeck processes: crowded below 1, with the long overcast tail of records.
// Below a sky of index g the sun shines freely for the share g^3 of the time; single clouds come
// and go as a Markov chain of two states with that share, and a cloud's edge is soft:
//
//   in the sun      1 + e (1 - g)                       clouds beside the sun add light
//   in the shade    (g + g^2 - e g^3) / (1 + g + g^2)   so that the mean is g, whatever e is
//
// The form of share and levels was chosen by looking at one-minute records of a pyranometer (NREL
// SRRL BMS, Golden, Colorado, September 2018), with which test/host/environment compares it.

import { type Random } from "../random.js";
import { LUX_PER_W_M2 } from "./environment.js";
import { Arc, clearSky_W_m2, MONTH_OF_DAY, YEAR_DAYS, type Place } from "./sun.js";

/** The `sky` block of boards/climates/*.json; lists of 12 are months. */
export interface SkyPhysics {
  /** Irradiance of cloudless days over Haurwitz's: turbidity, and the distance to the sun. */
  clear_ratio: number[];
  /** Mean irradiance over that of cloudless days; in (0, 1). */
  clear_sky_index: number[];
  /** Standard deviation of the index's logit. */
  logit_spread: number;
  /** Time constants of weather and showers, and the showers' share of the logit's variance. */
  weather_h: number;
  shower_h: number;
  shower_share: number;
  /** Time in which the chain of sun and shade forgets. */
  cloud_min: number;
  /** Time constant of a cloud's edge. */
  edge_min: number;
  /** How much more than a cloudless sky a gap between clouds gives; e above. */
  enhancement_ratio: number;
}

/** The sun and the two slow processes are computed this often, straight between. */
const BLOCK_MIN = 10;
const BLOCKS = 1440 / BLOCK_MIN;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Mean of logistic(location + spread z) over a standard normal z, by the trapezoidal rule. */
function meanIndex(location: number, spread: number): number {
  let sum = 0;
  let weights = 0;
  for (let z = -6; z <= 6; z += 0.25) {
    const weight = Math.exp((-z * z) / 2);
    sum += weight * logistic(location + spread * z);
    weights += weight;
  }
  return sum / weights;
}

/** The location that gives this mean, by bisection; exported for its test. */
export function logitOf(mean: number, spread: number): number {
  let low = -50;
  let high = 50;
  for (let i = 0; i < 45; i++) {
    const middle = (low + high) / 2;
    if (meanIndex(middle, spread) < mean) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Ornstein-Uhlenbeck process of unit variance, exact from block to block. */
class Drift {
  value: number;
  readonly #keep: number;
  readonly #renew: number;
  readonly #random: Random;

  constructor(time_h: number, random: Random) {
    this.#keep = Math.exp(-BLOCK_MIN / 60 / time_h);
    this.#renew = Math.sqrt(1 - this.#keep * this.#keep);
    this.#random = random;
    this.value = random.normal();
  }

  next(): number {
    this.value = this.#keep * this.value + this.#renew * this.#random.normal();
    return this.value;
  }
}

/** Days of one place, one after the other. */
export class Sky {
  readonly #place: Place;
  readonly #sky: SkyPhysics;
  readonly #random: Random;
  readonly #logits: number[];
  readonly #weather: Drift;
  readonly #showers: Drift;
  /** Whether the sun shines freely, and that behind the clouds' soft edges. */
  #free = true;
  #shine = 1;
  /** Cosine of the sun's zenith angle, and the index, where the last block ended. */
  #cos_zenith = -1;
  #index = 1;

  constructor(place: Place, sky: SkyPhysics, random: Random) {
    this.#place = place;
    this.#sky = sky;
    this.#random = random;
    this.#logits = sky.clear_sky_index.map((mean) => logitOf(mean, sky.logit_spread));
    this.#weather = new Drift(sky.weather_h, random);
    this.#showers = new Drift(sky.shower_h, random);
  }

  /**
   * Writes a day's global horizontal illuminance to lux[at] and the 1439 minutes after it; gives
   * the day's index, weighted by the light of a cloudless sky. `day` is 0..364.
   */
  day(day: number, lux: Float32Array, at: number): number {
    const { shower_share, logit_spread, clear_ratio } = this.#sky;
    const month = MONTH_OF_DAY[day % YEAR_DAYS]!;
    const logit = this.#logits[month]!;
    const ratio_lux = LUX_PER_W_M2 * clear_ratio[month]!;
    const weather = logit_spread * Math.sqrt(1 - shower_share);
    const showers = logit_spread * Math.sqrt(shower_share);
    const arc = new Arc(this.#place, day);
    let light = 0;
    let clear = 0;
    lux.fill(0, at, at + 1440);
    for (let block = 0; block < BLOCKS; block++) {
      const slow = logit + weather * this.#weather.next() + showers * this.#showers.next();
      const index = logistic(slow);
      const cos_zenith = arc.cosZenith(((block + 1) * BLOCK_MIN) / 60);
      const dark = cos_zenith <= 0 && this.#cos_zenith <= 0;
      if (!dark) this.#minutes(lux, at + block * BLOCK_MIN, ratio_lux, cos_zenith, index);
      this.#cos_zenith = cos_zenith;
      this.#index = index;
      const clear_W_m2 = clearSky_W_m2(cos_zenith);
      light += clear_W_m2 * index;
      clear += clear_W_m2;
    }
    return clear > 0 ? light / clear : this.#index;
  }

  /** The minutes of a block, at whose end sun and index are as given. */
  #minutes(lux: Float32Array, at: number, ratio_lux: number, cos_end: number, end: number): void {
    const { cloud_min, edge_min, enhancement_ratio } = this.#sky;
    const random = this.#random;
    const follow = 1 / (1 + edge_min);
    const cos_step = (cos_end - this.#cos_zenith) / BLOCK_MIN;
    const index_step = (end - this.#index) / BLOCK_MIN;
    let cos_zenith = this.#cos_zenith + cos_step / 2;
    let g = this.#index + index_step / 2;
    let free = this.#free;
    let shine = this.#shine;
    for (let i = at; i < at + BLOCK_MIN; i++) {
      const share = g * g * g;
      if (random.uniform() * cloud_min < (free ? 1 - share : share)) free = !free;
      shine += follow * ((free ? 1 : 0) - shine);
      const sun = 1 + enhancement_ratio * (1 - g);
      const shade = (g + g * g - enhancement_ratio * share) / (1 + g + g * g);
      lux[i] = ratio_lux * clearSky_W_m2(cos_zenith) * (shade + shine * (sun - shade));
      cos_zenith += cos_step;
      g += index_step;
    }
    this.#free = free;
    this.#shine = shine;
  }
}
