// From the parts of a scenario to its plant: the `physics` halves of the files, as the specimen
// that the seed draws. Nothing of it is told to the core.

import { Charger } from "../host/sim/charger.js";
import { type Environment } from "../host/sim/environment/environment.js";
import { siteEnvironment } from "../host/sim/environment/site.js";
import { Node } from "../host/sim/node.js";
import { USUAL, type Fineness } from "../host/sim/pace.js";
import { Random } from "../host/sim/random.js";
import { Sensors } from "../host/sim/sensors.js";
import { Photovoltaic } from "../host/sim/sources/photovoltaic.js";
import { type SupplySpecimen } from "../host/sim/supply.js";
import { drawCell, specimenOf, within, type CellSpecimen } from "../host/sim/specimen.js";
import { PartError } from "./check.js";
import { panelPhysics } from "./panel.js";
import { type Parts } from "./parts.js";
import { plain } from "./schema/quantity.js";

/** So far apart two statements of one voltage may lie. */
const STRAP_SHARE = 0.02;
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

/** The light and temperature of the scenario's site. Throws PartError. */
export function environmentOf(parts: Parts, seed: number, hours: number): Environment {
  const { climate, site, scenario } = parts;
  const { place, sky, air } = plain(climate);
  const room = plain(site).room;
  const named = { name: scenario.site, place, sky, air, room };
  return checked(() => siteEnvironment(named, seed, hours, scenario.start_day));
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

/** The charger's resistors are one pair, and must let the cell start the load. */
function checkStraps({ board, scenario }: Parts): void {
  const { float_strap_mV, supply } = board.physics;
  const place = `boards/boards/${scenario.board}.json`;
  const told_mV = board.profile.float_strap_mV.value;
  const strap_mV = float_strap_mV.value;
  const apart = Math.abs(told_mV - strap_mV) > STRAP_SHARE * strap_mV;
  const both = `physics.float_strap_mV = ${strap_mV}, profile.float_strap_mV = ${told_mV}`;
  if (apart) throw new PartError(`${place}: ${both} are one voltage; set both`);
  const on_mV = supply.on_mV.value;
  if (on_mV < strap_mV) return;
  const over = `physics.supply.on_mV = ${on_mV} must be < float_strap_mV = ${strap_mV}`;
  throw new PartError(`${place}: ${over}; else the load never starts again`);
}

/** Firmware cannot set on a charger what the charger does not have. */
function checkActuators({ board, pmic, scenario }: Parts): void {
  const { actuators } = board.profile;
  const { disable, float } = pmic.physics;
  const lacks = (name: "charge_enable" | "float", has: boolean) => {
    if (has || !actuators.includes(name)) return;
    const place = `boards/boards/${scenario.board}.json: profile.actuators has ${name}`;
    throw new PartError(`${place}, which ${board.physics.pmic} cannot be told; remove it`);
  };
  lacks("charge_enable", disable !== "none");
  lacks("float", float.levels_mV !== undefined);
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
  const { supply, spread, panels, panels_in_series, storage_uF, ...board } = plain(
    parts.board,
  ).physics;
  const pmic = plain(parts.pmic).physics;
  checkActuators(parts);
  checkStraps(parts);
  const random = new Random(seed);
  const given = scenario.specimen ?? {};
  const drawn = { ...drawCell(cell.spread, random), ...given };
  const specimen: SupplySpecimen = {
    load_ratio: given.load_ratio ?? 1 + spread.load_sigma * within(random),
    leak_nA: given.leak_nA ?? -spread.leak_mean_nA * Math.log(1 - random.uniform()),
    float_ratio: 1 + pmic.float.sigma * within(random),
  };
  const sensors = new Sensors(board.sensors, random);
  const named = `boards/boards/${scenario.board}.json: physics.harvester = ${board.harvester}`;
  const source = new Photovoltaic(panelPhysics(parts.harvester, named), panels, panels_in_series);
  const charger = checked(() => new Charger(source, pmic, storage_uF, rangeOf(environment)));
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
