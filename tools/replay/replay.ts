// A replay: the core over the wakes of a node that would have sat on a measured cell, beside what
// counting alone makes of the same readings.

import { RecordError } from "./record_error.js";
import { replayProfile, type CellPart } from "./profile.js";
import { type CellRecord } from "./record.js";
import { ReplayCore, type Learned, type ShownVoltages, type Start } from "./replay_core.js";
import { BOOKING_S, wakesOf, type Sensing } from "./sensing.js";

export interface ReplayOptions {
  cell: CellPart;
  /** True SOC of each row. */
  reference: Float64Array;
  /** What the reference is measured by; offsets and noise of the current are shares of it. */
  capacity_nAh: number;
  /** Currents of the record over those of the core. */
  scale: number;
  /** Told capacity over that of the cell's file. */
  label_ratio: number;
  /** Told resistance over that of the cell's file. */
  resistance_ratio: number;
  sensing: Sensing;
  voltages: ShownVoltages;
  /** The replay begins at the first row from then on. */
  from_s: number;
  start: Start | undefined;
  seed: number;
}

/** One row a wake; SOC are fractions. */
export interface ReplayTrace {
  t_s: Float64Array;
  reference: Float64Array;
  estimate: Float64Array;
  sigma: Float64Array;
  /** Counting alone. */
  counted: Float64Array;
  voltage_mV: Float64Array;
  current_nA: Float64Array;
  /** Health as the core tells it then: true over told capacity, NaN where it is not known yet, and
   * told over true resistance. */
  capacity_share: Float64Array;
  resistance_ratio: Float64Array;
  /** The same at the end. */
  learned: Learned;
  /** Values that the core excluded as impossible. */
  rejected: number;
}

/** In a longer silence the core would doubt its clock. */
const SLEEP_MAX_S = 600;
const NC_PER_NAH = 3600;

/** The cell as a firmware is told of it. */
function toldCell({ profile }: CellPart, resistance_ratio: number): CellPart {
  const { resistance_ohm, polarization } = profile;
  const value = resistance_ohm.value * resistance_ratio;
  const times = <C extends { value: number[] }>(column: C): C => {
    return { ...column, value: column.value.map((ohm) => ohm * resistance_ratio) };
  };
  const under_load = polarization && {
    polarization: {
      ...polarization,
      ohmic_ohm: times(polarization.ohmic_ohm),
      kinetic_ohm: times(polarization.kinetic_ohm),
      slow_ohm: times(polarization.slow_ohm),
    },
  };
  return { profile: { ...profile, resistance_ohm: { ...resistance_ohm, value }, ...under_load } };
}

/** The longest rest between two files. */
const longestRest_s = ({ t_s, begins }: CellRecord) =>
  begins.reduce((most, row) => Math.max(most, t_s[row]! - t_s[row - 1]!), 0);

/** Throws RecordError, also with what the core says where it cannot go on, and ProfileError. */
export function replay(
  module: WebAssembly.Module,
  record: CellRecord,
  options: ReplayOptions,
): ReplayTrace {
  const { cell, reference, capacity_nAh, sensing, scale, start } = options;
  const from = record.t_s.findIndex((t_s) => t_s - record.t_s[0]! >= options.from_s);
  if (from < 0) {
    const length = (record.t_s.at(-1)! - record.t_s[0]!).toFixed(0);
    throw new RecordError(`${record.file}: ends after ${length} s, before ${options.from_s} s`);
  }
  const wakes = wakesOf(record, sensing, capacity_nAh, from, options.seed);
  const metered = sensing.booked_gain === undefined;
  const profile = replayProfile(toldCell(cell, options.resistance_ratio), {
    label_ratio: options.label_ratio,
    lsb_mV: sensing.adc_bits === 0 ? undefined : sensing.adc_range_mV / 2 ** sensing.adc_bits,
    metered,
    sleep_max_s: Math.max(SLEEP_MAX_S, sensing.every_s, BOOKING_S, longestRest_s(record)),
  });
  const setting = { profile, scale, voltages: options.voltages, metered, start };
  const core = new ReplayCore(module, setting);
  const column = () => new Float64Array(wakes.length);
  const trace: ReplayTrace = {
    ...{ t_s: column(), reference: column(), estimate: column(), sigma: column() },
    ...{ counted: column(), voltage_mV: column(), current_nA: column() },
    ...{ capacity_share: column(), resistance_ratio: column() },
    ...{ learned: core.learned, rejected: 0 },
  };
  const told_nC = profile.capacity_nAh * scale * NC_PER_NAH;
  let counted = start?.soc ?? reference[from]!;
  wakes.forEach((wake, i) => {
    core.step(wake);
    counted += wake.charge_nC / told_nC;
    trace.t_s[i] = record.t_s[wake.row]! - record.t_s[from]!;
    trace.reference[i] = reference[wake.row]!;
    trace.estimate[i] = core.soc;
    trace.sigma[i] = core.sigma;
    trace.counted[i] = counted;
    trace.voltage_mV[i] = wake.voltage_mV;
    trace.current_nA[i] = wake.current_nA;
    const { capacity_share, resistance_ratio } = core.learned;
    trace.capacity_share[i] = capacity_share ?? NaN;
    trace.resistance_ratio[i] = resistance_ratio;
  });
  trace.learned = core.learned;
  trace.rejected = core.rejected;
  return trace;
}
