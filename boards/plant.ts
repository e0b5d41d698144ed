// From the parts of a scenario to its plant: the `physics` halves of the files, as the specimen
// that the seed draws. Nothing of it is told to the core.

import { driven } from "../host/sim/environment/drives.js";
import { type Environment } from "../host/sim/environment/environment.js";
import { shaded } from "../host/sim/environment/shade.js";
import { siteEnvironment } from "../host/sim/environment/site.js";
import { steppedLight } from "../host/sim/environment/stepped.js";
import { Node } from "../host/sim/node.js";
import { USUAL, type Fineness } from "../host/sim/pace.js";
import { Random } from "../host/sim/random.js";
import { Sensors, type SensorPhysics } from "../host/sim/sensors.js";
import { type SupplySpecimen } from "../host/sim/supply.js";
import { drawCell, specimenOf, within, type CellSpecimen } from "../host/sim/specimen.js";
import { chargerOf } from "./charger.js";
import { PartError } from "./check.js";
import { type Parts } from "./parts.js";
import { plain } from "./schema/quantity.js";

/** Step of the charger's table over temperature. */
const TABLE_K = 10;

export interface Plant {
  node: Node;
  sensors: Sensors;
  cell: CellSpecimen;
}

/** A model that refuses its numbers says so in one line: it is the parts that are wrong. */
function checked<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new PartError(error.message);
    throw error;
  }
}

/** Parts the stream of what drives sources from those of the sky. */
const DRIVES_SEED = 0x5eed;

/** The surroundings of the scenario's site. Throws PartError. */
export function environmentOf(parts: Parts, seed: number, hours: number): Environment {
  const { climate, site, scenario } = parts;
  const { place, sky, air } = plain(climate);
  const { room, light: steps } = plain(site);
  if (steps !== undefined) {
    return drivenAt(parts, steppedLight(scenario.site, steps, hours), seed);
  }
  const named = { name: scenario.site, place, sky, air, room };
  const light = checked(() => siteEnvironment(named, seed, hours, scenario.start_day));
  return drivenAt(parts, light, seed);
}

/** An environment, or a recording, with the site's shadows and other drives. Throws PartError. */
export function drivenAt(parts: Parts, light: Environment, seed: number): Environment {
  const { drives, shade } = plain(parts.site);
  const { start_day, site } = parts.scenario;
  const lit = shade === undefined ? light : checked(() => shaded(light, shade, site));
  if (drives === undefined) return lit;
  const random = new Random((seed ^ DRIVES_SEED) >>> 0);
  return checked(() => driven(lit, drives, (start_day ?? 1) - 1, random, site));
}

/** The temperatures of an environment, for the charger's table. */
function rangeOf({ temperature_degC }: Environment) {
  let [low_degC, high_degC] = [Infinity, -Infinity];
  for (const degC of temperature_degC) {
    if (degC < low_degC) low_degC = degC;
    if (degC > high_degC) high_degC = degC;
  }
  return {
    temperature_min_degC: Math.floor(low_degC / TABLE_K) * TABLE_K,
    temperature_max_degC: (Math.floor(high_degC / TABLE_K) + 1) * TABLE_K,
    temperature_step_K: TABLE_K,
  };
}

/** What firmware is to read of the cell's charge and current, something must show. */
function checkCounter({ board, scenario }: Parts, counter: SensorPhysics["counter"]): void {
  const shown = { charge: counter, current: counter?.current };
  const places = { charge: "counter", current: "counter.current" };
  for (const name of ["charge", "current"] as const) {
    if (!board.profile.observables.includes(name) || shown[name] !== undefined) continue;
    const at = `boards/boards/${scenario.board}.json: physics.sensors.${places[name]}`;
    throw new PartError(`${at} must be given where profile.observables has "${name}"; add it`);
  }
}

/** The node of a scenario as one seed makes it. Throws PartError. */
export function plantOf(
  parts: Parts,
  environment: Environment,
  seed: number,
  fineness: Fineness = USUAL,
): Plant {
  const { scenario } = parts;
  const { series, parallel } = scenario.pack;
  if (series * parallel !== 1) {
    throw new PartError(`pack = ${series} x ${parallel} must be 1 x 1: the plant is of one cell`);
  }
  const cell = plain(parts.cell).physics;
  const { supply, spread, sensors: senses } = plain(parts.board).physics;
  checkCounter(parts, senses.counter);
  const pmic = plain(parts.pmic).physics;
  const charger = checked(() => chargerOf(parts, rangeOf(environment)));
  const random = new Random(seed);
  const given = scenario.specimen ?? {};
  const drawn = { ...drawCell(cell.spread, random), ...given };
  const specimen: SupplySpecimen = {
    load_ratio: given.load_ratio ?? 1 + spread.load_sigma * within(random),
    leak_nA: given.leak_nA ?? -spread.leak_mean_nA * Math.log(1 - random.uniform()),
    float_ratio: 1 + pmic.float.sigma * within(random),
  };
  const sensors = new Sensors(senses, random);
  const physics = specimenOf(cell, drawn);
  const node = checked(
    () =>
      new Node(
        physics,
        cell.ageing,
        supply,
        specimen,
        charger,
        environment,
        scenario.start_soc,
        fineness,
      ),
  );
  return { node, sensors, cell: drawn };
}
