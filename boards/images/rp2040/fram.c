/* The journal on an I2C FRAM of 32 KB (as MB85RC256V): two address bytes, no erase, written as the
 * bytes come in, protected by its WP pin but for the time of a write. */

#include "board.h"
#include "i2c.h"
#include "pins.h"
#include "registers.h"

#define FRAM_BYTES 0x8000u
#define BURST_MAX 128u

enum { READ = 1, PROGRAM = 2 };

static int program(const uint8_t *place, const uint8_t *bytes, uint32_t length) {
  uint8_t burst[2 + BURST_MAX];
  memcpy(burst, place, 2);
  memcpy(burst + 2, bytes, length);
  SIO_OUT_CLEAR = 1u << PIN_WRITE_PROTECT;
  const int failed = i2c_transfer(I2C_FRAM, burst, 2 + length, 0, 0);
  SIO_OUT_SET = 1u << PIN_WRITE_PROTECT;
  /* a part that does not answer any more did not take the bytes either */
  return failed || i2c_transfer(I2C_FRAM, place, 2, 0, 0);
}

int board_store(const tfmb_storage_t *operation, uint8_t *bytes) {
  const uint32_t at = operation->address, length = operation->length;
  if (length > BURST_MAX || at > FRAM_BYTES - length) return 1;
  const uint8_t place[2] = {(uint8_t)(at >> 8), (uint8_t)at};
  if (operation->op == READ) return i2c_transfer(I2C_FRAM, place, 2, bytes, length);
  if (operation->op == PROGRAM) return program(place, bytes, length);
  return 1; /* FRAM is not erased */
}
