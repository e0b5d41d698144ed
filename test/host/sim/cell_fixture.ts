// Cells under test, and what is asked of all of them.

import assert from "node:assert/strict";
import fc from "fast-check";
import { listParts, readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { type Cell, type CellLosses, type CellPhysics } from "../../../host/sim/cell.js";
import { projectPath } from "../../../tools/build/paths.js";

const root = projectPath("boards");

export const CELLS = listParts(root, "cell");

export const cellFile = (name: string) => plain(readPart(root, "cell", name));

export const physicsOf = (name: string): CellPhysics => cellFile(name).physics;

/** The published cell, full where its paper says, without self-discharge. */
export const r20: CellPhysics = {
  ...physicsOf("r20-0p7mAh"),
  ...{ lithium_full: 0.51, self_discharge_per_year: 0 },
};

/** Its currents of 1C. */
export const ONE_C_NA = 700000;

/** `value` is within `share` of `wanted`. */
export function near(value: number, wanted: number, share: number, what: string): void {
  assert.ok(Math.abs(value / wanted - 1) <= share, `${what}: ${value}, wanted ${wanted}`);
}

/** `value` is within `most` of `wanted`. */
export function close(value: number, wanted: number, most: number, what: string): void {
  assert.ok(Math.abs(value - wanted) <= most, `${what}: ${value}, wanted ${wanted} within ${most}`);
}

export const causes = (cell: Cell) => Object.keys(cell.lost) as (keyof CellLosses)[];

/** What a cell does in a test: with `share` of the most that the time allows. */
export type Deed =
  | { does: "drive"; dt_s: number; share: number }
  | { does: "charge"; dt_s: number; share: number; drain: number; float_mV: number }
  | { does: "warm"; degC: number }
  | { does: "age"; alive: number; growth: number };

/** Hundredths of seconds to hours, evenly over the decades. */
const dt_s = fc.double({ min: -2, max: 4, noNaN: true }).map((decade) => 10 ** decade);
const share = fc.double({ min: -1, max: 1, noNaN: true });

export const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("drive" as const), dt_s, share }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("charge" as const),
      dt_s,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      drain: fc.double({ min: 0, max: 0.1, noNaN: true }),
      float_mV: fc.double({ min: -200, max: 100, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("warm" as const),
      degC: fc.double({ min: -20, max: 60, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("age" as const),
      alive: fc.double({ min: 0.5, max: 1, noNaN: true }),
      growth: fc.double({ min: 1, max: 4, noNaN: true }),
    }),
  },
);

/** At most 5C, and at most a tenth of the capacity in one deed. */
const most_nA = (cell: Cell, seconds: number): number =>
  cell.capacity_nAh * Math.min(5, 360 / seconds);

/** Does it; float voltages count from the EMF of a full cell. */
export function act(cell: Cell, deed: Deed): void {
  if (deed.does === "warm") cell.temperature_degC = deed.degC;
  else if (deed.does === "age") cell.age(deed.alive, deed.growth);
  else if (deed.does === "drive") {
    cell.drive(deed.share * most_nA(cell, deed.dt_s), deed.dt_s);
  } else {
    const most = most_nA(cell, deed.dt_s);
    const float_mV = cell.emf_mV(1) + deed.float_mV;
    cell.take_nA(deed.share * most, deed.drain * most, deed.dt_s, float_mV);
  }
}
