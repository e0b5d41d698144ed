// A photovoltaic panel under a light and at a temperature: which single diode it is then.
//
// One parameter set does not fit measured curves from 300 lx to 20 klx, so the file holds a short
// table over illuminance E of what the fit says there: photocurrent per lux, open-circuit voltage,
// ideality n. Between its nodes these are interpolated over ln E, the first as a logarithm. The
// shunt is the photoshunt of amorphous silicon, G ~ E (De Soto et al., Solar Energy 80 (2006) 78,
// R_sh ~ 1/E), and I0 is what makes the open-circuit voltage come out:
//
//   I0 = (IL - G Voc) / (exp(Voc / a) - 1)
//
// Beyond the table IL and G stay proportional to E, n and I0 stay those of the last node: Voc moves
// by a per e-fold of light. With temperature, as the diode of SPICE does (XTI = 3), T in kelvin:
//
//   a ~ T,  I0 ~ ((T/Tr)^3 exp(Eg/k (1/Tr - 1/T)))^(1/n),  IL ~ 1 + alpha (T - Tr)
//
// Panels in series under a light that is not the same on all of them are a string: see
// bypassed_string.ts.

import { BypassedString, UNLIMITED_V } from "./bypassed_string.js";
import { SingleDiode } from "./single_diode.js";
import { type Axis, type Curve, type Drives, type Source } from "./source.js";

/** k / q, V/K: also k in eV/K. CODATA 2018, exact. */
export const THERMAL_V_K = 1.380649e-23 / 1.602176634e-19;
const KELVIN = 273.15;
const TEMPERATURE_MIN_DEGC = -60;
const TEMPERATURE_MAX_DEGC = 150;

/** The `physics` block of boards/harvesters/*.json. */
export interface PhotovoltaicPhysics {
  kind: "photovoltaic";
  cells_in_series: number;
  series_ohm: number;
  /** Shunt resistance times illuminance. */
  shunt_ohm_lx: number;
  /** Of one cell. */
  band_gap_eV: number;
  photocurrent_per_K: number;
  reference_degC: number;
  /** Rising illuminance. `ideality` is of one cell and an effective one: it may leave 1 to 2. */
  light: { lux: number[]; photocurrent_nA_lx: number[]; open_mV: number[]; ideality: number[] };
  /** A diode across every so many panels in series, and what it keeps; absent: none. */
  bypass?: { panels: number; drop_mV: number } | undefined;
}

/** One row of the table, ready to be interpolated. */
interface Node {
  lux: number;
  lux_ln: number;
  rate_ln: number;
  open_V: number;
  ideality: number;
}

export class Photovoltaic implements Source {
  readonly kind = "photovoltaic";
  readonly #of: PhotovoltaicPhysics;
  readonly #nodes: Node[];
  readonly #scale: number;
  readonly #series: number;

  /** `scale` panels' area in parallel, `series` of these in series. Throws RangeError. */
  constructor(physics: PhotovoltaicPhysics, scale = 1, series = 1) {
    if (!(scale > 0 && series > 0 && scale < Infinity && series < Infinity)) {
      throw new RangeError(`a panel of scale ${scale}, series ${series}; both must be > 0`);
    }
    this.#of = physics;
    this.#scale = scale;
    this.#series = series;
    this.#nodes = nodesOf(physics);
  }

  /** Where the table has its rows: there power has kinks over light. */
  get rows_lux(): number[] {
    return this.#nodes.map(({ lux }) => lux);
  }

  /** Light alone drives it; a table has rows where the panel's own has. */
  get axis(): Axis {
    return { drive: "lux", per_unit: 1, kinks: this.rows_lux };
  }

