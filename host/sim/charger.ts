// The charger of a node: source and PMIC together, with the switch that takes an empty cell off the
// rail. Off the rail the PMIC must cold-start: the source fills the small capacitor of its own rail
// through a poor path, after which the main converter runs and the cell is connected again.

import { HarvestTable, type HarvestRange } from "./harvest_table.js";
import { type Photovoltaic } from "./sources/photovoltaic.js";
import { coldStartPoint, floatSetting_mV, type PmicPhysics } from "./pmic.js";

/** pW per uW. */
const PW = 1e6;

export class Charger extends HarvestTable {
  /** The cell is on the rail. */
  connected = true;
  /** Light in which the charger works, so that its comparators run. */
  lit = false;
  readonly #source: Photovoltaic;
  readonly #pmic: PmicPhysics;
  readonly #start_pJ: number;
  #filled_pJ = 0;
  #lux = 0;
  #temperature_degC = 0;

  /** `storage_uF` is the capacitor of the PMIC's own rail. */
  constructor(source: Photovoltaic, pmic: PmicPhysics, storage_uF: number, range: HarvestRange) {
    super(source, pmic, undefined, range);
    this.#source = source;
    this.#pmic = pmic;
    const until_mV = pmic.cold_start?.until_mV ?? 0;
    this.#start_pJ = (storage_uF * until_mV * until_mV) / 2;
  }

  /** Another light or temperature. */
  follow(lux: number, temperature_degC: number, rail_mV: number): void {
    this.at(lux, temperature_degC, rail_mV);
    this.lit = this.delivered_uW > 0;
    this.#lux = lux;
    this.#temperature_degC = temperature_degC;
  }

  /** What the PMIC itself draws from the rail. */
  quiescent_nA(enabled: boolean): number {
    const { charging_nA, dark_nA, disabled_nA } = this.#pmic.quiescent;
    if (!enabled) return disabled_nA;
    return this.lit ? charging_nA : dark_nA;
  }

  /**
   * The mean voltage that is held when firmware wants this float voltage: the part's own steps, and
   * comparators with hysteresis that chop the charge below it.
   */
  held_mV(float_mV: number): number {
    return floatSetting_mV(this.#pmic, float_mV) - this.#pmic.float.hysteresis_mV / 2;
  }

  /** Takes the cell off the rail where it is empty. */
  look(cell_mV: number): void {
    const { undervoltage } = this.#pmic;
    if (undervoltage === undefined || cell_mV >= undervoltage.off_mV || this.lit) return;
    this.connected = false;
    this.#filled_pJ = 0;
  }

  /** Cold start for some time; returns the energy drawn for it, pJ, all of it lost. */
  start_pJ(dt_s: number): number {
    const point = coldStartPoint(this.#source, this.#pmic, this.#lux, this.#temperature_degC, 0);
    this.#filled_pJ += point.delivered_uW * PW * dt_s;
    if (this.#filled_pJ > 0 && this.#filled_pJ >= this.#start_pJ) this.connected = true;
    return point.drawn_uW * PW * dt_s;
  }
}
