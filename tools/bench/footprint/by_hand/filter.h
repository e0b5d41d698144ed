/* Time and measurement update of one hypothesis by hand: assembly/gauge/row, predict, correct. */
#ifndef TFMB_BY_HAND_FILTER_H
#define TFMB_BY_HAND_FILTER_H

#include "cell.h"

/* The means of all states but SOC lie in vital, one after the other. */
static float *means(void) {
  return (float *)(void *)((uint8_t *)&VITAL + offsetof(tfmb_vital_t, leak_nA));
}

static float *entry(gauge_hypothesis *h, int row, int column) {
  return &h->covariance[row * (row + 1) / 2 + column];
}

/* The charger says that it holds its set point. */
static bool at_float(void) {
  return (SAMPLE.pmic_flags & TFMB_PMIC_LIMITING) &&
         (profile->observables & TFMB_VALUE_METERED) == 0;
}

/* P h'; returns h P h'. */
static float spread_row(const gauge_hypothesis *h, const float row[STATES], float spread[STATES]) {
  const float *at = h->covariance;
  for (int i = 0; i < STATES; i++) {
    float sum = 0.0f;
    for (int j = 0; j < i; j++) {
      sum += row[j] * *at;
      spread[j] += row[i] * *at++;
    }
    spread[i] = sum + row[i] * *at++;
  }
  float total = 0.0f;
  for (int i = 0; i < STATES; i++) total += row[i] * spread[i];
  return total;
}

/* SOC's row <- P J', its variance <- J P J', where what flows moves SOC; returns its shift. */
static float predict_flow(gauge_hypothesis *h) {
  const float *mean = means();
  float *soc = &h->covariance[28];
  const float leak = -in.dt_s * in.soc_per_nA_s;
  const float load = -in.booked_load_pC * in.soc_per_pC;
  const float harvest = in.booked_harvest_pC * in.soc_per_pC;
  const float own = leak * soc[0] + load * soc[1] + harvest * soc[2] + soc[7];
  const float *at = h->covariance;
  for (int i = 0; i < 2; i++) {
    soc[i] = leak * at[0] + load * at[1] + harvest * at[3] + soc[i];
    at += i + 1;
  }
  for (int i = 2; i < SOC; i++) {
    soc[i] = leak * at[0] + load * at[1] + harvest * at[2] + soc[i];
    at += i + 1;
  }
  soc[7] = leak * soc[0] + load * soc[1] + harvest * soc[2] + own;
  return leak * (h->state[LEAK] - mean[LEAK]) + load * (h->state[LOAD] - in.booked_scale) +
         harvest * (h->state[HARVEST] - mean[HARVEST]) + h->state[SOC];
}

static float predict_limited(gauge_hypothesis *h) {
  float *soc = &h->covariance[28];
  const float reach = in.limiting_reach, left = in.limiting_decay;
  const float own = reach * soc[FLOAT] + left * soc[7];
  for (int i = 0; i < SOC; i++) {
    const float *with_float = i < FLOAT ? entry(h, FLOAT, i) : entry(h, i, FLOAT);
    soc[i] = reach * *with_float + left * soc[i];
  }
  soc[7] = reach * soc[FLOAT] + left * own;
  return reach * (h->state[FLOAT] - means()[FLOAT]) + left * h->state[SOC];
}

/* Advances the surface's lead. Charging paused before the reading let it relax since. */
static void lead(gauge_hypothesis *h, float change, float tau_s) {
  const bool paused = (SAMPLE.pmic_flags & TFMB_PMIC_PAUSED) != 0;
  const float pause_s = paused ? real_of_u32(profile->settle_ms) * 0.001f : 0.0f;
  if (!(pause_s > 0.0f && pause_s < in.dt_s)) {
    advance_diffusion(h->diffusion, change, in.dt_s, in.per_s, tau_s);
    return;
  }
  const float drained = -in.drained_pC * in.soc_per_pC * pause_s * in.per_s;
  const float flow_s = in.dt_s - pause_s;
  advance_diffusion(h->diffusion, change - drained, flow_s, 1.0f / flow_s, tau_s);
  advance_diffusion(h->diffusion, drained, pause_s, 1.0f / pause_s, tau_s);
}

static void predict(gauge_hypothesis *h, float soc) {
  float shift = h->state[SOC];
  if (in.limited == 0) {
    shift = predict_flow(h);
  } else if (at_float()) {
    shift = predict_limited(h);
  }
  const float booked = (in.harvested_pC - in.drained_pC) * in.soc_per_pC;
  lead(h, booked + shift - h->state[SOC], tau_at(soc + shift));
  h->state[SOC] = shift;
  const float unsure = in.unsure_pC * in.soc_per_pC;
  const float flow = in.flow_variance_per_pC * (in.harvested_pC + in.drained_pC);
  h->covariance[35] += flow + unsure * unsure;
  h->covariance[0] += in.leak_variance_per_s * in.dt_s;
  h->covariance[2] += in.load_variance_per_s * in.dt_s;
  h->covariance[5] += in.harvest_variance_per_s * in.dt_s;
  const float drift = 4.6e-7f * in.dt_s;
  h->covariance[14] += drift;
  h->covariance[20] += drift;
  h->covariance[27] += drift;
}

static void hold_scale(float *scale) {
  if (*scale < 0.4f) *scale = 0.4f;
  if (*scale > 2.5f) *scale = 2.5f;
}

static void correct(gauge_hypothesis *h, const float row[STATES], float innovation_mV,
                    float noise_mV2) {
  float spread[STATES];
  float total = spread_row(h, row, spread) + noise_mV2;
  if (!(total >= noise_mV2)) total = noise_mV2;
  const float squared = innovation_mV * innovation_mV;
  const bool gated = squared > in.gate_squared * total;
  const float surprise = gated ? in.gate_squared : squared / total;
  remembered.surprise = surprise;
  remembered.innovation_variance_mV2 = total;
  h->weight = h->weight * exp_by_hand(-0.5f * surprise);
  if (gated) total = squared / in.gate_squared;
  const float per_mV2 = 1.0f / total;
  float *at = h->covariance;
  for (int i = 0; i < STATES; i++) {
    const float gain = spread[i] * per_mV2;
    h->state[i] += gain * innovation_mV;
    for (int j = 0; j <= i; j++) *at++ -= gain * spread[j];
    if (at[-1] < 0.0f) at[-1] = 0.0f;
  }
  hold_scale(&h->state[LOAD]);
  hold_scale(&h->state[HARVEST]);
}

#endif
