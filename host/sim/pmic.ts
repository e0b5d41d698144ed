// The plant's charger: what it takes from a photovoltaic source and what it makes of it.
//
//   V = operating point (fraction of Voc, fixed, or the maximum power point)
//   drawn = V I(V) (1 - t_sample / t_period)
//   delivered = eta drawn,   lost = (1 - eta) drawn
//
// eta comes from a table over input voltage and current; a charge pump that multiplies by r also
// wastes what lies between r V and the rail: eta ~ V_rail / (r V). Light is taken as steady between
// two samples of Voc. What the charger itself draws from the rail is not in `lost`: see quiescent.

import { type CurvePoint } from "./sources/curve_point.js";
import { type Photovoltaic } from "./sources/photovoltaic.js";

/** The `physics` block of boards/pmics/*.json. Rail: cell and capacitor, what is charged. */
export interface PmicPhysics {
  /** Outside nothing is drawn, or not more. */
  input: { voltage_min_mV: number; voltage_max_mV: number; power_min_uW: number };
  /** Where the source is held. `fraction` needs ratio, `fixed` operating_mV; `track` finds it. */
  mppt: {
    kind: "fraction" | "fixed" | "track";
    ratio?: number | undefined;
    operating_mV?: number | undefined;
    /** So long the source rests unloaded in every period. */
    sample_ms: number;
    period_ms: number;
  };
  /** Rows by input voltage, columns by input current; held beyond the ends. */
  efficiency: { input_mV: number[]; input_uA: number[]; rows: number[][] };
  charge_pump?: { ratio: number } | undefined;
  /** Below `until_mV` of the rail only this path works. Absent: the part lives on the source. */
  cold_start?: ColdStart | undefined;
  /** Drawn from the rail: charging enabled, the same without light, charging disabled. */
  quiescent: { charging_nA: number; dark_nA: number; disabled_nA: number };
  /** Charging ends at the float voltage and begins again `hysteresis_mV` below. */
  float: {
    strap_mV: number;
    /** What firmware can set, rising; absent: only the strap. */
    levels_mV?: number[] | undefined;
    hysteresis_mV: number;
    /** One sigma of the part's float voltage, relative. */
    sigma: number;
  };
  /** The switch between cell and load, opened for an empty cell. */
  undervoltage?: { off_mV: number; on_mV: number } | undefined;
  /** How firmware stops charging: a pin, a low float level, or not at all. */
  disable: "pin" | "float" | "none";
}

export interface ColdStart {
  input_min_mV: number;
  /** The input is pulled down to this. */
  clamp_mV: number;
  power_min_uW: number;
  efficiency: number;
  until_mV: number;
}

/** What a charger makes of a source at one light and temperature; power, energy per second. */
export interface HarvestPoint {
  /** At the true maximum power point. */
  available_uW: number;
  /** Taken from the source, mean over the sampling pattern. */
  drawn_uW: number;
  /** Into the rail, before the float limits. */
  delivered_uW: number;
  /** Turned into heat by the converter. */
  lost_uW: number;
  open_mV: number;
  operating_mV: number;
}

/** The charger in operation. `lux` below 0 or NaN is dark; rail_mV is the cell's voltage. */
export function harvestPoint(
  source: Photovoltaic,
  pmic: PmicPhysics,
  lux: number,
  temperature_degC: number,
  rail_mV: number,
): HarvestPoint {
  const diode = source.diodeAt(lux, temperature_degC);
  const best = diode.maximum();
  const open_V = diode.open_V;
  const voltage_mV = Math.min(operating_mV(pmic, open_V, best), pmic.input.voltage_max_mV);
  const current_uA = 1e6 * diode.currentAt(voltage_mV / 1000);
  const { sample_ms, period_ms } = pmic.mppt;
  const share = Math.max(0, 1 - sample_ms / period_ms);
  const power_uW = (voltage_mV / 1000) * current_uA;
  const lift_mV = (pmic.charge_pump?.ratio ?? Infinity) * voltage_mV;
  const works =
    voltage_mV >= pmic.input.voltage_min_mV &&
    power_uW >= pmic.input.power_min_uW &&
    current_uA > 0 &&
    rail_mV <= lift_mV;
  const available_uW = best.power_W * 1e6;
  if (!works) return point(available_uW, open_V, voltage_mV, 0, 0);
  const lift = lift_mV < Infinity ? Math.max(rail_mV, 0) / lift_mV : 1;
  const efficiency = lift * efficiencyAt(pmic.efficiency, voltage_mV, current_uA);
  return point(available_uW, open_V, voltage_mV, power_uW * share, efficiency);
}

/**
 * The charger while the rail is below `cold_start.until_mV`. A part without that path lives on the
 * source: it works as ever, into a rail that must reach `undervoltage.on_mV`.
 */
