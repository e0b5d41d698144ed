/* Open-circuit voltage, resistance and diffusion by hand: assembly/cell. */
#ifndef TFMB_BY_HAND_CELL_H
#define TFMB_BY_HAND_CELL_H

#include "gauge.h"
#include "numbers.h"

typedef struct {
  float mV, slope_mV, factor, dudt_mV_K;
} ocv_point;

static const float *tables(void) { return (const float *)(profile + 1); }

static float find_segment(float soc) {
  if (soc >= remembered.left && soc < remembered.right) return soc;
  const float inside = soc < 0.0f ? 0.0f : soc > 1.0f ? 1.0f : soc;
  const bool last = remembered.right == 1.0f;
  if (inside >= remembered.left && (inside < remembered.right || last)) return inside;
  const float *table = tables();
  int low = 0, high = (int)profile->soc_count - 1;
  while (high - low > 1) {
    const int middle = (low + high) >> 1;
    if (table[middle] <= inside) {
      low = middle;
    } else {
      high = middle;
    }
  }
  remembered.node = low;
  remembered.left = table[low];
  remembered.right = table[low + 1];
  remembered.width = remembered.right - remembered.left;
  remembered.per_width = 1.0f / remembered.width;
  return inside;
}

static float between(const float *at, float t) { return at[0] + t * (at[1] - at[0]); }

static float tau_at(float soc) {
  const float inside = find_segment(soc);
  const float t = (inside - remembered.left) * remembered.per_width;
  return between(tables() + profile->soc_count + remembered.node, t);
}

static void cubic(ocv_point *point, const float *at, const float *slopes, float t) {
  const float rise = at[1] - at[0];
  const float start = remembered.width * slopes[0];
  const float c3 = start + remembered.width * slopes[1] - rise - rise;
  const float c2 = rise - start - c3;
  const float bend = t * c3;
  point->mV = at[0] + t * (start + t * (c2 + bend));
  point->slope_mV = (start + t * (c2 + c2 + 3.0f * bend)) * remembered.per_width;
}

/* Two tables enclose the temperature; beyond them dU/dT goes on. */
static void blend(ocv_point *point, float t) {
  const float temperature_degC = VITAL.temperature_degC;
  const int n = (int)profile->soc_count, i = remembered.node;
  const int size = 1 + 2 * n;
  const float *block = tables() + 4 * n;
  const float *last = block + ((int)profile->temperature_count - 2) * size;
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

static ocv_point evaluate_ocv(float soc) {
  ocv_point point;
  const float temperature_degC = VITAL.temperature_degC;
  const int n = (int)profile->soc_count;
  const float *table = tables();
  const float inside = find_segment(soc);
  const int i = remembered.node;
  const float t = (inside - remembered.left) * remembered.per_width;
  point.factor = between(table + 2 * n + i, t);
  point.dudt_mV_K = between(table + 3 * n + i, t);
  if (profile->temperature_count == 1) {
    const float *block = table + 4 * n;
    cubic(&point, block + 1 + i, block + 1 + n + i, t);
    point.mV += point.dudt_mV_K * (temperature_degC - block[0]);
  } else {
    blend(&point, t);
  }
  if (soc != inside) point.mV += point.slope_mV * (soc - inside);
  return point;
}

/* SOC where one cell rests at that voltage. */
static float soc_at_rest(float voltage_mV) {
  float low = -0.05f, high = 1.06f;
  for (int i = 0; i < 24; i++) {
    const float middle = (low + high) * 0.5f;
    if (evaluate_ocv(middle).mV < voltage_mV) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) * 0.5f;
}

static float pack_resistance_mV_nA(float factor) {
  const float temperature_degC = VITAL.temperature_degC;
  if (temperature_degC != remembered.temperature_degC) {
    const float per_K = 1.0f / (temperature_degC + 273.15f) - 0.0033540164346805303f;
    const float growth = exp_by_hand(profile->activation_K * per_K);
    remembered.resistance_mV_nA = in.resistance_25_mV_nA * growth;
    remembered.temperature_degC = temperature_degC;
  }
  return remembered.resistance_mV_nA * factor;
}

static float bounded(float s) {
  return s < 2.0f ? (s > -2.0f ? s : -2.0f) : s >= 2.0f ? 2.0f : 0.0f;
}

static void advance_diffusion(float *states, float soc_change, float dt_s, float per_s,
                              float tau_s) {
  const float ratio = dt_s / tau_s;
  const float drive = soc_change * tau_s * per_s;
  for (int k = 0; k < 2; k++) {
    const float left = decay(profile->diffusion_pole[k] * ratio);
    const float moved = profile->diffusion_weight[k] * (1.0f - left) * drive;
    states[k] = bounded(left * states[k] + moved);
  }
}

static float surface_lead(const float *states) {
  return profile->diffusion_gain * (states[0] + states[1]);
}

static float soc_of(int64_t charge_pC) { return real_of(charge_pC) * in.soc_per_pC; }

#endif
