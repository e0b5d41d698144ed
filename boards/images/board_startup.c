/* Start-up of an image that runs on a board without a debugger: vectors, memory, the FPU where
 * there is one, then main(). A fault, and a trap of the core, reset the chip: what the node knows
 * is in its journal. Interrupts only wake (board_interrupt). */

#include <stdint.h>

#include "board.h"

extern uint32_t image_stack_top, image_data_from, image_data_start, image_data_end;
extern uint32_t image_bss_start, image_bss_end;

int main(void);

#define CPACR (*(volatile uint32_t *)0xe000ed88u)
#define VTOR (*(volatile uint32_t *)0xe000ed08u)
#define AIRCR (*(volatile uint32_t *)0xe000ed0cu)
#define AIRCR_RESET 0x05fa0004u

__attribute__((noreturn)) static void restart(void) {
  AIRCR = AIRCR_RESET;
  for (;;) {
  }
}

__attribute__((noreturn)) void tfmb_trap(int code) {
  (void)code;
  restart();
}

typedef union {
  uint32_t *stack;
  void (*handler)(void);
} vector_t;

extern const vector_t vectors[];

__attribute__((noreturn)) void reset(void) {
  VTOR = (uint32_t)vectors;
  const uint32_t *from = &image_data_from;
  for (uint32_t *to = &image_data_start; to < &image_data_end;) *to++ = *from++;
  for (uint32_t *to = &image_bss_start; to < &image_bss_end;) *to++ = 0;
#ifdef __ARM_FP
  CPACR |= 0xfu << 20; /* full access to coprocessors 10 and 11 */
  __asm volatile("dsb\n isb");
#endif
  main();
  restart();
}

#define WAKE {.handler = board_interrupt}
#define WAKES WAKE, WAKE, WAKE, WAKE, WAKE, WAKE, WAKE, WAKE
#define RESTART {.handler = restart}

/* 16 of the core's own, then the first 32 of the chip. */
__attribute__((section(".vectors"), used)) const vector_t vectors[48] = {
    {.stack = &image_stack_top}, {.handler = reset},
    RESTART, RESTART, RESTART, RESTART, RESTART,
    [16] = WAKES, WAKES, WAKES, WAKES,
};
