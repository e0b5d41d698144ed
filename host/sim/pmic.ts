// What a charger is: how it treats a source, when it works, what it keeps for itself, and what
// firmware can set on it. What it makes of a source at one moment: see operating_point.ts.

import { type EfficiencyTable } from "./efficiency.js";

/** The `physics` block of boards/pmics/*.json. Rail: cell and capacitor, what is charged. */
export interface PmicPhysics {
  /** Outside nothing is drawn, or not more. */
  input: { voltage_min_mV: number; voltage_max_mV: number; power_min_uW: number };
  /**
   * Where the source is held. `fraction` needs ratio, `fixed` operating_mV, `resistance` input_ohm,
   * the resistance that the source sees; `track` finds it. `extract` empties a piezo at each peak.
   */
  mppt: {
    kind: "fraction" | "fixed" | "track" | "resistance" | "extract";
    ratio?: number | undefined;
    operating_mV?: number | undefined;
    input_ohm?: number | undefined;
    /** So long the source rests unloaded in every period. */
    sample_ms: number;
    period_ms: number;
  };
  /** Held beyond the ends. */
  efficiency: EfficiencyTable;
  charge_pump?: { ratio: number } | undefined;
  /** Charges a capacitor at its input, and gives the rail that charge in packets. */
  packets?: PacketPhysics | undefined;
  /** Below `until_mV` of the rail only this path works. Absent: the part lives on the source. */
  cold_start?: ColdStart | undefined;
  /** Drawn from the rail: charging enabled, the same without light, charging disabled. */
  quiescent: { charging_nA: number; dark_nA: number; disabled_nA: number };
  /** Charging ends at the float voltage and begins again `hysteresis_mV` below. */
  float: {
    strap_mV: number;
    /** What firmware can set, rising; absent: only the strap. */
    levels_mV?: number[] | undefined;
    /** The same where the levels are many and even. */
    steps?: { low_mV: number; high_mV: number; step_mV: number } | undefined;
    hysteresis_mV: number;
    /** One sigma of the part's float voltage, relative. */
    sigma: number;
  };
  /** The switch between cell and load, opened for an empty cell. */
  undervoltage?: { off_mV: number; on_mV: number } | undefined;
  /** Inputs with a converter of their own, which work at once; absent: one, for all. */
  converters?: number | undefined;
  /** How firmware stops charging: a pin, a low float level, or not at all. */
  disable: "pin" | "float" | "none";
  /** What else firmware, or the board, can set; a list is all that can be set. */
  controls?: Controls | undefined;
}

export interface Controls {
  mpp_ratios?: number[] | undefined;
  sample_ms?: number[] | undefined;
  period_ms?: number[] | undefined;
  /** Inputs that can be switched one by one. */
  inputs?: number | undefined;
  /** It counts what each of its inputs gave. */
  energy_meter?: boolean | undefined;
}

export interface ColdStart {
  input_min_mV: number;
  /** The input is pulled down to this. */
  clamp_mV: number;
  power_min_uW: number;
  efficiency: number;
  until_mV: number;
}

/** Undervoltage lockout with a wide hysteresis between a rectifier and a step-down converter. */
export interface PacketPhysics {
  /** Of the capacitor at the input: the converter begins, and stops. */
  rising_mV: number;
  falling_mV: number;
  /** A shunt takes what would raise it further. */
  shunt_mV: number;
  /** Into the rail, while the converter runs. */
  output_nA: number;
  /** Drawn from that capacitor while it fills, and while the converter runs. */
  filling_nA: number;
  running_nA: number;
}

const rises = (list: readonly number[]) => list.every((x, i) => i === 0 || x > list[i - 1]!);

function demand(place: string, holds: boolean, remedy: string): void {
  if (!holds) throw new RangeError(`physics.${place}: ${remedy}`);
}

