// Made from assembly/abi.txt by tools/abi/generate.ts: do not edit.

export const ABI_VERSION = 1;
export const LAYOUT_HASH = 1272399933;
export const AREAS_END = 784;

/** Type, byte offset and length of every field; addresses of the fixed areas. */
export const AREAS = {
  /** What must survive a power cut: 31 words at most, kept in retained RAM, written as the journal record. */
  vital: {
    at: 8,
    size: 124,
    fields: {
      magic: { type: "u32", offset: 0, count: 1, unit: "-" },
      abi_version: { type: "u32", offset: 4, count: 1, unit: "-" },
      layout_hash: { type: "u32", offset: 8, count: 1, unit: "-" },
      profile_crc: { type: "u32", offset: 12, count: 1, unit: "-" },
      sequence: { type: "u32", offset: 16, count: 1, unit: "-" },
      time_ms: { type: "u32", offset: 20, count: 1, unit: "ms" },
      charge_pC: { type: "i64", offset: 24, count: 1, unit: "pC" },
      throughput_pC: { type: "i64", offset: 32, count: 1, unit: "pC" },
      leak_nA: { type: "f32", offset: 40, count: 1, unit: "nA" },
      load_scale: { type: "f32", offset: 44, count: 1, unit: "1" },
      harvest_scale: { type: "f32", offset: 48, count: 1, unit: "1" },
      float_error: { type: "f32", offset: 52, count: 1, unit: "1" },
      voltage_error_mV: { type: "f32", offset: 56, count: 3, unit: "mV" },
      resistance_scale: { type: "f32", offset: 68, count: 1, unit: "1" },
      diffusion: { type: "f32", offset: 72, count: 2, unit: "1" },
      temperature_degC: { type: "f32", offset: 80, count: 1, unit: "degC" },
      soc_sigma: { type: "f32", offset: 84, count: 1, unit: "1" },
      sigma_code: { type: "u8", offset: 88, count: 8, unit: "-" },
      tie_code: { type: "u8", offset: 96, count: 8, unit: "-" },
      faults_latched: { type: "u32", offset: 104, count: 1, unit: "-" },
      boots: { type: "u16", offset: 108, count: 1, unit: "-" },
      clock_faults: { type: "u16", offset: 110, count: 1, unit: "-" },
      mode: { type: "u8", offset: 112, count: 1, unit: "-" },
      uncorrected: { type: "u8", offset: 113, count: 1, unit: "15 s" },
      attempts: { type: "u16", offset: 114, count: 1, unit: "-" },
      seal: { type: "u32", offset: 116, count: 1, unit: "-" },
      crc: { type: "u32", offset: 120, count: 1, unit: "-" },
    },
  },
  /** Worth keeping, can be learned again. */
  warm: {
    at: 136,
    size: 368,
    fields: {
      book_pC: { type: "i64", offset: 0, count: 8, unit: "pC" },
      recorded_charge_pC: { type: "i64", offset: 64, count: 1, unit: "pC" },
      remainder: { type: "u32", offset: 72, count: 6, unit: "2^-32 pC" },
      harvest_mean_nA: { type: "f32", offset: 96, count: 1, unit: "nA" },
      drain_mean_nA: { type: "f32", offset: 100, count: 1, unit: "nA" },
      event_carry: { type: "f32", offset: 104, count: 4, unit: "1" },
      harvest_level_nA: { type: "f32", offset: 120, count: 1, unit: "nA" },
      vetoes: { type: "u32", offset: 124, count: 1, unit: "-" },
      rejected: { type: "u32", offset: 128, count: 1, unit: "-" },
      unrecorded_s: { type: "u32", offset: 132, count: 1, unit: "s" },
      stale_s: { type: "u32", offset: 136, count: 1, unit: "s" },
      carry_ms: { type: "u32", offset: 140, count: 1, unit: "ms" },
      boot_off_s: { type: "u32", offset: 144, count: 1, unit: "s" },
      boot_time_ms: { type: "u32", offset: 148, count: 1, unit: "ms" },
      boot_attempts: { type: "u16", offset: 152, count: 1, unit: "-" },
      boot_used: { type: "u16", offset: 154, count: 1, unit: "-" },
      resistance_variance: { type: "f32", offset: 156, count: 1, unit: "1" },
      moved_soc: { type: "f32", offset: 160, count: 1, unit: "1" },
      uncorrected_s: { type: "f32", offset: 164, count: 1, unit: "s" },
      surprise: { type: "f32", offset: 168, count: 1, unit: "1" },
      slow_mV: { type: "f32", offset: 172, count: 1, unit: "mV" },
      heat_W: { type: "f32", offset: 176, count: 1, unit: "W" },
      drop_mean_mV: { type: "f32", offset: 180, count: 1, unit: "mV" },
      ripple_nA2: { type: "f32", offset: 184, count: 1, unit: "nA2" },
      step_rest_mV: { type: "f32", offset: 188, count: 1, unit: "mV" },
      step_drop_mV: { type: "f32", offset: 192, count: 1, unit: "mV" },
      step_nA: { type: "f32", offset: 196, count: 1, unit: "nA" },
      missed_mV: { type: "f32", offset: 200, count: 1, unit: "mV" },
      missed_share: { type: "f32", offset: 204, count: 1, unit: "1" },
      settled_s: { type: "f32", offset: 208, count: 1, unit: "s" },
      offered_nA: { type: "f32", offset: 212, count: 1, unit: "nA" },
      displayed_soc: { type: "f32", offset: 216, count: 1, unit: "1" },
      alive: { type: "u8", offset: 220, count: 1, unit: "-" },
      held: { type: "u8", offset: 221, count: 1, unit: "-" },
      was_limiting: { type: "u8", offset: 222, count: 1, unit: "-" },
      origin: { type: "u8", offset: 223, count: 1, unit: "-" },
      boot_state: { type: "u8", offset: 224, count: 1, unit: "-" },
      mpp_at: { type: "u8", offset: 225, count: 4, unit: "-" },
      mpp_missed: { type: "u8", offset: 229, count: 1, unit: "-" },
      mpp_tried: { type: "u8", offset: 230, count: 1, unit: "-" },
      debounce: { type: "u8", offset: 231, count: 15, unit: "-" },
      path_bin: { type: "u8", offset: 246, count: 1, unit: "-" },
      path_soc: { type: "f32", offset: 248, count: 1, unit: "1" },
      path_level_nA: { type: "f32", offset: 252, count: 1, unit: "nA" },
      plenty_s: { type: "u32", offset: 256, count: 1, unit: "s" },
      mpp_wait_s: { type: "u32", offset: 260, count: 1, unit: "s" },
      mpp_left_s: { type: "u32", offset: 264, count: 1, unit: "s" },
      mpp_open_mV: { type: "f32", offset: 268, count: 1, unit: "mV" },
      forecast: { type: "u16", offset: 272, count: 24, unit: "-" },
      week: { type: "u8", offset: 320, count: 7, unit: "1/64" },
      week_at: { type: "u8", offset: 327, count: 1, unit: "-" },
      forecast_seen: { type: "u32", offset: 328, count: 1, unit: "-" },
      forecast_error_nA: { type: "f32", offset: 332, count: 1, unit: "nA" },
      forecast_mean_nA: { type: "f32", offset: 336, count: 1, unit: "nA" },
      round_nA: { type: "f32", offset: 340, count: 1, unit: "nA" },
      round_usual_nA: { type: "f32", offset: 344, count: 1, unit: "nA" },
      forecast_seal: { type: "u32", offset: 348, count: 1, unit: "-" },
      cycle_at_s: { type: "u32", offset: 352, count: 1, unit: "s" },
      bin_pC: { type: "f32", offset: 356, count: 1, unit: "pC" },
      bin_known_s: { type: "f32", offset: 360, count: 1, unit: "s" },
    },
  },
  /** What the host is to do until the next sample. */
  decision: {
    at: 504,
    size: 72,
    fields: {
      status: { type: "i32", offset: 0, count: 1, unit: "-" },
      mode: { type: "u8", offset: 4, count: 1, unit: "-" },
      charge_enable: { type: "u8", offset: 5, count: 1, unit: "-" },
      source: { type: "u8", offset: 6, count: 1, unit: "-" },
      measure: { type: "u8", offset: 7, count: 1, unit: "-" },
      sleep_ms: { type: "u32", offset: 8, count: 1, unit: "ms" },
      events: { type: "u16", offset: 12, count: 4, unit: "-" },
      charge_limit_nA: { type: "f32", offset: 20, count: 1, unit: "nA" },
      drain_limit_nA: { type: "f32", offset: 24, count: 1, unit: "nA" },
      price: { type: "f32", offset: 28, count: 1, unit: "1/uC" },
      float_mV: { type: "f32", offset: 32, count: 1, unit: "mV" },
      mpp_ratio: { type: "f32", offset: 36, count: 1, unit: "1" },
      measure_wait_ms: { type: "u32", offset: 40, count: 1, unit: "ms" },
      probe_ratio: { type: "f32", offset: 44, count: 1, unit: "1" },
      faults: { type: "u32", offset: 48, count: 1, unit: "-" },
      faults_latched: { type: "u32", offset: 52, count: 1, unit: "-" },
      unenforced: { type: "u32", offset: 56, count: 1, unit: "-" },
      veto: { type: "u32", offset: 60, count: 1, unit: "-" },
      rejected: { type: "u32", offset: 64, count: 1, unit: "-" },
    },
  },
  /** What is known about the cell. */
  gauge: {
    at: 576,
    size: 112,
    fields: {
      soc: { type: "f32", offset: 0, count: 1, unit: "1" },
      soc_sigma: { type: "f32", offset: 4, count: 1, unit: "1" },
      remaining_nAh: { type: "f32", offset: 8, count: 1, unit: "nAh" },
      ocv_mV: { type: "f32", offset: 12, count: 1, unit: "mV" },
      resistance_ohm: { type: "f32", offset: 16, count: 1, unit: "ohm" },
      resistance_scale: { type: "f32", offset: 20, count: 1, unit: "1" },
      resistance_sigma: { type: "f32", offset: 24, count: 1, unit: "1" },
      leak_nA: { type: "f32", offset: 28, count: 1, unit: "nA" },
      leak_sigma_nA: { type: "f32", offset: 32, count: 1, unit: "nA" },
      unbooked_drain_nA: { type: "f32", offset: 36, count: 1, unit: "nA" },
      soh_resistance: { type: "f32", offset: 40, count: 1, unit: "1" },
      soh_capacity: { type: "f32", offset: 44, count: 1, unit: "1" },
      throughput_nAh: { type: "f32", offset: 48, count: 1, unit: "nAh" },
      alarms: { type: "u32", offset: 52, count: 1, unit: "-" },
      displayed_soc: { type: "f32", offset: 56, count: 1, unit: "1" },
      hypotheses: { type: "u32", offset: 60, count: 1, unit: "1" },
      innovation_mV: { type: "f32", offset: 64, count: 1, unit: "mV" },
      innovation_sigma_mV: { type: "f32", offset: 68, count: 1, unit: "mV" },
      current_mean_nA: { type: "f32", offset: 72, count: 1, unit: "nA" },
      cycles: { type: "f32", offset: 76, count: 1, unit: "1" },
      source_nW: { type: "f32", offset: 80, count: 4, unit: "nW" },
      forecast_nA: { type: "f32", offset: 96, count: 1, unit: "nA" },
      forecast_error: { type: "f32", offset: 100, count: 1, unit: "1" },
      corrections: { type: "u32", offset: 104, count: 1, unit: "-" },
    },
  },
  /** One storage operation at a time; the host executes it, then calls storage_done. */
  storage: {
    at: 688,
    size: 16,
    fields: {
      op: { type: "u32", offset: 0, count: 1, unit: "-" },
      address: { type: "u32", offset: 4, count: 1, unit: "-" },
      length: { type: "u32", offset: 8, count: 1, unit: "B" },
      memory_at: { type: "u32", offset: 12, count: 1, unit: "-" },
    },
  },
  /** What the host measured since the last sample. */
  sample: {
    at: 704,
    size: 80,
    fields: {
      time_ms: { type: "u32", offset: 0, count: 1, unit: "ms" },
      valid: { type: "u32", offset: 4, count: 1, unit: "-" },
      pmic_flags: { type: "u32", offset: 8, count: 1, unit: "-" },
      active_ms: { type: "u32", offset: 12, count: 1, unit: "ms" },
      voltage_mV: { type: "f32", offset: 16, count: 1, unit: "mV" },
      voltage_loaded_mV: { type: "f32", offset: 20, count: 1, unit: "mV" },
      pulse_drain_nA: { type: "f32", offset: 24, count: 1, unit: "nA" },
      temperature_degC: { type: "f32", offset: 28, count: 1, unit: "degC" },
      charge_pC: { type: "i64", offset: 32, count: 1, unit: "pC" },
      harvest_mean_nA: { type: "f32", offset: 40, count: 1, unit: "nA" },
      harvest_now_nA: { type: "f32", offset: 44, count: 1, unit: "nA" },
      probe_nA: { type: "f32", offset: 48, count: 1, unit: "nA" },
      current_nA: { type: "f32", offset: 52, count: 1, unit: "nA" },
      source_mV: { type: "f32", offset: 56, count: 4, unit: "mV" },
      events: { type: "u16", offset: 72, count: 4, unit: "-" },
    },
  },
  /** The node: cell, limits, load, board, sources, tuning, tables. Read only; may lie in flash. */
  profile: {
    at: 0,
    size: 748,
    fields: {
      magic: { type: "u32", offset: 0, count: 1, unit: "-" },
      abi_version: { type: "u32", offset: 4, count: 1, unit: "-" },
      length: { type: "u32", offset: 8, count: 1, unit: "B" },
      layout_hash: { type: "u32", offset: 12, count: 1, unit: "-" },
      crc: { type: "u32", offset: 16, count: 1, unit: "-" },
      capacity_nAh: { type: "f32", offset: 20, count: 1, unit: "nAh" },
      area_cm2: { type: "f32", offset: 24, count: 1, unit: "cm2" },
      series: { type: "u32", offset: 28, count: 1, unit: "1" },
      parallel: { type: "u32", offset: 32, count: 1, unit: "1" },
      capacity_spread: { type: "f32", offset: 36, count: 1, unit: "1" },
      resistance_ohm: { type: "f32", offset: 40, count: 1, unit: "ohm" },
      activation_K: { type: "f32", offset: 44, count: 1, unit: "K" },
      diffusion_pole: { type: "f32", offset: 48, count: 2, unit: "1" },
      diffusion_weight: { type: "f32", offset: 56, count: 2, unit: "1" },
      diffusion_gain: { type: "f32", offset: 64, count: 1, unit: "1" },
      self_drain_nA: { type: "f32", offset: 68, count: 1, unit: "nA" },
      ccd_mA_cm2: { type: "f32", offset: 72, count: 1, unit: "mA/cm2" },
      ccd_cold_degC: { type: "f32", offset: 76, count: 1, unit: "degC" },
      ccd_hot_degC: { type: "f32", offset: 80, count: 1, unit: "degC" },
      ccd_cold_per_K: { type: "f32", offset: 84, count: 1, unit: "1/K" },
      ccd_hot_per_K: { type: "f32", offset: 88, count: 1, unit: "1/K" },
      ccd_age: { type: "f32", offset: 92, count: 1, unit: "1" },
      ccd_level: { type: "f32", offset: 96, count: 3, unit: "1" },
      voltage_max_mV: { type: "f32", offset: 108, count: 3, unit: "mV" },
      voltage_min_mV: { type: "f32", offset: 120, count: 3, unit: "mV" },
      temperature_max_degC: { type: "f32", offset: 132, count: 3, unit: "degC" },
      temperature_min_degC: { type: "f32", offset: 144, count: 3, unit: "degC" },
      debounce: { type: "u32", offset: 156, count: 3, unit: "1" },
      float_mV: { type: "f32", offset: 168, count: 1, unit: "mV" },
      float_gentle_mV: { type: "f32", offset: 172, count: 1, unit: "mV" },
      sleep_drain_nA: { type: "f32", offset: 176, count: 1, unit: "nA" },
      active_drain_nA: { type: "f32", offset: 180, count: 1, unit: "nA" },
      wake_ms: { type: "u32", offset: 184, count: 1, unit: "ms" },
      event_drain_pC: { type: "f32", offset: 188, count: 4, unit: "pC" },
      event_pulse_nA: { type: "f32", offset: 204, count: 4, unit: "nA" },
      event_pulse_ms: { type: "u32", offset: 220, count: 4, unit: "ms" },
      event_worth: { type: "f32", offset: 236, count: 4, unit: "1" },
      event_saturation: { type: "f32", offset: 252, count: 4, unit: "1" },
      event_max: { type: "f32", offset: 268, count: 4, unit: "1" },
      event_deadline_s: { type: "u32", offset: 284, count: 4, unit: "s" },
      sleep_min_ms: { type: "u32", offset: 300, count: 1, unit: "ms" },
      sleep_max_ms: { type: "u32", offset: 304, count: 1, unit: "ms" },
      alarm_soc: { type: "f32", offset: 308, count: 1, unit: "1" },
      alarm_s: { type: "u32", offset: 312, count: 1, unit: "s" },
      reserve_soc: { type: "f32", offset: 316, count: 1, unit: "1" },
      survival_soc: { type: "f32", offset: 320, count: 1, unit: "1" },
      period_s: { type: "f32", offset: 324, count: 1, unit: "s" },
      alive_worth: { type: "f32", offset: 328, count: 1, unit: "1" },
      cycle_s: { type: "u32", offset: 332, count: 1, unit: "s" },
      forecast_share: { type: "f32", offset: 336, count: 1, unit: "1" },
      week_share: { type: "f32", offset: 340, count: 1, unit: "1" },
      forecast_fade: { type: "f32", offset: 344, count: 1, unit: "1" },
      forecast_trust: { type: "f32", offset: 348, count: 1, unit: "1" },
      forecast_low: { type: "f32", offset: 352, count: 1, unit: "1" },
      forecast_high: { type: "f32", offset: 356, count: 1, unit: "1" },
      low_weight: { type: "f32", offset: 360, count: 1, unit: "1" },
      spend_care: { type: "f32", offset: 364, count: 1, unit: "1" },
      alive_price: { type: "f32", offset: 368, count: 1, unit: "1" },
      full_soc: { type: "f32", offset: 372, count: 1, unit: "1" },
      end_soc: { type: "f32", offset: 376, count: 1, unit: "1" },
      observables: { type: "u32", offset: 380, count: 1, unit: "-" },
      actuators: { type: "u32", offset: 384, count: 1, unit: "-" },
      adc_lsb_mV: { type: "f32", offset: 388, count: 1, unit: "mV" },
      adc_noise_mV: { type: "f32", offset: 392, count: 1, unit: "mV" },
      adc_gain_sigma: { type: "f32", offset: 396, count: 1, unit: "1" },
      charge_step_nA: { type: "f32", offset: 400, count: 1, unit: "nA" },
      charge_max_nA: { type: "f32", offset: 404, count: 1, unit: "nA" },
      float_step_mV: { type: "f32", offset: 408, count: 1, unit: "mV" },
      float_strap_mV: { type: "f32", offset: 412, count: 1, unit: "mV" },
      settle_ms: { type: "u32", offset: 416, count: 1, unit: "ms" },
      source_kind: { type: "u32", offset: 420, count: 4, unit: "-" },
      source_gain: { type: "f32", offset: 436, count: 4, unit: "-" },
      source_scale_mV: { type: "f32", offset: 452, count: 4, unit: "mV" },
      source_drift_mV_K: { type: "f32", offset: 468, count: 4, unit: "mV/K" },
      source_mpp_ratio: { type: "f32", offset: 484, count: 4, unit: "1" },
      source_efficiency: { type: "f32", offset: 500, count: 4, unit: "1" },
      mpp_level: { type: "f32", offset: 516, count: 8, unit: "1" },
      soc_sigma: { type: "f32", offset: 548, count: 1, unit: "1" },
      leak_nA: { type: "f32", offset: 552, count: 1, unit: "nA" },
      leak_sigma_nA: { type: "f32", offset: 556, count: 1, unit: "nA" },
      resistance_sigma: { type: "f32", offset: 560, count: 1, unit: "1" },
      leak_walk_nA: { type: "f32", offset: 564, count: 1, unit: "nA" },
      resistance_walk: { type: "f32", offset: 568, count: 1, unit: "1" },
      load_sigma: { type: "f32", offset: 572, count: 1, unit: "1" },
      load_walk: { type: "f32", offset: 576, count: 1, unit: "1" },
      harvest_sigma: { type: "f32", offset: 580, count: 1, unit: "1" },
      harvest_walk: { type: "f32", offset: 584, count: 1, unit: "1" },
      float_sigma: { type: "f32", offset: 588, count: 1, unit: "1" },
      hysteresis_mV: { type: "f32", offset: 592, count: 1, unit: "mV" },
      hypotheses: { type: "u32", offset: 596, count: 1, unit: "1" },
      flow_noise: { type: "f32", offset: 600, count: 1, unit: "1" },
      voltage_sigma_mV: { type: "f32", offset: 604, count: 1, unit: "mV" },
      temperature_sigma_K: { type: "f32", offset: 608, count: 1, unit: "K" },
      gate_sigma: { type: "f32", offset: 612, count: 1, unit: "1" },
      soc_sigma_floor: { type: "f32", offset: 616, count: 1, unit: "1" },
      off_drain_nA: { type: "f32", offset: 620, count: 1, unit: "nA" },
      unknown_off_s: { type: "f32", offset: 624, count: 1, unit: "s" },
      storage_kind: { type: "u32", offset: 628, count: 1, unit: "-" },
      storage_at: { type: "u32", offset: 632, count: 1, unit: "B" },
      storage_slots_log2: { type: "u32", offset: 636, count: 1, unit: "1" },
      record_share: { type: "f32", offset: 640, count: 1, unit: "1" },
      record_s: { type: "u32", offset: 644, count: 1, unit: "s" },
      erase_share: { type: "f32", offset: 648, count: 1, unit: "1" },
      record_drain_pC: { type: "f32", offset: 652, count: 1, unit: "pC" },
      erase_drain_pC: { type: "f32", offset: 656, count: 1, unit: "pC" },
      polarization_kK: { type: "f32", offset: 660, count: 4, unit: "kK" },
      polarization_slope_kK: { type: "f32", offset: 676, count: 4, unit: "kK" },
      polarization_bend_kK2: { type: "f32", offset: 692, count: 4, unit: "kK2" },
      kinetic_mV: { type: "f32", offset: 708, count: 1, unit: "mV" },
      slow_tau_s: { type: "f32", offset: 712, count: 1, unit: "s" },
      slow_tau_kK: { type: "f32", offset: 716, count: 1, unit: "kK" },
      lead_tau_s: { type: "f32", offset: 720, count: 1, unit: "s" },
      lead_tau_kK: { type: "f32", offset: 724, count: 1, unit: "kK" },
      self_heating_K_W: { type: "f32", offset: 728, count: 1, unit: "K/W" },
      self_heating_s: { type: "f32", offset: 732, count: 1, unit: "s" },
      soc_count: { type: "u32", offset: 736, count: 1, unit: "1" },
      temperature_count: { type: "u32", offset: 740, count: 1, unit: "1" },
      polarization_count: { type: "u32", offset: 744, count: 1, unit: "1" },
    },
  },
} as const;

