// What the node lives in: light and temperature over a run. `site.ts` makes one from a climate and
// a seed, `trace.ts` reads one from a recording.

/** Light and temperature over a run. Regular grids; a run that is longer repeats them. */
export interface Environment {
  name: string;
  /** Each value holds for step_s from its index times step_s. */
  step_s: number;
  lux: Float32Array;
  /** Values at index times temperature_step_s, straight between them. */
  temperature_step_s: number;
  temperature_degC: Float32Array;
  /** Length, s. */
  length_s: number;
}

/** Daylight: 1000 W/m2 are 122 klx +- 1 % (Michael et al. 2020, extrica article 21667). */
export const LUX_PER_W_M2 = 122;
