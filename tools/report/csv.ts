// trace.csv: one row a wake, names with units, as many digits as the value deserves.

import { type RunTrace } from "../../host/sim/record.js";
import { MODES } from "./packed.js";

type Column = [name: string, of: (trace: RunTrace) => ArrayLike<number>, print: Print];
type Print = (value: number) => string;

/** Plain decimals without trailing zeros; an empty field for what is not finite. */
const decimals =
  (places: number): Print =>
  (value) =>
    Number.isFinite(value) ? String(Number(value.toFixed(places))) : "";
const digits =
  (count: number): Print =>
  (value) =>
    Number.isFinite(value) ? String(Number(value.toPrecision(count))) : "";

const modeName: Print = (code) => MODES.find((mode) => mode.code === code)?.name ?? `mode ${code}`;

const COLUMNS: Column[] = [
  ["t_s", (trace) => trace.t_s, decimals(3)],
  ["light_lx", (trace) => trace.lux, digits(5)],
  ["temperature_degC", (trace) => trace.temperature_degC, decimals(2)],
  ["soc", (trace) => trace.soc, decimals(6)],
  ["soc_estimate", (trace) => trace.estimate, decimals(6)],
  ["soc_sigma", (trace) => trace.sigma, decimals(6)],
  ["voltage_mV", (trace) => trace.voltage_mV, decimals(2)],
  ["harvest_nA", (trace) => trace.harvest_nA, digits(6)],
  ["load_nA", (trace) => trace.load_nA, digits(6)],
  ["mode", (trace) => trace.mode, modeName],
];

/** The rows of a run; SOC are fractions, light and currents means since the row before. */
export function traceCsv(trace: RunTrace): string {
  const columns = COLUMNS.map(([, of, print]) => ({ values: of(trace), print }));
  const lines = [COLUMNS.map(([name]) => name).join(",")];
  for (let row = 0; row < trace.count; row++) {
    lines.push(columns.map(({ values, print }) => print(values[row]!)).join(","));
  }
  return `${lines.join("\n")}\n`;
}
