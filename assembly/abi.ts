// Made from assembly/abi.txt by tools/abi/generate.ts: do not edit.

import { real } from "./math/real";

export const ABI_VERSION: u32 = 1;
export const LAYOUT_HASH: u32 = 1272399933;

/** What must survive a power cut: 31 words at most, kept in retained RAM, written as the journal record. */
@unmanaged
export class Vital {
  /** [-] 'VMFT' in memory order: a vital record */
  magic: u32;
  /** [-] major << 16 | minor of the core that wrote it */
  abi_version: u32;
  /** [-] a record of another layout is refused */
  layout_hash: u32;
  /** [-] CRC-32 of the profile it was learned with */
  profile_crc: u32;
  /** [-] number of the last record begun, compared modulo 2^32 */
  sequence: u32;
  /** [ms] host clock at the last accepted sample */
  time_ms: u32;
  /** [pC] estimated charge above empty, whole pack string */
  charge_pC: i64;
  /** [pC] all charge ever discharged */
  throughput_pC: i64;
  /** [nA] learned unbooked drain that flows all the time */
  leak_nA: real;
  /** [1] learned load over what is booked */
  load_scale: real;
  /** [1] learned harvest over what is booked */
  harvest_scale: real;
  /** [1] learned relative error of the charger's set point; under load of the surface's lead, SOC */
  float_error: real;
  /** [mV] learned error of voltage readings (ADC gain, OCV table) at SOC 0.3, 0.6 and 1; under load of an empty cell, the model's here and now, of a full cell */
  voltage_error_mV_0: real;
  voltage_error_mV_1: real;
  voltage_error_mV_2: real;
  /** [1] learned resistance over the profile's */
  resistance_scale: real;
  /** [1] the two diffusion states, as fraction of SOC */
  diffusion_0: real;
  diffusion_1: real;
  /** [degC] last plausible temperature */
  temperature_degC: real;
  /** [1] standard deviation of SOC */
  soc_sigma: real;
  /** [-] of leak, load, harvest, float, the three voltage errors, resistance: 2^((code - 160) / 8) */
  sigma_code_0: u8;
  sigma_code_1: u8;
  sigma_code_2: u8;
  sigma_code_3: u8;
  sigma_code_4: u8;
  sigma_code_5: u8;
  sigma_code_6: u8;
  sigma_code_7: u8;
  /** [-] correlation of leak, load, harvest, float, the voltage errors and SOC with voltage_error_mV[1]: (code - 128) / 127 */
  tie_code_0: u8;
  tie_code_1: u8;
  tie_code_2: u8;
  tie_code_3: u8;
  tie_code_4: u8;
  tie_code_5: u8;
  tie_code_6: u8;
  tie_code_7: u8;
  /** [-] fault bits that need an acknowledgement */
  faults_latched: u32;
  /** [-] cold and warm starts seen */
  boots: u16;
  /** [-] refused clock readings */
  clock_faults: u16;
  /** [-] last decided mode */
  mode: u8;
  /** [15 s] time since the last voltage correction */
  uncorrected: u8;
  /** [-] records begun since the last whole one, which has the number sequence - attempts */
  attempts: u16;
  /** [-] check of all words before it, after every step: retained RAM */
  seal: u32;
  /** [-] in journal records CRC-32 of all bytes before it; else charge_pC in the last record, in 2^20 pC */
  crc: u32;

  @inline
  voltage_error_mV(i: i32): real {
    return load<real>(changetype<usize>(this) + (i * sizeof<real>()), offsetof<Vital>("voltage_error_mV_0"));
  }

  @inline
  set_voltage_error_mV(i: i32, value: real): void {
    store<real>(changetype<usize>(this) + (i * sizeof<real>()), value, offsetof<Vital>("voltage_error_mV_0"));
  }

  @inline
  diffusion(i: i32): real {
    return load<real>(changetype<usize>(this) + (i * sizeof<real>()), offsetof<Vital>("diffusion_0"));
  }

  @inline
  set_diffusion(i: i32, value: real): void {
    store<real>(changetype<usize>(this) + (i * sizeof<real>()), value, offsetof<Vital>("diffusion_0"));
  }

  @inline
  sigma_code(i: i32): u8 {
    return load<u8>(changetype<usize>(this) + (i), offsetof<Vital>("sigma_code_0"));
  }

  @inline
  set_sigma_code(i: i32, value: u8): void {
    store<u8>(changetype<usize>(this) + (i), value, offsetof<Vital>("sigma_code_0"));
  }

  @inline
  tie_code(i: i32): u8 {
    return load<u8>(changetype<usize>(this) + (i), offsetof<Vital>("tie_code_0"));
  }

  @inline
  set_tie_code(i: i32, value: u8): void {
    store<u8>(changetype<usize>(this) + (i), value, offsetof<Vital>("tie_code_0"));
  }
}

