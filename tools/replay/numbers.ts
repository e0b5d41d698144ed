// Everything that a replay says, as one plain object: what replay.json holds and the pages print.

import { type Figures } from "./figures.js";
import { SOUND, type Sensing } from "./sensing.js";
import { type ShownVoltages, type Start } from "./replay_core.js";

export interface ReplayNumbers extends Figures {
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
  /** Learned at the end, over the profile's. */
  resistance_scale: number;
  /** Values that the core excluded as impossible. */
  rejected: number;
  /** What was assumed of the files or mended, one line each. */
  warnings: string[];
  sensing: Sensing;
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
export function faultsOf(numbers: Pick<ReplayNumbers, "sensing" | "label_ratio">): string[] {
  const { sensing, label_ratio } = numbers;
  const told = <K extends keyof Sensing>(name: K) =>
    sensing[name] === SOUND[name] ? "" : FAULTS[name](sensing[name], sensing);
  const label = label_ratio === 1 ? "" : `capacity label ${label_ratio}`;
  return [label, ...(Object.keys(FAULTS) as (keyof Sensing)[]).map(told)].filter((t) => t !== "");
}
