// What can go wrong, as options with units on one struct. Absent: it works.

/** What a sensor shows instead of what is there, in the unit of its name. */
export interface SensorFault {
  /** Holds what it showed when the fault began. */
  stuck?: true;
  /** A broken wire: 0 of voltages and currents; of a temperature, far below what there is. */
  open?: true;
  nan?: true;
  /** Multiplies. */
  gain?: number;
  /** Adds: mV, K or nA. */
  offset?: number;
  /** Adds, one sigma, new with every reading: mV, K or nA. */
  noise?: number;
}

/** The node's millisecond clock. */
export interface ClockFault {
  /** It jumps, once. */
  jump_s?: number;
  /** It runs fast, or slow below 0. */
  drift_ppm?: number;
  /** It is set so that it rolls over after so long, once. */
  rollover_in_s?: number;
  stopped?: true;
}

/** Power of the processor is cut, once. */
export interface PowerFault {
  /** For so long; 0 is a reset. */
  off_s: number;
  /** Retained RAM. */
  retained: "kept" | "lost";
  /** Lost: it starts again from 0, and nobody knows for how long power was off. */
  clock: "kept" | "lost";
}

/** The journal's storage. */
export interface StorageFault {
  /** So many operations fail as a bus does. */
  failing?: number;
  /** Power fails after so many whole operations, before the next; 0: before the very next. */
  power_fails_after?: number;
  /** Power fails when so many bytes of the next program are stored. */
  torn_after_bytes?: number;
  /** So many bits of the newest record flip, once. */
  flipped_bits?: number;
}

/** What the node is told of itself at its next start. */
export interface ProfileFault {
  /** This bit of its bytes is flipped. */
  flipped_bit?: number;
  /** This field is another, and the CRC agrees: a tool's mistake, not a damage. */
  field?: string;
  value?: number;
}

export interface Faults {
  voltage?: SensorFault;
  temperature?: SensorFault;
  harvest?: SensorFault;
  clock?: ClockFault;
  power?: PowerFault;
  storage?: StorageFault;
  profile?: ProfileFault;
  /** Of what drives the harvesters; 0: all is lost. */
  harvester_share?: number;
  /** Of the cell, whatever the surroundings are. */
  temperature_degC?: number;
  /** Of what the application asks for; more than 1: it has run wild. */
  load_ratio?: number;
  /** Drawn from the cell, all the time: a short, a whisker, a wet board. */
  short_nA?: number;
}

export type FaultName = keyof Faults;