/** Worth keeping, can be learned again. */
@unmanaged
export class Warm {
  /** [pC] charge booked per path since boot (see "paths") */
  book_pC_0: i64;
  book_pC_1: i64;
  book_pC_2: i64;
  book_pC_3: i64;
  book_pC_4: i64;
  book_pC_5: i64;
  book_pC_6: i64;
  book_pC_7: i64;
  /** [pC] charge_pC in the last journal record */
  recorded_charge_pC: i64;
  /** [2^-32 pC] fraction of a pC carried per path */
  remainder_0: u32;
  remainder_1: u32;
  remainder_2: u32;
  remainder_3: u32;
  remainder_4: u32;
  remainder_5: u32;
  /** [nA] day-long mean of what the harvesters gave */
  harvest_mean_nA: real;
  /** [nA] day-long mean of what the node used */
  drain_mean_nA: real;
  /** [1] of each class what is due and not yet done; below 0: done before it was due */
  event_carry_0: real;
  event_carry_1: real;
  event_carry_2: real;
  event_carry_3: real;
  /** [nA] what the harvesters offered in the last ten minutes */
  harvest_level_nA: real;
  /** [-] decisions replaced by the guard */
  vetoes: u32;
  /** [-] sample values excluded */
  rejected: u32;
  /** [s] time since the last journal record */
  unrecorded_s: u32;
  /** [s] age of temperature_degC */
  stale_s: u32;
  /** [ms] part of a second carried by the two ages */
  carry_ms: u32;
  /** [s] time off, kept while the journal is read */
  boot_off_s: u32;
  /** [ms] clock at boot, kept while the journal is read */
  boot_time_ms: u32;
  /** [-] slots used behind the newest record found, in its half */
  boot_attempts: u16;
  /** [-] slots used behind the one that is read, in its half */
  boot_used: u16;
  /** [1] variance of vital.resistance_scale */
  resistance_variance: real;
  /** [1] charge moved since the last voltage correction, as fraction of SOC */
  moved_soc: real;
  /** [s] time since the last voltage correction */
  uncorrected_s: real;
  /** [1] mean square of the last innovations over what was expected */
  surprise: real;
  /** [mV] slow drop of one cell under load */
  slow_mV: real;
  /** [W] mean power that one cell turned into heat lately */
  heat_W: real;
  /** [mV] mean size of one cell's drop lately */
  drop_mean_mV: real;
  /** [nA2] mean square of the current at a reading less its mean before */
  ripple_nA2: real;
  /** [mV] last reading under load less the OCV, of the pack */
  step_rest_mV: real;
  /** [mV] and the expected drop over the learned scale */
  step_drop_mV: real;
  /** [nA] and the current of one cell */
  step_nA: real;
  /** [mV] mean innovation under load of the last minute */
  missed_mV: real;
  /** [1] how much of a minute that is */
  missed_share: real;
  /** [s] so long it says nothing yet */
  settled_s: real;
  /** [nA] harvest when it was last read */
  offered_nA: f32;
  /** [1] gauge.displayed_soc */
  displayed_soc: f32;
  /** [-] hypotheses in use; 0: SOC was never read */
  alive: u8;
  /** [-] consecutive corrections at the float voltage, while hypotheses differ */
  held: u8;
  /** [-] the last interval ended at the float voltage */
  was_limiting: u8;
  /** [-] of SOC under load: 0 no reading yet, 1 counted from full, 2 read from the OCV's axis below */
  origin: u8;
  /** [-] 0 no profile, 1 loaded, 2 reading the journal, 3 the same with a record found, 6 running */
  boot_state: u8;
  /** [-] place in profile.mpp_level of each source, and one; 128 added: the next try is below */
  mpp_at_0: u8;
  mpp_at_1: u8;
  mpp_at_2: u8;
  mpp_at_3: u8;
  /** [-] tries in a row that gave no more */
  mpp_missed: u8;
  /** [-] source that the last try was asked for; 0: none */
  mpp_tried: u8;
  /** [-] consecutive samples beyond a limit, by fault bit */
  debounce_0: u8;
  debounce_1: u8;
  debounce_2: u8;
  debounce_3: u8;
  debounce_4: u8;
  debounce_5: u8;
  debounce_6: u8;
  debounce_7: u8;
  debounce_8: u8;
  debounce_9: u8;
  debounce_10: u8;
  debounce_11: u8;
  debounce_12: u8;
  debounce_13: u8;
  debounce_14: u8;
  /** [-] 24th of the cycle in which the path was followed last, and one; 0: never */
  path_bin: u8;
  /** [1] SOC then */
  path_soc: real;
  /** [nA] and harvest_level_nA */
  path_level_nA: real;
  /** [s] so long charge was worth nothing, at most a cycle */
  plenty_s: u32;
  /** [s] time between two tries */
  mpp_wait_s: u32;
  /** [s] time until the next */
  mpp_left_s: u32;
  /** [mV] open-circuit voltage when the tries began */
  mpp_open_mV: f32;
  /** [-] usual harvest of each 24th of the cycle: upper half of its f32 in nA */
  forecast_0: u16;
  forecast_1: u16;
  forecast_2: u16;
  forecast_3: u16;
  forecast_4: u16;
  forecast_5: u16;
  forecast_6: u16;
  forecast_7: u16;
  forecast_8: u16;
  forecast_9: u16;
  forecast_10: u16;
  forecast_11: u16;
  forecast_12: u16;
  forecast_13: u16;
  forecast_14: u16;
  forecast_15: u16;
  forecast_16: u16;
  forecast_17: u16;
  forecast_18: u16;
  forecast_19: u16;
  forecast_20: u16;
  forecast_21: u16;
  forecast_22: u16;
  forecast_23: u16;
  /** [1/64] what each of seven cycles brings over the usual */
  week_0: u8;
  week_1: u8;
  week_2: u8;
  week_3: u8;
  week_4: u8;
  week_5: u8;
  week_6: u8;
  /** [-] which of the seven it is */
  week_at: u8;
  /** [-] bit n: 24th n was seen */
  forecast_seen: u32;
  /** [nA] mean distance of a 24th from what was forecast */
  forecast_error_nA: real;
  /** [nA] mean of the 24ths */
  forecast_mean_nA: real;
  /** [nA] sum over this cycle's 24ths: what they brought */
  round_nA: real;
  /** [nA] and what was usual */
  round_usual_nA: real;
  /** [-] check of the forecast's words before it: retained RAM */
  forecast_seal: u32;
  /** [s] place in the cycle */
  cycle_at_s: u32;
  /** [pC] harvest offered in this 24th so far */
  bin_pC: real;
  /** [s] time of it in which the harvest was read */
  bin_known_s: real;

