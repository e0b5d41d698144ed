// How one cell, board and load differ from what their files say: drawn from the spread that the
// files state, so that no firmware knows the node it runs on.

import { type CellPhysics } from "./cell.js";
import { type Random } from "./random.js";

/** One sigma between specimens; part of the `physics` block of boards/cells/*.json. */
export interface CellSpread {
  capacity_spread: number;
  /** Of the logarithm. */
  resistance_spread: number;
  diffusion_spread: number;
  /** A common offset of the whole EMF curve. */
  emf_spread_mV: number;
}

/** Ratios to the file's value. */
export interface CellSpecimen {
  capacity_ratio: number;
  resistance_ratio: number;
  diffusion_ratio: number;
  emf_offset_mV: number;
}

/** The specimen that is as its file says. */
export const NOMINAL: CellSpecimen = {
  capacity_ratio: 1,
  resistance_ratio: 1,
  diffusion_ratio: 1,
  emf_offset_mV: 0,
};

/** Beyond this a cell would not have left the factory. */
const WORST_SIGMA = 2.5;

/** A standard normal that stays within what is sold. */
export function within(random: Random): number {
  const value = random.normal();
  return Math.min(Math.max(value, -WORST_SIGMA), WORST_SIGMA);
}

/** A cell off the shelf. */
export function drawCell(spread: CellSpread, random: Random): CellSpecimen {
  return {
    capacity_ratio: 1 + spread.capacity_spread * within(random),
    resistance_ratio: Math.exp(spread.resistance_spread * within(random)),
    diffusion_ratio: Math.exp(spread.diffusion_spread * within(random)),
    emf_offset_mV: spread.emf_spread_mV * within(random),
  };
}

/** The physics of that cell: its area carries the capacity, its interfaces the resistance. */
export function specimenOf(cell: CellPhysics, specimen: CellSpecimen): CellPhysics {
  const { capacity_ratio, resistance_ratio, diffusion_ratio, emf_offset_mV } = specimen;
  const per_cm2 = resistance_ratio * capacity_ratio;
  const { emf, diffusion } = cell;
  return {
    ...cell,
    area_cm2: cell.area_cm2 * capacity_ratio,
    electrolyte_ohm_cm2: cell.electrolyte_ohm_cm2 * per_cm2,
    series_ohm_cm2: cell.series_ohm_cm2 * per_cm2,
    anode_exchange_mA_cm2: cell.anode_exchange_mA_cm2 / per_cm2,
    cathode_exchange_mA_cm2: cell.cathode_exchange_mA_cm2 / per_cm2,
    emf: { ...emf, voltage_mV: emf.voltage_mV.map((mV) => mV + emf_offset_mV) },
    diffusion: {
      ...diffusion,
      lithium_m2_s: diffusion.lithium_m2_s.map((D) => D * diffusion_ratio),
    },
  };
}