/** sample.valid: the value was measured; decision.rejected: it was excluded. */
export const Values = {
  /** voltage_mV */
  voltage: 1,
  /** voltage_loaded_mV and pulse_drain_nA */
  pulse: 2,
  /** temperature_degC */
  temperature: 4,
  /** charge_pC */
  charge: 8,
  /** harvest_mean_nA */
  harvest: 16,
  /** harvest_now_nA */
  harvest_now: 32,
  /** active_ms (excluded: longer than the interval) */
  active: 64,
  /** probe_nA */
  probe: 128,
  /** source_mV[0], and the three bits after it */
  source: 256,
  /** pmic_flags tells when the charger limits (only in profile.observables) */
  limiting: 4096,
  /** current_nA */
  current: 16384,
  /** harvest is measured at the cell, not what the source offers (only in profile.observables) */
  metered: 8192,
} as const;

/** sample.pmic_flags. */
export const Pmic = {
  /** current flows into the cell */
  charging: 1,
  /** the charger holds the float voltage */
  limiting: 2,
  /** the charger reports full */
  full: 4,
  /** charging is paused for a measurement */
  paused: 8,
} as const;

/** profile.actuators: what the board can set; decision.unenforced: what it lacked. */
export const Actuators = {
  /** charging on / off */
  charge_enable: 1,
  /** charge current in steps */
  charge_limit: 2,
  /** float voltage in steps */
  float: 4,
  /** which source feeds */
  source: 8,
  /** operating ratio of the source */
  mpp: 16,
  /** load switch: events can be refused */
  load: 32,
  /** charging paused for a measurement */
  pause: 64,
} as const;

