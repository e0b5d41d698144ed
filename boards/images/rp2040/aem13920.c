/* e-peas AEM13920 over I2C: two sources with a converter each. Registers as the vendor's public
 * driver has them (HAL_AEM13920, AEM13920_RegisterMap.h v2.0.2, read and not copied); never tried
 * on silicon here. New settings count from the UPDATE bit on. */

#include "aem13920.h"

#include "i2c.h"
#include "pins.h"

/* SRC1REGU0, SRC1REGU1, SRC2REGU0, SRC2REGU1; VOVCH, BST1CFG, BST2CFG; CTRL; STATUS0. */
enum { SOURCES = 0x01, VOVCH = 0x07, CONTROL = 0x14, STATUS = 0x17 };
enum { TRACKS = 1 << 0, ENABLED = 1 << 0, UPDATE = 1 << 0, AT_VOVCH = 1 << 2 };
/* SRCxREGU1: samples for 16 ms every 4096 ms. */
#define TIMING (3 | 5 << 3)

#define FLOAT_LOW_MV 2700.0f
#define FLOAT_STEP_MV 18.75f
#define FLOAT_CODE_MAX 101

static const float ratios[] = {0.35f, 0.5f, 0.65f, 0.7f, 0.75f, 0.8f, 0.85f};
enum { RATIO_CODES = 7, RATIO_UNSET = 3 };

int aem13920_is_limiting(void) {
  const uint8_t from = STATUS;
  uint8_t status = 0;
  return i2c_transfer(I2C_AEM13920, &from, 1, &status, 1) == 0 && status & AT_VOVCH;
}

/* The nearest ratio that the part has; 70 % while nothing was decided. */
static uint8_t ratio_code(float ratio) {
  if (!(ratio > 0.0f)) return RATIO_UNSET;
  uint8_t code = 0;
  while (code + 1 < RATIO_CODES && ratio > 0.5f * (ratios[code] + ratios[code + 1])) code++;
  return code;
}

/* Never above what was asked for. */
static uint8_t float_code(float float_mV) {
  const float steps = (float_mV - FLOAT_LOW_MV) / FLOAT_STEP_MV;
  if (!(steps > 0.0f)) return 0;
  return steps < FLOAT_CODE_MAX ? (uint8_t)steps : FLOAT_CODE_MAX;
}

static void write(uint8_t first, const uint8_t *values, uint32_t count) {
  uint8_t bytes[8] = {first};
  memcpy(bytes + 1, values, count);
  i2c_transfer(I2C_AEM13920, bytes, 1 + count, 0, 0);
}

void aem13920_set(const tfmb_decision_t *decision, uint32_t actuators) {
  const int charges = !(actuators & TFMB_ACTUATOR_CHARGE_ENABLE) || decision->charge_enable;
  const int chooses = (actuators & TFMB_ACTUATOR_SOURCE) != 0;
  const float ratio = actuators & TFMB_ACTUATOR_MPP ? decision->mpp_ratio : 0.0f;
  const uint8_t tracking = (uint8_t)(ratio_code(ratio) << 1 | TRACKS);
  const uint8_t sources[4] = {tracking, TIMING, tracking, TIMING};
  const uint8_t outputs[3] = {
      float_code(decision->float_mV),
      charges && (!chooses || decision->source == 1) ? ENABLED : 0,
      charges && (!chooses || decision->source == 2) ? ENABLED : 0,
  };
  write(SOURCES, sources, sizeof sources);
  /* a board whose float voltage cannot be set keeps the strapped one */
  if (actuators & TFMB_ACTUATOR_FLOAT) write(VOVCH, outputs, 3);
  else write(VOVCH + 1, outputs + 1, 2);
  const uint8_t update = UPDATE;
  write(CONTROL, &update, 1);
}