  @inline
  book_pC(i: i32): i64 {
    return load<i64>(changetype<usize>(this) + (i << 3), offsetof<Warm>("book_pC_0"));
  }

  @inline
  set_book_pC(i: i32, value: i64): void {
    store<i64>(changetype<usize>(this) + (i << 3), value, offsetof<Warm>("book_pC_0"));
  }

  @inline
  remainder(i: i32): u32 {
    return load<u32>(changetype<usize>(this) + (i << 2), offsetof<Warm>("remainder_0"));
  }

  @inline
  set_remainder(i: i32, value: u32): void {
    store<u32>(changetype<usize>(this) + (i << 2), value, offsetof<Warm>("remainder_0"));
  }

  @inline
  event_carry(i: i32): real {
    return load<real>(changetype<usize>(this) + (i * sizeof<real>()), offsetof<Warm>("event_carry_0"));
  }

  @inline
  set_event_carry(i: i32, value: real): void {
    store<real>(changetype<usize>(this) + (i * sizeof<real>()), value, offsetof<Warm>("event_carry_0"));
  }

  @inline
  mpp_at(i: i32): u8 {
    return load<u8>(changetype<usize>(this) + (i), offsetof<Warm>("mpp_at_0"));
  }

  @inline
  set_mpp_at(i: i32, value: u8): void {
    store<u8>(changetype<usize>(this) + (i), value, offsetof<Warm>("mpp_at_0"));
  }

  @inline
  debounce(i: i32): u8 {
    return load<u8>(changetype<usize>(this) + (i), offsetof<Warm>("debounce_0"));
  }

  @inline
  set_debounce(i: i32, value: u8): void {
    store<u8>(changetype<usize>(this) + (i), value, offsetof<Warm>("debounce_0"));
  }

  @inline
  forecast(i: i32): u16 {
    return load<u16>(changetype<usize>(this) + (i << 1), offsetof<Warm>("forecast_0"));
  }

  @inline
  set_forecast(i: i32, value: u16): void {
    store<u16>(changetype<usize>(this) + (i << 1), value, offsetof<Warm>("forecast_0"));
  }

  @inline
  week(i: i32): u8 {
    return load<u8>(changetype<usize>(this) + (i), offsetof<Warm>("week_0"));
  }

  @inline
  set_week(i: i32, value: u8): void {
    store<u8>(changetype<usize>(this) + (i), value, offsetof<Warm>("week_0"));
  }
}

/** What the host is to do until the next sample. */
@unmanaged
export class Decision {
  /** [-] what the last call returned */
  status: i32;
  /** [-] 0 sleep, 1 active, 2 burst, 3 survival */
  mode: u8;
  /** [-] 1: let the harvester charge the cell */
  charge_enable: u8;
  /** [-] 0 none, n: connect source n */
  source: u8;
  /** [-] 1: pause charging, wait measure_wait_ms, then sample */
  measure: u8;
  /** [ms] sleep until then, unless an event wakes the node */
  sleep_ms: u32;
  /** [-] events of each load class allowed until the next sample */
  events_0: u16;
  events_1: u16;
  events_2: u16;
  events_3: u16;
  /** [nA] highest charging current allowed, whole pack */
  charge_limit_nA: f32;
  /** [nA] highest current that keeps the cell above its cut-off for 1 s; 0 while it should only sleep */
  drain_limit_nA: f32;
  /** [1/uC] what one more microcoulomb in the cell is worth: utility at its margin */
  price: f32;
  /** [mV] CV set point, whole pack */
  float_mV: f32;
  /** [1] operating over open-circuit voltage of the source */
  mpp_ratio: f32;
  /** [ms] rest before the requested measurement */
  measure_wait_ms: u32;
  /** [1] at the next wake, measure probe_nA at this ratio right after harvest_now_nA; 0: not */
  probe_ratio: f32;
  /** [-] active fault bits (see "faults") */
  faults: u32;
  /** [-] latched fault bits */
  faults_latched: u32;
  /** [-] actuator bits that a limit needed and the board lacks */
  unenforced: u32;
  /** [-] what the guard changed in this decision (see "vetoes") */
  veto: u32;
  /** [-] sample.valid bits of values excluded in this step */
  rejected: u32;

  @inline
  events(i: i32): u16 {
    return load<u16>(changetype<usize>(this) + (i << 1), offsetof<Decision>("events_0"));
  }

  @inline
  set_events(i: i32, value: u16): void {
    store<u16>(changetype<usize>(this) + (i << 1), value, offsetof<Decision>("events_0"));
  }
}