export function coldStartPoint(
  source: Photovoltaic,
  pmic: PmicPhysics,
  lux: number,
  temperature_degC: number,
  rail_mV: number,
): HarvestPoint {
  const cold = pmic.cold_start;
  if (cold === undefined) {
    const goal_mV = Math.max(rail_mV, pmic.undervoltage?.on_mV ?? 0);
    return harvestPoint(source, pmic, lux, temperature_degC, goal_mV);
  }
  const diode = source.diodeAt(lux, temperature_degC);
  const open_V = diode.open_V;
  const power_uW = cold.clamp_mV * 1000 * diode.currentAt(cold.clamp_mV / 1000);
  const works = open_V * 1000 >= cold.input_min_mV && power_uW >= cold.power_min_uW;
  const available_uW = diode.maximum().power_W * 1e6;
  return point(available_uW, open_V, cold.clamp_mV, works ? power_uW : 0, cold.efficiency);
}

function point(
  available_uW: number,
  open_V: number,
  operating_mV: number,
  drawn_uW: number,
  efficiency: number,
): HarvestPoint {
  return {
    available_uW,
    drawn_uW,
    delivered_uW: drawn_uW * efficiency,
    lost_uW: drawn_uW * (1 - efficiency),
    open_mV: 1000 * open_V,
    operating_mV,
  };
}

/** Where the charger holds the source; 0, which is below its window, where no number says it. */
function operating_mV({ mppt }: PmicPhysics, open_V: number, best: CurvePoint): number {
  if (mppt.kind === "track") return 1000 * best.voltage_V;
  if (mppt.kind === "fixed") return mppt.operating_mV ?? 0;
  return (mppt.ratio ?? 0) * 1000 * open_V;
}

/** What no schema can say of one number alone. Throws RangeError with one line. */
export function checkPmic(physics: PmicPhysics): void {
  const { mppt, efficiency, float, undervoltage } = physics;
  const { input_mV, input_uA, rows } = efficiency;
  const rises = (list: readonly number[]) => list.every((x, i) => i === 0 || x > list[i - 1]!);
  const demand = (place: string, holds: boolean, remedy: string) => {
    if (!holds) throw new RangeError(`physics.${place}: ${remedy}`);
  };
  const numbered = mppt.kind === "fraction" ? mppt.ratio : mppt.operating_mV;
  demand("mppt", mppt.kind === "track" || numbered !== undefined, `${mppt.kind} lacks its number`);
  demand("mppt", mppt.sample_ms < mppt.period_ms, "sample_ms must be below period_ms");
  demand("efficiency", rises(input_mV) && rises(input_uA), "input_mV and input_uA must rise");
  const filled = rows.length === input_mV.length && rows.every((r) => r.length === input_uA.length);
  demand("efficiency.rows", filled, `must be ${input_mV.length} rows of ${input_uA.length}`);
  demand("float.levels_mV", rises(float.levels_mV ?? []), "must rise");
  const closes = undervoltage === undefined || undervoltage.off_mV <= undervoltage.on_mV;
  demand("undervoltage", closes, "off_mV must not exceed on_mV");
}

/** Bilinear over voltage and the logarithm of current, held beyond the ends of the table. */
export function efficiencyAt(
  { input_mV, input_uA, rows }: PmicPhysics["efficiency"],
  voltage_mV: number,
  current_uA: number,
): number {
  const row = segment(input_mV, voltage_mV);
  const column = segment(input_uA, current_uA);
  const [low, high] = [input_mV[row]!, input_mV[row + 1]!];
  const t = Math.min(Math.max((voltage_mV - low) / (high - low), 0), 1);
  const [little, much] = [Math.log(input_uA[column]!), Math.log(input_uA[column + 1]!)];
  const s = Math.min(Math.max((Math.log(current_uA) - little) / (much - little), 0), 1);
  const along = (r: number) => rows[r]![column]! * (1 - s) + rows[r]![column + 1]! * s;
  return along(row) * (1 - t) + along(row + 1) * t;
}

/** Index of the node left of `x`, at most the last but one. */
function segment(nodes: readonly number[], x: number): number {
  let i = 0;
  while (i < nodes.length - 2 && nodes[i + 1]! <= x) i++;
  return i;
}

/**
 * The float voltage that the part holds when firmware wants `wanted_mV`: the highest level not
 * above it, the lowest level if all are; what it wants where the file has no levels.
 */
export function floatSetting_mV({ float }: PmicPhysics, wanted_mV: number): number {
  const { levels_mV } = float;
  if (levels_mV === undefined) return wanted_mV;
  let best_mV = levels_mV[0]!;
  for (const level_mV of levels_mV) if (level_mV <= wanted_mV) best_mV = level_mV;
  return best_mV;
}
