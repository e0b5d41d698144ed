/* The gauge update written by hand in C, the way an engineer would write it for a Cortex-M:
 * structs, locals, static functions. It does the same arithmetic in the same order as
 * assembly/gauge and assembly/cell, so its results must be the same bits; the footprint bench
 * compares both on the same states. Not part of the firmware. Equations and sources: the core's
 * files of the same names. */

#include "gauge_by_hand.h"

#include <math.h>
#include <string.h>

typedef struct {
  float mV, slope_mV, tau_s, factor, dudt_mV_K;
} ocv_point;

static float exp_by_hand(float x) {
  if (!(x > -87.0f)) return 0.0f;
  if (x > 88.0f) x = 88.0f;
  const int32_t n = (int32_t)(x * 1.4426950408889634f + (x < 0.0f ? -0.5f : 0.5f));
  const float r = x - (float)n * 0.693145751953125f - (float)n * 1.42860682030941723e-6f;
  const float q = 0.4999974899f + r * (0.1666663083f + r * (0.0418338041f + r * 0.0083572001f));
  const uint32_t bits = (uint32_t)(n + 127) << 23;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return (1.0f + r + r * r * q) * scale;
}

/* The parts of a 32-bit sum are exact, so plain conversion gives the core's bits. */
static float real_of(int64_t wide) {
  return (float)(int32_t)(wide >> 32) * 4294967296.0f + (float)(uint32_t)wide;
}

static int32_t guarded_i32(float x) {
  if (x != x) return 0;
  if (x >= 2147483648.0f) return INT32_MAX;
  if (x < -2147483648.0f) return INT32_MIN;
  return (int32_t)x;
}

static int64_t wide_of(float x) {
  const int32_t high = guarded_i32(x * 5.9604644775390625e-8f);
  const int32_t low = guarded_i32(x - (float)high * 16777216.0f);
  return ((int64_t)high << 24) + low;
}

static float unit(float soc) { return soc < 0.0f ? 0.0f : soc > 1.0f ? 1.0f : soc; }

