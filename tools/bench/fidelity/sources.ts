// Sources against references that were not written here: pvlib's precise curves, circuits of
// ngspice, and the closed forms of a thermoelectric module.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { PiezoRectifier, type Diode } from "../../../host/sim/sources/piezo_rectifier.js";
import { THERMAL_V_K } from "../../../host/sim/sources/photovoltaic.js";
import { SingleDiode, type DiodeParameters } from "../../../host/sim/sources/single_diode.js";
import { Thermoelectric } from "../../../host/sim/sources/thermoelectric.js";
import { isInstalled } from "../../build/images.js";
import { buildPath, projectPath } from "../../build/paths.js";
import { type Measurement } from "../report.js";

type Points = Record<"v_oc" | "i_sc" | "v_mp" | "p_mp" | "i_x" | "i_xx", string>;
type PreciseCurve = { V: number[]; I: number[] } & Points;

const dataPath = (name: string) =>
  `${process.env.TFMB_DATA ?? projectPath("../shared/data")}/harvest/${name}`;

/** pvlib's sets of parameters, at 25 degC. */
function parametersOf(path: string): DiodeParameters[] {
  const rows = readFileSync(path, "utf8").trim().split("\n").slice(1);
  return rows.map((row) => {
    const [, IL, I0, Rs, Rsh, n, cells] = row.split(",").map(Number);
    const swing_V = n! * cells! * THERMAL_V_K * 298.15;
    const currents = { photocurrent_A: IL!, saturation_ln: Math.log(I0!) };
    return { ...currents, swing_V, series_ohm: Rs!, shunt_S: 1 / Rsh! };
  });
}

/** Largest error of one published curve: currents over Isc, voltages over Voc, points over own. */
function curveError(diode: SingleDiode, curve: PreciseCurve): number {
  const [i_sc, v_oc, v_mp] = [Number(curve.i_sc), Number(curve.v_oc), Number(curve.v_mp)];
  const points = curve.V.flatMap((voltage_V, i) => [
    (diode.currentAt(voltage_V) - curve.I[i]!) / i_sc,
    (diode.voltageAt(curve.I[i]!) - voltage_V) / v_oc,
  ]);
  const characteristic = [
    diode.currentAt(0) / i_sc - 1,
    diode.open_V / v_oc - 1,
    diode.maximum().power_W / Number(curve.p_mp) - 1,
    diode.currentAt(v_oc / 2) / Number(curve.i_x) - 1,
    diode.currentAt((v_oc + v_mp) / 2) / Number(curve.i_xx) - 1,
  ];
  return Math.max(...[...points, ...characteristic].map(Math.abs));
}

/** Beyond both ends, and in the dark, the equation itself is explicit in the diode's voltage. */
function beyondError(of: DiodeParameters): number {
  const dark = { ...of, photocurrent_A: 0 };
  const errors = [of, dark].flatMap((set) => {
    const diode = new SingleDiode(set);
    return [-20, -1, 0, 5, 20, 25 * set.swing_V].flatMap((vd) => {
      const diode_A = Math.exp(set.saturation_ln) * Math.expm1(vd / set.swing_V);
      const current_A = set.photocurrent_A - diode_A - vd * set.shunt_S;
      const voltage_V = vd - current_A * set.series_ohm;
      return [
        (diode.currentAt(voltage_V) - current_A) / Math.max(Math.abs(current_A), of.photocurrent_A),
        (diode.voltageAt(current_A) - voltage_V) / Math.max(Math.abs(voltage_V), 1),
      ];
    });
  });
  return Math.max(...errors.map(Math.abs));
}

function panel(): Measurement {
  const name = "pv_precise_curve_error_rel_max";
  const curvesPath = dataPath("pvlib_precise_iv1_thin.json");
  const sets = [1, 2].map((set) => dataPath(`pvlib_precise_iv_params${set}.csv`));
  const missing = [curvesPath, ...sets].find((path) => !existsSync(path));
  if (missing !== undefined) {
    return { name, value: null, unit: "1", of: `${missing} is missing; set TFMB_DATA` };
  }
  const { curves } = JSON.parse(readFileSync(curvesPath, "utf8")) as { curves: PreciseCurve[] };
  const [thin, long] = sets.map(parametersOf);
  const inside = curves.map((curve, i) => curveError(new SingleDiode(thin![i]!), curve));
  const beyond = [...thin!, ...long!].map(beyondError);
  const value = Math.max(...inside, ...beyond);
  const of =
    `${curves.length} precise curves of pvlib: ${Math.max(...inside).toExponential(1)}; ` +
    `${beyond.length} sets in the dark, I > Isc and V > Voc, by the equation: ` +
    Math.max(...beyond).toExponential(1);
  return { name, value, unit: "1", of };
}

const NGSPICE = "ngspice";
const RAILS_V = [0.5, 1, 1.5, 2, 2.5, 3];
/** A piezo of 20 nF at 100 Hz and 4 V, the one of the example part's kind. */
const PIEZO = { open_V: 4, frequency_Hz: 100, capacitance_F: 20e-9 };
const DIODES: Record<string, Diode> = {
  schottky: { saturation_nA: 3, ideality: 1.02 },
  leaky: { saturation_nA: 1000, ideality: 1.05 },
  silicon: { saturation_nA: 2.5, ideality: 1.75 },
};

