/* The gauge update written by hand in C, the way an engineer would write it for a Cortex-M:
 * structs, locals, static functions. It does the same arithmetic in the same order as
 * assembly/gauge and assembly/cell, so its results must be the same bits; the footprint bench
 * compares both on the same states. Not part of the firmware. Equations and sources: the core's
 * files of the same names. */

#include "gauge_by_hand.h"

#include <math.h>
#include <string.h>

typedef struct {
  float mV, slope_mV, factor, dudt_mV_K;
} ocv_point;

static float reduced_exp(float x, float half) {
  const int32_t n = (int32_t)(x * 1.4426950408889634f + half);
  const float r = x - (float)n * 0.693145751953125f - (float)n * 1.42860682030941723e-6f;
  const float q = 0.4999974899f + r * (0.1666663083f + r * (0.0418338041f + r * 0.0083572001f));
  const uint32_t bits = (uint32_t)(n + 127) << 23;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return (1.0f + r + r * r * q) * scale;
}

static float exp_by_hand(float x) {
  if (!(x > -87.0f)) return 0.0f;
  if (x > 88.0f) x = 88.0f;
  return reduced_exp(x, x < 0.0f ? -0.5f : 0.5f);
}

static float decay(float time) { return time < 17.4f ? reduced_exp(-time, -0.5f) : 0.0f; }