/** What is known about the cell. */
@unmanaged
export class Gauge {
  /** [1] state of charge, clipped */
  soc: f32;
  /** [1] its standard deviation */
  soc_sigma: f32;
  /** [nAh] charge above empty */
  remaining_nAh: f32;
  /** [mV] equilibrium voltage at soc and temperature, whole pack */
  ocv_mV: f32;
  /** [ohm] now, whole pack */
  resistance_ohm: f32;
  /** [1] learned resistance over the profile's */
  resistance_scale: f32;
  /** [1] standard deviation of resistance_scale */
  resistance_sigma: f32;
  /** [nA] learned unbooked drain that flows all the time */
  leak_nA: f32;
  /** [nA] its standard deviation */
  leak_sigma_nA: f32;
  /** [nA] leak and load beyond what is booked, at the day-long mean of the load */
  unbooked_drain_nA: f32;
  /** [1] the profile's resistance over the learned one */
  soh_resistance: f32;
  /** [1] share of the profile's capacity that is left; -1: not known yet */
  soh_capacity: f32;
  /** [nAh] all charge ever discharged */
  throughput_nAh: f32;
  /** [-] bits: 1 soc below profile.alarm_soc, 2 empty within profile.alarm_s, 4 full, 8 soc not known */
  alarms: u32;
  /** [1] soc as shown to people: follows without jumps */
  displayed_soc: f32;
  /** [1] ADC gains still held possible */
  hypotheses: u32;
  /** [mV] last voltage minus its prediction */
  innovation_mV: f32;
  /** [mV] expected standard deviation of that difference */
  innovation_sigma_mV: f32;
  /** [nA] mean booked current over the last interval */
  current_mean_nA: f32;
  /** [1] equivalent full cycles since the first boot */
  cycles: f32;
  /** [nW] what each source could put into the cell now */
  source_nW_0: f32;
  source_nW_1: f32;
  source_nW_2: f32;
  source_nW_3: f32;
  /** [nA] usual harvest of the present 24th of the cycle */
  forecast_nA: f32;
  /** [1] how far off the forecast usually is, over the mean harvest */
  forecast_error: f32;
  /** [-] bits: 1 voltage used, 2 load step used, 4 inflated by the gate, 8 limiting (CV) step */
  corrections: u32;

  @inline
  source_nW(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Gauge>("source_nW_0"));
  }

  @inline
  set_source_nW(i: i32, value: f32): void {
    store<f32>(changetype<usize>(this) + (i << 2), value, offsetof<Gauge>("source_nW_0"));
  }
}

/** One storage operation at a time; the host executes it, then calls storage_done. */
@unmanaged
export class Storage {
  /** [-] 0 none, 1 read, 2 program, 3 erase a half */
  op: u32;
  /** [-] where in the storage device */
  address: u32;
  /** [B] how many bytes */
  length: u32;
  /** [-] where in linear memory they are or go */
  memory_at: u32;
}

/** What the host measured since the last sample. */
@unmanaged
export class Sample {
  /** [ms] wrapping millisecond clock */
  time_ms: u32;
  /** [-] which of the values below were measured (see "values") */
  valid: u32;
  /** [-] 1 charging, 2 limiting (CV reached), 4 full, 8 charging paused */
  pmic_flags: u32;
  /** [ms] time awake since the last sample */
  active_ms: u32;
  /** [mV] pack at rest, before the load */
  voltage_mV: f32;
  /** [mV] pack under pulse_drain_nA */
  voltage_loaded_mV: f32;
  /** [nA] known load during that sample */
  pulse_drain_nA: f32;
  /** [degC] of the cell */
  temperature_degC: f32;
  /** [pC] measured net charge since the last sample */
  charge_pC: i64;
  /** [nA] mean harvest current into the cell since the last sample */
  harvest_mean_nA: f32;
  /** [nA] harvest current while voltage_mV was sampled */
  harvest_now_nA: f32;
  /** [nA] harvest current at decision.probe_ratio, right after harvest_now_nA */
  probe_nA: f32;
  /** [nA] net pack current while voltage_mV was sampled */
  current_nA: f32;
  /** [mV] open-circuit voltage of each source */
  source_mV_0: f32;
  source_mV_1: f32;
  source_mV_2: f32;
  source_mV_3: f32;
  /** [-] events done per load class since the last sample */
  events_0: u16;
  events_1: u16;
  events_2: u16;
  events_3: u16;

  @inline
  source_mV(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Sample>("source_mV_0"));
  }

  @inline
  events(i: i32): u16 {
    return load<u16>(changetype<usize>(this) + (i << 1), offsetof<Sample>("events_0"));
  }
}

