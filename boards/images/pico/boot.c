/* The boot ROM's second stage (RP2040 data sheet, 2.8.1.3): the ROM copies 252 bytes to RAM,
 * compares them with the checksum behind them (tfmb build puts it there) and runs them. They let
 * the flash be read in place by its plain serial command 03h, slow but known to every part, and go
 * on with the image's vectors. */

#include <stdint.h>

#define SSI 0x18000000u
#define SSI_REGISTER(offset) (*(volatile uint32_t *)(SSI + (offset)))
#define VECTORS 0x10000100u

__attribute__((noreturn, used, section(".boot"))) void boot(void) {
  SSI_REGISTER(0x08) = 0;                            /* SSIENR: off while it is set */
  SSI_REGISTER(0x14) = 4;                            /* BAUDR: a quarter of the system clock */
  SSI_REGISTER(0x00) = 31u << 16 | 3u << 8;          /* CTRLR0: 32 bits, command then data */
  SSI_REGISTER(0x04) = 0;                            /* CTRLR1: one word a time */
  SSI_REGISTER(0xf4) = 0x03u << 24 | 2u << 8 | 6u << 2; /* SPI_CTRLR0: 03h, 8 + 24 bits */
  SSI_REGISTER(0x08) = 1;
  const uint32_t *vectors = (const uint32_t *)VECTORS;
  __asm volatile("msr msp, %0\n bx %1" : : "r"(vectors[0]), "r"(vectors[1]));
  __builtin_unreachable();
}
