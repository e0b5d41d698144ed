// A string of panels without cells, one of which lies in a shadow: what it gives with bypass diodes
// and without, to a load that finds its best point and to one that does not look for it.

import { type Parts } from "../../boards/parts.js";
import { plain } from "../../boards/schema/quantity.js";
import { BypassedString } from "../../host/sim/sources/bypassed_string.js";
import { Photovoltaic, type PhotovoltaicPhysics } from "../../host/sim/sources/photovoltaic.js";

export const PANELS = 4;
/** What a Schottky diode keeps. Assumed. */
export const DIODE_V = 0.4;
/** A converter that does not search holds this share of the open-circuit voltage. */
const HELD = 0.8;

export interface Light {
  lit_lux: number;
  shaded_lux: number;
  temperature_degC: number;
}

export function lightOf({ site }: Parts): Light {
  const { lux, temperature_degC } = plain(site).light!;
  return { lit_lux: Math.max(...lux), shaded_lux: Math.min(...lux), temperature_degC };
}

export function panelOf({ harvester, board }: Parts): Photovoltaic {
  const { panels, panels_in_series } = plain(board).physics;
  const physics = plain(harvester).physics as PhotovoltaicPhysics;
  return new Photovoltaic(physics, panels, panels_in_series);
}

/** A string of which one panel lies in the shadow. */
function stringOf(parts: Parts, light: Light, bypass_V: number): BypassedString {
  const panel = panelOf(parts);
  const at = (lux: number) => [panel.diodeAt(lux, light.temperature_degC)];
  const lit = Array.from({ length: PANELS - 1 }, () => at(light.lit_lux));
  return new BypassedString([...lit, at(light.shaded_lux)], bypass_V);
}

/** Most power of such a string, mW, and its voltage there. */
export function bestOf(
  parts: Parts,
  light: Light,
  bypass_V: number,
): { power_mW: number; volts: number } {
  const best = stringOf(parts, light, bypass_V).maximum();
  return { power_mW: 1000 * best.power_W, volts: best.voltage_V };
}

/** What a converter gets that holds a share of the open-circuit voltage, mW. */
export function heldOf_mW(parts: Parts, light: Light): number {
  const string = stringOf(parts, light, DIODE_V);
  const volts = HELD * string.open_V;
  return 1000 * volts * Math.max(0, string.currentAt(volts));
}

/** Mean current of a panel at its cell's voltage: what the string can take for ever, nA. */
export function meanCurrent_nA(parts: Parts, light: Light): number {
  const panel = panelOf(parts);
  const held_V = plain(parts.pmic).physics.mppt.operating_mV! / 1000;
  const at = (lux: number) => panel.diodeAt(lux, light.temperature_degC).currentAt(held_V);
  return 1e9 * (((PANELS - 1) * at(light.lit_lux) + Math.max(0, at(light.shaded_lux))) / PANELS);
}
