// One small indoor panel of measured curves (../shared/data/harvest) and its converter: what light
// puts onto the rail in the worlds of the schedule suite.

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { projectRoot } from "../../build/paths.js";

const DATA = process.env.TFMB_DATA ?? "../shared/data";
const CURVES = "iv_curves_by_lux.json";
const PANEL = "AM1417";

/** The converter's efficiency, and what it takes itself. */
const CONVERTER = 0.75;
const CONVERTER_W = 1e-6;

/** Light and power at the best point, lx and W, rising from darkness on. */
export type PanelPoints = readonly (readonly [lux: number, power_W: number])[];

/** Where the data lie, or undefined where this machine has not all of these files. */
export function harvestFolder(...names: string[]): string | undefined {
  const folder = resolve(projectRoot, DATA, "harvest");
  return [CURVES, ...names].every((name) => existsSync(`${folder}/${name}`)) ? folder : undefined;
}

/** The best points of the measured curves. */
export function panelPoints(folder: string): PanelPoints {
  const { cells } = JSON.parse(readFileSync(`${folder}/${CURVES}`, "utf8")) as {
    cells: Record<string, Record<string, [number, number][]>>;
  };
  const points = Object.entries(cells[PANEL]!).map(([lux, curve]): [number, number] => {
    return [Number(lux), Math.max(...curve.map(([voltage_V, current_A]) => voltage_V * current_A))];
  });
  return [[0, 0] as [number, number], ...points].sort((a, b) => a[0] - b[0]);
}

/** Straight between the curves, level beyond the brightest. */
function panelPower_W(points: PanelPoints, lux: number): number {
  const next = points.findIndex(([light]) => light >= lux);
  if (next === -1) return points.at(-1)![1];
  if (next === 0) return points[0]![1];
  const [left, right] = [points[next - 1]!, points[next]!];
  return left[1] + ((right[1] - left[1]) * (lux - left[0])) / (right[0] - left[0]);
}

/** Energy onto the rail in slots of so many samples, J, of a panel `area` times as large. */
export function railHarvest_J(
  points: PanelPoints,
  lux: readonly number[],
  { step_s, slot_s, area = 1 }: { step_s: number; slot_s: number; area?: number },
): number[] {
  const harvest_J = Array<number>(Math.ceil((lux.length * step_s) / slot_s)).fill(0);
  for (const [i, light] of lux.entries()) {
    const power_W = Math.max(0, CONVERTER * area * panelPower_W(points, light) - CONVERTER_W);
    harvest_J[Math.floor((i * step_s) / slot_s)]! += power_W * step_s;
  }
  return harvest_J;
}
