// What a case of the twin test bed is made of: the life that a cell leads, what is kept from its
// firmware, and what its label says. The files of boards/scenarios/gauge/ hold the first two.

import { type CounterPhysics } from "../counter.js";

/** The life: see boards/schema/setup.ts. Either `surplus` or `track` drives the harvest. */
export interface Setup {
  days: number;
  /** The cell ages by its physics, day by day. */
  ages?: boolean | undefined;
  wake_s: number;
  low_degC: number;
  high_degC: number;
  load: { per_day: number; event_share: number; events_min: number; events_max: number };
  start?: { soc_min: number; soc_max: number } | undefined;
  surplus?:
    { of_load_min: number; of_load_max: number; sunny_days: number; dark_days: number } | undefined;
  track?: Track | undefined;
  leave?: { day: number; soc: number; in_days: number; left_soc: number } | undefined;
}

export interface Track {
  low_soc: number;
  high_soc: number;
  period_days: number;
  fall_days: number;
  rise_soc?: number | undefined;
}

/** What the firmware does not know: see boards/schema/unknowns.ts. */
export interface Unknowns {
  /** Absent: nobody counts charge. */
  counter?: CounterPhysics | undefined;
  leak_nA: number;
  load_error: number;
  harvest_error: number;
  harvest_walk: number;
  capacity_ratio: number;
  resistance_ratio: number;
  temperature_offset_K: number;
  temperature_lsb_K: number;
  adc_bits: number;
  adc_noise_mV: number;
  gain_drift_ppm_K: number;
  float_error: number;
  specimen: "fitted" | "drawn";
  told: {
    harvest_walk?: number | undefined;
    float_sigma?: number | undefined;
    voltage_sigma_mV?: number | undefined;
  };
}

/** What the firmware is told of the cell: the unknowns are relative to it. */
export interface Label {
  capacity_nAh: number;
  resistance_ohm: number;
  /** SOC 1 and 0 are where the EMF is so much, at this temperature. */
  float_mV: number;
  cut_off_mV: number;
  ocv_degC: number;
}

/** Options of a run: the spread of the ADC's gain, and whether the charger has a flag for CV. */
export interface Wiring {
  gain_sigma: number;
  limiting_flag: boolean;
  /** ADC gains that its firmware tries side by side; absent: what suits `gain_sigma`. */
  hypotheses?: number;
}
