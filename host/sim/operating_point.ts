// What a converter takes from a source at one moment and what it makes of it.
//
//   V = operating point (fraction of Voc, fixed, a resistance's, or the maximum power point)
//   drawn = V I(V) (1 - t_sample / t_period)
//   delivered = eta drawn,   lost = (1 - eta) drawn
//
// eta comes from a table over input voltage and current; a charge pump that multiplies by r also
// wastes what lies between r V and the rail: eta ~ V_rail / (r V). The source is taken as steady
// between two samples of Voc. What the charger itself draws from the rail is not in `lost`.
//
// A converter that extracts (SECE) takes what a piezo's capacitance holds at each peak instead,
// whatever the rail; beyond the highest input voltage the peak is cut:
//
//   drawn = emptied V^2 / 2,   V = min(peak, V_max)
//
// Its eta comes from the same table, over the peak and the mean current drawn / V.

import { efficiencyAt } from "./efficiency.js";
import { type PmicPhysics } from "./pmic.js";
import { crossing } from "./sources/crossing.js";
import { type CurvePoint } from "./sources/curve_point.js";
import { type Curve, type Peaks } from "./sources/source.js";

/** What a charger makes of a source; power, energy per second. */
export interface Converted {
  /** At the true maximum power point. */
  available_uW: number;
  /** Taken from the source, mean over the sampling pattern. */
  drawn_uW: number;
  /** Into the rail, before the float limits. */
  delivered_uW: number;
  /** Turned into heat by the converter. */
  lost_uW: number;
  open_mV: number;
}

export interface HarvestPoint extends Converted {
  operating_mV: number;
}

/** The converter at work. rail_mV is the cell's voltage; `ratio` is that of `mppt`, unless set. */
export function harvestPoint(
  curve: Curve,
  pmic: PmicPhysics,
  rail_mV: number,
  ratio = pmic.mppt.ratio,
): HarvestPoint {
  const open_V = Math.max(curve.open_V, 0);
  if (pmic.mppt.kind === "extract") return extractedPoint(curve.peaks ?? NO_PEAKS, open_V, pmic);
  const best = curve.maximum();
  const wanted_mV = operating_mV(pmic, curve, open_V, best, ratio ?? 0);
  const voltage_mV = Math.min(wanted_mV, pmic.input.voltage_max_mV);
  const current_uA = 1e6 * curve.currentAt(voltage_mV / 1000);
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

const NO_PEAKS: Peaks = { peak_V: 0, emptied_S: 0 };

/** What is taken from the peaks of a source, whatever the rail. */
function extractedPoint(
  { peak_V, emptied_S }: Peaks,
  open_V: number,
  { input, efficiency }: PmicPhysics,
): HarvestPoint {
  const power_uW = (volt: number) => (1e6 * emptied_S * volt * volt) / 2;
  const voltage_mV = Math.min(1000 * peak_V, input.voltage_max_mV);
  const drawn_uW = power_uW(voltage_mV / 1000);
  const works = voltage_mV >= input.voltage_min_mV && drawn_uW >= input.power_min_uW;
  const available_uW = power_uW(peak_V);
  if (!works || !(drawn_uW > 0)) return point(available_uW, open_V, voltage_mV, 0, 0);
  const current_uA = (1000 * drawn_uW) / voltage_mV;
  const share = efficiencyAt(efficiency, voltage_mV, current_uA);
  return point(available_uW, open_V, voltage_mV, drawn_uW, share);
}

/**
 * The converter while the rail is below `cold_start.until_mV`. A part without that path lives on
 * the source: it works as ever, into a rail that must reach `undervoltage.on_mV`.
 */
export function coldStartPoint(curve: Curve, pmic: PmicPhysics, rail_mV: number): HarvestPoint {
  const cold = pmic.cold_start;
  if (cold === undefined) {
    return harvestPoint(curve, pmic, Math.max(rail_mV, pmic.undervoltage?.on_mV ?? 0));
  }
  const open_V = Math.max(curve.open_V, 0);
  const power_uW = cold.clamp_mV * 1000 * curve.currentAt(cold.clamp_mV / 1000);
  const works = open_V * 1000 >= cold.input_min_mV && power_uW >= cold.power_min_uW;
  const available_uW = curve.maximum().power_W * 1e6;
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
function operating_mV(
  { mppt }: PmicPhysics,
  curve: Curve,
  open_V: number,
  best: CurvePoint,
  ratio: number,
): number {
  if (mppt.kind === "track") return 1000 * best.voltage_V;
  if (mppt.kind === "fixed") return mppt.operating_mV ?? 0;
  if (mppt.kind === "fraction") {
    return curve.heldAt === undefined ? ratio * 1000 * open_V : 1000 * curve.heldAt(ratio);
  }
  const { input_ohm } = mppt;
  if (input_ohm === undefined) return 0;
  return 1000 * crossing(0, open_V, (volt) => curve.currentAt(volt) - volt / input_ohm);
}
