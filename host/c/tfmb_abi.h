/* Made from assembly/abi.txt by tools/abi/generate.ts: do not edit. */

#ifndef TFMB_ABI_H
#define TFMB_ABI_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#define TFMB_ABI_VERSION 1u
#define TFMB_LAYOUT_HASH 1272399933u
#define TFMB_AREAS_END 784

/* Areas are bytes of the core's memory, which it accesses as tfmb_place (wasm-rt.h): under
 * link-time optimisation the compiler must know that both may be the same. */
#if !defined TFMB_AREA && defined __GNUC__
#define TFMB_AREA __attribute__((may_alias))
#elif !defined TFMB_AREA
#define TFMB_AREA
#endif

/* What must survive a power cut: 31 words at most, kept in retained RAM, written as the journal record. */
typedef struct TFMB_AREA {
  uint32_t magic; /* [-] 'VMFT' in memory order: a vital record */
  uint32_t abi_version; /* [-] major << 16 | minor of the core that wrote it */
  uint32_t layout_hash; /* [-] a record of another layout is refused */
  uint32_t profile_crc; /* [-] CRC-32 of the profile it was learned with */
  uint32_t sequence; /* [-] number of the last record begun, compared modulo 2^32 */
  uint32_t time_ms; /* [ms] host clock at the last accepted sample */
  int64_t charge_pC; /* [pC] estimated charge above empty, whole pack string */
  int64_t throughput_pC; /* [pC] all charge ever discharged */
  float leak_nA; /* [nA] learned unbooked drain that flows all the time */
  float load_scale; /* [1] learned load over what is booked */
  float harvest_scale; /* [1] learned harvest over what is booked */
  float float_error; /* [1] learned relative error of the charger's set point; under load of the surface's lead, SOC */
  float voltage_error_mV[3]; /* [mV] learned error of voltage readings (ADC gain, OCV table) at SOC 0.3, 0.6 and 1; under load of an empty cell, the model's here and now, of a full cell */
  float resistance_scale; /* [1] learned resistance over the profile's */
  float diffusion[2]; /* [1] the two diffusion states, as fraction of SOC */
  float temperature_degC; /* [degC] last plausible temperature */
  float soc_sigma; /* [1] standard deviation of SOC */
  uint8_t sigma_code[8]; /* [-] of leak, load, harvest, float, the three voltage errors, resistance: 2^((code - 160) / 8) */
  uint8_t tie_code[8]; /* [-] correlation of leak, load, harvest, float, the voltage errors and SOC with voltage_error_mV[1]: (code - 128) / 127 */
  uint32_t faults_latched; /* [-] fault bits that need an acknowledgement */
  uint16_t boots; /* [-] cold and warm starts seen */
  uint16_t clock_faults; /* [-] refused clock readings */
  uint8_t mode; /* [-] last decided mode */
  uint8_t uncorrected; /* [15 s] time since the last voltage correction */
  uint16_t attempts; /* [-] records begun since the last whole one, which has the number sequence - attempts */
  uint32_t seal; /* [-] check of all words before it, after every step: retained RAM */
  uint32_t crc; /* [-] in journal records CRC-32 of all bytes before it; else charge_pC in the last record, in 2^20 pC */
} tfmb_vital_t;