static int locate(const float *table, int count, float soc) {
  int low = 0, high = count - 1;
  while (high - low > 1) {
    const int middle = (low + high) >> 1;
    if (table[middle] <= soc) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

static float between(const float *at, float t) { return at[0] + t * (at[1] - at[0]); }

static const float *tables(const tfmb_profile_t *p) { return (const float *)(p + 1); }

static float tau_at(const tfmb_profile_t *p, float soc) {
  const float *table = tables(p);
  const float inside = unit(soc);
  const int i = locate(table, (int)p->soc_count, inside);
  return between(table + p->soc_count + i, (inside - table[i]) / (table[i + 1] - table[i]));
}

static void cubic(ocv_point *point, const float *at, const float *slopes, float width,
                  float per_width, float t) {
  const float rise = at[1] - at[0];
  const float start = width * slopes[0];
  const float end = width * slopes[1];
  const float c3 = start + end - rise - rise;
  const float c2 = rise - start - c3;
  point->mV = at[0] + t * (start + t * (c2 + t * c3));
  point->slope_mV = (start + t * (c2 + c2 + 3.0f * t * c3)) * per_width;
}

/* Two tables enclose the temperature; beyond them dU/dT goes on. */
static void blend(ocv_point *point, const tfmb_profile_t *p, int i, float width, float t,
                  float temperature_degC) {
  const int n = (int)p->soc_count;
  const int size = 1 + 2 * n;
  const float *block = tables(p) + 4 * n;
  const float *last = block + ((int)p->temperature_count - 2) * size;
  while (block < last && block[size] < temperature_degC) block += size;
  float share = (temperature_degC - block[0]) / (block[size] - block[0]);
  float beyond_K = 0.0f;
  if (share < 0.0f) {
    beyond_K = temperature_degC - block[0];
    share = 0.0f;
  } else if (share > 1.0f) {
    beyond_K = temperature_degC - block[size];
    share = 1.0f;
  }
  const float per_width = 1.0f / width;
  ocv_point hot;
  cubic(point, block + 1 + i, block + 1 + n + i, width, per_width, t);
  cubic(&hot, block + size + 1 + i, block + size + 1 + n + i, width, per_width, t);
  point->mV = point->mV + share * (hot.mV - point->mV) + point->dudt_mV_K * beyond_K;
  point->slope_mV = point->slope_mV + share * (hot.slope_mV - point->slope_mV);
}

static ocv_point evaluate_ocv(const tfmb_profile_t *p, float soc, float temperature_degC) {
  ocv_point point;
  const int n = (int)p->soc_count;
  const float *table = tables(p);
  const float inside = unit(soc);
  const int i = locate(table, n, inside);
  const float width = table[i + 1] - table[i];
  const float per_width = 1.0f / width;
  const float t = (inside - table[i]) * per_width;
  point.factor = between(table + 2 * n + i, t);
  point.dudt_mV_K = between(table + 3 * n + i, t);
  if (p->temperature_count == 1) {
    const float *block = table + 4 * n;
    cubic(&point, block + 1 + i, block + 1 + n + i, width, per_width, t);
    point.mV += point.dudt_mV_K * (temperature_degC - block[0]);
  } else {
    blend(&point, p, i, width, t, temperature_degC);
  }
  if (soc != inside) point.mV += point.slope_mV * (soc - inside);
  return point;
}

static float pack_resistance_mV_nA(const tfmb_profile_t *p, float factor, float temperature_degC) {
  const float arrhenius =
      exp_by_hand(p->activation_K * (1.0f / (temperature_degC + 273.15f) - 0.0033540164346805303f));
  return p->resistance_ohm * 1e-6f * factor * arrhenius *
         ((float)p->series / (float)p->parallel);
}

static void correct_charge(const gauge_areas *a, int64_t change_pC) {
  a->vital->charge_pC += change_pC;
  *a->correction_pC += change_pC;
}

static void advance_diffusion(const gauge_areas *a, const gauge_inputs *in) {
  tfmb_vital_t *v = a->vital;
  const tfmb_profile_t *p = a->profile;
  const float soc_change = real_of(in->net_pC) * in->soc_per_pC;
  const float tau_s = tau_at(p, real_of(v->charge_pC) * in->soc_per_pC);
  const float ratio = in->dt_s / tau_s;
  const float drive = soc_change / ratio;
  for (int k = 0; k < 2; k++) {
    const float decay = exp_by_hand(-p->diffusion_pole[k] * ratio);
    v->diffusion[k] = decay * v->diffusion[k] + p->diffusion_weight[k] * (1.0f - decay) * drive;
  }
}

static void predict(const gauge_areas *a, const gauge_inputs *in) {
  tfmb_vital_t *v = a->vital;
  const tfmb_profile_t *p = a->profile;
  float *P = v->covariance;
  advance_diffusion(a, in);
  if (in->limited) {
    const float reach = in->limiting_reach * 0.01f;
    P[0] = in->limiting_decay * in->limiting_decay * P[0] + reach * reach;
    P[1] *= in->limiting_decay;
    P[2] *= in->limiting_decay;
  }
  const float days = in->dt_s * (1.0f / 86400.0f);
  const float lever = -in->dt_s * 1000.0f * in->soc_per_pC;
  const float swept = lever * P[3];
  P[0] += lever * (P[1] + P[1] + swept) + p->flow_noise * p->flow_noise * 0.01f *
                                              ((in->harvested_pC + in->drained_pC) *
                                               in->soc_per_pC);
  P[1] = P[1] + swept;
  P[2] += lever * P[4];
  P[3] = P[3] + p->leak_walk_nA * p->leak_walk_nA * days;
  P[5] += p->resistance_walk * p->resistance_walk * days;
}

/* Joseph form for the row [h0, 0, h2]; returns the expected variance, sets *gated. */
static float correct(const gauge_areas *a, const gauge_inputs *in, float innovation_mV, float h0,
                     float h2, float noise_mV2, int *gated) {
  tfmb_vital_t *v = a->vital;
  float *P = v->covariance;
  const float ph0 = P[0] * h0 + P[2] * h2;
  const float ph1 = P[1] * h0 + P[4] * h2;
  const float ph2 = P[2] * h0 + P[5] * h2;
  const float predicted = h0 * ph0 + h2 * ph2;
  const float gate = a->profile->gate_sigma;
  const float surprise = (innovation_mV * innovation_mV) / (gate * gate);
  const float variance = predicted + noise_mV2;
  float noise = noise_mV2;
  *gated = surprise > variance;
  if (*gated) noise = surprise - predicted;
  const float gain = 1.0f / (predicted + noise);
  const float k0 = ph0 * gain, k1 = ph1 * gain, k2 = ph2 * gain;
  correct_charge(a, wide_of(k0 * innovation_mV * in->capacity_pC));
  v->leak_nA += k1 * innovation_mV;
  v->resistance_scale += k2 * innovation_mV;
  const float a00 = P[0] - k0 * ph0, a01 = P[1] - k0 * ph1, a02 = P[2] - k0 * ph2;
  const float a10 = P[1] - k1 * ph0, a11 = P[3] - k1 * ph1, a12 = P[4] - k1 * ph2;
  const float a20 = P[2] - k2 * ph0, a22 = P[5] - k2 * ph2;
  const float u0 = a00 * h0 + a02 * h2 - k0 * noise;
  const float u1 = a10 * h0 + a12 * h2 - k1 * noise;
  const float u2 = a20 * h0 + a22 * h2 - k2 * noise;
  P[0] = a00 - u0 * k0;
  P[1] = a01 - u0 * k1;
  P[2] = a02 - u0 * k2;
  P[3] = a11 - u1 * k1;
  P[4] = a12 - u1 * k2;
  P[5] = a22 - u2 * k2;
  return variance;
}

static uint32_t correct_with_pulse(const gauge_areas *a, const gauge_inputs *in, float base) {
  const tfmb_profile_t *p = a->profile;
  const float drop_mV = a->sample->voltage_mV - a->sample->voltage_loaded_mV;
  const float row = a->sample->pulse_drain_nA * base;
  const float expected_mV = row * a->vital->resistance_scale;
  const float load_mV = 0.03f * expected_mV;
  const float variance = 2.0f * p->adc_noise_mV * p->adc_noise_mV +
                         p->adc_lsb_mV * p->adc_lsb_mV * 0.1667f + load_mV * load_mV;
  int gated;
  correct(a, in, drop_mV - expected_mV, 0.0f, row, variance, &gated);
  return 2u | (gated ? 4u : 0u);
}

static float rest_current_nA(const gauge_areas *a, const gauge_inputs *in) {
  const tfmb_sample_t *s = a->sample;
  float current_nA = -a->profile->sleep_drain_nA;
  if (s->pmic_flags & TFMB_PMIC_PAUSED) return current_nA;
  if (in->accepted & TFMB_VALUE_HARVEST_NOW) {
    current_nA += s->harvest_now_nA;
  } else if (in->accepted & TFMB_VALUE_HARVEST) {
    current_nA += s->harvest_mean_nA;
  }
  return current_nA;
}

static uint32_t correct_with_rest(const gauge_areas *a, const gauge_inputs *in, ocv_point ocv,
                                  float base) {
  const tfmb_profile_t *p = a->profile;
  const float series = (float)p->series;
  const float row_r = rest_current_nA(a, in) * base;
  const float drop_mV = row_r * a->vital->resistance_scale;
  const float predicted_mV = series * ocv.mV + drop_mV;
  const float gain_mV = p->adc_gain_sigma * predicted_mV;
  const float current_mV = 0.1f * drop_mV;
  const float temperature_mV = series * ocv.dudt_mV_K * p->temperature_sigma_K;
  const float variance = p->voltage_sigma_mV * p->voltage_sigma_mV +
                         p->adc_noise_mV * p->adc_noise_mV + gain_mV * gain_mV +
                         current_mV * current_mV + temperature_mV * temperature_mV;
  const float innovation_mV = a->sample->voltage_mV - predicted_mV;
  int gated;
  const float expected =
      correct(a, in, innovation_mV, series * ocv.slope_mV, row_r, variance, &gated);
  a->gauge->innovation_mV = innovation_mV;
  a->gauge->innovation_sigma_mV = sqrtf(expected);
  return 1u | (gated ? 4u : 0u);
}

static int finite_by_hand(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (bits & 0x7f800000u) != 0x7f800000u;
}

static void hold_states(const gauge_areas *a, const gauge_inputs *in) {
  tfmb_vital_t *v = a->vital;
  const float soc = real_of(v->charge_pC) * in->soc_per_pC;
  if (soc < -0.05f) correct_charge(a, wide_of((-0.05f - soc) * in->capacity_pC));
  if (soc > 1.06f) correct_charge(a, wide_of((1.06f - soc) * in->capacity_pC));
  if (v->resistance_scale < 0.05f) v->resistance_scale = 0.05f;
  if (v->resistance_scale > 50.0f) v->resistance_scale = 50.0f;
}

static void hold_covariance(const gauge_areas *a) {
  tfmb_vital_t *v = a->vital;
  const tfmb_profile_t *p = a->profile;
  float *P = v->covariance;
  const float sum = P[0] + P[3] + P[5];
  const float leak_variance = p->leak_sigma_nA * p->leak_sigma_nA;
  if (!finite_by_hand(sum) || !(P[0] >= 0.0f && P[3] >= 0.0f && P[5] >= 0.0f) ||
      !finite_by_hand(v->leak_nA + v->resistance_scale)) {
    P[0] = 1.0f;
    P[1] = P[2] = P[4] = 0.0f;
    P[3] = leak_variance;
    P[5] = p->resistance_sigma * p->resistance_sigma;
    v->leak_nA = p->leak_nA;
    v->resistance_scale = 1.0f;
    return;
  }
  const float floor_variance = p->soc_sigma_floor * p->soc_sigma_floor;
  if (P[0] < floor_variance) P[0] = floor_variance;
  if (P[0] > 1.0f) {
    P[0] = 1.0f;
    P[1] = P[2] = 0.0f;
  }
  const float leak_max = 100.0f * p->leak_sigma_nA * p->leak_sigma_nA;
  if (P[3] > leak_max) {
    P[1] = P[4] = 0.0f;
    P[3] = leak_max;
  }
  if (P[5] > 25.0f) {
    P[2] = P[4] = 0.0f;
    P[5] = 25.0f;
  }
}

void gauge_by_hand(const gauge_areas *a, const gauge_inputs *in) {
  tfmb_vital_t *v = a->vital;
  const tfmb_profile_t *p = a->profile;
  uint32_t used = 0;
  predict(a, in);
  const float lead = p->diffusion_gain * (v->diffusion[0] + v->diffusion[1]);
  const float temperature_degC = v->temperature_degC;
  const ocv_point ocv =
      evaluate_ocv(p, real_of(v->charge_pC) * in->soc_per_pC + lead, temperature_degC);
  const float base = pack_resistance_mV_nA(p, ocv.factor, temperature_degC);
  if (in->accepted & TFMB_VALUE_PULSE) used |= correct_with_pulse(a, in, base);
  if (a->sample->pmic_flags & TFMB_PMIC_LIMITING) {
    used |= 8u;
  } else if (in->accepted & TFMB_VALUE_VOLTAGE) {
    used |= correct_with_rest(a, in, ocv, base);
  }
  hold_states(a, in);
  hold_covariance(a);
  a->gauge->corrections = used;
}