/** The node: cell, limits, load, board, sources, tuning, tables. Read only; may lie in flash. */
@unmanaged
export class Profile {
  /** [-] 'PMFT' in memory order */
  magic: u32;
  /** [-] major << 16 | minor; same major, minor not above the core's */
  abi_version: u32;
  /** [B] of the whole profile, tables included */
  length: u32;
  /** [-] must be the core's */
  layout_hash: u32;
  /** [-] CRC-32 of all bytes after it */
  crc: u32;
  /** [nAh] one cell */
  capacity_nAh: f32;
  /** [cm2] electrode area of one cell, for the CCD */
  area_cm2: f32;
  /** [1] cells in series (nS) */
  series: u32;
  /** [1] cells in parallel (mP) */
  parallel: u32;
  /** [1] weakest cell holds (1 - spread) of capacity_nAh */
  capacity_spread: f32;
  /** [ohm] one cell at 25 degC */
  resistance_ohm: f32;
  /** [K] Ea/k of the resistance */
  activation_K: f32;
  /** [1] p of exp(-p dt/tau) */
  diffusion_pole_0: f32;
  diffusion_pole_1: f32;
  /** [1] r/p of each exponential */
  diffusion_weight_0: f32;
  diffusion_weight_1: f32;
  /** [1] share of the diffusion states seen by the OCV */
  diffusion_gain: f32;
  /** [nA] self-discharge of one cell */
  self_drain_nA: f32;
  /** [mA/cm2] critical current density at 25 degC, new */
  ccd_mA_cm2: f32;
  /** [degC] below it the CCD is derated */
  ccd_cold_degC: f32;
  /** [degC] above it the CCD is derated */
  ccd_hot_degC: f32;
  /** [1/K] derating below ccd_cold_degC */
  ccd_cold_per_K: f32;
  /** [1/K] derating above ccd_hot_degC */
  ccd_hot_per_K: f32;
  /** [1] derating per unit of resistance growth */
  ccd_age: f32;
  /** [1] operating, recommended, maximum share of the CCD */
  ccd_level_0: f32;
  ccd_level_1: f32;
  ccd_level_2: f32;
  /** [mV] one cell: operating, recommended, maximum */
  voltage_max_mV_0: f32;
  voltage_max_mV_1: f32;
  voltage_max_mV_2: f32;
  /** [mV] one cell: operating, recommended, maximum */
  voltage_min_mV_0: f32;
  voltage_min_mV_1: f32;
  voltage_min_mV_2: f32;
  /** [degC] operating, recommended, maximum */
  temperature_max_degC_0: f32;
  temperature_max_degC_1: f32;
  temperature_max_degC_2: f32;
  /** [degC] operating, recommended, maximum */
  temperature_min_degC_0: f32;
  temperature_min_degC_1: f32;
  temperature_min_degC_2: f32;
  /** [1] samples beyond a limit before its level counts */
  debounce_0: u32;
  debounce_1: u32;
  debounce_2: u32;
  /** [mV] highest CV set point wanted, one cell */
  float_mV: f32;
  /** [mV] the same while more charge would be worth nothing, where harvest is metered at the cell: it ages the cell less; 0: none */
  float_gentle_mV: f32;
  /** [nA] the node asleep */
  sleep_drain_nA: f32;
  /** [nA] the node awake */
  active_drain_nA: f32;
  /** [ms] usual time awake per wake */
  wake_ms: u32;
  /** [pC] charge of one event of each class */
  event_drain_pC_0: f32;
  event_drain_pC_1: f32;
  event_drain_pC_2: f32;
  event_drain_pC_3: f32;
  /** [nA] its highest current */
  event_pulse_nA_0: f32;
  event_pulse_nA_1: f32;
  event_pulse_nA_2: f32;
  event_pulse_nA_3: f32;
  /** [ms] how long that current lasts */
  event_pulse_ms_0: u32;
  event_pulse_ms_1: u32;
  event_pulse_ms_2: u32;
  event_pulse_ms_3: u32;
  /** [1] n events a period are worth event_worth x saturation x ln(1 + n / saturation); 0: not used */
  event_worth_0: f32;
  event_worth_1: f32;
  event_worth_2: f32;
  event_worth_3: f32;
  /** [1] so many events a period, and one more is worth half; 0: each is worth as much */
  event_saturation_0: f32;
  event_saturation_1: f32;
  event_saturation_2: f32;
  event_saturation_3: f32;
  /** [1] most events a period */
  event_max_0: f32;
  event_max_1: f32;
  event_max_2: f32;
  event_max_3: f32;
  /** [s] longest time between two events, kept while the reserve lasts; 0: none */
  event_deadline_s_0: u32;
  event_deadline_s_1: u32;
  event_deadline_s_2: u32;
  event_deadline_s_3: u32;
  /** [ms] shortest sleep */
  sleep_min_ms: u32;
  /** [ms] longest sleep */
  sleep_max_ms: u32;
  /** [1] alarm below this SOC */
  alarm_soc: f32;
  /** [s] alarm when the cell is empty within this time at the learned means; 0: never */
  alarm_s: u32;
  /** [1] SOC kept for the night */
  reserve_soc: f32;
  /** [1] below it the node only survives */
  survival_soc: f32;
  /** [s] time over which utility is counted */
  period_s: f32;
  /** [1] what a period in which the node sleeps rather than being dead is worth */
  alive_worth: f32;
  /** [s] cycle of the harvest that is learned, a multiple of 24: a day */
  cycle_s: u32;
  /** [1] of the forecast's error that is learned from one cycle */
  forecast_share: f32;
  /** [1] the same of the seven cycles; 0: they are alike */
  week_share: f32;
  /** [1] what is left of the present surprise after a 24th */
  forecast_fade: f32;
  /** [1] of the usual harvest that is counted on */
  forecast_trust: f32;
  /** [1] bad days bring trust / (1 + low x relative error) */
  forecast_low: f32;
  /** [1] good days bring trust x (1 + high x relative error) */
  forecast_high: f32;
  /** [1] weight of bad days in the price; the rest is that of good ones */
  low_weight: f32;
  /** [1] of even spending 1 / (1 + care x relative error) is asked a price for */
  spend_care: f32;
  /** [1] highest price of charge, over what it is worth to stay alive */
  alive_price: f32;
  /** [1] SOC above which charge counts as spilled */
  full_soc: f32;
  /** [1] share above the reserve that the path ends with */
  end_soc: f32;
  /** [-] sample.valid bits that the board can measure */
  observables: u32;
  /** [-] what the board can set (see "actuators") */
  actuators: u32;
  /** [mV] resolution of voltage_mV */
  adc_lsb_mV: f32;
  /** [mV] its noise, one sigma */
  adc_noise_mV: f32;
  /** [1] its gain error, one sigma */
  adc_gain_sigma: f32;
  /** [nA] step of the charge-current setting */
  charge_step_nA: f32;
  /** [nA] highest setting; or what the charger gives unset */
  charge_max_nA: f32;
  /** [mV] step of the float setting, whole pack */
  float_step_mV: f32;
  /** [mV] what the charger floats at when it cannot be set, whole pack */
  float_strap_mV: f32;
  /** [ms] rest before a requested measurement */
  settle_ms: u32;
  /** [-] 0 none, 1 photovoltaic, 2 piezoelectric, 3 thermoelectric, 4 RF */
  source_kind_0: u32;
  source_kind_1: u32;
  source_kind_2: u32;
  source_kind_3: u32;
  /** [-] PV: dark current nA; others: nW per mV^2 at the matched point */
  source_gain_0: f32;
  source_gain_1: f32;
  source_gain_2: f32;
  source_gain_3: f32;
  /** [mV] PV: n k T/q of the string; others: unused */
  source_scale_mV_0: f32;
  source_scale_mV_1: f32;
  source_scale_mV_2: f32;
  source_scale_mV_3: f32;
  /** [mV/K] PV: change of the open-circuit voltage over temperature, from 25 degC; others: unused */
  source_drift_mV_K_0: f32;
  source_drift_mV_K_1: f32;
  source_drift_mV_K_2: f32;
  source_drift_mV_K_3: f32;
  /** [1] operating over open-circuit voltage */
  source_mpp_ratio_0: f32;
  source_mpp_ratio_1: f32;
  source_mpp_ratio_2: f32;
  source_mpp_ratio_3: f32;
  /** [1] converter, source to cell */
  source_efficiency_0: f32;
  source_efficiency_1: f32;
  source_efficiency_2: f32;
  source_efficiency_3: f32;
  /** [1] operating ratios that the board can set, rising; the first 0 ends them */
  mpp_level_0: f32;
  mpp_level_1: f32;
  mpp_level_2: f32;
  mpp_level_3: f32;
  mpp_level_4: f32;
  mpp_level_5: f32;
  mpp_level_6: f32;
  mpp_level_7: f32;
  /** [1] start: when SOC is read from a rest voltage */
  soc_sigma: f32;
  /** [nA] start: unbooked drain */
  leak_nA: f32;
  /** [nA] start: its standard deviation */
  leak_sigma_nA: f32;
  /** [1] start: of the resistance scale */
  resistance_sigma: f32;
  /** [nA] random walk of the leak per sqrt(day) */
  leak_walk_nA: f32;
  /** [1] random walk of the resistance scale per sqrt(day) */
  resistance_walk: f32;
  /** [1] start: relative error of the booked load */
  load_sigma: f32;
  /** [1] random walk of that error per sqrt(day) */
  load_walk: f32;
  /** [1] start: relative error of the booked harvest */
  harvest_sigma: f32;
  /** [1] random walk of that error per sqrt(day) */
  harvest_walk: f32;
  /** [1] relative error of the charger's set point, one sigma */
  float_sigma: f32;
  /** [mV] half the gap between rest voltages after charge and after discharge, one cell */
  hysteresis_mV: f32;
  /** [1] how many ADC gains are tried side by side */
  hypotheses: u32;
  /** [1] error of booked charge after 1 % of capacity, relative; grows as its root */
  flow_noise: f32;
  /** [mV] model error of the rest voltage */
  voltage_sigma_mV: f32;
  /** [K] error of the temperature reading */
  temperature_sigma_K: f32;
  /** [1] innovation beyond this many sigma is inflated */
  gate_sigma: f32;
  /** [1] the covariance never claims less */
  soc_sigma_floor: f32;
  /** [nA] drain while switched off */
  off_drain_nA: f32;
  /** [s] off-time assumed possible when no clock survived */
  unknown_off_s: f32;
  /** [-] 0 none, 1 FRAM (no erase), 2 flash (erase before program) */
  storage_kind: u32;
  /** [B] address of the first half; the second lies behind it */
  storage_at: u32;
  /** [1] flash: a half, what one erase clears, is 2^this slots of 128 bytes; FRAM: one slot a half */
  storage_slots_log2: u32;
  /** [1] write when this share of capacity moved since the last record */
  record_share: f32;
  /** [s] write after this time if any charge moved */
  record_s: u32;
  /** [1] the same share for a write that needs an erase; after record_s record_share */
  erase_share: f32;
  /** [pC] charge of programming a record */
  record_drain_pC: f32;
  /** [pC] charge of erasing a half */
  erase_drain_pC: f32;
  /** [kK] d ln y / d (1000/T) of ohmic, kinetic, slow and lead at 25 degC and SOC 0 */
  polarization_kK_0: f32;
  polarization_kK_1: f32;
  polarization_kK_2: f32;
  polarization_kK_3: f32;
  /** [kK] what SOC 1 adds to that */
  polarization_slope_kK_0: f32;
  polarization_slope_kK_1: f32;
  polarization_slope_kK_2: f32;
  polarization_slope_kK_3: f32;
  /** [kK2] half of d2 ln y / d (1000/T)2 */
  polarization_bend_kK2_0: f32;
  polarization_bend_kK2_1: f32;
  polarization_bend_kK2_2: f32;
  polarization_bend_kK2_3: f32;
  /** [mV] the kinetic drop bends to a logarithm there, at 25 degC */
  kinetic_mV: f32;
  /** [s] time constant of the slow drop at 25 degC */
  slow_tau_s: f32;
  /** [kK] d ln tau / d (1000/T) */
  slow_tau_kK: f32;
  /** [s] time constant of the surface's lead at 25 degC */
  lead_tau_s: f32;
  /** [kK] d ln tau / d (1000/T) */
  lead_tau_kK: f32;
  /** [K/W] how much warmer than its case the cell is, per watt that it turns into heat */
  self_heating_K_W: f32;
  /** [s] and how long that takes */
  self_heating_s: f32;
  /** [1] SOC nodes of each table */
  soc_count: u32;
  /** [1] OCV tables, one per temperature */
  temperature_count: u32;
  /** [1] tables of ln y: 4, or 0 where voltages are read at rest only */
  polarization_count: u32;