/** decision.faults, faults_latched: operating (info), recommended (warning), maximum (fatal, latched). */
export const Faults = {
  /** bits 0..2, by level */
  voltage_high: 1,
  /** bits 3..5, by level */
  voltage_low: 8,
  /** bits 6..8, by level */
  temperature_high: 64,
  /** bits 9..11, by level */
  temperature_low: 512,
  /** bits 12..14, by level */
  ccd: 4096,
  /** a sample value was excluded */
  sensor: 65536,
  /** no plausible temperature for an hour */
  stale: 131072,
  /** the clock stood still or jumped */
  clock: 262144,
  /** soc_sigma above a quarter */
  uncertain: 524288,
  /** started without a valid record */
  restarted: 1048576,
  /** the last storage operation failed */
  storage: 2097152,
} as const;

/** decision.veto: what the guard changed. */
export const Vetoes = {
  /** charging switched off */
  charge: 1,
  /** charge current lowered */
  charge_limit: 2,
  /** float voltage lowered */
  float: 4,
  /** events removed */
  events: 8,
  /** mode forced to survival */
  mode: 16,
} as const;

/** warm.book_pC. */
export const Paths = {
  /** the node asleep */
  sleep: 0,
  /** the node awake */
  active: 1,
  /** events */
  burst: 2,
  /** charge from the harvesters */
  harvest: 3,
  /** learned unbooked drain */
  leak: 4,
  /** self-discharge */
  self: 5,
  /** a charge counter, instead of the four first */
  measured: 6,
  /** what the filter and the start added */
  correction: 7,
} as const;

