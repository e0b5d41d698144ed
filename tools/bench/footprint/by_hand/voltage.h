/* What a voltage says about one hypothesis, by hand: assembly/gauge/rest. */
#ifndef TFMB_BY_HAND_VOLTAGE_H
#define TFMB_BY_HAND_VOLTAGE_H

#include "filter.h"

/* Pack current of the harvest while the voltage was sampled, and the drop that the means expect. */
static float read_nA, harvest_now_nA, drained_nA, unread_nA, rest_drop_mV;

/* An absurd drop says that the model knows nothing about this moment. */
static bool is_absurd(float drop_mV) { return !(drop_mV < 60000.0f && drop_mV > -60000.0f); }

static void find_counted_harvest(void) {
  const float sleep_nA = profile->sleep_drain_nA;
  const float nA_per_pC = in.per_s * 0.001f;
  const float asleep_nA = sleep_nA - in.booked_load_pC * nA_per_pC;
  if (!(asleep_nA > 0.0f)) return;
  float awake_pC = (profile->active_drain_nA - sleep_nA) * real_of_u32(in.active_ms);
  for (int i = 0; i < 4; i++) {
    awake_pC += profile->event_drain_pC[i] * real_of_u32(SAMPLE.events[i]);
  }
  harvest_now_nA = asleep_nA + awake_pC * nA_per_pC;
}

static void find_rest_current(void) {
  const uint32_t observables = profile->observables;
  const bool is_read = (in.accepted & TFMB_VALUE_CURRENT) != 0;
  harvest_now_nA = unread_nA = 0.0f;
  read_nA = is_read ? SAMPLE.current_nA : 0.0f;
  drained_nA = is_read ? 0.0f : profile->sleep_drain_nA;
  if (is_read) return;
  if (SAMPLE.pmic_flags & TFMB_PMIC_PAUSED) return;
  if (in.accepted & TFMB_VALUE_HARVEST_NOW) {
    harvest_now_nA = SAMPLE.harvest_now_nA;
  } else if (in.accepted & TFMB_VALUE_CHARGE) {
    find_counted_harvest();
  } else if (observables & TFMB_VALUE_HARVEST) {
    harvest_now_nA = WARM.offered_nA;
    if (observables & TFMB_VALUE_HARVEST_NOW) unread_nA = 0.5f * harvest_now_nA;
    if ((in.accepted & TFMB_VALUE_HARVEST) == 0) unread_nA += WARM.harvest_mean_nA;
  }
  if (in.limited == 0 || at_float()) return;
  const float taken_nA = in.harvested_pC * in.per_s * 0.001f / VITAL.harvest_scale;
  if (taken_nA < harvest_now_nA) harvest_now_nA = taken_nA;
}

static void find_rest_drop(float base_mV_nA) {
  const float current_nA =
      VITAL.harvest_scale * harvest_now_nA - VITAL.load_scale * drained_nA + read_nA;
  const float drop_mV = current_nA * base_mV_nA * VITAL.resistance_scale;
  rest_drop_mV = is_absurd(drop_mV) ? 0.0f : drop_mV;
}

/* The voltage's error is straight between the SOCs 0.3, 0.6 and 1. */
typedef struct {
  int left;
  float right_share;
} error_nodes;

static error_nodes find_nodes(float soc) {
  error_nodes nodes = {ERROR, (soc - 0.3f) * 3.3333333f};
  if (soc > 0.6f) {
    nodes.left = ERROR + 1;
    nodes.right_share = (soc - 0.6f) * 2.5f;
  }
  const float share = nodes.right_share;
  nodes.right_share = share > 0.0f ? (share < 1.0f ? share : 1.0f) : 0.0f;
  return nodes;
}

static float voltage_error_mV(const gauge_hypothesis *h, error_nodes nodes) {
  const float left = h->state[nodes.left];
  return left + nodes.right_share * (h->state[nodes.left + 1] - left);
}

/* OCV at `surface`, slope of the pack over the spread of SOC, and what its bend adds. */
static ocv_point evaluate_spread(float surface, float spread, float *slope_mV, float *bend_mV) {
  const float series = (float)profile->series;
  *bend_mV = 0.0f;
  if (!(spread > 0.000016f)) {
    const ocv_point point = evaluate_ocv(surface);
    *slope_mV = series * point.slope_mV;
    return point;
  }
  const float reach = 1.7320508f * TFMB_SQRT(spread);
  const float above_mV = evaluate_ocv(surface + reach).mV;
  const float below_mV = evaluate_ocv(surface - reach).mV;
  const ocv_point point = evaluate_ocv(surface);
  *slope_mV = series * (above_mV - below_mV) / (reach + reach);
  *bend_mV = series * ((above_mV + below_mV) * 0.5f - point.mV) * 0.3333333f;
  return point;
}