/* Worth keeping, can be learned again. */
typedef struct TFMB_AREA {
  int64_t book_pC[8]; /* [pC] charge booked per path since boot (see "paths") */
  int64_t recorded_charge_pC; /* [pC] charge_pC in the last journal record */
  uint32_t remainder[6]; /* [2^-32 pC] fraction of a pC carried per path */
  float harvest_mean_nA; /* [nA] day-long mean of what the harvesters gave */
  float drain_mean_nA; /* [nA] day-long mean of what the node used */
  float event_carry[4]; /* [1] of each class what is due and not yet done; below 0: done before it was due */
  float harvest_level_nA; /* [nA] what the harvesters offered in the last ten minutes */
  uint32_t vetoes; /* [-] decisions replaced by the guard */
  uint32_t rejected; /* [-] sample values excluded */
  uint32_t unrecorded_s; /* [s] time since the last journal record */
  uint32_t stale_s; /* [s] age of temperature_degC */
  uint32_t carry_ms; /* [ms] part of a second carried by the two ages */
  uint32_t boot_off_s; /* [s] time off, kept while the journal is read */
  uint32_t boot_time_ms; /* [ms] clock at boot, kept while the journal is read */
  uint16_t boot_attempts; /* [-] slots used behind the newest record found, in its half */
  uint16_t boot_used; /* [-] slots used behind the one that is read, in its half */
  float resistance_variance; /* [1] variance of vital.resistance_scale */
  float moved_soc; /* [1] charge moved since the last voltage correction, as fraction of SOC */
  float uncorrected_s; /* [s] time since the last voltage correction */
  float surprise; /* [1] mean square of the last innovations over what was expected */
  float slow_mV; /* [mV] slow drop of one cell under load */
  float heat_W; /* [W] mean power that one cell turned into heat lately */
  float drop_mean_mV; /* [mV] mean size of one cell's drop lately */
  float ripple_nA2; /* [nA2] mean square of the current at a reading less its mean before */
  float step_rest_mV; /* [mV] last reading under load less the OCV, of the pack */
  float step_drop_mV; /* [mV] and the expected drop over the learned scale */
  float step_nA; /* [nA] and the current of one cell */
  float missed_mV; /* [mV] mean innovation under load of the last minute */
  float missed_share; /* [1] how much of a minute that is */
  float settled_s; /* [s] so long it says nothing yet */
  float offered_nA; /* [nA] harvest when it was last read */
  float displayed_soc; /* [1] gauge.displayed_soc */
  uint8_t alive; /* [-] hypotheses in use; 0: SOC was never read */
  uint8_t held; /* [-] consecutive corrections at the float voltage, while hypotheses differ */
  uint8_t was_limiting; /* [-] the last interval ended at the float voltage */
  uint8_t origin; /* [-] of SOC under load: 0 no reading yet, 1 counted from full, 2 read from the OCV's axis below */
  uint8_t boot_state; /* [-] 0 no profile, 1 loaded, 2 reading the journal, 3 the same with a record found, 6 running */
  uint8_t mpp_at[4]; /* [-] place in profile.mpp_level of each source, and one; 128 added: the next try is below */
  uint8_t mpp_missed; /* [-] tries in a row that gave no more */
  uint8_t mpp_tried; /* [-] source that the last try was asked for; 0: none */
  uint8_t debounce[15]; /* [-] consecutive samples beyond a limit, by fault bit */
  uint8_t path_bin; /* [-] 24th of the cycle in which the path was followed last, and one; 0: never */
  float path_soc; /* [1] SOC then */
  float path_level_nA; /* [nA] and harvest_level_nA */
  uint32_t plenty_s; /* [s] so long charge was worth nothing, at most a cycle */
  uint32_t mpp_wait_s; /* [s] time between two tries */
  uint32_t mpp_left_s; /* [s] time until the next */
  float mpp_open_mV; /* [mV] open-circuit voltage when the tries began */
  uint16_t forecast[24]; /* [-] usual harvest of each 24th of the cycle: upper half of its f32 in nA */
  uint8_t week[7]; /* [1/64] what each of seven cycles brings over the usual */
  uint8_t week_at; /* [-] which of the seven it is */
  uint32_t forecast_seen; /* [-] bit n: 24th n was seen */
  float forecast_error_nA; /* [nA] mean distance of a 24th from what was forecast */
  float forecast_mean_nA; /* [nA] mean of the 24ths */
  float round_nA; /* [nA] sum over this cycle's 24ths: what they brought */
  float round_usual_nA; /* [nA] and what was usual */
  uint32_t forecast_seal; /* [-] check of the forecast's words before it: retained RAM */
  uint32_t cycle_at_s; /* [s] place in the cycle */
  float bin_pC; /* [pC] harvest offered in this 24th so far */
  float bin_known_s; /* [s] time of it in which the harvest was read */
} tfmb_warm_t;