/** One bridge for each rail, all in one circuit. */
function netlist({ saturation_nA, ideality }: Diode): string {
  const { open_V, frequency_Hz, capacitance_F } = PIEZO;
  const peak_A = capacitance_F * 2 * Math.PI * frequency_Hz * open_V;
  const bridges = RAILS_V.flatMap((rail_V, i) => [
    `I${i} b${i} a${i} SIN(0 ${peak_A} ${frequency_Hz})`,
    `C${i} a${i} b${i} ${capacitance_F}`,
    ...["a", "b"].map((end) => `R${i}${end} ${end}${i} 0 1e12`),
    ...["a", "b"].map((end) => `D${i}${end} ${end}${i} p${i} bridge`),
    ...["a", "b"].map((end) => `D${i}${end}0 0 ${end}${i} bridge`),
    `V${i} p${i} 0 ${rail_V}`,
    `.meas tran mean${i} avg i(V${i}) from=0.1 to=0.2`,
  ]);
  const model = `.model bridge D(IS=${saturation_nA * 1e-9} N=${ideality} RS=1)`;
  const options = ".options method=gear reltol=1e-4 abstol=1e-12";
  return ["bridges", model, options, ...bridges, ".tran 5u 0.2 0 5u", ".end", ""].join("\n");
}

function bridgeErrors(name: string): number[] {
  mkdirSync(buildPath("ngspice"), { recursive: true });
  const path = buildPath(`ngspice/bench_${name}.cir`);
  writeFileSync(path, netlist(DIODES[name]!));
  const output = execFileSync(NGSPICE, ["-b", path], { encoding: "utf8", stdio: "pipe" });
  const { open_V, frequency_Hz, capacitance_F } = PIEZO;
  const bridge = new PiezoRectifier(open_V, frequency_Hz, capacitance_F, DIODES[name]!).bridge();
  return RAILS_V.map((rail_V, i) => {
    const [, value] = new RegExp(`^mean${i}\\s*=\\s*(\\S+)`, "m").exec(output) ?? [];
    return Math.abs(bridge.currentAt(rail_V) / Number(value) - 1);
  });
}

function piezo(): Measurement {
  const name = "piezo_ngspice_error_pct_max";
  if (!isInstalled(NGSPICE)) {
    return { name, value: null, unit: "%", of: `needs ${NGSPICE}: apt-get install ${NGSPICE}` };
  }
  const value = 100 * Math.max(...Object.keys(DIODES).flatMap(bridgeErrors));
  const diodes = Object.keys(DIODES).join(", ");
  const of = `bridge behind 20 nF, 100 Hz, 4 V into 0.5 to 3 V, diodes ${diodes}: current`;
  return { name, value, unit: "%", of };
}

/** Between two bodies without contacts, and under a steady flow at every load. */
function thermoelectric(): Measurement {
  const cold_degC = 22;
  const cold_K = cold_degC + 273.15;
  const of = {
    ...{ kind: "thermoelectric" as const, seebeck_mV_K: 16.8, internal_ohm: 16, module_K_W: 100 },
    ...{ hot_K_W: 0, cold_K_W: 0 },
  };
  const module = new Thermoelectric(of);
  const [seebeck, ohm, conductance] = [0.0168, 16, 0.01];
  const errors: number[] = [];
  for (const difference_K of [0.1, 1, 5, 25]) {
    const best_W = (seebeck * difference_K) ** 2 / (4 * ohm);
    const between = { warm_degC: cold_degC + difference_K, cold_degC };
    errors.push(module.between(difference_K).maximum().power_W / best_W - 1);
    errors.push(module.heated({ between }).maximum().power_W / best_W - 1);
    const heat_W = difference_K * conductance;
    const heated = module.heated({ flow: { heat_W, cold_degC } });
    for (const load_ohm of [0.01, 1, 16, 20, 100, 1e4]) {
      // I = S dT / (R + RL) makes the hot side's balance a quadratic in dT
      const circuit_ohm = ohm + load_ohm;
      const square = (seebeck ** 2 / circuit_ohm) * (1 - ohm / (2 * circuit_ohm));
      const linear = conductance + (seebeck ** 2 * cold_K) / circuit_ohm;
      const own_K = (2 * heat_W) / (linear + Math.sqrt(linear ** 2 + 4 * square * heat_W));
      const current_A = (seebeck * own_K) / circuit_ohm;
      errors.push(heated.stateAt(current_A).voltage_V / (current_A * load_ohm) - 1);
      errors.push(heated.currentAt(current_A * load_ohm) / current_A - 1);
    }
  }
  return {
    name: "teg_closed_form_error_rel_max",
    value: Math.max(...errors.map(Math.abs)),
    unit: "1",
    of: "between two bodies Voc^2/4R; under a steady flow the quadratic of every load, 0.1 to 25 K",
  };
}

/** Every source against its reference. */
export const sources = (): Measurement[] => [panel(), piezo(), thermoelectric()];
