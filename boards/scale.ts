// The same part in another size, for questions of how much of it a node needs: a cell of the same
// stack on another area, a board with more or fewer of its panels.

import { checkPart, PartError, type Part } from "./check.js";
import { type Quantity } from "./schema/quantity.js";

/** Products are rounded to this, so that 0.3 times 100000 is 30000. */
const DIGITS = 9;

type Scalar = Quantity<number>;

/** Where the number comes from stays; the note says what was made of it. */
function scaled<Q extends Scalar>(quantity: Q, factor: number, how: string): Q {
  const value = Number((quantity.value * factor).toPrecision(DIGITS));
  const note = quantity.note === undefined ? how : `${quantity.note}; ${how}`;
  return { ...quantity, value, note };
}

function checkRatio(ratio: number, what: string): void {
  if (ratio > 0 && Number.isFinite(ratio)) return;
  throw new PartError(`${what} x ${ratio}: the ratio must be > 0; give another size`);
}

const times = (what: string, ratio: number) => `${what} x ${Number(ratio.toPrecision(4))}`;

/**
 * A cell of the same stack with `ratio` times the area: as much more capacity and self-discharge,
 * as much less resistance. All else is per area, or of the material. Throws PartError where the
 * cell would be none that the schema knows.
 */
export function scaleCell(cell: Part<"cell">, ratio: number): Part<"cell"> {
  checkRatio(ratio, cell.title);
  if (ratio === 1) return cell;
  const how = times("area", ratio);
  const { profile, physics } = cell;
  const larger: Part<"cell"> = {
    ...cell,
    title: `${cell.title}; ${how}`,
    profile: {
      ...profile,
      capacity_nAh: scaled(profile.capacity_nAh, ratio, how),
      area_cm2: scaled(profile.area_cm2, ratio, how),
      self_drain_nA: scaled(profile.self_drain_nA, ratio, how),
      resistance_ohm: scaled(profile.resistance_ohm, 1 / ratio, how),
    },
    physics: { ...physics, area_cm2: scaled(physics.area_cm2, ratio, how) },
  };
  return checkPart("cell", larger, times("the cell", ratio));
}

/**
 * A board with `ratio` times the panels in parallel; a part of a panel is one cut smaller. The
 * core's model of them has as much more dark current, or power at a voltage (`gain`). It is the
 * board's first source that is scaled. Throws PartError as scaleCell does.
 */
export function scalePanels(board: Part<"board">, ratio: number): Part<"board"> {
  checkRatio(ratio, board.title);
  if (ratio === 1) return board;
  const how = times("panels", ratio);
  const { profile, physics } = board;
  const larger: Part<"board"> = {
    ...board,
    title: `${board.title}; ${how}`,
    profile: {
      ...profile,
      sources: profile.sources.map((source, i) =>
        i === 0 ? { ...source, gain: scaled(source.gain, ratio, how) } : source,
      ),
    },
    physics: { ...physics, panels: scaled(physics.panels, ratio, how) },
  };
  return checkPart("board", larger, times("the board's panels", ratio));
}
