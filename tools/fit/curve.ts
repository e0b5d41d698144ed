// The curves of a profile as the core evaluates them: the OCV as a monotone cubic that goes on
// straight beyond its ends, its companions straight between the nodes and level beyond.

import { monotoneSlopes } from "../../host/core/slopes.js";
import { type CellModel } from "./model.js";

/** Index of the segment that holds `soc`, for rising `nodes`. */
export function segmentOf(nodes: readonly number[], soc: number): number {
  let low = 0;
  let high = nodes.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (nodes[middle]! <= soc) low = middle;
    else high = middle;
  }
  return low;
}

/** Where a SOC lies within its segment, 0 to 1, held at the ends of the table. */
function placeIn(nodes: readonly number[], at: number, soc: number): number {
  const t = (soc - nodes[at]!) / (nodes[at + 1]! - nodes[at]!);
  return t < 0 ? 0 : t > 1 ? 1 : t;
}

/** Value of a companion table. */
export function between(nodes: readonly number[], values: readonly number[], soc: number): number {
  const at = segmentOf(nodes, soc);
  return values[at]! + placeIn(nodes, at, soc) * (values[at + 1]! - values[at]!);
}

/** OCV of one cell over SOC. */
export class OcvCurve {
  readonly #nodes: readonly number[];
  readonly #mV: readonly number[];
  readonly #slopes: readonly number[];
  /** mV per unit of SOC where `voltage_mV` was asked for last. */
  slope_mV = 1;

  constructor(nodes: readonly number[], ocv_mV: readonly number[]) {
    this.#nodes = nodes;
    this.#mV = ocv_mV;
    this.#slopes = monotoneSlopes(nodes, ocv_mV);
  }

  voltage_mV(soc: number): number {
    const nodes = this.#nodes;
    const at = segmentOf(nodes, soc);
    const width = nodes[at + 1]! - nodes[at]!;
    const t = placeIn(nodes, at, soc);
    const left = this.#mV[at]!;
    const rise = this.#mV[at + 1]! - left;
    const start = width * this.#slopes[at]!;
    const c3 = start + width * this.#slopes[at + 1]! - rise - rise;
    const c2 = rise - start - c3;
    this.slope_mV = (start + t * (2 * c2 + 3 * t * c3)) / width;
    const inside_mV = left + t * (start + t * (c2 + t * c3));
    return inside_mV + this.slope_mV * (soc - (nodes[at]! + t * width));
  }
}

/** OCV of one cell over SOC and temperature. */
export class OcvSurface {
  readonly #model: CellModel;
  readonly #tables: readonly { degC: number; curve: OcvCurve }[];

  constructor(model: CellModel) {
    const { soc, ocv_mV, table_degC, ocv_tables } = model;
    this.#model = model;
    const tables = ocv_tables ?? [{ temperature_degC: table_degC, ocv_mV }];
    this.#tables = tables.map((table) => ({
      degC: table.temperature_degC,
      curve: new OcvCurve(soc, table.ocv_mV),
    }));
  }

  voltage_mV(soc: number, degC: number): number {
    const tables = this.#tables;
    let at = 0;
    while (at + 2 < tables.length && tables[at + 1]!.degC < degC) at++;
    const cold = tables[at]!;
    const hot = tables[at + 1] ?? cold;
    const held_degC = Math.min(Math.max(degC, cold.degC), hot.degC);
    const share = hot === cold ? 0 : (held_degC - cold.degC) / (hot.degC - cold.degC);
    const { soc: nodes, dudt_mV_K } = this.#model;
    const cold_mV = cold.curve.voltage_mV(soc);
    const table_mV =
      share === 0 ? cold_mV : cold_mV + share * (hot.curve.voltage_mV(soc) - cold_mV);
    return table_mV + between(nodes, dudt_mV_K, soc) * (degC - held_degC);
  }
}
