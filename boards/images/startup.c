/* Start-up of every Cortex-M image: vectors, .data, .bss, the FPU where there is one, then main().
 * Any fault is told by semihosting and ends the run. */

#include <stdint.h>

#include "semihosting.h"

extern uint32_t image_stack_top, image_data_from, image_data_start, image_data_end;
extern uint32_t image_bss_start, image_bss_end;

int main(void);

#define CPACR (*(volatile uint32_t *)0xe000ed88u)

__attribute__((noreturn)) void reset(void) {
  const uint32_t *from = &image_data_from;
  for (uint32_t *to = &image_data_start; to < &image_data_end;) *to++ = *from++;
  for (uint32_t *to = &image_bss_start; to < &image_bss_end;) *to++ = 0;
#ifdef __ARM_FP
  CPACR |= 0xfu << 20; /* full access to coprocessors 10 and 11 */
  __asm volatile("dsb\n isb");
#endif
  semihosting_exit(main());
}

static void fault(void) {
  semihosting_write("image: fault\n");
  semihosting_exit(1);
}

/* The core trapped: a node would bring its load down and reset. An image may have its own. */
__attribute__((noreturn, weak)) void tfmb_trap(int code) {
  char text[] = "image: trap 0\n";
  text[12] = (char)('0' + code);
  semihosting_write(text);
  semihosting_exit(1);
}

#define SYSTEM_VECTORS (void (*)(void)) & image_stack_top, (void (*)(void))reset, \
    fault, fault, fault, fault, fault

#ifdef IMAGE_INTERRUPTS
/* Supplied by an image that waits for interrupts: all 32 of the chip come here. */
void interrupt(void);
#define FOUR interrupt, interrupt, interrupt, interrupt
__attribute__((section(".vectors"), used)) static void (*const vectors[48])(void) = {
    SYSTEM_VECTORS, 0, 0, 0, 0, fault, fault, 0, fault, fault,
    FOUR, FOUR, FOUR, FOUR, FOUR, FOUR, FOUR, FOUR,
};
#else
__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    SYSTEM_VECTORS,
};
#endif
