/* FRAM behind SPI, with the opcodes that such parts share (write enable 06, read 03, write 02; two
 * bytes of address), for the journal. Above two functions of the board: */
#ifndef TFMB_FRAM_SPI_H
#define TFMB_FRAM_SPI_H

#include "tfmb.h"

/* Selects the part (1) or lets go of it (0). */
static void fram_select(int on);
/* Sends a byte and returns the one that came meanwhile. */
static uint8_t fram_exchange(uint8_t byte);

enum { FRAM_WRITE = 2, FRAM_READ = 3, FRAM_WRITE_ENABLE = 6 };

static void fram_begin(uint8_t opcode, uint32_t address) {
  fram_select(1);
  fram_exchange(opcode);
  fram_exchange((uint8_t)(address >> 8));
  fram_exchange((uint8_t)address);
}

/* One storage operation of the core; 0: success. FRAM is never erased. */
static int fram_store(const tfmb_storage_t *operation, uint8_t *bytes) {
  const uint32_t length = operation->length;
  if (operation->op == 1) {
    fram_begin(FRAM_READ, operation->address);
    for (uint32_t i = 0; i < length; i++) bytes[i] = fram_exchange(0);
  } else if (operation->op == 2) {
    fram_select(1);
    fram_exchange(FRAM_WRITE_ENABLE);
    fram_select(0);
    fram_begin(FRAM_WRITE, operation->address);
    for (uint32_t i = 0; i < length; i++) fram_exchange(bytes[i]);
  } else {
    return 1;
  }
  fram_select(0);
  return 0;
}

#endif
