// The cell of a twin: a specimen whose capacity and resistance are off its label by what a list of
// unknowns says, and the scale on which its SOC is the truth.

import { Cell, type CellPhysics } from "../cell.js";
import { specimenOf, type CellSpecimen } from "../specimen.js";
import { type Label, type Unknowns } from "./case.js";

const HOUR_S = 3600;
/** Of the search for the SOC at a voltage: the range, and halvings of it. */
const LOWEST_SOC = -0.05;
const HIGHEST_SOC = 1.2;
const HALVINGS = 50;
/** Where the profile's resistance was measured. */
const RESISTANCE_DEGC = 25;
const OHM = 1e6;

/** The plant's SOC at which its EMF is `voltage_mV`. */
function socAt(cell: Cell, voltage_mV: number): number {
  let low = LOWEST_SOC;
  let high = HIGHEST_SOC;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (cell.emf_mV(middle) < voltage_mV) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export class TwinCell {
  readonly cell: Cell;
  readonly #fresh_nC: number;
  #alive = 1;
  readonly #empty: number;
  readonly #window: number;
  readonly #rested: Cell;

  /**
   * A rested cell at `soc`. `drawn` gives EMF and diffusion; capacity and resistance follow from
   * the unknowns. The two temperatures are of the cell now, and of the OCV's scale.
   */
  constructor(
    physics: CellPhysics,
    drawn: CellSpecimen,
    label: Label,
    unknowns: Unknowns,
    soc: number,
    temperature_degC: number,
  ) {
    const same = { ...drawn, capacity_ratio: 1, resistance_ratio: 1 };
    const probe = new Cell(specimenOf(physics, same), 0.5, undefined, label.ocv_degC);
    this.#empty = socAt(probe, label.cut_off_mV);
    this.#window = socAt(probe, label.float_mV) - this.#empty;
    const capacity_nAh = unknowns.capacity_ratio * label.capacity_nAh;
    this.#fresh_nC = capacity_nAh * HOUR_S;
    const resistance_ohm = unknowns.resistance_ratio * label.resistance_ohm;
    probe.temperature_degC = RESISTANCE_DEGC;
    const specimen = {
      ...drawn,
      capacity_ratio: capacity_nAh / (probe.capacity_nAh * this.#window),
      resistance_ratio: resistance_ohm / (probe.resistance_mV_nA * OHM),
    };
    probe.temperature_degC = label.ocv_degC;
    this.#rested = probe;
    const start = this.#empty + soc * this.#window;
    this.cell = new Cell(specimenOf(physics, specimen), start, undefined, temperature_degC);
  }

  /** Charge between SOC 0 and 1 of the label's scale, nC. */
  get capacity_nC(): number {
    return this.#fresh_nC * this.#alive;
  }

  /** Shares of the fresh cell: what is left of its capacity, and what its resistance grew to. */
  age(alive: number, growth: number): void {
    this.#alive = alive;
    this.cell.age(alive, growth);
  }

  /** OCV of this specimen at a SOC of the label's scale and temperature. */
  ocv_mV(soc: number): number {
    return this.#rested.emf_mV(this.#empty + soc * this.#window);
  }

  /** The truth: 0 where the rested cell is at the cut-off, 1 at the float voltage. */
  get soc(): number {
    return (this.cell.soc - this.#empty) / this.#window;
  }
}
