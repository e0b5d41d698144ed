// A scenario as a slot world: the plant's own source, PMIC, site and cell, reduced to what planners
// see. What it leaves out: temperature of the cell, age, voltage, the float's taper, cold start.

import { environmentOf, plantOf, type Plant } from "../../boards/plant.js";
import { type Parts } from "../../boards/parts.js";
import { plain } from "../../boards/schema/quantity.js";
import { Cell } from "../../host/sim/cell.js";
import { type Environment } from "../../host/sim/environment/environment.js";
import { Surroundings } from "../../host/sim/surroundings.js";
import { specimenOf } from "../../host/sim/specimen.js";
import { lossPerJ } from "./slot_cell.js";
import { type SlotWorld } from "./slot_world.js";

const HOUR_S = 3600;
const YEAR_S = 8760 * HOUR_S;
const NANO = 1e-9;
const PICO = 1e-12;
/** Ohm per mV/nA. */
const OHM = 1e6;
/** Slots, the shortest first, s; so many events should be wanted in one. */
const SLOTS_s = [600, 1200, 1800, 3600];
const WANTED = 4;
const MISS_WEIGHT = 5;

export interface ScenarioWorld {
  /** Over the whole run: its `harvest_J` from midnight of the first day. */
  world: SlotWorld;
  /** Whether the board can hold the charging current to `charge_max_J`. */
  can_limit: boolean;
  cell_V: number;
}

/** All event classes as one: their mean charge, and how many an hour. */
function eventsOf(parts: Parts): { charge_C: number; per_h: number } {
  const { events } = plain(parts.load);
  const per_h = events.reduce((sum, { wanted_per_h }) => sum + wanted_per_h, 0);
  const pC_per_h = events.reduce((sum, event) => sum + event.drain_pC * event.wanted_per_h, 0);
  return { charge_C: per_h > 0 ? (PICO * pC_per_h) / per_h : 0, per_h };
}

/** What the charger puts onto the rail in each slot of the run, J. */
export function harvestOf(
  { charger }: Plant["node"],
  environment: Environment,
  slot_s: number,
  rail_mV: number,
): number[] {
  const { lux, step_s } = environment;
  const around = new Surroundings(environment);
  const slots = Math.floor((lux.length * step_s) / slot_s);
  const harvest_J = Array<number>(slots).fill(0);
  for (let i = 0; i < lux.length; i++) {
    const slot = Math.floor((i * step_s) / slot_s);
    if (slot >= slots) break;
    around.follow(i * step_s);
    charger.follow(around.now, rail_mV);
    harvest_J[slot]! += charger.delivered_uW * 1e-6 * step_s;
    charger.pass(step_s);
    charger.turn();
  }
  return harvest_J;
}

/** Asleep, with its wakes and what the PMIC draws, W. */
function floor_W(parts: Parts, { node }: Plant, cell_V: number): number {
  const { supply, gauge } = plain(parts.board).physics;
  const { wake_ms, policy } = plain(parts.load);
  const awake = (wake_ms + gauge.active_ms) / policy.sleep_min_ms;
  const load_nA = node.specimen.load_ratio * (supply.sleep_nA + awake * supply.active_nA);
  return (load_nA + plain(parts.pmic).physics.quiescent.dark_nA) * NANO * cell_V;
}

/** Most that may charge the cell: its critical current's first level, and the charger's, A. */
function chargeMax_A(parts: Parts): number {
  const { ccd_mA_cm2, ccd_level, area_cm2 } = plain(parts.cell).profile;
  const critical_A = 1e-3 * ccd_mA_cm2 * area_cm2 * ccd_level[0]!;
  return Math.min(critical_A, plain(parts.board).profile.charge_max_nA * NANO);
}

/** The world of a scenario under another weather where `seed` says so. Throws PartError. */
export function scenarioWorld(parts: Parts, seed = parts.scenario.seed): ScenarioWorld {
  const { hours, start_soc } = parts.scenario;
  const environment = environmentOf(parts, seed, hours);
  const plant = plantOf(parts, environment, parts.scenario.seed);
  const physics = specimenOf(plain(parts.cell).physics, plant.cell);
  const stored_J = (soc: number) => new Cell(physics, soc).stored_pJ * PICO;
  const [capacity_J, half] = [stored_J(1), new Cell(physics, 0.5)];
  const cell_V = half.emf_mV(0.5) / 1000;
  const { charge_C, per_h } = eventsOf(parts);
  const slot_s = SLOTS_s.find((length_s) => (per_h * length_s) / HOUR_S >= WANTED) ?? HOUR_S;
  const leak_W = plant.node.specimen.leak_nA * NANO * cell_V;
  const self_per_s = plain(parts.cell).physics.self_discharge_per_year / YEAR_S;
  const world: SlotWorld = {
    slot_s,
    harvest_J: harvestOf(plant.node, environment, slot_s, 1000 * cell_V),
    floor_J: floor_W(parts, plant, cell_V) * slot_s,
    event_J: charge_C * cell_V,
    events_max: Math.max(1, Math.round((per_h * slot_s) / HOUR_S)),
    miss_weight: MISS_WEIGHT,
    cell: {
      capacity_J,
      start_J: stored_J(start_soc),
      ...{ efficiency_in: 1, efficiency_out: 1 },
      charge_max_J: chargeMax_A(parts) * cell_V * slot_s,
      leak_share: slot_s * (leak_W / (capacity_J / 2) + self_per_s),
      loss_per_J: lossPerJ(half.resistance_mV_nA * OHM, cell_V, slot_s),
    },
  };
  const can_limit = plain(parts.board).profile.actuators.includes("charge_limit");
  return { world, can_limit, cell_V };
}