/* What the host is to do until the next sample. */
typedef struct TFMB_AREA {
  int32_t status; /* [-] what the last call returned */
  uint8_t mode; /* [-] 0 sleep, 1 active, 2 burst, 3 survival */
  uint8_t charge_enable; /* [-] 1: let the harvester charge the cell */
  uint8_t source; /* [-] 0 none, n: connect source n */
  uint8_t measure; /* [-] 1: pause charging, wait measure_wait_ms, then sample */
  uint32_t sleep_ms; /* [ms] sleep until then, unless an event wakes the node */
  uint16_t events[4]; /* [-] events of each load class allowed until the next sample */
  float charge_limit_nA; /* [nA] highest charging current allowed, whole pack */
  float drain_limit_nA; /* [nA] highest current that keeps the cell above its cut-off for 1 s; 0 while it should only sleep */
  float price; /* [1/uC] what one more microcoulomb in the cell is worth: utility at its margin */
  float float_mV; /* [mV] CV set point, whole pack */
  float mpp_ratio; /* [1] operating over open-circuit voltage of the source */
  uint32_t measure_wait_ms; /* [ms] rest before the requested measurement */
  float probe_ratio; /* [1] at the next wake, measure probe_nA at this ratio right after harvest_now_nA; 0: not */
  uint32_t faults; /* [-] active fault bits (see "faults") */
  uint32_t faults_latched; /* [-] latched fault bits */
  uint32_t unenforced; /* [-] actuator bits that a limit needed and the board lacks */
  uint32_t veto; /* [-] what the guard changed in this decision (see "vetoes") */
  uint32_t rejected; /* [-] sample.valid bits of values excluded in this step */
} tfmb_decision_t;

/* What is known about the cell. */
typedef struct TFMB_AREA {
  float soc; /* [1] state of charge, clipped */
  float soc_sigma; /* [1] its standard deviation */
  float remaining_nAh; /* [nAh] charge above empty */
  float ocv_mV; /* [mV] equilibrium voltage at soc and temperature, whole pack */
  float resistance_ohm; /* [ohm] now, whole pack */
  float resistance_scale; /* [1] learned resistance over the profile's */
  float resistance_sigma; /* [1] standard deviation of resistance_scale */
  float leak_nA; /* [nA] learned unbooked drain that flows all the time */
  float leak_sigma_nA; /* [nA] its standard deviation */
  float unbooked_drain_nA; /* [nA] leak and load beyond what is booked, at the day-long mean of the load */
  float soh_resistance; /* [1] the profile's resistance over the learned one */
  float soh_capacity; /* [1] share of the profile's capacity that is left; -1: not known yet */
  float throughput_nAh; /* [nAh] all charge ever discharged */
  uint32_t alarms; /* [-] bits: 1 soc below profile.alarm_soc, 2 empty within profile.alarm_s, 4 full, 8 soc not known */
  float displayed_soc; /* [1] soc as shown to people: follows without jumps */
  uint32_t hypotheses; /* [1] ADC gains still held possible */
  float innovation_mV; /* [mV] last voltage minus its prediction */
  float innovation_sigma_mV; /* [mV] expected standard deviation of that difference */
  float current_mean_nA; /* [nA] mean booked current over the last interval */
  float cycles; /* [1] equivalent full cycles since the first boot */
  float source_nW[4]; /* [nW] what each source could put into the cell now */
  float forecast_nA; /* [nA] usual harvest of the present 24th of the cycle */
  float forecast_error; /* [1] how far off the forecast usually is, over the mean harvest */
  uint32_t corrections; /* [-] bits: 1 voltage used, 2 load step used, 4 inflated by the gate, 8 limiting (CV) step */
} tfmb_gauge_t;

