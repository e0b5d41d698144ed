// Cells of the plant, to judge a fit by: their truth, which no fit ever sees.

import { Cell, type CellPhysics } from "../../../host/sim/cell.js";
import { Random } from "../../../host/sim/random.js";
import { drawCell, specimenOf } from "../../../host/sim/specimen.js";
import { limits, physics, SEED } from "./records.js";

/** Another cell of the lot, and where the plant's SOC is at both voltage limits. */
export function specimen(seed: number) {
  const of = specimenOf(physics, drawCell(physics.spread, new Random(seed)));
  const cell = new Cell(of, 0.5);
  cell.temperature_degC = 25;
  const socAt = (mV: number) => {
    let [low, high] = [-0.2, 1.2];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (cell.emf_mV(middle) < mV) low = middle;
      else high = middle;
    }
    return low;
  };
  const [empty, full] = [socAt(limits.cut_off_mV), socAt(limits.charge_mV)];
  const plantSoc = (soc: number) => empty + soc * (full - empty);
  const capacity_nAh = (full - empty) * cell.capacity_nAh;
  return { of, cell, plantSoc, capacity_nAh, emf_mV: (soc: number) => cell.emf_mV(plantSoc(soc)) };
}

/** The cell that was on the tester: the laboratory's own draw, see characterise.ts. */
export const laboratorySpecimen = () => specimen(SEED ^ 0x1ab0);

/** Small-signal resistance of the plant. */
export function plantResistance(of: CellPhysics, soc: number, temperature_degC: number): number {
  const cell = new Cell(of, soc);
  cell.temperature_degC = temperature_degC;
  return ((cell.voltage_mV(1000) - cell.voltage_mV(-1000)) / 2000) * 1e6;
}