  curveAt({ lux, temperature_degC, shares }: Drives): Curve {
    if (shares.length === 0) return this.diodeAt(lux, temperature_degC);
    const lights = Array.from({ length: this.#series }, (_, i) => lux * (shares[i] ?? 1));
    const even = lights.every((light) => light === lights[0]);
    if (even) return this.diodeAt(lights[0]!, temperature_degC);
    return this.#stringAt(lights, temperature_degC);
  }

  /** The panels as a string, each in its own light. */
  #stringAt(lights: readonly number[], temperature_degC: number): BypassedString {
    const cells = lights.map((light) => this.#diode(light, temperature_degC, 1));
    const { panels, drop_mV } = this.#of.bypass ?? { panels: cells.length, drop_mV: Infinity };
    const groups = Array.from({ length: Math.ceil(cells.length / panels) }, (_, i) =>
      cells.slice(i * panels, (i + 1) * panels),
    );
    return new BypassedString(groups, Math.min(drop_mV / 1000, UNLIMITED_V));
  }

  /**
   * The curve of all panels in one light. Light below 0 or NaN is dark; temperature, degC, is held
   * within -60..150.
   */
  diodeAt(lux: number, temperature_degC: number): SingleDiode {
    return this.#diode(lux, temperature_degC, this.#series);
  }

  #diode(lux: number, temperature_degC: number, series: number): SingleDiode {
    const of = this.#of;
    const light = lux > 0 ? Math.min(lux, 1e9) : 0;
    const held = this.#nodeAt(light);
    const reference_K = of.reference_degC + KELVIN;
    const kelvin =
      KELVIN + Math.min(Math.max(temperature_degC, TEMPERATURE_MIN_DEGC), TEMPERATURE_MAX_DEGC);
    const thermal_V = of.cells_in_series * held.ideality * THERMAL_V_K;
    const warm = 3 * Math.log(kelvin / reference_K);
    const gap = (of.band_gap_eV / THERMAL_V_K) * (1 / reference_K - 1 / kelvin);
    const warming = 1 + of.photocurrent_per_K * (kelvin - reference_K);
    const photocurrent_A = light * Math.exp(held.rate_ln) * Math.max(0, warming);
    const { shunt_ohm_lx, series_ohm } = of;
    return new SingleDiode({
      photocurrent_A: this.#scale * photocurrent_A,
      saturation_ln:
        Math.log(this.#scale) +
        saturationLn(held, held.lux / shunt_ohm_lx, thermal_V * reference_K) +
        (warm + gap) / held.ideality,
      swing_V: series * thermal_V * kelvin,
      series_ohm: (series_ohm * series) / this.#scale,
      shunt_S: ((light / shunt_ohm_lx) * this.#scale) / series,
    });
  }

  /** The table at a light; its end beyond it. */
  #nodeAt(lux: number): Node {
    const nodes = this.#nodes;
    const last = nodes.length - 1;
    if (!(lux > nodes[0]!.lux)) return nodes[0]!;
    if (lux >= nodes[last]!.lux) return nodes[last]!;
    let i = 0;
    while (nodes[i + 1]!.lux < lux) i++;
    const [left, right] = [nodes[i]!, nodes[i + 1]!];
    const lux_ln = Math.log(lux);
    const t = (lux_ln - left.lux_ln) / (right.lux_ln - left.lux_ln);
    const between = (a: number, b: number) => a + t * (b - a);
    return {
      lux,
      lux_ln,
      rate_ln: between(left.rate_ln, right.rate_ln),
      open_V: between(left.open_V, right.open_V),
      ideality: between(left.ideality, right.ideality),
    };
  }
}

/** ln(I0 / 1 A) of one panel at the reference temperature; `swing_V` is a. */
function saturationLn({ lux, rate_ln, open_V }: Node, shunt_S: number, swing_V: number): number {
  const left_A = lux * Math.exp(rate_ln) - shunt_S * open_V;
  const x = open_V / swing_V;
  return Math.log(left_A) - (x > 40 ? x : Math.log(Math.expm1(x)));
}

function nodesOf({ light, shunt_ohm_lx }: PhotovoltaicPhysics): Node[] {
  const { photocurrent_nA_lx, open_mV, ideality } = light;
  const lengths = [light.lux, photocurrent_nA_lx, open_mV, ideality].map(({ length }) => length);
  if (new Set(lengths).size > 1 || lengths[0] === 0) {
    throw new RangeError(`physics.light: columns of ${lengths.join(", ")} rows must be as long`);
  }
  return light.lux.map((lux, i) => {
    const rate = photocurrent_nA_lx[i]! * 1e-9;
    const open_V = open_mV[i]! / 1000;
    const place = `physics.light[${i}] at ${lux} lx`;
    if (!(lux > (light.lux[i - 1] ?? 0))) throw new RangeError(`${place}: lux must rise from > 0`);
    if (!(ideality[i]! > 0)) throw new RangeError(`${place}: needs an ideality > 0`);
    if (!(rate > open_V / shunt_ohm_lx)) {
      throw new RangeError(`${place}: the shunt takes the whole photocurrent; raise shunt_ohm_lx`);
    }
    const lux_ln = Math.log(lux);
    return { lux, lux_ln, rate_ln: Math.log(rate), open_V, ideality: ideality[i]! };
  });
}
