// harvestPoint() in a table, for runs over years: a lookup without logarithm or allocation.
//
// The axis is that of a 32-bit float: 64 equal steps in each octave, so that exponent and first
// mantissa bits of a drive (light in lux, a difference of temperatures in mK) are its index. The
// node nearest to a row of the panel's own table is moved onto it, for power has a kink there.
// Between the nodes all is linear in the drive and in temperature: what rises over the nodes, rises
// everywhere. Below, "light" is whatever drives the source. A node is solved when it is first
// looked at: most never are.

import { harvestPoint, type Converted } from "./operating_point.js";
import { checkPmic, type PmicPhysics } from "./pmic.js";
import { NOTHING, type Axis, type Source } from "./sources/source.js";

/** A source that one drive moves. */
export type TabledSource = Source & { readonly axis: Axis };

/** Grid of temperatures, held beyond its ends. */
export interface HarvestRange {
  temperature_min_degC: number;
  temperature_max_degC: number;
  temperature_step_K: number;
}

const RANGE: HarvestRange = {
  temperature_min_degC: -20,
  temperature_max_degC: 60,
  temperature_step_K: 2.5,
};

const RAIL_MV = 3800;
/** Mantissa bits of a 32-bit float below the index: 64 steps an octave. */
const FINE_BITS = 17;
/** Below, all goes straight to dark; above, it is held. */
const LUX_MIN = 1;
const LUX_MAX = 2 ** 18;
/** Values of a node: available (NaN: not solved yet), drawn, delivered, lost, open. */
const WIDTH = 5;

const asFloat = new Float32Array(1);
const asBits = new Uint32Array(asFloat.buffer);

function indexOf(lux: number): number {
  asFloat[0] = lux;
  return asBits[0]! >>> FINE_BITS;
}

function luxOf(index: number): number {
  asBits[0] = index << FINE_BITS;
  return asFloat[0]!;
}

const FIRST = indexOf(LUX_MIN) - 1;
const ROWS = indexOf(LUX_MAX) - FIRST + 1;

/** Light of every row: dark, then the grid with its nearest nodes moved onto `kinks_lux`. */
function axis(kinks_lux: readonly number[]): Float64Array {
  const lux = Float64Array.from({ length: ROWS }, (_, row) => (row === 0 ? 0 : luxOf(FIRST + row)));
  for (const kink of kinks_lux) {
    if (!(kink > LUX_MIN && kink < LUX_MAX)) continue;
    const row = indexOf(kink) - FIRST;
    const nearest = kink - lux[row]! < lux[row + 1]! - kink ? row : row + 1;
    if (nearest > 1 && nearest < ROWS - 1) lux[nearest] = kink;
  }
  return lux;
}

export class HarvestTable implements Converted {
  /** What the last `at` found. */
  available_uW = 0;
  drawn_uW = 0;
  delivered_uW = 0;
  lost_uW = 0;
  open_mV = 0;
  /** The rail that the table was made for. */
  readonly rail_mV: number;
  readonly #lux: Float64Array;
  readonly #values: Float64Array;
  readonly #min_degC: number;
  readonly #per_K: number;
  readonly #last: number;
  readonly #step_K: number;
  readonly #pmic: PmicPhysics;

  /**
   * `shares` of the light fall on a string's panels. Throws RangeError for a range without two
   * temperatures, or a PMIC file with wrong numbers.
   */
  constructor(
    readonly source: TabledSource,
    pmic: PmicPhysics,
    rail_mV = RAIL_MV,
    range = RANGE,
    readonly ratio = pmic.mppt.ratio,
    readonly shares = NOTHING.shares,
  ) {
    checkPmic(pmic);
    const { temperature_min_degC, temperature_max_degC, temperature_step_K } = range;
    const steps = Math.ceil((temperature_max_degC - temperature_min_degC) / temperature_step_K);
    if (!(steps >= 1 && steps < 1000)) {
      const given = `${temperature_min_degC}..${temperature_max_degC} by ${temperature_step_K}`;
      throw new RangeError(`harvest table over ${given} degC; needs 1 to 999 steps`);
    }
    this.rail_mV = rail_mV;
    this.#min_degC = temperature_min_degC;
    this.#per_K = 1 / temperature_step_K;
    this.#last = steps - 1;
    this.#step_K = temperature_step_K;
    this.#pmic = pmic;
    const { per_unit, kinks } = source.axis;
    this.#lux = axis(kinks.map((kink) => kink * per_unit));
    this.#values = new Float64Array((steps + 1) * ROWS * WIDTH).fill(NaN);
    for (let column = 0; column <= steps; column++) {
      const dark = column * ROWS * WIDTH;
      this.#values.fill(0, dark, dark + WIDTH);
    }
  }