/** decision.mode. */
export const Mode = {
  /** charge, wake only to sample */
  sleep: 0,
  /** do the usual work */
  active: 1,
  /** spend a surplus that could not be stored */
  burst: 2,
  /** do nothing that can be left undone */
  survival: 3,
} as const;

/** What an export returns: code in bits 0..7, detail above. */
export const Status = {
  /** done */
  ok: 0,
  /** done; storage.op waits to be executed */
  storage: 1,
  /** done without the excluded values (detail: decision.rejected); storage.op may wait as well */
  rejected: 2,
  /** load a profile first */
  no_profile: 16,
  /** profile.magic is wrong */
  profile_magic: 17,
  /** profile.abi_version is of another major, or newer */
  profile_version: 18,
  /** profile.length, or the length given, does not fit */
  profile_length: 19,
  /** profile.layout_hash is not the core's */
  profile_layout: 20,
  /** profile.crc does not match */
  profile_crc: 21,
  /** a field is out of its range; detail: its word index */
  profile_field: 22,
  /** a table is not finite, ordered and monotone; detail: the word index */
  profile_table: 23,
  /** call boot first */
  not_booted: 24,
  /** time_ms is the time of the last sample */
  clock_stopped: 25,
  /** time_ms is more than 40 days ahead, hence also: behind */
  clock_jump: 26,
  /** storage_done without an operation */
  storage_idle: 27,
  /** an argument is out of its range */
  argument: 28,
} as const;

