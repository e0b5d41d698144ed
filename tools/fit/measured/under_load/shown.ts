// Elements for people: a table of numbers with units for both pages, and plots over SOC and over
// temperature.

import { linePlot, type Line } from "../../../report/line_plot.js";
import { type Markup } from "../../../report/html.js";
import { significant } from "../../page.js";
import { elementAt, KINDS, type Elements } from "./elements.js";
import { type UnderLoad } from "./fit.js";
import { ohmOf, perWattOf } from "./written.js";

const SHOWN_SOC = [0.05, 0.2, 0.5, 0.8, 1];
const PLOT_SOC = Array.from({ length: 101 }, (_, i) => i / 100);
const COLORS = {
  ohmic: "--estimate",
  kinetic: "--flow-stored",
  slow: "--harvest",
  lead: "--light",
} as const;
const REFERENCE_DEGC = 25;

export type ElementRow = [name: string, ...values: string[]];

export const ELEMENT_HEADS = [
  ...["unit", ...SHOWN_SOC.map((soc) => `${100 * soc} %`)],
  ...["Ea/k empty, K", "Ea/k full, K", "bend, kK2"],
];

/** Ohm of the cell that was measured, or s, over the elements' own. */
const scaleOf = (kind: (typeof KINDS)[number], capacity_nAh: number) =>
  kind === "lead" ? 1 : ohmOf(capacity_nAh);

/** The four elements at 25 degC. */
export const elementRows = ({ elements, capacity_nAh }: UnderLoad): ElementRow[] =>
  KINDS.map((kind): ElementRow => {
    const { kK, bend_kK2 } = elements[kind];
    const scale = scaleOf(kind, capacity_nAh);
    return [
      kind,
      kind === "lead" ? "s" : "ohm",
      ...SHOWN_SOC.map((soc) =>
        significant(scale * elementAt(elements[kind], soc, REFERENCE_DEGC)),
      ),
      ...kK.map((each) => (1000 * each).toFixed(0)),
      bend_kK2 === 0 ? "-" : bend_kK2.toFixed(2),
    ];
  });

const activationOf = (kK: number) => `Ea/k ${(1000 * kK).toFixed(0)} K`;

/** What is one number of each cell. */
export function constantRows({ elements, capacity_nAh }: UnderLoad): ElementRow[] {
  const { kinetic_mV, slow_tau_s, slow_tau_kK, lead_tau_s, lead_tau_kK, heating_K } = elements;
  return [
    ["kinetic drop bends at", `${significant(kinetic_mV)} mV`, "as T"],
    ["slow drop comes within", `${significant(slow_tau_s)} s`, activationOf(slow_tau_kK)],
    ["lead comes within", `${significant(lead_tau_s)} s`, activationOf(lead_tau_kK)],
    ["self-heating", `${significant(heating_K * perWattOf(capacity_nAh))} K/W`, "within 600 s"],
  ];
}

/** Values of elements as logarithms of ohm, or of s, over a list of places. */
const linesOver = (
  kinds: readonly (keyof typeof COLORS)[],
  { elements, capacity_nAh }: UnderLoad,
  x: readonly number[],
  at: (element: Elements["ohmic"], x: number) => number,
): Line[] =>
  kinds.map((name) => ({
    ...{ name, color: COLORS[name], x },
    y: x.map((each) => Math.log10(scaleOf(name, capacity_nAh) * at(elements[name], each))),
  }));

/** Over SOC at 25 degC, and over temperature half charged. */
export function elementPlots(
  under_load: UnderLoad,
  [cold, hot]: readonly [number, number],
): Markup[] {
  const percent = PLOT_SOC.map((soc) => 100 * soc);
  const degC = PLOT_SOC.map((share) => cold + share * (hot - cold));
  const overSoc = (kinds: (keyof typeof COLORS)[]) =>
    linesOver(kinds, under_load, percent, (element, at) =>
      elementAt(element, at / 100, REFERENCE_DEGC),
    );
  const overT = (kinds: (keyof typeof COLORS)[]) =>
    linesOver(kinds, under_load, degC, (element, at) => elementAt(element, 0.5, at));
  const resistances: (keyof typeof COLORS)[] = ["ohmic", "kinetic", "slow"];
  const soc = { x_name: "SOC, %" };
  const warm = { x_name: "temperature, degC" };
  const ohm = { y_name: "log10 of ohm" };
  const s = { y_name: "log10 of s" };
  return [
    linePlot({ title: "Under load, 25 degC", ...soc, ...ohm, lines: overSoc(resistances) }),
    linePlot({ title: "Lead, 25 degC", ...soc, ...s, lines: overSoc(["lead"]) }),
    linePlot({ title: "Under load, half charged", ...warm, ...ohm, lines: overT(resistances) }),
    linePlot({ title: "Lead, half charged", ...warm, ...s, lines: overT(["lead"]) }),
  ];
}
