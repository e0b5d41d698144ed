/* The readings of the board: ADC counts as f32, the charger's flag, the rig's current meter.
 *
 * A count becomes the f32 nearest to count x step, rounded once: a reading is then the same bits as
 * the one that the simulated sensor rounds to its step. */

#include "aem13920.h"
#include "board.h"
#include "i2c.h"
#include "pins.h"
#include "registers.h"

/* The temperature sensor: a made-up linear one, 0.25 K a count, 0 degC at 400 counts. */
#define TEMPERATURE_STEP_UK 250000u
#define TEMPERATURE_ZERO 400

static uint32_t count_at(uint32_t channel) {
  ADC_CONTROL = ADC_ON | channel << ADC_CHANNEL;
  ADC_CONTROL = ADC_ON | channel << ADC_CHANNEL | ADC_START;
  while (!(ADC_CONTROL & ADC_READY)) {
  }
  return ADC_RESULT;
}

/* The f32 nearest to count x step / 10^6. */
static float scaled(uint32_t count, uint32_t step) {
  uint64_t exact = (uint64_t)count * step;
  if (exact == 0) return 0.0f;
  uint32_t shift = 0;
  /* a quotient of 27 bits: 24 of the result, two to round by, one for all that is behind */
  for (; exact < 1ull << 46; shift++) exact <<= 1;
  const uint32_t quotient = (uint32_t)(exact / 1000000u) | (exact % 1000000u != 0);
  const uint32_t power_bits = (127 - shift) << 23;
  float power;
  memcpy(&power, &power_bits, sizeof power);
  return (float)quotient * power;
}

/* The profile's resolution of the ADC in whole nanovolts; in front of it lies the divider. */
static uint32_t voltage_step_nV(void) {
  return (uint32_t)(board_profile()->adc_lsb_mV * 1e6f + 0.5f);
}

static float temperature_degC(void) {
  const int32_t count = (int32_t)count_at(ADC_TEMPERATURE) - TEMPERATURE_ZERO;
  const float value = scaled((uint32_t)(count < 0 ? -count : count), TEMPERATURE_STEP_UK);
  return count < 0 ? -value : value;
}

static float source_mV(uint32_t source, uint32_t step_nV) {
  SIO_OUT_CLEAR = 1u << PIN_SOURCE_LOW | 1u << PIN_SOURCE_HIGH;
  SIO_OUT_SET = source << PIN_SOURCE_LOW;
  return scaled(count_at(ADC_SOURCE), step_nV);
}

/* What the meter of the rig shows, from its register 0 on. */
typedef struct {
  int64_t charge_pC;
  float harvest_mean_nA, harvest_now_nA, probe_nA, current_nA;
} meter_t;

static void read_meter(uint32_t asked, tfmb_sample_t *sample) {
  meter_t meter;
  const uint8_t first = 0;
  if (i2c_transfer(I2C_METER, &first, 1, (uint8_t *)&meter, sizeof meter)) {
    sample->valid &= ~asked;
    return;
  }
  if (asked & TFMB_VALUE_CHARGE) sample->charge_pC = meter.charge_pC;
  if (asked & TFMB_VALUE_HARVEST) sample->harvest_mean_nA = meter.harvest_mean_nA;
  if (asked & TFMB_VALUE_HARVEST_NOW) sample->harvest_now_nA = meter.harvest_now_nA;
  if (asked & TFMB_VALUE_PROBE) sample->probe_nA = meter.probe_nA;
  if (asked & TFMB_VALUE_CURRENT) sample->current_nA = meter.current_nA;
}

void board_measure(uint32_t asked, tfmb_sample_t *sample) {
  const uint32_t step_nV = voltage_step_nV();
  const uint32_t metered = TFMB_VALUE_CHARGE | TFMB_VALUE_HARVEST | TFMB_VALUE_HARVEST_NOW |
                           TFMB_VALUE_PROBE | TFMB_VALUE_CURRENT;
  if (asked & TFMB_VALUE_VOLTAGE) sample->voltage_mV = scaled(count_at(ADC_CELL), step_nV);
  if (asked & TFMB_VALUE_PULSE) {
    SIO_OUT_SET = 1u << PIN_LOAD;
    sample->voltage_loaded_mV = scaled(count_at(ADC_CELL), step_nV);
    SIO_OUT_CLEAR = 1u << PIN_LOAD;
  }
  if (asked & TFMB_VALUE_TEMPERATURE) sample->temperature_degC = temperature_degC();
  for (uint32_t i = 0; i < 4; i++) {
    if (asked & TFMB_VALUE_SOURCE << i) sample->source_mV[i] = source_mV(i, step_nV);
  }
  if (asked & metered) read_meter(asked & metered, sample);
  if (asked & FROM_BOARD_LIMITING && aem13920_is_limiting()) {
    sample->pmic_flags |= TFMB_PMIC_LIMITING;
  }
}

void board_act(const tfmb_decision_t *decision) {
  aem13920_set(decision, board_profile()->actuators);
}
