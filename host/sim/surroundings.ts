// The place in an environment at which a run has arrived: what drives its sources now, and until
// when that stays.

import { Course } from "./course.js";
import { type DriveName, type Environment } from "./environment/environment.js";
import { NOTHING, type Drives } from "./sources/source.js";

/** So often the temperature is followed. */
const FOLLOW_S = 600;
/** Steps shorter than this are brisk. */
const BRISK_S = 1;

export class Surroundings {
  readonly now: Drives = { ...NOTHING };
  /** Until then all drives stay as they are. */
  constant_until_s = 0;
  /** For so long changes are a flicker, of which only the mean is felt; 0: none are so short. */
  readonly flicker_s: number;
  readonly #of: Environment;
  readonly #light: Course;
  /** The other drives, where the environment has any. */
  readonly #others: { name: DriveName; course: Course }[];
  /** Which panels lie in a shadow, where the environment says it. */
  readonly #shade: Course | undefined;
  readonly #many: boolean;
  readonly #next: Drives = { ...NOTHING };
  #warmth_until_s = 0;

  constructor(of: Environment) {
    this.#of = of;
    this.#light = new Course({ step_s: of.step_s, values: of.lux });
    this.#others = Object.entries(of.drives ?? {}).map(([name, series]) => ({
      name: name as DriveName,
      course: new Course(series),
    }));
    if (of.shade !== undefined) this.#shade = new Course(of.shade.at);
    const steps_s = [of.step_s, ...Object.values(of.drives ?? {}).map(({ step_s }) => step_s)];
    this.flicker_s = Math.min(...steps_s) < BRISK_S ? BRISK_S : 0;
    this.#many = this.#others.length > 0 || this.#shade !== undefined;
  }

  get lux(): number {
    return this.now.lux;
  }

  get temperature_degC(): number {
    return this.now.temperature_degC;
  }

  /** Goes to `time_s`, which does not fall; returns whether a drive or temperature is another. */
  follow(time_s: number): boolean {
    let other = this.#light.follow(time_s);
    if (this.#many) {
      for (const { course } of this.#others) other = course.follow(time_s) || other;
      if (this.#shade?.follow(time_s) === true) other = true;
    }
    if (other) this.#take();
    const warmer = time_s >= this.#warmth_until_s;
    if (warmer) this.#followWarmth(time_s);
    return other || warmer;
  }

  /** The drives after these; the temperature stays. */
  get next(): Drives {
    const next = this.#next;
    if (!this.#many) {
      next.lux = this.#light.next;
      return next;
    }
    next.lux = this.#ends(this.#light) ? this.#light.next : this.now.lux;
    for (const { name, course } of this.#others) {
      next[name] = this.#ends(course) ? course.next : this.now[name];
    }
    const shade = this.#shade;
    if (shade !== undefined) {
      next.shares = this.#ends(shade) ? this.#pattern(shade.next) : this.now.shares;
    }
    return next;
  }

  /** Goes on to the drives after these. */
  goOn(): void {
    const until_s = this.constant_until_s;
    if (this.#light.until_s <= until_s) this.#light.goOn();
    if (this.#many) {
      for (const { course } of this.#others) if (course.until_s <= until_s) course.goOn();
      if (this.#shade !== undefined && this.#shade.until_s <= until_s) this.#shade.goOn();
    }
    this.#take();
  }

  #ends(course: Course): boolean {
    return course.until_s <= this.constant_until_s;
  }

  #take(): void {
    const { now } = this;
    now.lux = this.#light.value;
    this.constant_until_s = this.#light.until_s;
    if (!this.#many) return;
    for (const { name, course } of this.#others) {
      now[name] = course.value;
      if (course.until_s < this.constant_until_s) this.constant_until_s = course.until_s;
    }
    const shade = this.#shade;
    if (shade === undefined) return;
    now.shares = this.#pattern(shade.value);
    if (shade.until_s < this.constant_until_s) this.constant_until_s = shade.until_s;
  }

  #pattern(index: number): Drives["shares"] {
    return this.#of.shade!.patterns[index]!;
  }

  /** Straight between the values. */
  #followWarmth(time_s: number): void {
    const { temperature_degC, temperature_step_s } = this.#of;
    const at = time_s / temperature_step_s;
    const before = Math.floor(at);
    const left = temperature_degC[before % temperature_degC.length]!;
    const right = temperature_degC[(before + 1) % temperature_degC.length]!;
    this.now.temperature_degC = left + (at - before) * (right - left);
    this.#next.temperature_degC = this.now.temperature_degC;
    this.#warmth_until_s = time_s + FOLLOW_S;
  }
}