  @inline
  diffusion_pole(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("diffusion_pole_0"));
  }

  @inline
  diffusion_weight(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("diffusion_weight_0"));
  }

  @inline
  ccd_level(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("ccd_level_0"));
  }

  @inline
  voltage_max_mV(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("voltage_max_mV_0"));
  }

  @inline
  voltage_min_mV(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("voltage_min_mV_0"));
  }

  @inline
  temperature_max_degC(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("temperature_max_degC_0"));
  }

  @inline
  temperature_min_degC(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("temperature_min_degC_0"));
  }

  @inline
  debounce(i: i32): u32 {
    return load<u32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("debounce_0"));
  }

  @inline
  event_drain_pC(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("event_drain_pC_0"));
  }

  @inline
  event_pulse_nA(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("event_pulse_nA_0"));
  }

  @inline
  event_pulse_ms(i: i32): u32 {
    return load<u32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("event_pulse_ms_0"));
  }

  @inline
  event_worth(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("event_worth_0"));
  }

  @inline
  event_saturation(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("event_saturation_0"));
  }

  @inline
  event_max(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("event_max_0"));
  }

  @inline
  event_deadline_s(i: i32): u32 {
    return load<u32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("event_deadline_s_0"));
  }

  @inline
  source_kind(i: i32): u32 {
    return load<u32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("source_kind_0"));
  }

  @inline
  source_gain(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("source_gain_0"));
  }

  @inline
  source_scale_mV(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("source_scale_mV_0"));
  }

  @inline
  source_drift_mV_K(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("source_drift_mV_K_0"));
  }

  @inline
  source_mpp_ratio(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("source_mpp_ratio_0"));
  }

  @inline
  source_efficiency(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("source_efficiency_0"));
  }

  @inline
  mpp_level(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("mpp_level_0"));
  }

  @inline
  polarization_kK(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("polarization_kK_0"));
  }

  @inline
  polarization_slope_kK(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("polarization_slope_kK_0"));
  }

  @inline
  polarization_bend_kK2(i: i32): f32 {
    return load<f32>(changetype<usize>(this) + (i << 2), offsetof<Profile>("polarization_bend_kK2_0"));
  }
}

