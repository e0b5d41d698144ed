// The same worlds with a cell that is more than a bucket: resistance, leak and a limit on charging,
// of R20's stack scaled to the size (boards/cells/r20-*.json), on a clean board.

import { lossPerJ } from "../../oracle/slot_cell.js";
import { type SlotWorld } from "../../oracle/slot_world.js";

const CELL_V = 3.8;
const HOUR_S = 3600;
/** First reading of a pulse, half charged at 25 degC. */
const RESISTANCE_ohm_uAh = 142e3;
/** 2 mA/cm2 on plain copper, of which the guard allows .4 at first; 2.8e-3 cm2/uAh. */
const CHARGE_MAX_uA_per_uAh = 2000 * 0.4 * 2.8e-3;
/** Of the board, whatever the cell; and of the cell itself. */
const BOARD_LEAK_uA = 0.01;
const SELF_per_h = 1.65e-6;

/** Half charged on average: the board's leak is a share of that. */
export function withWholeCell(world: SlotWorld, size_uAh: number): SlotWorld {
  const { slot_s, cell } = world;
  const slot_h = slot_s / HOUR_S;
  const charge_max_A = CHARGE_MAX_uA_per_uAh * size_uAh * 1e-6;
  return {
    ...world,
    cell: {
      ...cell,
      charge_max_J: charge_max_A * CELL_V * slot_s,
      leak_share: slot_h * (BOARD_LEAK_uA / (size_uAh / 2) + SELF_per_h),
      loss_per_J: lossPerJ(RESISTANCE_ohm_uAh / size_uAh, CELL_V, slot_s),
    },
  };
}
