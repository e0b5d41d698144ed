/* What was learned, in bytes, by hand: assembly/gauge/learned. */
#ifndef TFMB_BY_HAND_LEARNED_H
#define TFMB_BY_HAND_LEARNED_H

#include "bank.h"

#define RESISTANCE 7

static uint8_t code_of(float sigma) {
  const int32_t code = (int32_t)(bits_of(sigma) >> 20) - 856 + 1;
  return (uint8_t)(code < 0 ? 0 : code < 255 ? code : 255);
}

static float sigma_of(uint32_t code) { return float_of((code + 856u) << 20); }

static void forget_learned(void) {
  VITAL.leak_nA = profile->leak_nA;
  VITAL.load_scale = VITAL.harvest_scale = VITAL.resistance_scale = VITAL.soc_sigma = 1.0f;
  VITAL.float_error = 0.0f;
  const float gain_mV = profile->adc_gain_sigma * in.float_mV;
  const float error_mV = TFMB_SQRT(gain_mV * gain_mV + 1.0f);
  VITAL.sigma_code[LEAK] = code_of(profile->leak_sigma_nA);
  VITAL.sigma_code[LOAD] = code_of(profile->load_sigma);
  VITAL.sigma_code[HARVEST] = code_of(profile->harvest_sigma);
  VITAL.sigma_code[FLOAT] = code_of(profile->float_sigma);
  VITAL.sigma_code[RESISTANCE] = code_of(profile->resistance_sigma);
  const uint8_t tie = (uint8_t)(128 + guarded_i32(127.0f * (gain_mV / error_mV)));
  for (int i = 0; i < STATES; i++) {
    const bool error = i >= ERROR && i < SOC;
    VITAL.tie_code[i] = error ? tie : 128;
    if (!error) continue;
    means()[i] = 0.0f;
    VITAL.sigma_code[i] = code_of(error_mV);
  }
}

static void keep_learned(void) {
  const float middle = TFMB_SQRT(mixed_covariance(MIDDLE, MIDDLE));
  for (int i = 0; i < STATES; i++) {
    const float sigma = TFMB_SQRT(mixed_covariance(i, i));
    if (i != SOC) VITAL.sigma_code[i] = code_of(sigma);
    const float covariance = i < MIDDLE ? mixed_covariance(MIDDLE, i) : mixed_covariance(i, MIDDLE);
    const int32_t tie = guarded_i32(127.0f * covariance / (sigma * middle));
    VITAL.tie_code[i] = (uint8_t)(128 + (tie < -127 ? -127 : tie < 127 ? tie : 127));
  }
  VITAL.sigma_code[RESISTANCE] = code_of(TFMB_SQRT(WARM.resistance_variance));
}

static void restore_learned(void) {
  gauge_hypothesis *h = BANK;
  float sigma[STATES], tie[STATES];
  memcpy(h->state, means(), 7 * sizeof(float));
  h->state[SOC] = 0.0f;
  for (int i = 0; i < STATES; i++) {
    sigma[i] = i == SOC ? VITAL.soc_sigma : sigma_of(VITAL.sigma_code[i]);
    tie[i] = i == MIDDLE ? 1.0f : (float)((int32_t)VITAL.tie_code[i] - 128) * (1.0f / 127.0f);
    const float factor = sigma[i] * tie[i];
    for (int j = 0; j < i; j++) *entry(h, i, j) = factor * sigma[j] * tie[j];
    *entry(h, i, i) = sigma[i] * sigma[i];
  }
  h->diffusion[0] = VITAL.diffusion[0];
  h->diffusion[1] = VITAL.diffusion[1];
  h->weight = 1.0f;
  const float resistance = sigma_of(VITAL.sigma_code[RESISTANCE]);
  WARM.resistance_variance = resistance * resistance;
  WARM.alive = 1;
}

#endif