static float real_of(int64_t wide) {
  const int64_t sign = wide >> 47;
  if (sign == 0 || sign == -1) {
    const int32_t high = (int32_t)(wide >> 24), low = (int32_t)wide & 0xffffff;
    return ((float)high + (float)low * 5.9604644775390625e-8f) * 16777216.0f;
  }
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

/* The segment found last is tried first, as in the core. */
static struct {
  int i;
  float left, right, width, per_width;
} segment = {0, 2.0f, 0.0f, 1.0f, 1.0f};

static const float *tables(const tfmb_profile_t *p) { return (const float *)(p + 1); }

static float find_segment(const tfmb_profile_t *p, float soc) {
  if (soc >= segment.left && soc < segment.right) return soc;
  const float inside = soc < 0.0f ? 0.0f : soc > 1.0f ? 1.0f : soc;
  if (inside >= segment.left && (inside < segment.right || segment.right == 1.0f)) return inside;
  const float *table = tables(p);
  int low = 0, high = (int)p->soc_count - 1;
  while (high - low > 1) {
    const int middle = (low + high) >> 1;
    if (table[middle] <= inside) {
      low = middle;
    } else {
      high = middle;
    }
  }
  segment.i = low;
  segment.left = table[low];
  segment.right = table[low + 1];
  segment.width = segment.right - segment.left;
  segment.per_width = 1.0f / segment.width;
  return inside;
}

static float between(const float *at, float t) { return at[0] + t * (at[1] - at[0]); }

static float tau_at(const tfmb_profile_t *p, float soc) {
  const float inside = find_segment(p, soc);
  return between(tables(p) + p->soc_count + segment.i, (inside - segment.left) * segment.per_width);
}

static void cubic(ocv_point *point, const float *at, const float *slopes, float t) {
  const float rise = at[1] - at[0];
  const float start = segment.width * slopes[0];
  const float c3 = start + segment.width * slopes[1] - rise - rise;
  const float c2 = rise - start - c3;
  const float bend = t * c3;
  point->mV = at[0] + t * (start + t * (c2 + bend));
  point->slope_mV = (start + t * (c2 + c2 + 3.0f * bend)) * segment.per_width;
}

/* Two tables enclose the temperature; beyond them dU/dT goes on. */
static void blend(ocv_point *point, const tfmb_profile_t *p, float t, float temperature_degC) {
  const int n = (int)p->soc_count, i = segment.i;
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
  ocv_point hot;
  cubic(point, block + 1 + i, block + 1 + n + i, t);
  cubic(&hot, block + size + 1 + i, block + size + 1 + n + i, t);
  point->mV = point->mV + share * (hot.mV - point->mV) + point->dudt_mV_K * beyond_K;
  point->slope_mV = point->slope_mV + share * (hot.slope_mV - point->slope_mV);
}

static ocv_point evaluate_ocv(const tfmb_profile_t *p, float soc, float temperature_degC) {
  ocv_point point;
  const int n = (int)p->soc_count;
  const float *table = tables(p);
  const float inside = find_segment(p, soc);
  const int i = segment.i;
  const float t = (inside - segment.left) * segment.per_width;
  point.factor = between(table + 2 * n + i, t);
  point.dudt_mV_K = between(table + 3 * n + i, t);
  if (p->temperature_count == 1) {
    const float *block = table + 4 * n;
    cubic(&point, block + 1 + i, block + 1 + n + i, t);
    point.mV += point.dudt_mV_K * (temperature_degC - block[0]);
  } else {
    blend(&point, p, t, temperature_degC);
  }
  if (soc != inside) point.mV += point.slope_mV * (soc - inside);
  return point;
}

/* The temperature asked for last, as in the core. */
static float last_degC = -1000.0f, at_last_mV_nA = 1.0f;

static float pack_resistance_mV_nA(const tfmb_profile_t *p, const gauge_inputs *in, float factor,
                                   float temperature_degC) {
  if (temperature_degC != last_degC) {
    const float per_K = 1.0f / (temperature_degC + 273.15f) - 0.0033540164346805303f;
    at_last_mV_nA = in->resistance_25_mV_nA * exp_by_hand(p->activation_K * per_K);
    last_degC = temperature_degC;
  }
  return at_last_mV_nA * factor;
}

void gauge_by_hand_forget(void) {
  segment.left = 2.0f;
  last_degC = -1000.0f;
}

static void correct_charge(const gauge_areas *a, int64_t change_pC) {
  a->vital->charge_pC += change_pC;
  *a->correction_pC += change_pC;
}

static float bounded(float s) {
  return s < 2.0f ? (s > -2.0f ? s : -2.0f) : s >= 2.0f ? 2.0f : 0.0f;
}

/* Returns the predicted SOC. */
static float predict(const gauge_areas *a, const gauge_inputs *in) {
  tfmb_vital_t *v = a->vital;
  const tfmb_profile_t *p = a->profile;
  float *P = v->covariance;
  const float soc = real_of(v->charge_pC) * in->soc_per_pC;
  const float tau_s = tau_at(p, soc);
  const float ratio = in->dt_s / tau_s;
  const float drive = (in->harvested_pC - in->drained_pC) * in->soc_per_pC * tau_s * in->per_s;
  for (int k = 0; k < 2; k++) {
    const float left = decay(p->diffusion_pole[k] * ratio);
    v->diffusion[k] =
        bounded(left * v->diffusion[k] + p->diffusion_weight[k] * (1.0f - left) * drive);
  }
  if (in->limited) {
    const float reach = in->limiting_reach * 0.01f;
    const float sigma = in->limiting_decay * sqrtf(P[0]) + reach;
    P[0] = sigma * sigma;
    P[1] *= in->limiting_decay;
    P[2] *= in->limiting_decay;
  }
  const float lever = -in->dt_s * in->soc_per_nA_s;
  const float swept = lever * P[3];
  const float flow_pC = in->harvested_pC + in->drained_pC;
  P[0] += lever * (P[1] + P[1] + swept) + in->flow_variance_per_pC * flow_pC;
  P[1] = P[1] + swept;
  P[2] += lever * P[4];
  P[3] = P[3] + in->leak_variance_per_s * in->dt_s;
  P[5] += in->resistance_variance_per_s * in->dt_s;
  return soc;
}

typedef struct {
  float shift;
  int gated;
} correction;

static float gate(correction *c, const gauge_inputs *in, float innovation_mV, float predicted,
                  float noise) {
  const float surprise = innovation_mV * innovation_mV;
  if (!(surprise > in->gate_squared * (predicted + noise))) return noise;
  c->gated = 1;
  return surprise / in->gate_squared - predicted;
}

static void move_states(tfmb_vital_t *v, correction *c, float k0, float k1, float k2,
                        float innovation_mV) {
  c->shift += k0 * innovation_mV;
  v->leak_nA += k1 * innovation_mV;
  v->resistance_scale += k2 * innovation_mV;
}

static void correct_resistance(const gauge_areas *a, const gauge_inputs *in, correction *c,
                               float innovation_mV, float h2, float noise_mV2) {
  float *P = a->vital->covariance;
  const float ph2 = P[5] * h2;
  const float predicted = h2 * ph2;
  const float noise = gate(c, in, innovation_mV, predicted, noise_mV2);
  const float gain = 1.0f / (predicted + noise);
  const float ph0 = P[2] * h2, ph1 = P[4] * h2;
  const float k0 = ph0 * gain, k1 = ph1 * gain;
  const float kept = noise * gain;
  move_states(a->vital, c, k0, k1, ph2 * gain, innovation_mV);
  P[0] -= k0 * ph0;
  P[1] -= k0 * ph1;
  P[2] *= kept;
  P[3] -= k1 * ph1;
  P[4] *= kept;
  P[5] *= kept;
}

static void correct_all(const gauge_areas *a, const gauge_inputs *in, correction *c,
                        float innovation_mV, float h0, float h2, float noise_mV2) {
  float *P = a->vital->covariance;
  const float ph0 = P[0] * h0 + P[2] * h2;
  const float ph1 = P[1] * h0 + P[4] * h2;
  const float ph2 = P[2] * h0 + P[5] * h2;
  const float predicted = h0 * ph0 + h2 * ph2;
  if (predicted < 0.0f) {
    P[0] = -1.0f;
    return;
  }
  const float noise = gate(c, in, innovation_mV, predicted, noise_mV2);
  const float gain = 1.0f / (predicted + noise);
  const float k0 = ph0 * gain, k1 = ph1 * gain, k2 = ph2 * gain;
  move_states(a->vital, c, k0, k1, k2, innovation_mV);
  const float a00 = P[0] - k0 * ph0, a01 = P[1] - k0 * ph1, a02 = P[2] - k0 * ph2;
  const float a11 = P[3] - k1 * ph1, a12 = P[4] - k1 * ph2, a22 = P[5] - k2 * ph2;
  const float u0 = a00 * h0 + a02 * h2 - k0 * noise;
  const float u1 = a01 * h0 + a12 * h2 - k1 * noise;
  const float u2 = a02 * h0 + a22 * h2 - k2 * noise;
  P[0] = a00 - u0 * k0;
  P[1] = a01 - u0 * k1;
  P[2] = a02 - u0 * k2;
  P[3] = a11 - u1 * k1;
  P[4] = a12 - u1 * k2;
  P[5] = a22 - u2 * k2;
}

static void correct_with_pulse(const gauge_areas *a, const gauge_inputs *in, correction *c,
                               float base) {
  const float drop_mV = a->sample->voltage_mV - a->sample->voltage_loaded_mV;
  const float row = a->sample->pulse_drain_nA * base;
  const float expected_mV = row * a->vital->resistance_scale;
  const float load_mV = 0.03f * expected_mV;
  correct_resistance(a, in, c, drop_mV - expected_mV, row,
                     in->pulse_variance_mV2 + load_mV * load_mV);
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

static uint32_t correct_with_rest(const gauge_areas *a, const gauge_inputs *in, correction *c,
                                  ocv_point ocv, float base) {
  const tfmb_profile_t *p = a->profile;
  const float series = (float)p->series;
  const float row_z = series * ocv.slope_mV;
  const float row_r = rest_current_nA(a, in) * base;
  const float drop_mV = row_r * a->vital->resistance_scale;
  if (!(drop_mV < 60000.0f && drop_mV > -60000.0f)) return 0;
  const float predicted_mV = series * ocv.mV + row_z * c->shift + drop_mV;
  const float gain_mV = p->adc_gain_sigma * predicted_mV;
  const float current_mV = 0.1f * drop_mV;
  const float temperature_mV = ocv.dudt_mV_K * in->temperature_sigma_K;
  const float variance = in->rest_variance_mV2 + gain_mV * gain_mV + current_mV * current_mV +
                         temperature_mV * temperature_mV;
  const float innovation_mV = a->sample->voltage_mV - predicted_mV;
  correct_all(a, in, c, innovation_mV, row_z, row_r, variance);
  a->gauge->innovation_mV = innovation_mV;
  return 1u;
}

static uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static int finite_by_hand(float x) { return (bits_of(x) & 0x7f800000u) != 0x7f800000u; }

static void hold_charge(const gauge_areas *a, const gauge_inputs *in) {
  const int64_t charge_pC = a->vital->charge_pC;
  if (charge_pC < in->charge_low_pC) correct_charge(a, in->charge_low_pC - charge_pC);
  if (charge_pC > in->charge_high_pC) correct_charge(a, in->charge_high_pC - charge_pC);
}

static void hold_scale(tfmb_vital_t *v) {
  if (v->resistance_scale < 0.05f) v->resistance_scale = 0.05f;
  if (v->resistance_scale > 50.0f) v->resistance_scale = 50.0f;
}

static void cap_covariance(const gauge_areas *a, const gauge_inputs *in) {
  float *P = a->vital->covariance;
  const float least = P[1] * P[1];
  if (least > P[0] * P[3]) P[0] = least / P[3];
  if (!(P[0] <= 1.0f)) {
    P[0] = 1.0f;
    P[1] = P[2] = 0.0f;
  }
  if (P[3] > in->leak_variance_max) {
    P[1] = P[4] = 0.0f;
    P[3] = in->leak_variance_max;
  }
  if (P[5] > 25.0f) {
    P[2] = P[4] = 0.0f;
    P[5] = 25.0f;
  }
}

static void hold_covariance(const gauge_areas *a, const gauge_inputs *in) {
  tfmb_vital_t *v = a->vital;
  const tfmb_profile_t *p = a->profile;
  float *P = v->covariance;
  const float sum = P[0] + P[3] + P[5];
  if ((int32_t)(bits_of(P[0]) | bits_of(P[3]) | bits_of(P[5])) < 0 || !finite_by_hand(sum) ||
      !finite_by_hand(v->leak_nA + v->resistance_scale)) {
    P[0] = 1.0f;
    P[1] = P[2] = P[4] = 0.0f;
    P[3] = p->leak_sigma_nA * p->leak_sigma_nA;
    P[5] = p->resistance_sigma * p->resistance_sigma;
    v->leak_nA = p->leak_nA;
    v->resistance_scale = 1.0f;
    return;
  }
  if (P[0] < in->soc_variance_min) P[0] = in->soc_variance_min;
}

void gauge_by_hand(const gauge_areas *a, const gauge_inputs *in) {
  tfmb_vital_t *v = a->vital;
  const tfmb_profile_t *p = a->profile;
  correction c = {0.0f, 0};
  uint32_t used = 0;
  hold_charge(a, in);
  const float soc = predict(a, in);
  cap_covariance(a, in);
  const float lead = p->diffusion_gain * (v->diffusion[0] + v->diffusion[1]);
  const float temperature_degC = v->temperature_degC;
  const ocv_point ocv = evaluate_ocv(p, soc + lead, temperature_degC);
  const float base = pack_resistance_mV_nA(p, in, ocv.factor, temperature_degC);
  if (in->accepted & TFMB_VALUE_PULSE) {
    correct_with_pulse(a, in, &c, base);
    used |= 2u;
  }
  if (a->sample->pmic_flags & TFMB_PMIC_LIMITING) {
    used |= 8u;
  } else if (in->accepted & TFMB_VALUE_VOLTAGE) {
    used |= correct_with_rest(a, in, &c, ocv, base);
  }
  a->gauge->corrections = used | (c.gated ? 4u : 0u);
  if (c.shift != 0.0f) correct_charge(a, wide_of(c.shift * in->capacity_pC));
  hold_charge(a, in);
  hold_scale(v);
  hold_covariance(a, in);
}
