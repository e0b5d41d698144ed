/* The bank of hypotheses by hand: assembly/gauge/BANK. */
#ifndef TFMB_BY_HAND_BANK_H
#define TFMB_BY_HAND_BANK_H

#include "voltage.h"

static void correct_charge(int64_t change_pC) {
  VITAL.charge_pC += change_pC;
  WARM.book_pC[TFMB_PATH_CORRECTION] += change_pC;
}

static float soc_of_rest(float rest_mV) { return soc_at_rest(rest_mV / (float)profile->series); }

/* SOC of one hypothesis as its rest voltage says. */
static void read_soc(gauge_hypothesis *h, float ledger, float sigma_mV) {
  const float error_mV = voltage_error_mV(h, find_nodes(ledger));
  const float rest_mV = SAMPLE.voltage_mV - error_mV - rest_drop_mV;
  const float turned_mV = TFMB_SQRT(in.hysteresis_variance_mV2);
  const bool turns = turned_mV > 0.0f;
  const float drop_mV = rest_drop_mV < 0.0f ? -rest_drop_mV : rest_drop_mV;
  const float sure_mV = 6.0f + sigma_mV + turned_mV + 0.4f * drop_mV;
  const float unread_mV = turns ? 2.5f * sure_mV : sure_mV;
  const float low = soc_of_rest(rest_mV - unread_mV);
  const float high = soc_of_rest(rest_mV + unread_mV);
  const float half = (high - low) * 0.5f;
  memset(&h->covariance[28], 0, 7 * sizeof(float));
  memset(h->diffusion, 0, sizeof h->diffusion);
  h->covariance[35] = 0.0001f + half * half * (turns ? 0.64f : 1.0f);
  h->state[SOC] = (low + high) * 0.5f - ledger;
}

/* The bank's mean of a state. */
static float bank_mean(int index) {
  float sum = 0.0f;
  for (int i = 0; i < WARM.alive; i++) sum += BANK[i].weight * BANK[i].state[index];
  return sum;
}

/* Mean of SOC's distance from the ledger; the means of the other states are in vital. */
static float soc_mean;

static void publish_means(void) {
  for (int k = 0; k < SOC; k++) means()[k] = bank_mean(k);
  soc_mean = bank_mean(SOC);
}

static float published(int index) { return index == SOC ? soc_mean : means()[index]; }

/* Covariance (row >= column) of the whole bank. */
static float mixed_covariance(int row, int column) {
  float sum = 0.0f;
  for (int i = 0; i < WARM.alive; i++) {
    gauge_hypothesis *h = &BANK[i];
    const float off = (h->state[row] - published(row)) * (h->state[column] - published(column));
    sum += h->weight * (*entry(h, row, column) + off);
  }
  return sum;
}

static void merge_bank(void) {
  publish_means();
  float *at = BANK[0].covariance;
  for (int i = 0; i < STATES; i++) {
    for (int j = 0; j <= i; j++) *at++ = mixed_covariance(i, j);
  }
  memcpy(BANK[0].state, means(), 7 * sizeof(float));
  BANK[0].state[SOC] = soc_mean;
  BANK[0].weight = 1.0f;
  WARM.alive = 1;
}

static void spread_bank(float ledger) {
  const int count = profile->hysteresis_mV > 0.0f ? 1 : (int)profile->hypotheses;
  merge_bank();
  const float middle = *entry(BANK, MIDDLE, MIDDLE) - 1.0f;
  const float gain_mV = profile->adc_gain_sigma * in.float_mV;
  const float own_mV = middle < gain_mV * gain_mV ? TFMB_SQRT(middle) : gain_mV;
  const float sigma_mV = middle > 0.0f ? own_mV : 0.0f;
  const float step = count > 1 ? 2.0f * 2.5f / (float)(count - 1) : 0.0f;
  const float width_mV = count > 1 ? 0.8f * step * sigma_mV : sigma_mV;
  for (int i = count - 1; i >= 0; i--) {
    gauge_hypothesis *h = &BANK[i];
    if (i != 0) *h = BANK[0];
    const float sigmas = count > 1 ? (float)i * step - 2.5f : 0.0f;
    for (int k = ERROR; k < SOC; k++) {
      h->state[k] += sigmas * sigma_mV;
      for (int j = 0; j <= k; j++) {
        *entry(h, k, j) = j < ERROR ? 0.0f : width_mV * width_mV + (j == k ? 1.0f : 0.0f);
      }
    }
    read_soc(h, ledger, count > 1 ? 0.0f : sigma_mV);
    h->weight = exp_by_hand(-0.5f * sigmas * sigmas);
  }
  WARM.alive = (uint8_t)count;
  WARM.held = 0;
}

static void weigh_bank(void) {
  const int count = WARM.alive;
  float sum = 0.0f, low = 2.0f, high = -2.0f;
  for (int i = 0; i < count; i++) {
    if (BANK[i].weight > 0.0f) sum += BANK[i].weight;
  }
  if (sum == 0.0f) {
    for (int i = 0; i < count; i++) BANK[i].weight = 1.0f;
    sum = (float)count;
  }
  int kept = 0;
  for (int i = 0; i < count; i++) {
    const float likely = BANK[i].weight / sum;
    if (!(likely >= 8.3e-7f)) continue;
    if (kept != i) BANK[kept] = BANK[i];
    BANK[kept].weight = likely;
    const float soc = BANK[kept].state[SOC];
    if (soc < low) low = soc;
    if (soc > high) high = soc;
    kept++;
  }
  WARM.alive = (uint8_t)kept;
  if (kept > 1 && (high - low < 0.003f || WARM.held >= 4)) merge_bank();
}

/* Returns whether the ledger was moved. */
static bool publish_soc(void) {
  const int count = WARM.alive;
  const float shift = bank_mean(SOC);
  float spread = 0.0f;
  for (int i = 0; i < count; i++) {
    const float off = BANK[i].state[SOC] - shift;
    spread += BANK[i].weight * (BANK[i].covariance[35] + 1.5f * off * off);
  }
  VITAL.soc_sigma = TFMB_SQRT(spread);
  const int64_t moved_pC = wide_of(shift * in.capacity_pC);
  if (moved_pC == 0) return false;
  correct_charge(moved_pC);
  const float moved = real_of(moved_pC) * in.soc_per_pC;
  for (int i = 0; i < count; i++) BANK[i].state[SOC] -= moved;
  return true;
}

#endif
