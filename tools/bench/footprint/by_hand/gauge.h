/* The gauge update written by hand in C: what the generated core is measured against. */
#ifndef TFMB_BY_HAND_GAUGE_H
#define TFMB_BY_HAND_GAUGE_H

#include <stdbool.h>

#include "core.h"
/* No link-time optimisation here, so the areas may be structs like any other. */
#define TFMB_AREA
#include "tfmb_abi.h"

/* What the rooms before the gauge leave behind; written by bench_inputs() of gauge_core.ts. */
typedef struct {
  int64_t charge_low_pC, charge_high_pC;
  float harvested_pC, drained_pC, booked_harvest_pC, booked_load_pC, unsure_pC;
  float dt_s, per_s;
  float capacity_pC, soc_per_pC, soc_per_nA_s;
  float resistance_25_mV_nA, float_mV, temperature_sigma_K;
  float reading_variance_mV2, dwell_variance_mV2, table_variance_mV2;
  float hysteresis_variance_mV2, pulse_variance_mV2;
  float gate_squared;
  float flow_variance_per_pC, leak_variance_per_s, load_variance_per_s, harvest_variance_per_s;
  float resistance_variance_per_s, soc_variance_min;
  float limiting_decay, limiting_reach;
  uint32_t limited;
  uint32_t accepted;
  /* Of the last correction of all. */
  float surprise;
  float drift_mV_K;
  float error_most_mV;
  float booked_scale;
  uint32_t profile_at;
  uint32_t active_ms;
} gauge_inputs;

enum { LEAK, LOAD, HARVEST, FLOAT, ERROR, SOC = 7, STATES = 8, MIDDLE = ERROR + 1 };

typedef struct {
  float state[STATES];
  float covariance[36]; /* lower triangle, row by row */
  float diffusion[2];
  float weight;
  float unused;
} gauge_hypothesis;

/* The instance whose areas both updates work on; static, as in a firmware. */
extern w2c_core core;
extern gauge_inputs in;
extern const tfmb_profile_t *profile;

#define PLACE(type, at) (*(type *)(void *)(core.w2c_memory.data + (at)))
#define VITAL PLACE(tfmb_vital_t, TFMB_VITAL_AT)
#define WARM PLACE(tfmb_warm_t, TFMB_WARM_AT)
#define GAUGE PLACE(tfmb_gauge_t, TFMB_GAUGE_AT)
#define SAMPLE PLACE(const tfmb_sample_t, TFMB_SAMPLE_AT)
#define BANK (&PLACE(gauge_hypothesis, TFMB_BANK_AT))

/* What stays between wakes so that the next one is shorter, as in the core: the segment of the
 * tables and the temperature asked for last; and of the last correction, its variance and its
 * surprise. */
typedef struct {
  int node;
  float left, right, width, per_width;
  float temperature_degC, resistance_mV_nA;
  float innovation_variance_mV2;
  float surprise;
  /* Of this wake: the voltage was read anew, not corrected with. */
  bool read_anew;
} gauge_memory;

extern gauge_memory remembered;

/* Makes it what a wake that ended in the present state would have left. */
void gauge_by_hand_remember(void);

void gauge_by_hand(void);

#endif