export const VITAL_AT: usize = 8;
export const VITAL_SIZE: i32 = 124;
export const vital = changetype<Vital>(8);
export const WARM_AT: usize = 136;
export const WARM_SIZE: i32 = 368;
export const warm = changetype<Warm>(136);
export const DECISION_AT: usize = 504;
export const DECISION_SIZE: i32 = 72;
export const decision = changetype<Decision>(504);
export const GAUGE_AT: usize = 576;
export const GAUGE_SIZE: i32 = 112;
export const gauge = changetype<Gauge>(576);
export const STORAGE_AT: usize = 688;
export const STORAGE_SIZE: i32 = 16;
export const storage = changetype<Storage>(688);
export const SAMPLE_AT: usize = 704;
export const SAMPLE_SIZE: i32 = 80;
export const sample = changetype<Sample>(704);

export const AREAS_END: usize = 784;

// sample.valid: the value was measured; decision.rejected: it was excluded.
export const VALUE_VOLTAGE: u32 = 1; // voltage_mV
export const VALUE_PULSE: u32 = 2; // voltage_loaded_mV and pulse_drain_nA
export const VALUE_TEMPERATURE: u32 = 4; // temperature_degC
export const VALUE_CHARGE: u32 = 8; // charge_pC
export const VALUE_HARVEST: u32 = 16; // harvest_mean_nA
export const VALUE_HARVEST_NOW: u32 = 32; // harvest_now_nA
export const VALUE_ACTIVE: u32 = 64; // active_ms (excluded: longer than the interval)
export const VALUE_PROBE: u32 = 128; // probe_nA
export const VALUE_SOURCE: u32 = 256; // source_mV[0], and the three bits after it
export const VALUE_LIMITING: u32 = 4096; // pmic_flags tells when the charger limits (only in profile.observables)
export const VALUE_CURRENT: u32 = 16384; // current_nA
export const VALUE_METERED: u32 = 8192; // harvest is measured at the cell, not what the source offers (only in profile.observables)

// sample.pmic_flags.
export const PMIC_CHARGING: u32 = 1; // current flows into the cell
export const PMIC_LIMITING: u32 = 2; // the charger holds the float voltage
export const PMIC_FULL: u32 = 4; // the charger reports full
export const PMIC_PAUSED: u32 = 8; // charging is paused for a measurement

// profile.actuators: what the board can set; decision.unenforced: what it lacked.
export const ACTUATOR_CHARGE_ENABLE: u32 = 1; // charging on / off
export const ACTUATOR_CHARGE_LIMIT: u32 = 2; // charge current in steps
export const ACTUATOR_FLOAT: u32 = 4; // float voltage in steps
export const ACTUATOR_SOURCE: u32 = 8; // which source feeds
export const ACTUATOR_MPP: u32 = 16; // operating ratio of the source
export const ACTUATOR_LOAD: u32 = 32; // load switch: events can be refused
export const ACTUATOR_PAUSE: u32 = 64; // charging paused for a measurement