/** What no schema can say of one number alone. Throws RangeError with one line. */
export function checkPmic(physics: PmicPhysics): void {
  const { mppt, efficiency, float, undervoltage, packets } = physics;
  const { input_mV, input_uA, rows } = efficiency;
  const numbers = {
    ...{ fraction: mppt.ratio, fixed: mppt.operating_mV },
    ...{ resistance: mppt.input_ohm, track: 0, extract: 0 },
  };
  demand("mppt", numbers[mppt.kind] !== undefined, `${mppt.kind} lacks its number`);
  demand("mppt", mppt.sample_ms < mppt.period_ms, "sample_ms must be below period_ms");
  demand("efficiency", rises(input_mV) && rises(input_uA), "input_mV and input_uA must rise");
  const filled = rows.length === input_mV.length && rows.every((r) => r.length === input_uA.length);
  demand("efficiency.rows", filled, `must be ${input_mV.length} rows of ${input_uA.length}`);
  demand("float.levels_mV", rises(float.levels_mV ?? []), "must rise");
  const { low_mV, high_mV } = float.steps ?? { low_mV: 0, high_mV: 1 };
  demand("float.steps", low_mV < high_mV, "low_mV must be below high_mV");
  const closes = undervoltage === undefined || undervoltage.off_mV <= undervoltage.on_mV;
  const plain = mppt.kind !== "extract" || !(physics.charge_pump ?? packets);
  demand("mppt", plain, "extract goes with neither charge_pump nor packets");
  demand("undervoltage", closes, "off_mV must not exceed on_mV");
  checkControls(physics);
  if (packets === undefined) return;
  const { rising_mV, falling_mV, shunt_mV } = packets;
  const ordered = 0 < falling_mV && falling_mV < rising_mV && rising_mV < shunt_mV;
  demand("packets", ordered, "falling_mV < rising_mV < shunt_mV, all > 0");
  demand("converters", (physics.converters ?? 1) === 1, "must be 1 for a part with packets");
}

/** What a file says to be set must be among what can be set. */
function checkControls({ mppt, controls }: PmicPhysics): void {
  const { mpp_ratios, sample_ms, period_ms } = controls ?? {};
  const among = (name: string, list: number[] | undefined, value: number | undefined) => {
    if (list === undefined) return;
    demand(`controls.${name}`, rises(list), "must rise");
    demand(`controls.${name}`, list.includes(value ?? NaN), `must hold ${value}, that of mppt`);
  };
  among("mpp_ratios", mpp_ratios, mppt.ratio);
  among("sample_ms", sample_ms, mppt.sample_ms);
  among("period_ms", period_ms, mppt.period_ms);
}

/**
 * The float voltage that the part holds when firmware wants `wanted_mV`: the highest level not
 * above it, the lowest level if all are; what it wants where the file has no levels.
 */
export function floatSetting_mV({ float }: PmicPhysics, wanted_mV: number): number {
  const { levels_mV, steps } = float;
  if (steps !== undefined) {
    const { low_mV, high_mV, step_mV } = steps;
    const held_mV = Math.min(Math.max(wanted_mV, low_mV), high_mV);
    // 4100.0 and the step of 18.75 are doubles; others shall not lose a step to rounding
    return low_mV + Math.floor((held_mV - low_mV) / step_mV + 1e-9) * step_mV;
  }
  if (levels_mV === undefined) return wanted_mV;
  let best_mV = levels_mV[0]!;
  for (const level_mV of levels_mV) if (level_mV <= wanted_mV) best_mV = level_mV;
  return best_mV;
}

/** The ratio that the part holds when firmware wants this one: the nearest that it has. */
export function mppSetting({ mppt, controls }: PmicPhysics, wanted: number | undefined) {
  const ratios = controls?.mpp_ratios;
  if (wanted === undefined || ratios === undefined || mppt.kind !== "fraction") return mppt.ratio;
  const distance = (ratio: number) => Math.abs(ratio - wanted);
  return ratios.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}