  #solve(at: number): void {
    const { source, shares, ratio, rail_mV } = this;
    const { drive, per_unit } = source.axis;
    const row = (at / WIDTH) % ROWS;
    const column = (at / WIDTH - row) / ROWS;
    const temperature_degC = this.#min_degC + column * this.#step_K;
    const value = this.#lux[row]! / per_unit;
    const curve = source.curveAt({ ...NOTHING, shares, temperature_degC, [drive]: value });
    const point = harvestPoint(curve, this.#pmic, rail_mV, ratio);
    const { available_uW, drawn_uW, delivered_uW, lost_uW, open_mV } = point;
    this.#values.set([available_uW, drawn_uW, delivered_uW, lost_uW, open_mV], at);
  }

  /**
   * Looks a light and a temperature up; light below 0 or NaN is dark. Behind a charge pump
   * delivered power follows `rail_mV`, as long as the pump can lift to it; other converters do not
   * care.
   */
  at(lux: number, temperature_degC: number, rail_mV = this.rail_mV): void {
    const axis = this.#lux;
    let row = 0;
    if (lux >= LUX_MAX) row = ROWS - 2;
    else if (lux >= LUX_MIN) row = indexOf(lux) - FIRST;
    // next to a moved node the index may be one off
    if (row > 0 && lux < axis[row]!) row--;
    else if (row < ROWS - 2 && lux >= axis[row + 1]!) row++;
    const left = axis[row]!;
    const place = (lux - left) / (axis[row + 1]! - left);
    const s = place > 0 ? Math.min(place, 1) : 0;
    const x = (temperature_degC - this.#min_degC) * this.#per_K;
    const column = x > 0 ? Math.min(Math.floor(x), this.#last) : 0;
    const t = x > 0 ? Math.min(x - column, 1) : 0;
    this.#read((column * ROWS + row) * WIDTH, s, t);
    if (this.#pmic.charge_pump === undefined || rail_mV === this.rail_mV) return;
    // the pump moves charge; what lies between its voltage and the rail turns into heat
    const moved_uW = this.delivered_uW;
    this.delivered_uW = (moved_uW * rail_mV) / this.rail_mV;
    this.lost_uW += moved_uW * (1 - rail_mV / this.rail_mV);
  }

  /** Bilinear from the node at `cold`: `s` of the way to more light, `t` to the next column. */
  #read(cold: number, s: number, t: number): void {
    const v = this.#values;
    const bright = cold + WIDTH;
    const warm = cold + ROWS * WIDTH;
    const both = warm + WIDTH;
    if (Number.isNaN(v[cold])) this.#solve(cold);
    if (Number.isNaN(v[bright])) this.#solve(bright);
    if (Number.isNaN(v[warm])) this.#solve(warm);
    if (Number.isNaN(v[both])) this.#solve(both);
    const d = s * t;
    const b = s - d;
    const c = t - d;
    const a = 1 - s - c;
    this.available_uW = a * v[cold]! + b * v[bright]! + c * v[warm]! + d * v[both]!;
    this.drawn_uW = a * v[cold + 1]! + b * v[bright + 1]! + c * v[warm + 1]! + d * v[both + 1]!;
    this.delivered_uW = a * v[cold + 2]! + b * v[bright + 2]! + c * v[warm + 2]! + d * v[both + 2]!;
    this.lost_uW = a * v[cold + 3]! + b * v[bright + 3]! + c * v[warm + 3]! + d * v[both + 3]!;
    this.open_mV = a * v[cold + 4]! + b * v[bright + 4]! + c * v[warm + 4]! + d * v[both + 4]!;
  }
}
