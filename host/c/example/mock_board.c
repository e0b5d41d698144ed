/* The made-up board of the example. One pack of the profile's cells; office light from 8 to 18
 * o'clock. Everything in f32 and integers, as on a chip without a double-precision unit. */

#include "mock_board.h"

#define FRAM_BYTES 256
#define HOUR_MS 3600000u
#define PULSE_NA 5000.0f
#define HARVEST_NA 9000.0f
#define EVENTS_WANTED 2

static const tfmb_profile_t *node;
static uint8_t fram[FRAM_BYTES];
static uint32_t clock_ms, event_count, record_count;
static float charge_nC, capacity_nC, harvest_nA;
static int charging;

static const float *tables(void) { return (const float *)(const void *)(node + 1); }

/* Rest voltage of the pack: the first OCV table of the profile, straight between its nodes. */
static float rest_mV(void) {
  const float *soc = tables(), *ocv_mV = soc + 4 * node->soc_count + 1;
  const float here = charge_nC / capacity_nC;
  uint32_t i = 0;
  while (i + 2 < node->soc_count && soc[i + 1] < here) i++;
  const float t = (here - soc[i]) / (soc[i + 1] - soc[i]);
  return (float)node->series * (ocv_mV[i] + t * (ocv_mV[i + 1] - ocv_mV[i]));
}

static float drop_mV(float current_nA) {
  const float strings = (float)node->series / (float)node->parallel;
  return current_nA * 1e-6f * node->resistance_ohm * strings;
}

static void move_charge(float nC) {
  charge_nC += nC;
  if (charge_nC < 0.0f) charge_nC = 0.0f;
  if (charge_nC > capacity_nC) charge_nC = capacity_nC;
}

static float light_nA(void) {
  const uint32_t hour = clock_ms / HOUR_MS % 24;
  return hour >= 8 && hour < 18 ? HARVEST_NA : 0.0f;
}

/* Reading the clock takes a millisecond, so that it never stands still. */
static uint32_t now_ms(void) { return clock_ms++; }

static void measure(tfmb_sample_t *sample) {
  const float flowing_nA = (charging ? harvest_nA : 0.0f) - node->sleep_drain_nA;
  sample->valid = TFMB_VALUE_VOLTAGE | TFMB_VALUE_PULSE | TFMB_VALUE_TEMPERATURE |
                  TFMB_VALUE_HARVEST | TFMB_VALUE_HARVEST_NOW | TFMB_VALUE_ACTIVE;
  sample->pmic_flags = flowing_nA > 0.0f ? TFMB_PMIC_CHARGING : 0;
  sample->active_ms = node->wake_ms;
  sample->voltage_mV = rest_mV() + drop_mV(flowing_nA);
  sample->voltage_loaded_mV = sample->voltage_mV - drop_mV(PULSE_NA);
  sample->pulse_drain_nA = PULSE_NA;
  sample->temperature_degC = 25.0f;
  sample->harvest_mean_nA = charging ? harvest_nA : 0.0f;
  sample->harvest_now_nA = sample->harvest_mean_nA;
}

static void act(const tfmb_decision_t *decision) {
  charging = decision->charge_enable != 0;
  harvest_nA = light_nA();
  if (harvest_nA > decision->charge_limit_nA) harvest_nA = decision->charge_limit_nA;
}

static void work(const uint16_t *allowed, uint16_t *done) {
  for (int kind = 0; kind < 4; kind++) {
    done[kind] = allowed[kind] < EVENTS_WANTED ? allowed[kind] : EVENTS_WANTED;
    event_count += done[kind];
    move_charge(-(float)done[kind] * node->event_drain_pC[kind] * 1e-3f);
  }
}

static int store(const tfmb_storage_t *operation, uint8_t *bytes) {
  const uint32_t at = operation->address - node->storage_at, length = operation->length;
  if (at > FRAM_BYTES || length > FRAM_BYTES - at) return 1;
  if (operation->op == 1) memcpy(bytes, fram + at, length);
  if (operation->op == 2) memcpy(fram + at, bytes, length), record_count++;
  if (operation->op == 3) memset(fram + at, 0xff, length);
  return 0;
}

/* Time passes; the cell charges and drains as the board was set. */
static void sleep_ms(uint32_t duration_ms) {
  const float asleep_s = (float)duration_ms * 1e-3f;
  move_charge(((charging ? harvest_nA : 0.0f) - node->sleep_drain_nA) * asleep_s);
  move_charge(-node->active_drain_nA * (float)node->wake_ms * 1e-3f);
  clock_ms += duration_ms;
}

const port_t mock_board = {now_ms, measure, act, work, store, sleep_ms};

void mock_board_start(const tfmb_profile_t *profile) {
  node = profile;
  capacity_nC = profile->capacity_nAh * (float)profile->parallel * 3600.0f;
  charge_nC = capacity_nC * 0.5f;
  harvest_nA = 0.0f;
  charging = 0;
  clock_ms = event_count = record_count = 0;
  memset(fram, 0xff, sizeof fram);
}

uint32_t mock_board_soc_permille(void) {
  return (uint32_t)(charge_nC / capacity_nC * 1000.0f + 0.5f);
}
uint32_t mock_board_events(void) { return event_count; }
uint32_t mock_board_records(void) { return record_count; }