/* One storage operation at a time; the host executes it, then calls storage_done. */
typedef struct TFMB_AREA {
  uint32_t op; /* [-] 0 none, 1 read, 2 program, 3 erase a half */
  uint32_t address; /* [-] where in the storage device */
  uint32_t length; /* [B] how many bytes */
  uint32_t memory_at; /* [-] where in linear memory they are or go */
} tfmb_storage_t;

/* What the host measured since the last sample. */
typedef struct TFMB_AREA {
  uint32_t time_ms; /* [ms] wrapping millisecond clock */
  uint32_t valid; /* [-] which of the values below were measured (see "values") */
  uint32_t pmic_flags; /* [-] 1 charging, 2 limiting (CV reached), 4 full, 8 charging paused */
  uint32_t active_ms; /* [ms] time awake since the last sample */
  float voltage_mV; /* [mV] pack at rest, before the load */
  float voltage_loaded_mV; /* [mV] pack under pulse_drain_nA */
  float pulse_drain_nA; /* [nA] known load during that sample */
  float temperature_degC; /* [degC] of the cell */
  int64_t charge_pC; /* [pC] measured net charge since the last sample */
  float harvest_mean_nA; /* [nA] mean harvest current into the cell since the last sample */
  float harvest_now_nA; /* [nA] harvest current while voltage_mV was sampled */
  float probe_nA; /* [nA] harvest current at decision.probe_ratio, right after harvest_now_nA */
  float current_nA; /* [nA] net pack current while voltage_mV was sampled */
  float source_mV[4]; /* [mV] open-circuit voltage of each source */
  uint16_t events[4]; /* [-] events done per load class since the last sample */
} tfmb_sample_t;

