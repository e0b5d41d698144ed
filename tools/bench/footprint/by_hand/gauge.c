/* The gauge update written by hand in C, the way an engineer would write it for a Cortex-M: static
 * structs and arrays, locals, static functions in one translation unit. It does the same arithmetic
 * in the same order as assembly/gauge and assembly/cell, so its results must be the same bits; the
 * footprint bench compares both on the same states. Not part of the firmware. Equations and
 * sources: the core's files of the same names. */

#include "gauge.h"

#include "bank.h"
#include "learned.h"

gauge_inputs in;
gauge_memory remembered;
const tfmb_profile_t *profile;

void gauge_by_hand_remember(void) {
  remembered.left = 2.0f;
  remembered.temperature_degC = -1000.0f;
  remembered.surprise = in.surprise;
  pack_resistance_mV_nA(evaluate_ocv(soc_of(VITAL.charge_pC)).factor);
}

static void hold_charge(void) {
  const int64_t charge_pC = VITAL.charge_pC;
  if (charge_pC < in.charge_low_pC) correct_charge(in.charge_low_pC - charge_pC);
  if (charge_pC > in.charge_high_pC) correct_charge(in.charge_high_pC - charge_pC);
}

static void predict_resistance(void) {
  const float grown = WARM.resistance_variance + in.resistance_variance_per_s * in.dt_s;
  WARM.resistance_variance = grown < 25.0f ? grown : 25.0f;
}

/* Returns whether the load step was beyond the gate. */
static bool correct_resistance(float base_mV_nA) {
  const float row = SAMPLE.pulse_drain_nA * base_mV_nA;
  const float expected_mV = row * VITAL.resistance_scale;
  const float innovation_mV = SAMPLE.voltage_mV - SAMPLE.voltage_loaded_mV - expected_mV;
  const float load_mV = 0.03f * expected_mV;
  const float spread = row * WARM.resistance_variance;
  const float total = row * spread + (in.pulse_variance_mV2 + load_mV * load_mV);
  const float surprise = innovation_mV * innovation_mV;
  const bool beyond = surprise > in.gate_squared * total;
  const float gain = spread / (beyond ? surprise / in.gate_squared : total);
  const float scale = VITAL.resistance_scale + gain * innovation_mV;
  VITAL.resistance_scale = scale > 0.05f ? (scale < 50.0f ? scale : 50.0f) : 0.05f;
  WARM.resistance_variance -= gain * row * WARM.resistance_variance;
  return beyond;
}

static void settle(bool limiting) {
  WARM.uncorrected_s = 0.0f;
  WARM.moved_soc = 0.0f;
  WARM.was_limiting = limiting;
}

/* Readings that surprise every hypothesis, one after the other: SOC is doubted. */
static void follow_surprise(float least) {
  WARM.surprise += (least - WARM.surprise) * 0.25f;
  if (!(least > 1.0f && WARM.surprise > 2.0f)) return;
  for (int i = 0; i < WARM.alive; i++) BANK[i].covariance[35] += 0.01f;
}

static bool no_gain(void) {
  for (int k = 0; k < 3; k++) {
    const float error_mV = VITAL.voltage_error_mV[k];
    if (!(error_mV < in.error_most_mV && error_mV > -in.error_most_mV)) return true;
  }
  return false;
}

/* Returns what was used, bits of GAUGE.corrections. */
static uint32_t take_voltage(float soc, float base_mV_nA) {
  const bool limiting = (SAMPLE.pmic_flags & TFMB_PMIC_LIMITING) != 0;
  const float lost = in.hysteresis_variance_mV2 > 0.0f ? 0.5f : 0.2f;
  const bool unsure = VITAL.soc_sigma > lost || BANK[0].covariance[35] > lost * lost;
  if (unsure && !limiting) {
    remembered.read_anew = true;
    find_rest_current();
    find_rest_drop(base_mV_nA);
    spread_bank(soc);
    weigh_bank();
    publish_means();
    settle(limiting);
    return 1u;
  }
  const bool paused = (SAMPLE.pmic_flags & TFMB_PMIC_PAUSED) != 0;
  const bool turned = limiting != (WARM.was_limiting != 0);
  const float wait_s = limiting ? 1800.0f : 3600.0f;
  if (!turned && !paused && WARM.uncorrected_s < wait_s && WARM.moved_soc < 0.01f) return 0;
  find_rest_current();
  const int count = WARM.alive;
  bool held = false;
  float least = in.gate_squared;
  for (int i = 0; i < count; i++) {
    if (correct_with_voltage(&BANK[i], soc)) held = true;
    if (remembered.surprise < least) least = remembered.surprise;
  }
  if (held && WARM.held < 255) WARM.held++;
  follow_surprise(least);
  weigh_bank();
  publish_means();
  if (no_gain()) WARM.surprise = in.gate_squared;
  keep_learned();
  settle(limiting);
  return (held ? 8u : 1u) | (least == in.gate_squared ? 4u : 0u);
}

static void start_again(void) {
  const float aged = VITAL.resistance_scale;
  forget_learned();
  if (aged > 1.0f && aged < 100.0f) VITAL.resistance_scale = aged;
  VITAL.diffusion[0] = VITAL.diffusion[1] = 0.0f;
  restore_learned();
  WARM.surprise = 0.0f;
}

static void hold_sigma(void) {
  bool sound = is_finite(VITAL.soc_sigma + VITAL.leak_nA + VITAL.resistance_scale);
  for (int i = 0; i < WARM.alive; i++) {
    float *variance = &BANK[i].covariance[35];
    sound = sound && *variance == *variance;
    if (*variance < in.soc_variance_min) *variance = in.soc_variance_min;
    if (*variance > 1.0f) {
      memset(&BANK[i].covariance[28], 0, 7 * sizeof(float));
      *variance = 1.0f;
    }
  }
  if (!sound || WARM.surprise > 0.8f * in.gate_squared) start_again();
  VITAL.diffusion[0] = BANK[0].diffusion[0];
  VITAL.diffusion[1] = BANK[0].diffusion[1];
}

void gauge_by_hand(void) {
  uint32_t used = 0;
  remembered.read_anew = false;
  hold_charge();
  const float soc = soc_of(VITAL.charge_pC);
  const int count = WARM.alive;
  for (int i = 0; i < count; i++) predict(&BANK[i], soc);
  predict_resistance();
  WARM.uncorrected_s += in.dt_s;
  WARM.moved_soc += (in.harvested_pC + in.drained_pC) * in.soc_per_pC;
  const float factor = evaluate_ocv(soc + surface_lead(BANK[0].diffusion)).factor;
  const float base_mV_nA = pack_resistance_mV_nA(factor);
  if (in.accepted & TFMB_VALUE_PULSE) {
    used |= 2u;
    if (correct_resistance(base_mV_nA)) used |= 4u;
  }
  if (in.accepted & TFMB_VALUE_VOLTAGE) used |= take_voltage(soc, base_mV_nA);
  const uint32_t sixteenths = guarded_u32(WARM.uncorrected_s * (16.0f / 15.0f));
  const uint32_t age = (sixteenths + (VITAL.boots & 15u)) >> 4;
  VITAL.uncorrected = (uint8_t)(age < 255 ? age : 255);
  hold_sigma();
  if (publish_soc()) hold_charge();
  GAUGE.corrections = used;
}
