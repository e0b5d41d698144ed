/* Counts instructions on an emulated chip: of whole steps, of the gauge update alone, and of the
 * same update written by hand, on states of the golden vector. Each is repeated from a saved state,
 * the cost of restoring subtracted; QEMU's `-icount shift=0` makes SysTick a counter of
 * instructions. Prints one line a counted step; count.ts reads them. */

#include <stdint.h>
#include <string.h>

#include "core.h"
#include "gauge_by_hand.h"
#include "semihosting.h"

#define SYSTICK ((volatile uint32_t *)0xe000e010u)
#define FULL 0xffffffu
#define OP_END 0
#define OP_POKE 1
#define OP_CALL 2
#define FN_STEP 6
#define PAINT 0xa5a5a5a5u
/* Words of stack that are painted: much more than a step takes, much less than a chip may have. */
#define PAINT_WORDS 1024
#define INPUTS_AT (TFMB_MEMORY_BYTES - 128)

extern uint32_t image_bss_end[];

static w2c_core core, saved, before, by_core;
static gauge_areas areas;
static uint32_t out_words;

static uint8_t *data(uint32_t at) { return core.w2c_memory.data + at; }

static uint32_t now(void) { return SYSTICK[2]; }

static void start_clock(void) {
  SYSTICK[1] = FULL;
  SYSTICK[2] = 0;
  SYSTICK[0] = 5; /* processor clock, enabled */
}

static void run_nothing(void) { __asm volatile("" ::: "memory"); }
static void run_step(void) { w2c_core_step(&core); }
static void run_gauge(void) { w2c_core_bench_gauge(&core); }
static void run_by_hand(void) {
  gauge_by_hand(&areas, (const gauge_inputs *)(const void *)data(INPUTS_AT));
}

/* Ticks of REPEATS times {restore the saved state; run}. */
static uint32_t ticks(void (*run)(void)) {
  const uint32_t start = now();
  for (int i = 0; i < REPEATS; i++) {
    memcpy(&core, &saved, sizeof core);
    run();
  }
  return (start - now()) & FULL;
}

static uint32_t next(void) {
  static uint32_t buffer[128], held, at;
  static int32_t file = -1;
  if (file < 0) file = semihosting_open("golden.bin", 10);
  if (at == held) {
    held = semihosting_read(file, buffer, sizeof buffer) / 4;
    at = 0;
    if (held == 0) return 0;
  }
  return buffer[at++];
}

static char *put(char *to, const char *name, uint32_t value) {
  char digits[10];
  int count = 0;
  while (*name) *to++ = *name++;
  do digits[count++] = (char)('0' + value % 10);
  while ((value /= 10) != 0);
  while (count > 0) *to++ = digits[--count];
  return to;
}

static void print_counts(uint32_t step, uint32_t gauge, uint32_t hand, uint32_t empty, int same) {
  char line[128], *to = put(line, "count step=", step - empty);
  to = put(put(to, " gauge=", gauge - empty), " hand=", hand - empty);
  to = put(to, " same=", (uint32_t)same);
  to[0] = '\n', to[1] = 0;
  semihosting_write(line);
}

static void point_areas(void) {
  const gauge_inputs *inputs = (const gauge_inputs *)(const void *)data(INPUTS_AT);
  areas.vital = (tfmb_vital_t *)(void *)data(TFMB_VITAL_AT);
  areas.gauge = (tfmb_gauge_t *)(void *)data(TFMB_GAUGE_AT);
  areas.sample = (const tfmb_sample_t *)(const void *)data(TFMB_SAMPLE_AT);
  areas.profile = (const tfmb_profile_t *)(const void *)data(inputs->profile_at);
  areas.correction_pC =
      &((tfmb_warm_t *)(void *)data(TFMB_WARM_AT))->book_pC[TFMB_PATH_CORRECTION];
}

static uint32_t stack_bytes;

