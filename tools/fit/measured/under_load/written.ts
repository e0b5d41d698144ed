// Elements as a profile has them, in ohm and K/W of a cell of some capacity.

import { type Quantity } from "../../../../boards/schema/quantity.js";
import { column, made, rounded } from "../quantities.js";
import { HEATING_S, KINDS, lnAt, NODES, type Element } from "./elements.js";
import { type UnderLoad } from "./fit.js";

/** Ohm of 1 mV at 1C: a cell of 1 nAh carries 1 nA, and 1 mV/nA is 1e6 ohm. */
export const ohmOf = (capacity_nAh: number): number => 1e6 / capacity_nAh;
/** K/W of 1 K per mV at 1C: 1 nA times 1 mV is 1e-12 W. */
export const perWattOf = (capacity_nAh: number): number => 1e12 / capacity_nAh;

/** A number that no file tells: an assumption that says so. */
const usual = <V extends number | number[]>({ value }: Quantity<V>, why: string): Quantity<V> => ({
  ...{ value, tag: "A", note: `not in the files (${why}): a usual value` },
});

/** The `polarization` of a profile. */
export function polarizationOf({ elements, reach }: UnderLoad, capacity_nAh: number) {
  const each = KINDS.map((kind) => elements[kind]);
  const at25 = (element: Element, scale: number, what: string) =>
    column(
      NODES.map((soc) => scale * Math.exp(lnAt(element, soc))),
      4,
      `${what}, 25 degC; files with the cell under load`,
    );
  const thermal = <V extends number | number[]>(quantity: Quantity<V>) =>
    reach.temperature ? quantity : usual(quantity, "all at one temperature");
  const kK = (of: (element: Element) => number, note: string) =>
    thermal(column(each.map(of), 4, note));
  const ohm = ohmOf(capacity_nAh);
  const kinetic_mV = made(rounded(elements.kinetic_mV, 4), "where the kinetic drop bends, 25 degC");
  const heating_K_W = rounded(elements.heating_K * perWattOf(capacity_nAh), 3);
  const heating = made(heating_K_W, "of the drop times the current");
  return {
    ohmic_ohm: at25(elements.ohmic, ohm, "at once"),
    kinetic_ohm: at25(elements.kinetic, ohm, "at once, of small currents"),
    slow_ohm: at25(elements.slow, ohm, "within slow_tau_s"),
    lead_s: at25(elements.lead, 1, "lead of the surface over dz/dt"),
    activation_kK: kK((element) => element.kK[0]!, "ohmic, kinetic, slow, lead; at SOC 0"),
    slope_kK: kK((element) => element.kK[1]! - element.kK[0]!, "what SOC 1 adds"),
    bend_kK2: kK((element) => element.bend_kK2, "of ohmic and kinetic"),
    kinetic_mV: reach.bends ? kinetic_mV : usual(kinetic_mV, "no large current"),
    slow_tau_s: made(rounded(elements.slow_tau_s, 4), "25 degC"),
    slow_tau_kK: thermal(made(rounded(elements.slow_tau_kK, 4), "of slow_tau_s")),
    lead_tau_s: made(rounded(elements.lead_tau_s, 4), "25 degC"),
    lead_tau_kK: thermal(made(rounded(elements.lead_tau_kK, 4), "of lead_tau_s")),
    self_heating_K_W: reach.warms ? heating : usual(heating, "little warmth"),
    self_heating_s: usual(made(HEATING_S, ""), "not fitted"),
  };
}
