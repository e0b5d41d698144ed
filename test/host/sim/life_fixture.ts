// Nodes for tests: the default scenario with what a test changes, put together and run.

import { readScenario, type Parts } from "../../../boards/parts.js";
import { environmentOf, plantOf, type Plant } from "../../../boards/plant.js";
import { type Environment } from "../../../host/sim/environment/environment.js";
import { type Fineness } from "../../../host/sim/pace.js";
import { type RunOptions } from "../../../host/sim/simulate.js";
import { projectPath } from "../../../tools/build/paths.js";
import { live, type Life } from "../../../tools/simulate/life.js";
import { newCore } from "../core_fixture.js";

/** Parts of the default scenario; each call makes new ones. */
export const defaultParts = (): Parts => readScenario(projectPath("boards"), "default-year");

/** The default node's life over some hours. */
export async function liveFor(
  hours: number,
  change: (parts: Parts) => void = () => undefined,
  options: RunOptions & { environment?: Environment } = {},
): Promise<Life> {
  const parts = defaultParts();
  parts.scenario.hours = hours;
  change(parts);
  return live(await newCore(), "default-year", parts, options);
}

/** The same light and temperature for a while. */
export function steady(lux: number, temperature_degC = 22): Environment {
  return {
    name: `${lux} lx`,
    step_s: 3600,
    lux: new Float32Array([lux]),
    temperature_step_s: 3600,
    temperature_degC: new Float32Array([temperature_degC]),
    length_s: 3600,
  };
}

/** A plant without firmware, as its files say: no spread, no leak. */
export function plainPlant(
  environment: Environment,
  change: (parts: Parts) => void = () => undefined,
  fineness?: Fineness,
): Plant {
  const parts = defaultParts();
  parts.scenario.specimen = {
    ...{ capacity_ratio: 1, resistance_ratio: 1, diffusion_ratio: 1, emf_offset_mV: 0 },
    ...{ load_ratio: 1, leak_nA: 0 },
  };
  parts.pmic.physics.float.sigma.value = 0;
  change(parts);
  return plantOf(parts, environment, 1, fineness);
}

export { environmentOf };
