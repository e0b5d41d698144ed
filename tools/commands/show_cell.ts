// The page of a cell: the numbers a designer asks for first, each with its provenance, and the OCV
// as the core sees it.

import { type CellFile } from "../../boards/schema/cell.js";
import { type Quantity } from "../../boards/schema/quantity.js";
import { Curve } from "../../host/sim/curve.js";
import { drawCurve } from "./braille.js";
import { engineering, engineeringList } from "./engineering.js";
import { provenance, type Line } from "./part_table.js";
import { wrapped } from "./width.js";

const KELVIN = 273.15;
const WARM_DEGC = 25;
const LEVELS = "operating, recommended, maximum";
const PLOT_ROWS = 16;
/** The OCV is drawn to full tenths of a volt. */
const ROUND_V = 0.1;

type Single = Quantity<number>;
type Levels = Quantity<number[]>;

const line = (label: string, value: string, quantity: Quantity): Line => ({
  label,
  value,
  tag: quantity.tag,
  text: provenance(quantity),
});

/** Something that follows from numbers of the file, which are named with their tags. */
function computed(label: string, value: string, from: Record<string, Quantity>): Line {
  const names = Object.entries(from).map(([name, { tag }]) => `${name} (${tag})`);
  return { label, value, tag: "C", text: `from ${names.join(" and ")}` };
}

/** R(T) = R25 exp(Ea/k (1/T - 1/298.15 K)), as in docs/MODELS.md. */
export function resistanceAt_ohm(
  resistance_ohm: number,
  activation_K: number,
  temperature_degC: number,
): number {
  const per_K = 1 / (temperature_degC + KELVIN) - 1 / (WARM_DEGC + KELVIN);
  return resistance_ohm * Math.exp(activation_K * per_K);
}

function resistanceLines({ resistance_ohm, activation_K }: CellFile["profile"]): Line[] {
  const at = (temperature_degC: number) =>
    engineering(
      resistanceAt_ohm(resistance_ohm.value, activation_K.value, temperature_degC),
      "ohm",
    );
  return [
    line("resistance at 25 degC", at(WARM_DEGC), resistance_ohm),
    computed("  at 0 degC", at(0), { resistance_ohm, activation_K }),
    computed("  at -20 degC", at(-20), { resistance_ohm, activation_K }),
  ];
}

function ccdLines({ ccd_mA_cm2, ccd_level, area_cm2 }: CellFile["profile"]): Line[] {
  const ccd_A = (ccd_mA_cm2.value * area_cm2.value) / 1000;
  const levels_A = ccd_level.value.map((level) => level * ccd_A);
  return [
    line("critical current density", `${ccd_mA_cm2.value} mA/cm2`, ccd_mA_cm2),
    computed("  at 25 degC, new", engineering(ccd_A, "A"), { ccd_mA_cm2, area_cm2 }),
    line("  operating to maximum", engineeringList(levels_A, "A"), ccd_level),
  ];
}

/** The numbers that come first. */
export function cellLines({ profile }: CellFile): Line[] {
  const volts = ({ value }: Levels) =>
    engineeringList(
      value.map((mV) => mV / 1000),
      "V",
      4,
    );
  const plain = ({ value }: Single, unit: string) => `${value} ${unit}`;
  const { temperature_min_degC, temperature_max_degC } = profile;
  return [
    line("capacity", engineering(profile.capacity_nAh.value * 1e-9, "Ah", 4), profile.capacity_nAh),
    line("area", plain(profile.area_cm2, "cm2"), profile.area_cm2),
    ...resistanceLines(profile),
    ...ccdLines(profile),
    line("float voltage", engineering(profile.float_mV.value / 1000, "V", 4), profile.float_mV),
    { label: `limits: ${LEVELS}` },
    line("  highest voltage", volts(profile.voltage_max_mV), profile.voltage_max_mV),
    line("  lowest voltage", volts(profile.voltage_min_mV), profile.voltage_min_mV),
    line("  hottest", `${temperature_max_degC.value.join(", ")} degC`, temperature_max_degC),
    line("  coldest", `${temperature_min_degC.value.join(", ")} degC`, temperature_min_degC),
    line("self-discharge", plain(profile.self_drain_nA, "nA"), profile.self_drain_nA),
  ];
}

/** The OCV table nearest to room temperature, drawn. */
export function ocvPlot({ profile }: CellFile, width: number): string[] {
  const { soc, ocv } = profile.tables;
  const distance = (table: (typeof ocv)[number]) =>
    Math.abs(table.temperature_degC.value - WARM_DEGC);
  const table = [...ocv].sort((a, b) => distance(a) - distance(b))[0]!;
  const volts = table.ocv_mV.value.map((mV) => mV / 1000);
  const curve = new Curve(soc.value, volts);
  const { tag } = table.ocv_mV;
  const from = provenance(table.ocv_mV);
  return [
    ...wrapped(
      `open-circuit voltage at ${table.temperature_degC.value} degC (${tag} ${from})`,
      width,
    ),
    ...drawCurve(
      {
        at: (x) => curve.at(x),
        low: Math.floor(Math.min(...volts) / ROUND_V + 1e-9) * ROUND_V,
        high: Math.ceil(Math.max(...volts) / ROUND_V - 1e-9) * ROUND_V,
        y_unit: "V",
        x_unit: "% SOC",
      },
      width,
      PLOT_ROWS,
    ),
  ];
}
