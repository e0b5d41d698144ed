// What a board's supply is made of, what its specimen makes of it, and what firmware can set on it.

/** Part of the `physics` block of boards/boards/*.json: supply and loads of one board. */
export interface SupplyPhysics {
  sleep_nA: number;
  active_nA: number;
  off_nA: number;
  /** The supervisor takes the load off below the first voltage and on again above the second. */
  off_mV: number;
  on_mV: number;
  buffer_uF: number;
  /** What the limiter lets through to the buffer. */
  recharge_nA: number;
  /** Below this supply the processor resets. */
  reset_mV: number;
}

/** What of a board's specimen the supply feels. */
export interface SupplySpecimen {
  /** True loads over what the files say. */
  load_ratio: number;
  leak_nA: number;
  /** The charger's float voltage over its setting. */
  float_ratio: number;
}

/** What the firmware set on the charger. */
export interface Settings {
  charge: boolean;
  limit_nA: number;
  float_mV: number;
  /** The source that feeds, from 1 in the order of the board; 0: none. Absent: all that can. */
  source?: number | undefined;
  /** Share of a source's open-circuit voltage; absent: what the charger is strapped to. */
  mpp_ratio?: number | undefined;
  /** The source of that ratio; absent: the one that feeds, or the first. */
  mpp_source?: number | undefined;
}
