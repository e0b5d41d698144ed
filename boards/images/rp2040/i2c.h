/* The I2C bus of the rig's board: charger, meter, FRAM. */
#ifndef TFMB_RP2040_I2C_H
#define TFMB_RP2040_I2C_H

#include <stdint.h>

void i2c_start(void);

/* Writes `out`, then, after a repeated start, reads `in`, each if it has a length; 0: success, 1:
 * the part did not acknowledge. */
int i2c_transfer(uint8_t address, const uint8_t *out, uint32_t out_length, uint8_t *in,
                 uint32_t in_length);

#endif