/* The node: cell, limits, load, board, sources, tuning, tables. Read only; may lie in flash. */
typedef struct TFMB_AREA {
  uint32_t magic; /* [-] 'PMFT' in memory order */
  uint32_t abi_version; /* [-] major << 16 | minor; same major, minor not above the core's */
  uint32_t length; /* [B] of the whole profile, tables included */
  uint32_t layout_hash; /* [-] must be the core's */
  uint32_t crc; /* [-] CRC-32 of all bytes after it */
  float capacity_nAh; /* [nAh] one cell */
  float area_cm2; /* [cm2] electrode area of one cell, for the CCD */
  uint32_t series; /* [1] cells in series (nS) */
  uint32_t parallel; /* [1] cells in parallel (mP) */
  float capacity_spread; /* [1] weakest cell holds (1 - spread) of capacity_nAh */
  float resistance_ohm; /* [ohm] one cell at 25 degC */
  float activation_K; /* [K] Ea/k of the resistance */
  float diffusion_pole[2]; /* [1] p of exp(-p dt/tau) */
  float diffusion_weight[2]; /* [1] r/p of each exponential */
  float diffusion_gain; /* [1] share of the diffusion states seen by the OCV */
  float self_drain_nA; /* [nA] self-discharge of one cell */
  float ccd_mA_cm2; /* [mA/cm2] critical current density at 25 degC, new */
  float ccd_cold_degC; /* [degC] below it the CCD is derated */
  float ccd_hot_degC; /* [degC] above it the CCD is derated */
  float ccd_cold_per_K; /* [1/K] derating below ccd_cold_degC */
  float ccd_hot_per_K; /* [1/K] derating above ccd_hot_degC */
  float ccd_age; /* [1] derating per unit of resistance growth */
  float ccd_level[3]; /* [1] operating, recommended, maximum share of the CCD */
  float voltage_max_mV[3]; /* [mV] one cell: operating, recommended, maximum */
  float voltage_min_mV[3]; /* [mV] one cell: operating, recommended, maximum */
  float temperature_max_degC[3]; /* [degC] operating, recommended, maximum */
  float temperature_min_degC[3]; /* [degC] operating, recommended, maximum */
  uint32_t debounce[3]; /* [1] samples beyond a limit before its level counts */
  float float_mV; /* [mV] highest CV set point wanted, one cell */
  float float_gentle_mV; /* [mV] the same while more charge would be worth nothing, where harvest is metered at the cell: it ages the cell less; 0: none */
  float sleep_drain_nA; /* [nA] the node asleep */
  float active_drain_nA; /* [nA] the node awake */
  uint32_t wake_ms; /* [ms] usual time awake per wake */
  float event_drain_pC[4]; /* [pC] charge of one event of each class */
  float event_pulse_nA[4]; /* [nA] its highest current */
  uint32_t event_pulse_ms[4]; /* [ms] how long that current lasts */
  float event_worth[4]; /* [1] n events a period are worth event_worth x saturation x ln(1 + n / saturation); 0: not used */
  float event_saturation[4]; /* [1] so many events a period, and one more is worth half; 0: each is worth as much */
  float event_max[4]; /* [1] most events a period */
  uint32_t event_deadline_s[4]; /* [s] longest time between two events, kept while the reserve lasts; 0: none */
  uint32_t sleep_min_ms; /* [ms] shortest sleep */
  uint32_t sleep_max_ms; /* [ms] longest sleep */
  float alarm_soc; /* [1] alarm below this SOC */
  uint32_t alarm_s; /* [s] alarm when the cell is empty within this time at the learned means; 0: never */
  float reserve_soc; /* [1] SOC kept for the night */
  float survival_soc; /* [1] below it the node only survives */
  float period_s; /* [s] time over which utility is counted */
  float alive_worth; /* [1] what a period in which the node sleeps rather than being dead is worth */
  uint32_t cycle_s; /* [s] cycle of the harvest that is learned, a multiple of 24: a day */
  float forecast_share; /* [1] of the forecast's error that is learned from one cycle */
  float week_share; /* [1] the same of the seven cycles; 0: they are alike */
  float forecast_fade; /* [1] what is left of the present surprise after a 24th */
  float forecast_trust; /* [1] of the usual harvest that is counted on */
  float forecast_low; /* [1] bad days bring trust / (1 + low x relative error) */
  float forecast_high; /* [1] good days bring trust x (1 + high x relative error) */
  float low_weight; /* [1] weight of bad days in the price; the rest is that of good ones */
  float spend_care; /* [1] of even spending 1 / (1 + care x relative error) is asked a price for */
  float alive_price; /* [1] highest price of charge, over what it is worth to stay alive */
  float full_soc; /* [1] SOC above which charge counts as spilled */
  float end_soc; /* [1] share above the reserve that the path ends with */
  uint32_t observables; /* [-] sample.valid bits that the board can measure */
  uint32_t actuators; /* [-] what the board can set (see "actuators") */
  float adc_lsb_mV; /* [mV] resolution of voltage_mV */
  float adc_noise_mV; /* [mV] its noise, one sigma */
  float adc_gain_sigma; /* [1] its gain error, one sigma */
  float charge_step_nA; /* [nA] step of the charge-current setting */
  float charge_max_nA; /* [nA] highest setting; or what the charger gives unset */
  float float_step_mV; /* [mV] step of the float setting, whole pack */
  float float_strap_mV; /* [mV] what the charger floats at when it cannot be set, whole pack */
  uint32_t settle_ms; /* [ms] rest before a requested measurement */
  uint32_t source_kind[4]; /* [-] 0 none, 1 photovoltaic, 2 piezoelectric, 3 thermoelectric, 4 RF */
  float source_gain[4]; /* [-] PV: dark current nA; others: nW per mV^2 at the matched point */
  float source_scale_mV[4]; /* [mV] PV: n k T/q of the string; others: unused */
  float source_drift_mV_K[4]; /* [mV/K] PV: change of the open-circuit voltage over temperature, from 25 degC; others: unused */
  float source_mpp_ratio[4]; /* [1] operating over open-circuit voltage */
  float source_efficiency[4]; /* [1] converter, source to cell */
  float mpp_level[8]; /* [1] operating ratios that the board can set, rising; the first 0 ends them */
  float soc_sigma; /* [1] start: when SOC is read from a rest voltage */
  float leak_nA; /* [nA] start: unbooked drain */
  float leak_sigma_nA; /* [nA] start: its standard deviation */
  float resistance_sigma; /* [1] start: of the resistance scale */
  float leak_walk_nA; /* [nA] random walk of the leak per sqrt(day) */
  float resistance_walk; /* [1] random walk of the resistance scale per sqrt(day) */
  float load_sigma; /* [1] start: relative error of the booked load */
  float load_walk; /* [1] random walk of that error per sqrt(day) */
  float harvest_sigma; /* [1] start: relative error of the booked harvest */
  float harvest_walk; /* [1] random walk of that error per sqrt(day) */
  float float_sigma; /* [1] relative error of the charger's set point, one sigma */
  float hysteresis_mV; /* [mV] half the gap between rest voltages after charge and after discharge, one cell */
  uint32_t hypotheses; /* [1] how many ADC gains are tried side by side */
  float flow_noise; /* [1] error of booked charge after 1 % of capacity, relative; grows as its root */
  float voltage_sigma_mV; /* [mV] model error of the rest voltage */
  float temperature_sigma_K; /* [K] error of the temperature reading */
  float gate_sigma; /* [1] innovation beyond this many sigma is inflated */
  float soc_sigma_floor; /* [1] the covariance never claims less */
  float off_drain_nA; /* [nA] drain while switched off */
  float unknown_off_s; /* [s] off-time assumed possible when no clock survived */
  uint32_t storage_kind; /* [-] 0 none, 1 FRAM (no erase), 2 flash (erase before program) */
  uint32_t storage_at; /* [B] address of the first half; the second lies behind it */
  uint32_t storage_slots_log2; /* [1] flash: a half, what one erase clears, is 2^this slots of 128 bytes; FRAM: one slot a half */
  float record_share; /* [1] write when this share of capacity moved since the last record */
  uint32_t record_s; /* [s] write after this time if any charge moved */
  float erase_share; /* [1] the same share for a write that needs an erase; after record_s record_share */
  float record_drain_pC; /* [pC] charge of programming a record */
  float erase_drain_pC; /* [pC] charge of erasing a half */
  float polarization_kK[4]; /* [kK] d ln y / d (1000/T) of ohmic, kinetic, slow and lead at 25 degC and SOC 0 */
  float polarization_slope_kK[4]; /* [kK] what SOC 1 adds to that */
  float polarization_bend_kK2[4]; /* [kK2] half of d2 ln y / d (1000/T)2 */
  float kinetic_mV; /* [mV] the kinetic drop bends to a logarithm there, at 25 degC */
  float slow_tau_s; /* [s] time constant of the slow drop at 25 degC */
  float slow_tau_kK; /* [kK] d ln tau / d (1000/T) */
  float lead_tau_s; /* [s] time constant of the surface's lead at 25 degC */
  float lead_tau_kK; /* [kK] d ln tau / d (1000/T) */
  float self_heating_K_W; /* [K/W] how much warmer than its case the cell is, per watt that it turns into heat */
  float self_heating_s; /* [s] and how long that takes */
  uint32_t soc_count; /* [1] SOC nodes of each table */
  uint32_t temperature_count; /* [1] OCV tables, one per temperature */
  uint32_t polarization_count; /* [1] tables of ln y: 4, or 0 where voltages are read at rest only */
} tfmb_profile_t;

