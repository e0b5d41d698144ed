/* The chip's own flash, behind its memory controller. */
#ifndef TFMB_MICROBIT_FLASH_H
#define TFMB_MICROBIT_FLASH_H

#include <stdint.h>

/* Erases the page at `address`. */
void flash_erase(uint32_t address);

/* Clears bits: whole words at a multiple of four. */
void flash_write(uint32_t address, const uint8_t *bytes, uint32_t length);

#endif
