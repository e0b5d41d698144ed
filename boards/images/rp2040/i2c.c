/* I2C0 as a master of 400 kbit/s, one transfer after the other, by polling. */

#include "i2c.h"

#include "registers.h"

void i2c_start(void) {
  I2C_ENABLE = 0;
  I2C_CONTROL = I2C_FAST_MASTER;
}

static int is_aborted(void) { return (I2C_EVENTS & I2C_ABORTED) != 0; }

/* 1 when the command went into the FIFO, 0 when the transfer was aborted. */
static int send(uint32_t command) {
  while (!(I2C_STATUS & I2C_CAN_SEND)) {
    if (is_aborted()) return 0;
  }
  I2C_COMMAND = command;
  return !is_aborted();
}

static int write(const uint8_t *out, uint32_t length, int stops) {
  for (uint32_t i = 0; i < length; i++) {
    if (!send(out[i] | (stops && i + 1 == length ? I2C_STOPS : 0))) return 0;
  }
  return 1;
}

static int read(uint8_t *in, uint32_t length) {
  for (uint32_t i = 0; i < length; i++) {
    const uint32_t first = i == 0 ? I2C_RESTARTS : 0, last = i + 1 == length ? I2C_STOPS : 0;
    if (!send(I2C_READS | first | last)) return 0;
    while (I2C_RECEIVED == 0) {
      if (is_aborted()) return 0;
    }
    in[i] = (uint8_t)I2C_COMMAND;
  }
  return 1;
}

int i2c_transfer(uint8_t address, const uint8_t *out, uint32_t out_length, uint8_t *in,
                 uint32_t in_length) {
  I2C_ENABLE = 0;
  I2C_TARGET = address;
  I2C_ENABLE = 1;
  const int sent = write(out, out_length, in_length == 0) && read(in, in_length);
  while (!(I2C_EVENTS & I2C_STOPPED)) {
  }
  (void)I2C_CLEAR_STOP;
  const int aborted = is_aborted();
  (void)I2C_CLEAR_ABORT;
  return !sent || aborted;
}
