// What the tests of chargers share: the files of boards/pmics with panels that start them, and what
// must hold of any point.

import assert from "node:assert/strict";
import { readPart } from "../../boards/parts.js";
import { plain } from "../../boards/schema/quantity.js";
import * as plant from "../../host/sim/operating_point.js";
import { type PmicPhysics } from "../../host/sim/pmic.js";
import { Photovoltaic } from "../../host/sim/sources/photovoltaic.js";
import { projectPath } from "../../tools/build/paths.js";

const root = projectPath("boards");

export const pmicOf = (name: string): PmicPhysics => plain(readPart(root, "pmic", name)).physics;

export function panelOf(name: string, scale = 1, series = 1): Photovoltaic {
  const { physics } = plain(readPart(root, "harvester", name));
  assert.equal(physics.kind, "photovoltaic");
  return new Photovoltaic(physics, scale, series);
}

/** The points of a converter behind a panel in some light. */
export const harvestPoint = (
  source: Photovoltaic,
  pmic: PmicPhysics,
  lux: number,
  temperature_degC: number,
  rail_mV: number,
) => plant.harvestPoint(source.diodeAt(lux, temperature_degC), pmic, rail_mV);

export const coldStartPoint: typeof harvestPoint = (source, pmic, lux, temperature_degC, rail_mV) =>
  plant.coldStartPoint(source.diodeAt(lux, temperature_degC), pmic, rail_mV);

export const bq25570 = pmicOf("bq25570");
export const cbc3150 = pmicOf("cbc3150");
export const neh7100 = pmicOf("neh7100");
export const panel = panelOf("am1417");
export const pair = panelOf("am1417", 1, 2);
export const RAIL_MV = 3800;

/** Every charger with a panel that starts it. */
export const SETS: [string, PmicPhysics, Photovoltaic][] = [
  ["bq25570, AM-1417", bq25570, panel],
  ["bq25570, EXL2-1V50", bq25570, panelOf("exl2-1v50")],
  ["cbc3150, two AM-1417", cbc3150, pair],
  ["neh7100, AM-1417", neh7100, panel],
];

export const near = (value: number, wanted: number, relative: number, what: string) =>
  assert.ok(
    Math.abs(value - wanted) <= relative * Math.abs(wanted),
    `${what}: ${value}, ${wanted}`,
  );

/** Energy is kept, and nothing is negative or no number. */
export function assertSound(point: plant.Converted, what: string): void {
  const { available_uW, drawn_uW, delivered_uW, lost_uW, open_mV } = point;
  const values = [available_uW, drawn_uW, delivered_uW, lost_uW, open_mV];
  assert.ok(
    values.every((value) => value >= 0 && value < Infinity),
    `${what}: ${values.join(", ")}`,
  );
  assert.ok(drawn_uW <= available_uW * (1 + 1e-9), `${what}: ${drawn_uW} of ${available_uW} uW`);
  assert.ok(Math.abs(drawn_uW - delivered_uW - lost_uW) <= 1e-12 * drawn_uW, what);
}