/* Paints the stack's free end, takes the step, returns how deep the paint was scratched. */
static uint32_t stack_of_a_step(void) {
  uint32_t *top;
  __asm volatile("mov %0, sp" : "=r"(top));
  uint32_t *const end = image_bss_end + PAINT_WORDS < top ? top - PAINT_WORDS : image_bss_end;
  for (uint32_t *at = end; at < top - 4; at++) *(volatile uint32_t *)at = PAINT;
  run_step();
  const uint32_t *at = end;
  while (at < top && *at == PAINT) at++;
  return (uint32_t)((const uint8_t *)top - (const uint8_t *)at);
}

/* The step about to be taken, then the gauge update alone with that step's inputs. */
static void count_here(void) {
  memcpy(&saved, &core, sizeof core);
  const uint32_t empty = ticks(run_nothing), step = ticks(run_step);
  memcpy(&core, &saved, sizeof core);
  const uint32_t depth = stack_of_a_step();
  if (depth > stack_bytes) stack_bytes = depth;
  w2c_core_bench_inputs(&core, INPUTS_AT);
  point_areas();
  before = saved;
  memcpy(&saved, &core, sizeof core);
  const uint32_t gauge = ticks(run_gauge);
  memcpy(&by_core, &core, sizeof core);
  const uint32_t hand = ticks(run_by_hand);
  const int same = memcmp(by_core.w2c_memory.data, core.w2c_memory.data, TFMB_MEMORY_BYTES) == 0;
  print_counts(step, gauge, hand, empty, same);
  memcpy(&core, &before, sizeof core);
}

static uint32_t call(uint32_t fn, const uint32_t *a) {
  switch (fn) {
    case 3: gauge_by_hand_forget(); return w2c_core_load_profile(&core, a[0]);
    case 5: return w2c_core_boot(&core, a[0], a[1], a[2]);
    case FN_STEP: return w2c_core_step(&core);
    case 7: return w2c_core_storage_done(&core, a[0]);
    case 13: return w2c_core_acknowledge(&core, a[0]);
    default: return 0; /* queries change nothing */
  }
}

/* Only a step that runs the gauge counts: not refused by the clock, not before the start. */
static int is_counted(uint32_t expected_status) { return (expected_status & 255) < 16; }

static void replay_call(uint32_t head) {
  static uint32_t steps;
  const uint32_t fn = (head >> 8) & 255, count = (head >> 16) & 15;
  uint32_t arguments[4] = {0, 0, 0, 0};
  for (uint32_t i = 0; i < count; i++) arguments[i & 3] = next();
  const uint32_t expected = next();
  if (fn == FN_STEP && is_counted(expected) && ++steps % EVERY == 0) count_here();
  call(fn, arguments);
}

static void skip_expectation(void) {
  uint32_t changed = 0;
  for (uint32_t i = 0; i < (out_words + 31) / 32; i++) {
    for (uint32_t mask = next(); mask != 0; mask &= mask - 1) changed++;
  }
  for (uint32_t i = 0; i <= changed; i++) next();
}

static void replay(void) {
  uint32_t head[9];
  for (int i = 0; i < 9; i++) head[i] = next();
  out_words = head[5];
  for (;;) {
    const uint32_t op = next();
    if ((op & 255) == OP_END) return;
    if ((op & 255) == OP_CALL) {
      replay_call(op);
    } else if ((op & 255) == OP_POKE) {
      const uint32_t address = next();
      for (uint32_t i = 0; i < op >> 8; i++) {
        const uint32_t word = next();
        memcpy(data(address + 4 * i), &word, 4);
      }
    } else {
      skip_expectation();
    }
  }
}

int main(void) {
  wasm2c_core_instantiate(&core);
  start_clock();
  replay();
  char line[64];
  char *to = put(line, "instance bytes=", sizeof core);
  to = put(to, " stack bytes=", stack_bytes);
  to[0] = '\n', to[1] = 0;
  semihosting_write(line);
  return 0;
}
