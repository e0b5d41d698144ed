/* A firmware that reserves memory for one hypothesis: prints what becomes of a profile that asks
 * for one, and of one that asks for five. Built by hypotheses.test.ts. */

#include "semihosting.h"
#include "tfmb.h"

extern const uint32_t asks_one[], asks_one_bytes, asks_five[], asks_five_bytes;

static tfmb_t node;

static void print(const char *name, uint32_t value) {
  char line[40], *to = line;
  while (*name) *to++ = *name++;
  for (int shift = 28; shift >= 0; shift -= 4) *to++ = "0123456789abcdef"[(value >> shift) & 15];
  *to++ = '\n', *to = 0;
  semihosting_write(line);
}

int main(void) {
  tfmb_init(&node);
  print("memory ", TFMB_MEMORY_BYTES);
  print("one ", tfmb_map_profile(&node, asks_one, asks_one_bytes));
  print("boot ", tfmb_boot(&node, TFMB_REASON_COLD, TFMB_OFF_UNKNOWN, 0));
  print("five ", tfmb_map_profile(&node, asks_five, asks_five_bytes));
  print("step ", tfmb_step(&node));
  print("copied ", tfmb_load_profile(&node, asks_one, asks_one_bytes));
  return 0;
}
