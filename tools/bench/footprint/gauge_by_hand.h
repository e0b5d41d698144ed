/* The gauge update written by hand in C: what the generated core is measured against. */
#ifndef TFMB_GAUGE_BY_HAND_H
#define TFMB_GAUGE_BY_HAND_H

#include "tfmb_abi.h"

/* What the rooms before the gauge leave behind; written by bench_inputs() of gauge_core.ts. */
typedef struct {
  int64_t net_pC;
  float harvested_pC;
  float drained_pC;
  float dt_s;
  float capacity_pC;
  float soc_per_pC;
  float limiting_decay;
  float limiting_reach;
  uint32_t limited;
  uint32_t accepted;
  uint32_t profile_at;
  uint32_t vital_at;
} gauge_inputs;

/* Everything the update touches. `correction_pC` is the ledger's book of corrections. */
typedef struct {
  tfmb_vital_t *vital;
  tfmb_gauge_t *gauge;
  const tfmb_sample_t *sample;
  const tfmb_profile_t *profile;
  int64_t *correction_pC;
} gauge_areas;

void gauge_by_hand(const gauge_areas *areas, const gauge_inputs *inputs);

#endif
