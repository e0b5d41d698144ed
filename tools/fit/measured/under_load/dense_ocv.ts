// OCV over SOC and temperature, dense over SOC: the core's monotone cubics, blended between two
// temperatures, and dU/dT beyond.

import { between, OcvCurve } from "../../curve.js";
import { denseAt, denseOf, PER_SOC, placeOf, POINTS } from "./dense.js";
import { NODES } from "./elements.js";

export class DenseOcv {
  readonly #degC: readonly number[];
  readonly #tables: readonly Float64Array[];
  readonly #dudt: Float64Array;

  /** Tables at NODES, of rising temperatures; `dudt_mV_K` at NODES. */
  constructor(
    degC: readonly number[],
    tables_mV: readonly (readonly number[])[],
    dudt_mV_K: readonly number[],
  ) {
    this.#degC = degC;
    this.#tables = tables_mV.map((table) => {
      const curve = new OcvCurve(NODES, table);
      return denseOf((soc) => curve.voltage_mV(soc));
    });
    this.#dudt = denseOf((soc) => between(NODES, dudt_mV_K, soc));
  }

  voltage_mV(soc: number, degC: number): number {
    const temperatures = this.#degC;
    const place = placeOf(soc);
    let at = 0;
    while (at + 2 < temperatures.length && temperatures[at + 1]! < degC) at++;
    const cold_degC = temperatures[at]!;
    const cold_mV = denseAt(this.#tables[at]!, place);
    if (temperatures.length === 1) return cold_mV + (degC - cold_degC) * denseAt(this.#dudt, place);
    const hot_degC = temperatures[at + 1]!;
    const held_degC = Math.min(Math.max(degC, cold_degC), hot_degC);
    const share = (held_degC - cold_degC) / (hot_degC - cold_degC);
    const hot_mV = denseAt(this.#tables[at + 1]!, place);
    const beyond_K = degC - held_degC;
    const blended_mV = cold_mV + share * (hot_mV - cold_mV);
    return beyond_K === 0 ? blended_mV : blended_mV + beyond_K * denseAt(this.#dudt, place);
  }

  /** mV per unit of SOC of one of the tables. */
  slope_mV(table: number, soc: number): number {
    const at = Math.min(Math.max(Math.floor(placeOf(soc)), 1), POINTS - 2);
    const dense = this.#tables[table]!;
    return ((dense[at + 1]! - dense[at - 1]!) * PER_SOC) / 2;
  }
}