/** boot(). */
export const Reason = {
  /** power was lost; retained RAM means nothing */
  cold: 0,
  /** reset or brown-out; retained RAM may be good */
  warm: 1,
  /** woke from deep sleep with retained RAM */
  wake: 2,
} as const;

/** The functions a core instance exports. */
export interface CoreExports {
  memory: WebAssembly.Memory;
  /** major << 16 | minor */
  abi_version(): number;
  /** hash of this table */
  layout_hash(): number;
  /** address where profile bytes are put; end of the static memory plan */
  profile_at(): number;
  /** check and use the profile bytes at profile_at() */
  load_profile(length: number): number;
  /** the same, read in place from any address */
  map_profile(address: number, length: number): number;
  /** start; off_s 0xffffffff: unknown */
  boot(reason: number, off_s: number, time_ms: number): number;
  /** one walk: sample -> decision, gauge, storage */
  step(): number;
  /** the operation in `storage` is done; 0: success */
  storage_done(result: number): number;
  /** highest current for that long; direction 1 charge, -1 discharge */
  allowed_current_nA(direction: number, duration_ms: number): number;
  /** in that mode at the learned harvest; -1: not known yet, or never */
  time_to_empty_s(mode: number): number;
  /** to full (charging, positive) or empty (negative) at that current; -1: not known yet, or never */
  time_at_current_s(current_nA: number): number;
  /** to empty at that power drawn from the cell; -1: not known yet, or never */
  time_at_power_s(power_nW: number): number;
  /** at the learned harvest; -1: not known yet, or never */
  time_to_full_s(): number;
  /** the core's conversion: NaN 0, beyond the range its ends */
  guarded_i32(x: number): number;
  /** the same, unsigned */
  guarded_u32(x: number): number;
  /** clear these latched fault bits */
  acknowledge(faults: number): number;
}

/** The same with their types, in the order of the table. */
export const SIGNATURES = [
  { name: "abi_version", args: [], result: "i32" },
  { name: "layout_hash", args: [], result: "i32" },
  { name: "profile_at", args: [], result: "i32" },
  { name: "load_profile", args: ["i32"], result: "i32" },
  { name: "map_profile", args: ["i32", "i32"], result: "i32" },
  { name: "boot", args: ["i32", "i32", "i32"], result: "i32" },
  { name: "step", args: [], result: "i32" },
  { name: "storage_done", args: ["i32"], result: "i32" },
  { name: "allowed_current_nA", args: ["i32", "i32"], result: "f32" },
  { name: "time_to_empty_s", args: ["i32"], result: "f32" },
  { name: "time_at_current_s", args: ["f32"], result: "f32" },
  { name: "time_at_power_s", args: ["f32"], result: "f32" },
  { name: "time_to_full_s", args: [], result: "f32" },
  { name: "guarded_i32", args: ["f32"], result: "i32" },
  { name: "guarded_u32", args: ["f32"], result: "i32" },
  { name: "acknowledge", args: ["i32"], result: "i32" },
] as const;
