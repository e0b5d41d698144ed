// From the `physics` block of a harvester's file to the source that it describes.

import { Bank } from "./bank.js";
import { Photovoltaic, type PhotovoltaicPhysics } from "./photovoltaic.js";
import { Piezoelectric, type PiezoelectricPhysics } from "./piezoelectric.js";
import { RfRectifier, type RfPhysics } from "./rf_rectifier.js";
import { type Source } from "./source.js";
import { Thermoelectric, type ThermoelectricPhysics } from "./thermoelectric.js";

export type SourcePhysics =
  PhotovoltaicPhysics | PiezoelectricPhysics | ThermoelectricPhysics | RfPhysics;

function oneOf(physics: Exclude<SourcePhysics, PhotovoltaicPhysics>): Source {
  if (physics.kind === "piezoelectric") return new Piezoelectric(physics);
  if (physics.kind === "thermoelectric") return new Thermoelectric(physics);
  return new RfRectifier(physics);
}

/** `parallel` strings of `series` of a part. Throws RangeError. */
export function sourceOf(physics: SourcePhysics, parallel = 1, series = 1): Source {
  if (physics.kind === "photovoltaic") return new Photovoltaic(physics, parallel, series);
  const one = oneOf(physics);
  return parallel === 1 && series === 1 ? one : new Bank(one, parallel, series);
}
