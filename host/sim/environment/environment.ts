// What the node lives in: light, temperature and what else drives harvesters, over a run. `site.ts`
// makes one from a climate and a seed, `trace.ts` reads one from a recording.

import { type Series } from "../course.js";
import { type Drives } from "../sources/source.js";

/** What drives sources beside light and temperature. */
export type DriveName = Exclude<keyof Drives, "lux" | "temperature_degC" | "shares">;

/** Shadows on the panels of a string. */
export interface Shade {
  /** Each pattern holds for step_s; `at` are their indices. */
  at: Series;
  /** What of the light falls on each panel. */
  patterns: Drives["shares"][];
}

/** Light and temperature over a run. Regular grids; a run that is longer repeats them. */
export interface Environment {
  name: string;
  /** Each value holds for step_s from its index times step_s. */
  step_s: number;
  lux: Float32Array;
  /** Values at index times temperature_step_s, straight between them. */
  temperature_step_s: number;
  temperature_degC: Float32Array;
  /** Absent: none of it. */
  drives?: Partial<Record<DriveName, Series>> | undefined;
  /** Absent: all panels lie in the same light. */
  shade?: Shade | undefined;
  /** Length, s. */
  length_s: number;
}

/** Daylight: 1000 W/m2 are 122 klx +- 1 % (Michael et al. 2020, extrica article 21667). */
export const LUX_PER_W_M2 = 122;

/** 0 dBm is 1 mW. */
export const powerOf_uW = (power_dBm: number): number => 1000 * 10 ** (power_dBm / 10);
