/* The gauge update written by hand in C: what the generated core is measured against. */
#ifndef TFMB_GAUGE_BY_HAND_H
#define TFMB_GAUGE_BY_HAND_H

#include "tfmb_abi.h"

/* What the rooms before the gauge leave behind; written by bench_inputs() of gauge_core.ts. */
typedef struct {
  int64_t charge_low_pC, charge_high_pC;
  float harvested_pC, drained_pC, dt_s, per_s;
  float capacity_pC, soc_per_pC, soc_per_nA_s;
  float rest_variance_mV2, pulse_variance_mV2, gate_squared;
  float flow_variance_per_pC, leak_variance_per_s, resistance_variance_per_s;
  float soc_variance_min, leak_variance_max;
  float limiting_decay, limiting_reach;
  float resistance_25_mV_nA, temperature_sigma_K;
  uint32_t limited;
  uint32_t accepted;
  uint32_t profile_at;
} gauge_inputs;

/* Everything the update touches. `correction_pC` is the ledger's book of corrections. */
typedef struct {
  tfmb_vital_t *vital;
  tfmb_gauge_t *gauge;
  const tfmb_sample_t *sample;
  const tfmb_profile_t *profile;
  int64_t *correction_pC;
} gauge_areas;

/* Forget the table segment found last: the profile changed. */
void gauge_by_hand_forget(void);

void gauge_by_hand(const gauge_areas *areas, const gauge_inputs *inputs);

#endif
