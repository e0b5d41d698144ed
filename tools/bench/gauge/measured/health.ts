// Whether the core finds what it was told wrong of the measured cell within two full cycles: a
// capacity a quarter above the true one, and half of the resistance.

import { type CellPart, scaleOf, shownTo } from "../../../replay/profile.js";
import { joined } from "../../../replay/joined.js";
import { replay } from "../../../replay/replay.js";
import { type Learned } from "../../../replay/replay_core.js";
import { SOUND } from "../../../replay/sensing.js";
import { type Measurement } from "../../report.js";
import { CAPACITY_NAH, DRIVES, LABORATORY, readLg } from "./lg_files.js";

const LABEL = 1.25;
const RESISTANCE = 0.5;
const PAUSE_S = 3600;
const PERCENT = 100;

/** A slow cycle, and a drive with the charge behind it. */
function twoCycles() {
  const slow = readLg(LABORATORY.find(({ degC }) => degC === 25)!.slow);
  const drive = readLg(DRIVES["25C"]);
  const parts = [
    { record: slow, only: undefined },
    { record: drive, only: undefined },
    { record: slow, only: "charge" as const },
  ];
  return joined(parts, { capacity_nAh: CAPACITY_NAH, soc_at_zero: 1, pause_s: PAUSE_S });
}

/** What the core says at the end of the two cycles, of what it was told. */
function learnedIn(module: WebAssembly.Module, cell: CellPart): Learned {
  const { record, soc } = twoCycles();
  const scale = scaleOf(CAPACITY_NAH, cell.profile.capacity_nAh.value);
  return replay(module, record, {
    ...{ cell, reference: soc, capacity_nAh: CAPACITY_NAH, scale, from_s: 0, seed: 1 },
    ...{ label_ratio: LABEL, resistance_ratio: RESISTANCE, voltages: shownTo(cell) },
    ...{ sensing: { ...SOUND, charge: "mean" }, start: { soc: soc[0]!, sigma: 0.01 } },
  }).learned;
}

/** Errors of health after two cycles; a capacity that is not known yet is no number. */
export function lgHealth(module: WebAssembly.Module, cell: CellPart, words: string) {
  const { capacity_share, resistance_ratio } = learnedIn(module, cell);
  const scale = scaleOf(CAPACITY_NAH, cell.profile.capacity_nAh.value);
  const true_share = CAPACITY_NAH / (cell.profile.capacity_nAh.value * scale * LABEL);
  const error = (learned: number, truth: number) => PERCENT * Math.abs(learned / truth - 1);
  const cycles = `C/20 cycle, LA92 and C/20 charge at 25 degC, label x${LABEL}, R x${RESISTANCE}`;
  const said = capacity_share === undefined ? "not known yet" : capacity_share.toFixed(3);
  const measured: Measurement[] = [
    {
      name: "lg_health_capacity_error_pct",
      value: capacity_share === undefined ? null : error(capacity_share, true_share),
      unit: "%",
      of: `${cycles}: capacity over told ${said}, truly ${true_share.toFixed(3)}; ${words}`,
    },
    {
      name: "lg_health_resistance_error_pct",
      value: error(1 / resistance_ratio, 1 / RESISTANCE),
      unit: "%",
      of: `${cycles}: ${(1 / resistance_ratio).toFixed(2)} times what is told; ${words}`,
    },
  ];
  return measured;
}
