// A plain profile of the LG 18650HG2 from its slow and 1C discharges alone: what a user could write
// down in an afternoon, not what tfmb fit makes.
//
//   R(z, T) = (V_slow - V_1C) / (I_slow - I_1C)       with all that builds up within an hour
//   OCV(z, T) = V_slow - I_slow R(z, T)
//   R(1/2, T) = R exp(Ea/k (1/T - 1/298.15 K))        least squares over the temperatures
//
// Beyond the charge that a cold discharge reaches, its OCV goes on as that of 25 degC does.

import { readPart } from "../../../../boards/parts.js";
import { projectPath } from "../../../build/paths.js";
import { type CellPart } from "../../../replay/profile.js";
import { referenceOf, type CellRecord } from "../../../replay/record.js";
import { CAPACITY_NAH, LABORATORY, readLg, SCALE } from "./lg_files.js";

const SOC = [
  0, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75,
  0.8, 0.85, 0.9, 0.95, 1,
];
const KELVIN = 273.15;
const REFERENCE_DEGC = 25;
const HALF = 0.5;
const OHM = 1e6;
/** Limits and what no test of a laboratory tells are those of this part. */
const STRANGER = "enerchip-50uAh";
/** A table must rise: where rounding or a rest would not let it. */
const RISE_MV = 0.1;
const FACTOR_MOST = 8;

/** A discharge as voltage and current over SOC, from empty to full. */
interface Branch {
  soc: number[];
  voltage_mV: number[];
  current_nA: number[];
}

function dischargeOf(record: CellRecord): Branch {
  const soc = referenceOf(record, { capacity_nAh: CAPACITY_NAH, soc_at_zero: 1 });
  const flows = (row: number) => record.current_nA[row]! < -0.02 * CAPACITY_NAH;
  const first = soc.findIndex((_, row) => flows(row));
  const after = soc.findIndex((_, row) => row > first && !flows(row));
  const rows = Array.from({ length: after - first }, (_, i) => after - 1 - i);
  const column = (of: Float64Array) => rows.map((row) => of[row]!);
  return {
    soc: column(soc),
    voltage_mV: column(record.voltage_mV),
    current_nA: column(record.current_nA),
  };
}

/** Straight between two points, the last value beyond them. */
function at(x: readonly number[], y: readonly number[], where: number): number {
  const right = x.findIndex((value) => value > where);
  if (right === 0) return y[0]!;
  if (right < 0) return y.at(-1)!;
  const share = (where - x[right - 1]!) / (x[right]! - x[right - 1]!);
  return y[right - 1]! + share * (y[right]! - y[right - 1]!);
}

/** Ohm of the cell itself, held beyond what both discharges reach. */
function resistanceOf(slow: Branch, fast: Branch, soc: number): number {
  const inside = Math.min(Math.max(soc, fast.soc[0]! + 0.01), fast.soc.at(-1)! - 0.01);
  const of = ({ soc: x, voltage_mV, current_nA }: Branch) => {
    return { mV: at(x, voltage_mV, inside), nA: at(x, current_nA, inside) };
  };
  const [a, b] = [of(slow), of(fast)];
  return ((a.mV - b.mV) / (a.nA - b.nA)) * OHM;
}

/** Slope and value at 25 degC of ln R over 1/T. */
function arrhenius(points: { degC: number; ohm: number }[]) {
  const x = points.map(({ degC }) => 1 / (degC + KELVIN) - 1 / (REFERENCE_DEGC + KELVIN));
  const y = points.map(({ ohm }) => Math.log(ohm));
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  const slope_K = over / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  return { activation_K: slope_K, ohm: Math.exp(my - slope_K * mx) };
}

/** Rising, from the full end down. */
function rising(values: number[]): number[] {
  const out = [...values];
  for (let i = out.length - 2; i >= 0; i--) out[i] = Math.min(out[i]!, out[i + 1]! - RISE_MV);
  return out;
}

const NOTE = "C/20 and 1C discharges, straight, without a fit";
const made = <V>(value: V) => ({ value, tag: "C" as const, source: "Kollmeyer", note: NOTE });

/** The cell at the core's scale. Needs the files of the laboratory. */
export function plainLgCell(): CellPart {
  const tests = LABORATORY.map(({ degC, slow, fast }) => {
    return {
      degC,
      slow: dischargeOf(readLg(slow)),
      fast: fast === undefined ? undefined : dischargeOf(readLg(fast)),
    };
  });
  const known = tests.flatMap((test) => (test.fast ? [{ ...test, fast: test.fast }] : []));
  const { activation_K, ohm } = arrhenius(
    known.map(({ degC, slow, fast }) => ({ degC, ohm: resistanceOf(slow, fast, HALF) })),
  );
  const usual = known.find(({ degC }) => degC === REFERENCE_DEGC)!;
  const factor = SOC.map((soc) => {
    const ratio =
      resistanceOf(usual.slow, usual.fast, soc) / resistanceOf(usual.slow, usual.fast, HALF);
    return Math.min(Math.max(ratio, 1 / FACTOR_MOST), FACTOR_MOST);
  });
  const ocvOf = ({ degC, slow }: (typeof tests)[number]) => {
    const growth = Math.exp(activation_K * (1 / (degC + KELVIN) - 1 / (REFERENCE_DEGC + KELVIN)));
    const rest = (soc: number, branch: Branch, times: number, i: number) =>
      at(branch.soc, branch.voltage_mV, soc) -
      (at(branch.soc, branch.current_nA, soc) * ohm * times * factor[i]!) / OHM;
    const lowest = SOC.findIndex((soc) => soc >= slow.soc[0]!);
    const below =
      rest(SOC[lowest]!, slow, growth, lowest) - rest(SOC[lowest]!, usual.slow, 1, lowest);
    return rising(
      SOC.map((soc, i) =>
        i < lowest ? rest(soc, usual.slow, 1, i) + below : rest(soc, slow, growth, i),
      ),
    );
  };
  const { profile } = readPart(projectPath("boards"), "cell", STRANGER);
  const column = (values: number[]) => made(values);
  return {
    profile: {
      ...profile,
      capacity_nAh: made(CAPACITY_NAH / SCALE),
      resistance_ohm: made(ohm * SCALE),
      activation_K: made(activation_K),
      // what builds up within an hour is in the resistance
      diffusion_gain: made(0),
      self_drain_nA: made(0),
      float_mV: made(4200),
      voltage_max_mV: made([4210, 4230, 4250]),
      voltage_min_mV: made([3000, 2800, 2500]),
      soc_sigma: made(0.01),
      resistance_sigma: made(0.2),
      voltage_sigma_mV: made(10),
      hysteresis_mV: made(0),
      tables: {
        soc: column(SOC),
        tau_s: column(SOC.map(() => 1000)),
        resistance_factor: column(factor),
        dudt_mV_K: column(SOC.map(() => 0)),
        ocv: tests.map((test) => ({
          temperature_degC: made(test.degC),
          ocv_mV: column(ocvOf(test)),
        })),
      },
    },
  };
}