#define TFMB_VITAL_AT 8
#define TFMB_WARM_AT 136
#define TFMB_DECISION_AT 504
#define TFMB_GAUGE_AT 576
#define TFMB_STORAGE_AT 688
#define TFMB_SAMPLE_AT 704

/* Lengths of the areas, with what fills them up: structs may be shorter, or longer. */
#define TFMB_VITAL_BYTES 124
#define TFMB_WARM_BYTES 368
#define TFMB_DECISION_BYTES 72
#define TFMB_GAUGE_BYTES 112
#define TFMB_STORAGE_BYTES 16
#define TFMB_SAMPLE_BYTES 80

static_assert(offsetof(tfmb_warm_t, bin_known_s) == 360, "tfmb_warm_t is laid out as the core's");
static_assert(offsetof(tfmb_decision_t, rejected) == 64, "tfmb_decision_t is laid out as the core's");
static_assert(offsetof(tfmb_gauge_t, corrections) == 104, "tfmb_gauge_t is laid out as the core's");
static_assert(offsetof(tfmb_storage_t, memory_at) == 12, "tfmb_storage_t is laid out as the core's");
static_assert(offsetof(tfmb_sample_t, events) == 72, "tfmb_sample_t is laid out as the core's");
static_assert(offsetof(tfmb_profile_t, polarization_count) == 744, "tfmb_profile_t is laid out as the core's");

