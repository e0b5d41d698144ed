// The plant around the cell: photovoltaic source, charger with a fixed efficiency and a float
// voltage, load, leak, and sensors with the errors of one specimen. Knows nothing of the core.

import { Cell, type CellPhysics } from "./cell.js";
import { Curve } from "./curve.js";
import { type Random } from "./random.js";

/** The `physics` block of boards/boards/*.json. */
export interface BoardPhysics {
  /** Maximum power and open-circuit voltage of the source against illuminance. */
  source: { lux: number[]; power_uW: number[]; open_mV: number[] };
  charger_efficiency: number;
  /** Errors of one board, one sigma each; the seed draws the specimen. */
  float_sigma: number;
  meter_sigma: number;
  meter_lsb_nA: number;
  adc_gain_sigma: number;
  adc_noise_mV: number;
  adc_lsb_mV: number;
  temperature_sigma_K: number;
  /** The board switches itself off below the first voltage and on again above the second. */
  off_mV: number;
  on_mV: number;
  off_drain_nA: number;
}

/** How this cell and board differ from their files. */
export interface Specimen {
  capacity_ratio: number;
  resistance_ratio: number;
  leak_nA: number;
}

/** What the firmware set. */
export interface Settings {
  charge: boolean;
  limit_nA: number;
  float_mV: number;
}

/** Sums since the start. */
export interface Books {
  harvested_nAh: number;
  harvested_mJ: number;
  used_nAh: number;
  used_mJ: number;
  leaked_nAh: number;
  /** What the source offered and the float voltage or the current limit refused. */
  refused_nAh: number;
}

/** One nA for one second, in nAh. */
const HOUR_S = 3600;
/** 1 nA at 1 mV for 1 s is 1e-12 J. */
const MJ = 1e-9;

export class Node {
  readonly cell: Cell;
  readonly books: Books = {
    ...{ harvested_nAh: 0, harvested_mJ: 0, used_nAh: 0, used_mJ: 0 },
    ...{ leaked_nAh: 0, refused_nAh: 0 },
  };
  /** The charger holds its float voltage. */
  limiting = false;
  readonly #board: BoardPhysics;
  readonly #leak_nA: number;
  readonly #random: Random;
  readonly #power: Curve;
  readonly #open: Curve;
  readonly #first: { lux: number; power_uW: number };
  readonly #gain: number;
  readonly #meter: number;
  readonly #float: number;
  readonly #offset_K: number;
  #charging_nA = 0;
  #metered_nA_s = 0;
  #metered_s = 0;

  constructor(
    cell: CellPhysics,
    board: BoardPhysics,
    specimen: Specimen,
    soc: number,
    random: Random,
  ) {
    this.cell = new Cell(aged(cell, specimen), soc);
    this.#board = board;
    this.#leak_nA = specimen.leak_nA;
    this.#random = random;
    const { lux, power_uW, open_mV } = board.source;
    this.#power = new Curve(lux.map(Math.log), power_uW.map(Math.log));
    this.#open = new Curve(lux.map(Math.log), open_mV);
    this.#first = { lux: lux[0]!, power_uW: power_uW[0]! };
    this.#gain = 1 + board.adc_gain_sigma * random.normal();
    this.#meter = 1 + board.meter_sigma * random.normal();
    this.#float = 1 + board.float_sigma * random.normal();
    this.#offset_K = board.temperature_sigma_K * random.normal();
  }

  /** Power of the source at its best point; below the measured range it follows the light. */
  sourcePower_uW(lux: number): number {
    if (lux <= this.#first.lux) return (this.#first.power_uW * Math.max(lux, 0)) / this.#first.lux;
    return Math.exp(this.#power.at(Math.log(lux)));
  }

  sourceOpen_mV(lux: number): number {
    return lux < 1 ? 0 : Math.max(0, this.#open.at(Math.log(lux)));
  }

  /** Lets time pass under constant light, settings and drain. */
  advance(dt_s: number, lux: number, settings: Settings, drain_nA: number): void {
    const before_mV = this.voltage_mV(drain_nA);
    const power_nW = 1000 * this.sourcePower_uW(lux) * this.#board.charger_efficiency;
    const source_nA = settings.charge ? (1000 * power_nW) / Math.max(before_mV, 1000) : 0;
    const offered_nA = Math.min(source_nA, settings.limit_nA);
    const float_mV = settings.float_mV * this.#float;
    const out_nA = drain_nA + this.#leak_nA;
    const { taken_nA, now_nA, limited } = this.cell.advance(dt_s, out_nA, offered_nA, float_mV);
    this.limiting = limited;
    this.#charging_nA = now_nA;
    this.#metered_nA_s += taken_nA * dt_s;
    this.#metered_s += dt_s;
    const volt_s = ((before_mV + this.voltage_mV(drain_nA)) / 2) * dt_s;
    this.books.harvested_nAh += (taken_nA * dt_s) / HOUR_S;
    this.books.harvested_mJ += taken_nA * volt_s * MJ;
    this.books.used_nAh += (drain_nA * dt_s) / HOUR_S;
    this.books.used_mJ += drain_nA * volt_s * MJ;
    this.books.leaked_nAh += (this.#leak_nA * dt_s) / HOUR_S;
    this.books.refused_nAh += ((source_nA - taken_nA) * dt_s) / HOUR_S;
  }

  /** Terminal voltage while the charger does what it did last and the load draws this. */
  voltage_mV(drain_nA: number): number {
    return this.cell.voltage_mV(this.#charging_nA - drain_nA - this.#leak_nA);
  }

  get charging_nA(): number {
    return this.#charging_nA;
  }

  /** The ADC's reading of it. */
  readVoltage_mV(drain_nA: number): number {
    const { adc_noise_mV, adc_lsb_mV } = this.#board;
    const seen_mV = this.voltage_mV(drain_nA) * this.#gain + adc_noise_mV * this.#random.normal();
    return Math.round(seen_mV / adc_lsb_mV) * adc_lsb_mV;
  }

  readTemperature_degC(): number {
    return this.cell.temperature_degC + this.#offset_K;
  }

  /** The charge meter: mean since it was read last, and present current. */
  readMeter(): { mean_nA: number; now_nA: number } {
    const shown = (current_nA: number) => {
      const lsb_nA = this.#board.meter_lsb_nA;
      return Math.round((current_nA * this.#meter) / lsb_nA) * lsb_nA;
    };
    const mean_nA = this.#metered_s > 0 ? this.#metered_nA_s / this.#metered_s : 0;
    this.#metered_nA_s = 0;
    this.#metered_s = 0;
    return { mean_nA: shown(mean_nA), now_nA: shown(this.#charging_nA) };
  }
}

/** The cell of a file with this specimen's area and interfaces. */
function aged(cell: CellPhysics, { capacity_ratio, resistance_ratio }: Specimen): CellPhysics {
  const ratio = resistance_ratio * capacity_ratio;
  return {
    ...cell,
    area_cm2: cell.area_cm2 * capacity_ratio,
    electrolyte_ohm_cm2: cell.electrolyte_ohm_cm2 * ratio,
    series_ohm_cm2: cell.series_ohm_cm2 * ratio,
    anode_exchange_mA_cm2: cell.anode_exchange_mA_cm2 / ratio,
    cathode_exchange_mA_cm2: cell.cathode_exchange_mA_cm2 / ratio,
  };
}
