// Everything that a replay says, as one plain object: what replay.json holds and the pages print.

import { type Branch } from "./branches.js";
import { type Figures } from "./figures.js";
import { SOUND, type Sensing } from "./sensing.js";
import { type ShownVoltages, type Start } from "./replay_core.js";

export interface ReplayNumbers extends Figures {
  /** Names of the files, with commas. */
  file: string;
  cell: string;
  commit: string;
  /** The command that gives the same again. */
  replay: string;
  capacity_Ah: number;
  scale: number;
  length_s: number;
  soc_first: number;
  soc_last: number;
  settle_s: number;
  recovered_pct: number;
  /** What was told of SOC; null: read from the first voltage. */
  start: Start | null;
  voltages: ShownVoltages;
  label_ratio: number;
  resistance_ratio: number;
  /** Discharges and charges by which the true SOC is counted; none where the file has SOC. */
  branches: Omit<Branch, "first" | "last">[];
  health: Health;
  /** Values that the core excluded as impossible. */
  rejected: number;
  /** What was assumed of the files or mended, one line each. */
  warnings: string[];
  sensing: Sensing;
}

/** What the core says of the cell's health at the end, beside the truth; null: not known yet. */
export interface Health {
  /** True capacity over the told one. */
  capacity_share: number | null;
  true_capacity_share: number;
  /** Told resistance over the true one; the truth is of a cell that is as its file says. */
  resistance_ratio: number;
  true_resistance_ratio: number;
}

/** Health in words: capacity, and resistance. */
export function healthOf({ health }: Pick<ReplayNumbers, "health">): [string, string] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const { capacity_share, true_capacity_share, resistance_ratio, true_resistance_ratio } = health;
  const known =
    capacity_share === null ? "not known yet" : `${percent(capacity_share)} of what is told`;
  const times = (ratio: number) => (1 / ratio).toFixed(2);
  return [
    `${known} at the end; truly ${percent(true_capacity_share)}`,
    `${times(resistance_ratio)} times what is told, at the end; ` +
      `${times(true_resistance_ratio)} if the cell is as its file says`,
  ];
}

const C = (share: number) => `${Number((100 * share).toPrecision(3))} % C`;

/** How each fault is told to people, where it is not as in a sound node. */
const FAULTS: { [K in keyof Sensing]: (value: Sensing[K], all: Sensing) => string } = {
  // no fault, but how the record is to be read
  charge: () => "",
  every_s: (every_s) => `a wake every ${every_s} s`,
  integrated: () => "the current at a wake counts for all the time before it",
  dropout: (share) => `${100 * share} % of the wakes lost`,
  current_offset_C: (share) => `current offset ${C(share)}`,
  current_gain: (gain) => `current gain ${gain}`,
  current_noise_C: (share) => `current noise ${C(share)}`,
  voltage_offset_mV: (mV) => `voltage offset ${mV} mV`,
  voltage_gain: (gain) => `voltage gain ${gain}`,
  voltage_noise_mV: (mV) => `voltage noise ${mV} mV`,
  adc_bits: (bits, { adc_range_mV }) => `${bits}-bit ADC over ${adc_range_mV} mV`,
  adc_range_mV: () => "",
  booked_gain: (gain) => `no current sensor, ${gain} of each minute's mean booked`,
};

/** The faults of a replay in words; a sound node has none. */
export function faultsOf(
  numbers: Pick<ReplayNumbers, "sensing" | "label_ratio" | "resistance_ratio">,
): string[] {
  const { sensing, label_ratio, resistance_ratio } = numbers;
  const told = <K extends keyof Sensing>(name: K) =>
    sensing[name] === SOUND[name] ? "" : FAULTS[name](sensing[name], sensing);
  const label = label_ratio === 1 ? "" : `capacity label ${label_ratio}`;
  const resistance = resistance_ratio === 1 ? "" : `told resistance ${resistance_ratio}`;
  return [label, resistance, ...(Object.keys(FAULTS) as (keyof Sensing)[]).map(told)].filter(
    (t) => t !== "",
  );
}