/* sample.valid: the value was measured; decision.rejected: it was excluded. */
#define TFMB_VALUE_VOLTAGE (1u << 0) /* voltage_mV */
#define TFMB_VALUE_PULSE (1u << 1) /* voltage_loaded_mV and pulse_drain_nA */
#define TFMB_VALUE_TEMPERATURE (1u << 2) /* temperature_degC */
#define TFMB_VALUE_CHARGE (1u << 3) /* charge_pC */
#define TFMB_VALUE_HARVEST (1u << 4) /* harvest_mean_nA */
#define TFMB_VALUE_HARVEST_NOW (1u << 5) /* harvest_now_nA */
#define TFMB_VALUE_ACTIVE (1u << 6) /* active_ms (excluded: longer than the interval) */
#define TFMB_VALUE_PROBE (1u << 7) /* probe_nA */
#define TFMB_VALUE_SOURCE (1u << 8) /* source_mV[0], and the three bits after it */
#define TFMB_VALUE_LIMITING (1u << 12) /* pmic_flags tells when the charger limits (only in profile.observables) */
#define TFMB_VALUE_CURRENT (1u << 14) /* current_nA */
#define TFMB_VALUE_METERED (1u << 13) /* harvest is measured at the cell, not what the source offers (only in profile.observables) */

/* sample.pmic_flags. */
#define TFMB_PMIC_CHARGING (1u << 0) /* current flows into the cell */
#define TFMB_PMIC_LIMITING (1u << 1) /* the charger holds the float voltage */
#define TFMB_PMIC_FULL (1u << 2) /* the charger reports full */
#define TFMB_PMIC_PAUSED (1u << 3) /* charging is paused for a measurement */

/* profile.actuators: what the board can set; decision.unenforced: what it lacked. */
#define TFMB_ACTUATOR_CHARGE_ENABLE (1u << 0) /* charging on / off */
#define TFMB_ACTUATOR_CHARGE_LIMIT (1u << 1) /* charge current in steps */
#define TFMB_ACTUATOR_FLOAT (1u << 2) /* float voltage in steps */
#define TFMB_ACTUATOR_SOURCE (1u << 3) /* which source feeds */
#define TFMB_ACTUATOR_MPP (1u << 4) /* operating ratio of the source */
#define TFMB_ACTUATOR_LOAD (1u << 5) /* load switch: events can be refused */
#define TFMB_ACTUATOR_PAUSE (1u << 6) /* charging paused for a measurement */

/* decision.faults, faults_latched: operating (info), recommended (warning), maximum (fatal, latched). */
#define TFMB_FAULT_VOLTAGE_HIGH (1u << 0) /* bits 0..2, by level */
#define TFMB_FAULT_VOLTAGE_LOW (1u << 3) /* bits 3..5, by level */
#define TFMB_FAULT_TEMPERATURE_HIGH (1u << 6) /* bits 6..8, by level */
#define TFMB_FAULT_TEMPERATURE_LOW (1u << 9) /* bits 9..11, by level */
#define TFMB_FAULT_CCD (1u << 12) /* bits 12..14, by level */
#define TFMB_FAULT_SENSOR (1u << 16) /* a sample value was excluded */
#define TFMB_FAULT_STALE (1u << 17) /* no plausible temperature for an hour */
#define TFMB_FAULT_CLOCK (1u << 18) /* the clock stood still or jumped */
#define TFMB_FAULT_UNCERTAIN (1u << 19) /* soc_sigma above a quarter */
#define TFMB_FAULT_RESTARTED (1u << 20) /* started without a valid record */
#define TFMB_FAULT_STORAGE (1u << 21) /* the last storage operation failed */