// decision.faults, faults_latched: operating (info), recommended (warning), maximum (fatal, latched).
export const FAULT_VOLTAGE_HIGH: u32 = 1; // bits 0..2, by level
export const FAULT_VOLTAGE_LOW: u32 = 8; // bits 3..5, by level
export const FAULT_TEMPERATURE_HIGH: u32 = 64; // bits 6..8, by level
export const FAULT_TEMPERATURE_LOW: u32 = 512; // bits 9..11, by level
export const FAULT_CCD: u32 = 4096; // bits 12..14, by level
export const FAULT_SENSOR: u32 = 65536; // a sample value was excluded
export const FAULT_STALE: u32 = 131072; // no plausible temperature for an hour
export const FAULT_CLOCK: u32 = 262144; // the clock stood still or jumped
export const FAULT_UNCERTAIN: u32 = 524288; // soc_sigma above a quarter
export const FAULT_RESTARTED: u32 = 1048576; // started without a valid record
export const FAULT_STORAGE: u32 = 2097152; // the last storage operation failed

// decision.veto: what the guard changed.
export const VETO_CHARGE: u32 = 1; // charging switched off
export const VETO_CHARGE_LIMIT: u32 = 2; // charge current lowered
export const VETO_FLOAT: u32 = 4; // float voltage lowered
export const VETO_EVENTS: u32 = 8; // events removed
export const VETO_MODE: u32 = 16; // mode forced to survival

// warm.book_pC.
export const PATH_SLEEP: u32 = 0; // the node asleep
export const PATH_ACTIVE: u32 = 1; // the node awake
export const PATH_BURST: u32 = 2; // events
export const PATH_HARVEST: u32 = 3; // charge from the harvesters
export const PATH_LEAK: u32 = 4; // learned unbooked drain
export const PATH_SELF: u32 = 5; // self-discharge
export const PATH_MEASURED: u32 = 6; // a charge counter, instead of the four first
export const PATH_CORRECTION: u32 = 7; // what the filter and the start added

// decision.mode.
export const MODE_SLEEP: u32 = 0; // charge, wake only to sample
export const MODE_ACTIVE: u32 = 1; // do the usual work
export const MODE_BURST: u32 = 2; // spend a surplus that could not be stored
export const MODE_SURVIVAL: u32 = 3; // do nothing that can be left undone

// What an export returns: code in bits 0..7, detail above.
export const STATUS_OK: u32 = 0; // done
export const STATUS_STORAGE: u32 = 1; // done; storage.op waits to be executed
export const STATUS_REJECTED: u32 = 2; // done without the excluded values (detail: decision.rejected); storage.op may wait as well
export const STATUS_NO_PROFILE: u32 = 16; // load a profile first
export const STATUS_PROFILE_MAGIC: u32 = 17; // profile.magic is wrong
export const STATUS_PROFILE_VERSION: u32 = 18; // profile.abi_version is of another major, or newer
export const STATUS_PROFILE_LENGTH: u32 = 19; // profile.length, or the length given, does not fit
export const STATUS_PROFILE_LAYOUT: u32 = 20; // profile.layout_hash is not the core's
export const STATUS_PROFILE_CRC: u32 = 21; // profile.crc does not match
export const STATUS_PROFILE_FIELD: u32 = 22; // a field is out of its range; detail: its word index
export const STATUS_PROFILE_TABLE: u32 = 23; // a table is not finite, ordered and monotone; detail: the word index
export const STATUS_NOT_BOOTED: u32 = 24; // call boot first
export const STATUS_CLOCK_STOPPED: u32 = 25; // time_ms is the time of the last sample
export const STATUS_CLOCK_JUMP: u32 = 26; // time_ms is more than 40 days ahead, hence also: behind
export const STATUS_STORAGE_IDLE: u32 = 27; // storage_done without an operation
export const STATUS_ARGUMENT: u32 = 28; // an argument is out of its range

// boot().
export const REASON_COLD: u32 = 0; // power was lost; retained RAM means nothing
export const REASON_WARM: u32 = 1; // reset or brown-out; retained RAM may be good
export const REASON_WAKE: u32 = 2; // woke from deep sleep with retained RAM

// Range of each profile word: bits 5..7 the lower bound, 0..4 the upper; integers first.
export const PROFILE_WORDS: i32 = 187;
export const PROFILE_INTEGER_HIGHS: i32 = 12;
export const PROFILE_KINDS: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 44, 77, 33, 33, 14, 79, 16, 77, 77, 17, 17, 18, 15, 109, 147,
  147, 20, 20, 17, 84, 84, 84, 21, 21, 21, 21, 21, 21, 147, 147, 147, 147, 147, 147, 34,
  34, 34, 21, 21, 22, 22, 35, 23, 23, 23, 23, 22, 22, 22, 22, 3, 3, 3, 3, 15,
  15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 4, 4, 4, 4, 37, 38, 20, 4, 20,
  20, 184, 15, 164, 84, 20, 20, 17, 13, 13, 20, 17, 13, 20, 20, 0, 0, 109, 13, 25,
  22, 22, 21, 26, 5, 7, 7, 7, 7, 27, 27, 27, 27, 26, 26, 26, 26, 205, 205, 205,
  205, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 15, 15,
  20, 15, 20, 20, 20, 20, 20, 25, 13, 40, 20, 77, 28, 61, 20, 22, 24, 9, 0, 8,
  84, 164, 84, 23, 23, 205, 205, 205, 205, 205, 205, 205, 205, 205, 205, 205, 205, 77, 79, 205,
  79, 205, 27, 79, 234, 43, 7,
]);
export const PROFILE_LOWS: usize = memory.data<f32>([
  0, 1, 0.001, 0.000001, -60, 60, -1000, 2,
]);
export const PROFILE_HIGHS: usize = memory.data<f32>([
  4294967295, 16, 250, 3600000, 31536000, 86400000, 2592000000, 4,
  9, 2, 64, 8, 10000000, 1000, 0.5, 1000000,
  20000, 10, 4, 150, 1, 6000, 100000000, 10000000000000,
  31536000, 0.2, 60000, 1000000000, 50, 100,
]);
