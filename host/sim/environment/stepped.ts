// Light that goes through the same steps again and again, at one temperature: a shadow that passes,
// a lamp on a timer, a bench in the dark.

import { type Environment } from "./environment.js";

const HOUR_S = 3600;

/** The `light` block of boards/sites/*.json. */
export interface SteppedLight {
  /** Each value holds so long; after the last comes the first. */
  step_s: number;
  lux: number[];
  temperature_degC: number;
}

/** The steps of a site over a run of `hours`; `first` is the one that it begins with. */
export function steppedLight(name: string, of: SteppedLight, hours: number, first = 0) {
  const { step_s, lux, temperature_degC } = of;
  const count = Math.ceil((hours * HOUR_S) / step_s);
  const length_s = step_s * count;
  return {
    ...{ name, step_s, length_s },
    lux: Float32Array.from({ length: count }, (_, i) => lux[(i + first) % lux.length]!),
    temperature_step_s: length_s,
    temperature_degC: new Float32Array([temperature_degC, temperature_degC]),
  } satisfies Environment;
}
