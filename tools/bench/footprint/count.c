/* Counts instructions on an emulated chip: of whole steps, of the plan and of the gauge update
 * alone, and of the same update written by hand, on states of the golden vector. Each is repeated
 * from a saved state, the cost of restoring subtracted; QEMU's `-icount shift=0` makes SysTick a
 * counter of instructions. Prints one line a counted step; count.ts reads them. */

#include <stdint.h>
#include <string.h>

#include "core.h"
#include "by_hand/gauge.h"
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
#define INPUTS_AT (TFMB_MEMORY_BYTES - sizeof(gauge_inputs))

extern uint32_t image_bss_end[];

w2c_core core;
static w2c_core saved, before;
static gauge_memory remembered_before;
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
static void run_plan(void) { w2c_core_bench_plan(&core); }
static void run_loaded(void) { w2c_core_bench_loaded(&core); }
static void run_gauge(void) { w2c_core_bench_gauge(&core); }

/* Ticks of REPEATS times {restore the saved state; run}. */
static uint32_t ticks(void (*run)(void)) {
  const uint32_t start = now();
  for (int i = 0; i < REPEATS; i++) {
    memcpy(&core, &saved, sizeof core);
    remembered = remembered_before;
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

/* Of all that both updates may change: the areas, and the bank. */
static uint32_t hash_of_state(void) {
  uint32_t hash = 2166136261u;
  for (uint32_t at = TFMB_VITAL_AT; at < TFMB_PROFILE_AT; at++) {
    if (at == TFMB_AREAS_END) at = TFMB_BANK_AT;
    hash = (hash ^ *data(at)) * 16777619u;
  }
  return hash;
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

static void take_inputs(void) {
  w2c_core_bench_inputs(&core, INPUTS_AT);
  memcpy(&in, data(INPUTS_AT), sizeof in);
  profile = (const tfmb_profile_t *)(const void *)data(in.profile_at);
}

typedef struct {
  uint32_t empty, core, hand, same;
} gauge_ticks;

/* Both updates from the saved state; leaves what they made of it. */
static gauge_ticks count_gauge(void) {
  gauge_ticks t = {.empty = ticks(run_nothing), .core = ticks(run_gauge)};
  const uint32_t hash = hash_of_state();
  t.hand = ticks(gauge_by_hand);
  t.same = hash == hash_of_state();
  return t;
}

/* Several hypotheses where one was, each with another SOC. */
static void multiply(w2c_core *node) {
  gauge_hypothesis *all = (gauge_hypothesis *)(void *)(node->w2c_memory.data + TFMB_BANK_AT);
  for (int i = MANY - 1; i >= 0; i--) {
    all[i] = all[0];
    all[i].state[SOC] += 0.005f * (float)(i - MANY / 2);
    all[i].weight = 1.0f / MANY;
  }
  ((tfmb_warm_t *)(void *)(node->w2c_memory.data + TFMB_WARM_AT))->alive = MANY;
}

/* What this wake is to the gauge: 0 it only predicts, 1 it corrects, 2 it reads SOC anew. */
static uint32_t kind_of_wake(void) {
  return (GAUGE.corrections & 9u) == 0 ? 0 : remembered.read_anew ? 2 : 1;
}

/* The gauge update under load has no counterpart by hand. */
static void count_loaded(uint32_t step) {
  char line[64], *to = line;
  w2c_core_bench_before_gauge(&core);
  saved = core;
  const uint32_t empty = ticks(run_nothing);
  to = put(put(to, "loaded step=", step - empty), " gauge=", ticks(run_loaded) - empty);
  to[0] = '\n', to[1] = 0;
  semihosting_write(line);
}

/* The step about to be taken, and its gauge update, with as many hypotheses as there are; then both
 * with many of them, where there was one. */
static void count_here(void) {
  char line[200], *to = line;
  before = saved = core;
  const uint32_t step = ticks(run_step);
  core = before;
  const uint32_t depth = stack_of_a_step();
  if (depth > stack_bytes) stack_bytes = depth;
  core = before;
  w2c_core_bench_before_plan(&core);
  saved = core;
  const uint32_t plan = ticks(run_plan);
  core = before;
  take_inputs();
  if (profile->polarization_count != 0) {
    count_loaded(step);
    core = before;
    return;
  }
  gauge_by_hand_remember();
  remembered_before = remembered;
  w2c_core_bench_before_gauge(&core);
  take_inputs();
  saved = core;
  const gauge_ticks one = count_gauge();
  const uint32_t kind = kind_of_wake();
  to = put(put(to, "count hypotheses=", profile->hypotheses), " kind=", kind);
  to = put(put(to, " step=", step - one.empty), " gauge=", one.core - one.empty);
  to = put(put(to, " hand=", one.hand - one.empty), " same=", one.same);
  to = put(to, " plan=", plan - one.empty);
  multiply(&saved);
  const gauge_ticks many = count_gauge();
  to = put(put(to, " many=", many.core - many.empty), " alive=", WARM.alive);
  saved = before;
  multiply(&saved);
  to = put(put(to, " many_step=", ticks(run_step) - many.empty), " many_same=", many.same);
  to[0] = '\n', to[1] = 0;
  semihosting_write(line);
  core = before;
}

static uint32_t call(uint32_t fn, const uint32_t *a) {
  switch (fn) {
    case 3: return w2c_core_load_profile(&core, a[0]);
    case 5: return w2c_core_boot(&core, a[0], a[1], a[2]);
    case FN_STEP: return w2c_core_step(&core);
    case 7: return w2c_core_storage_done(&core, a[0]);
    case 15: return w2c_core_acknowledge(&core, a[0]);
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
  char line[64], *to = put(line, "instance bytes=", sizeof core);
  to = put(to, " stack bytes=", stack_bytes);
  to[0] = '\n', to[1] = 0;
  semihosting_write(line);
  return 0;
}
