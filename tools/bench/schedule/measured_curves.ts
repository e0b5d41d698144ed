// Measured terminal curves of small panels (../shared/data/harvest): as points by light, and as the
// coefficients of a recording, I = a - b (exp(c V) - 1).

import { readFileSync } from "node:fs";

export interface MeasuredCurve {
  open_V: number;
  currentAt(voltage_V: number): number;
}

/** A curve, and where it was measured. */
export interface NamedCurve {
  name: string;
  curve: MeasuredCurve;
}

/** Straight between the points; below the first of them level. */
function pointCurve(points: readonly (readonly [voltage_V: number, current_A: number])[]) {
  const last = points.at(-1)!;
  return {
    open_V: last[0],
    currentAt(voltage_V: number): number {
      const next = points.findIndex(([at_V]) => at_V >= voltage_V);
      if (next === -1) return 0;
      if (next === 0) return points[0]![1];
      const [left, right] = [points[next - 1]!, points[next]!];
      return left[1] + ((right[1] - left[1]) * (voltage_V - left[0])) / (right[0] - left[0]);
    },
  };
}

/** Every curve by light of every cell, from the darkest on. */
export function curvesByLux(folder: string): NamedCurve[] {
  const { cells } = JSON.parse(readFileSync(`${folder}/iv_curves_by_lux.json`, "utf8")) as {
    cells: Record<string, Record<string, [number, number][]>>;
  };
  return Object.entries(cells).flatMap(([cell, byLux]) =>
    Object.entries(byLux)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([lux, points]) => ({ name: `${cell} ${lux} lx`, curve: pointCurve(points) })),
  );
}

/** The recording of a panel on a jogging person, 50 a second. */
export const JOGGING = "pv_jogging_10m_iv_coeffs_50Hz.csv";
export const JOGGING_STEP_S = 0.02;

export function joggingCurves(folder: string): MeasuredCurve[] {
  const lines = readFileSync(`${folder}/${JOGGING}`, "utf8").split("\n");
  return lines
    .filter((line) => /^\d/.test(line))
    .map((line) => {
      const [, a_A, b_A, c_perV] = line.split(",").map(Number) as [number, number, number, number];
      return {
        open_V: Math.log(a_A / b_A + 1) / c_perV,
        currentAt: (voltage_V: number) => a_A - b_A * Math.expm1(c_perV * voltage_V),
      };
    });
}