/* decision.veto: what the guard changed. */
#define TFMB_VETO_CHARGE (1u << 0) /* charging switched off */
#define TFMB_VETO_CHARGE_LIMIT (1u << 1) /* charge current lowered */
#define TFMB_VETO_FLOAT (1u << 2) /* float voltage lowered */
#define TFMB_VETO_EVENTS (1u << 3) /* events removed */
#define TFMB_VETO_MODE (1u << 4) /* mode forced to survival */

/* warm.book_pC. */
#define TFMB_PATH_SLEEP 0 /* the node asleep */
#define TFMB_PATH_ACTIVE 1 /* the node awake */
#define TFMB_PATH_BURST 2 /* events */
#define TFMB_PATH_HARVEST 3 /* charge from the harvesters */
#define TFMB_PATH_LEAK 4 /* learned unbooked drain */
#define TFMB_PATH_SELF 5 /* self-discharge */
#define TFMB_PATH_MEASURED 6 /* a charge counter, instead of the four first */
#define TFMB_PATH_CORRECTION 7 /* what the filter and the start added */

/* decision.mode. */
#define TFMB_MODE_SLEEP 0 /* charge, wake only to sample */
#define TFMB_MODE_ACTIVE 1 /* do the usual work */
#define TFMB_MODE_BURST 2 /* spend a surplus that could not be stored */
#define TFMB_MODE_SURVIVAL 3 /* do nothing that can be left undone */

/* What an export returns: code in bits 0..7, detail above. */
#define TFMB_STATUS_OK 0 /* done */
#define TFMB_STATUS_STORAGE 1 /* done; storage.op waits to be executed */
#define TFMB_STATUS_REJECTED 2 /* done without the excluded values (detail: decision.rejected); storage.op may wait as well */
#define TFMB_STATUS_NO_PROFILE 16 /* load a profile first */
#define TFMB_STATUS_PROFILE_MAGIC 17 /* profile.magic is wrong */
#define TFMB_STATUS_PROFILE_VERSION 18 /* profile.abi_version is of another major, or newer */
#define TFMB_STATUS_PROFILE_LENGTH 19 /* profile.length, or the length given, does not fit */
#define TFMB_STATUS_PROFILE_LAYOUT 20 /* profile.layout_hash is not the core's */
#define TFMB_STATUS_PROFILE_CRC 21 /* profile.crc does not match */
#define TFMB_STATUS_PROFILE_FIELD 22 /* a field is out of its range; detail: its word index */
#define TFMB_STATUS_PROFILE_TABLE 23 /* a table is not finite, ordered and monotone; detail: the word index */
#define TFMB_STATUS_NOT_BOOTED 24 /* call boot first */
#define TFMB_STATUS_CLOCK_STOPPED 25 /* time_ms is the time of the last sample */
#define TFMB_STATUS_CLOCK_JUMP 26 /* time_ms is more than 40 days ahead, hence also: behind */
#define TFMB_STATUS_STORAGE_IDLE 27 /* storage_done without an operation */
#define TFMB_STATUS_ARGUMENT 28 /* an argument is out of its range */

/* boot(). */
#define TFMB_REASON_COLD 0 /* power was lost; retained RAM means nothing */
#define TFMB_REASON_WARM 1 /* reset or brown-out; retained RAM may be good */
#define TFMB_REASON_WAKE 2 /* woke from deep sleep with retained RAM */

#endif