static float rest_variance_mV2(ocv_point ocv, float slope_mV, float bend_mV, float lead,
                               float drop_mV, float unread_mV) {
  const float dwell = 0.01f / (WARM.moved_soc > 0.001f ? WARM.moved_soc : 0.001f);
  const float drift_mV = in.drift_mV_K * (VITAL.temperature_degC - 25.0f);
  const float temperature_mV = ocv.dudt_mV_K * in.temperature_sigma_K;
  const float share = WARM.resistance_variance / (VITAL.resistance_scale * VITAL.resistance_scale);
  return in.reading_variance_mV2 + dwell * (in.dwell_variance_mV2 + drift_mV * drift_mV) +
         slope_mV * slope_mV * (lead * lead + 0.000009f) +
         drop_mV * drop_mV * (0.04f + share) + unread_mV * unread_mV +
         temperature_mV * temperature_mV + 2.0f * bend_mV * bend_mV;
}

/* With hysteresis a rest voltage says between which SOCs the cell is, and nothing within, unless it
 * alone halves the variance of the counter's scale. */
static void keep_within(gauge_hypothesis *h, int node, float ledger, float rest_mV, float lead,
                        float drop_mV) {
  const float series = (float)profile->series;
  const float band_mV2 = in.hysteresis_variance_mV2 + in.table_variance_mV2 +
                         *entry(h, node, node) + 0.04f * drop_mV * drop_mV;
  const float band_mV = 3.0f * TFMB_SQRT(band_mV2);
  const float low = soc_at_rest((rest_mV - band_mV) / series) - lead;
  const float high = soc_at_rest((rest_mV + band_mV) / series) - lead;
  const float soc = ledger + h->state[SOC];
  const float kept = soc < low ? low : soc > high ? high : soc;
  const float width = high - low;
  const float spread = width * width * 0.16f + 0.0001f;
  const float tie = h->covariance[28 + LOAD];
  const bool teaches = tie * (tie + tie) > (h->covariance[35] + spread) * *entry(h, LOAD, LOAD);
  if (teaches && (in.accepted & TFMB_VALUE_CHARGE)) {
    float row[STATES] = {0};
    row[SOC] = band_mV / TFMB_SQRT(spread);
    correct(h, row, row[SOC] * ((low + high) * 0.5f - soc), band_mV * band_mV);
    return;
  }
  if (kept == soc && h->covariance[35] < spread) return;
  h->state[SOC] = h->state[SOC] + kept - soc;
  memset(&h->covariance[28], 0, 7 * sizeof(float));
  const float doubted = h->covariance[35] + (kept - soc) * (kept - soc);
  h->covariance[35] = doubted < spread ? doubted : spread;
}

/* What the hypothesis takes the charger's set point for. */
static float set_mV(const gauge_hypothesis *h) {
  return in.float_mV * (1.0f + h->state[FLOAT]);
}

static void correct_with_float(gauge_hypothesis *h, error_nodes nodes) {
  float row[STATES] = {0};
  row[nodes.left] = 1.0f - nodes.right_share;
  row[nodes.left + 1] = nodes.right_share;
  row[FLOAT] = in.float_mV;
  const float innovation_mV = SAMPLE.voltage_mV - voltage_error_mV(h, nodes) - set_mV(h);
  correct(h, row, innovation_mV, 4.0f);
  GAUGE.innovation_mV = innovation_mV;
}

/* Returns whether it was the float voltage. */
static bool correct_with_voltage(gauge_hypothesis *h, float soc) {
  remembered.surprise = 0.0f;
  const float lead = surface_lead(h->diffusion);
  const float surface = soc + h->state[SOC] + lead;
  const error_nodes nodes = find_nodes(surface);
  float slope_mV, bend_mV;
  const float spread = h->covariance[35];
  const ocv_point ocv = evaluate_spread(surface, spread, &slope_mV, &bend_mV);
  const float ohmic_mV_nA = pack_resistance_mV_nA(ocv.factor) * VITAL.resistance_scale;
  const float row_load = -drained_nA * ohmic_mV_nA;
  const float row_harvest = harvest_now_nA * ohmic_mV_nA;
  const float told_mV = row_load * h->state[LOAD] + row_harvest * h->state[HARVEST];
  const float drop_mV = told_mV + read_nA * ohmic_mV_nA;
  if (is_absurd(drop_mV)) return false;
  const float rest_mV = (float)profile->series * ocv.mV + bend_mV + drop_mV;
  const bool held = at_float();
  if (held) {
    correct_with_float(h, nodes);
    if (rest_mV >= set_mV(h) || spread > 0.04f) return true;
  }
  const float read_mV = SAMPLE.voltage_mV - voltage_error_mV(h, nodes);
  if (in.hysteresis_variance_mV2 > 0.0f) {
    keep_within(h, nodes.left, soc, read_mV - drop_mV, lead, drop_mV);
    return held;
  }
  float row[STATES] = {0};
  row[nodes.left] = 1.0f - nodes.right_share;
  row[nodes.left + 1] = nodes.right_share;
  row[SOC] = slope_mV;
  row[LOAD] = row_load;
  row[HARVEST] = row_harvest;
  const float innovation_mV = read_mV - rest_mV;
  const float unread_mV = unread_nA * ohmic_mV_nA;
  correct(h, row, innovation_mV,
          rest_variance_mV2(ocv, slope_mV, bend_mV, lead, drop_mV, unread_mV));
  GAUGE.innovation_mV = innovation_mV;
  return held;
}

#endif
