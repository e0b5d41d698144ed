/* Start-up of a RISC-V image: stack, trap vector, .data, .bss, then main(). Any trap is told by
 * semihosting and ends the run. */

#include <stdint.h>

#include "semihosting.h"

extern uint32_t image_data_from, image_data_start, image_data_end;
extern uint32_t image_bss_start, image_bss_end;

int main(void);

__attribute__((noreturn, used)) static void start(void) {
  const uint32_t *from = &image_data_from;
  for (uint32_t *to = &image_data_start; to < &image_data_end;) *to++ = *from++;
  for (uint32_t *to = &image_bss_start; to < &image_bss_end;) *to++ = 0;
  semihosting_exit(main());
}

__attribute__((noreturn, used, aligned(4))) static void fault(void) {
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

/* The first instructions of the image: no stack is there before them. */
__attribute__((naked, noreturn, section(".vectors"), used)) void reset(void) {
  __asm volatile(
      ".option arch, +zicsr\n"
      "la sp, image_stack_top\n"
      "la t0, %0\n"
      "csrw mtvec, t0\n"
      "j %1"
      :
      : "i"(fault), "i"(start));
}
