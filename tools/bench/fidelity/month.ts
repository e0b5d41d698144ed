// A month of a scenario, and what its books say about energy: whether every port adds up, and
// whether the heat that the cell booked is the heat that its currents make in steps of seconds.

import { environmentOf, plantOf } from "../../../boards/plant.js";
import { type Parts } from "../../../boards/parts.js";
import { programmeOf } from "../../../boards/programme.js";
import { plain } from "../../../boards/schema/quantity.js";
import { type Core } from "../../../host/core/core.js";
import { type Grid } from "../../../host/sim/grid.js";
import { Cell, type CellPhysics } from "../../../host/sim/cell.js";
import { Firmware } from "../../../host/sim/firmware.js";
import { simulate, type Run } from "../../../host/sim/simulate.js";
import { specimenOf } from "../../../host/sim/specimen.js";
import { Heat } from "./heat.js";

/** A stretch of the cell's life: its current went straight from `start_nA` to `end_nA`. */
interface Stretch {
  dt_s: number;
  start_nA: number;
  end_nA: number;
  temperature_degC: number;
  alive: number;
  growth: number;
}

export interface Month {
  run: Run;
  /** The specimen. */
  physics: CellPhysics;
  start_soc: number;
  stretches: Stretch[];
}

/** Writes down what the cell is asked to do from here on. */
function follow(cell: Cell): Stretch[] {
  const stretches: Stretch[] = [];
  const { prototype } = Cell;
  let [alive, growth, inside] = [1, 1, false];
  const followed = <R>(dt_s: number, act: () => R): R => {
    // a charge without an offer drives: that is one stretch
    if (inside) return act();
    inside = true;
    const before_nC = cell.port_nC;
    const result = act();
    inside = false;
    const { end_nA, temperature_degC } = cell;
    const start_nA = (2 * (cell.port_nC - before_nC)) / dt_s - end_nA;
    stretches.push({ dt_s, start_nA, end_nA, temperature_degC, alive, growth });
    return result;
  };
  cell.drive = (nA, dt_s) => followed(dt_s, () => prototype.drive.call(cell, nA, dt_s));
  cell.take_nA = (offered_nA, drain_nA, dt_s, float_mV) =>
    followed(dt_s, () => prototype.take_nA.call(cell, offered_nA, drain_nA, dt_s, float_mV));
  cell.age = (share, ratio) => {
    [alive, growth] = [share, ratio];
    prototype.age.call(cell, share, ratio);
  };
  return stretches;
}

/** Lets the node of these parts live for so many hours, in the environment of its site. */
export function liveAndFollow(core: Core, parts: Parts, hours: number): Month {
  const { seed } = parts.scenario;
  const environment = environmentOf(parts, seed, hours);
  const { node, sensors, cell } = plantOf(parts, environment, seed);
  const stretches = follow(node.cell);
  const firmware = new Firmware(core, programmeOf(parts), node, sensors);
  const start_soc = node.cell.soc;
  const run = simulate(node, firmware, hours, {});
  return { run, physics: specimenOf(plain(parts.cell).physics, cell), start_soc, stretches };
}

/** What does not add up at a port, over the energy that went through it; the worst port. */
export function worstImbalance({ run }: Month): number {
  const { node } = run;
  const { ledger } = node;
  const off = ledger.imbalance_pJ;
  // of the cell the least: what stayed in it and what it lost, not all that went in and out
  const through_pJ: Record<string, number> = {
    charger: ledger.drawn_pJ,
    rail: ledger.delivered_pJ,
    cell: Math.abs(node.cell.port_pJ),
    all: ledger.drawn_pJ,
  };
  return Math.max(...Object.entries(off).map(([port, pJ]) => Math.abs(pJ) / through_pJ[port]!));
}

/** Heat that the cell booked over heat integrated in steps of seconds, minus 1. */
export function heatDifference({ run, physics, start_soc, stretches }: Month, grid?: Grid): number {
  const heat = new Heat(physics, start_soc, grid);
  for (const { dt_s, start_nA, end_nA, temperature_degC, alive, growth } of stretches) {
    Object.assign(heat, { temperature_degC, alive, growth });
    heat.drive(start_nA, end_nA, dt_s);
  }
  const { ohmic, kinetic, diffusion, self_discharge } = run.node.cell.lost;
  return (ohmic + kinetic + diffusion + self_discharge) / heat.total_pJ - 1;
}
