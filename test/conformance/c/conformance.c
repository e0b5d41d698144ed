/* Replays the golden vector on the C core and compares every word (docs/CONFORMANCE.md). The
 * file is streamed, so the smallest chip can do it: by stdio on a host, by semihosting in an
 * emulated chip. */

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "core.h"
#include "tfmb_abi.h"

#ifdef __arm__
#include "semihosting.h"
static int32_t file;
static int open_file(const char *name) {
  file = semihosting_open(name, (uint32_t)strlen(name));
  return file >= 0;
}
static uint32_t read_file(void *bytes, uint32_t length) {
  return semihosting_read(file, bytes, length);
}
static void print(const char *text) { semihosting_write(text); }
#else
#include <stdio.h>
#include <stdlib.h>
static FILE *file;
static int open_file(const char *name) { return (file = fopen(name, "rb")) != NULL; }
static uint32_t read_file(void *bytes, uint32_t length) {
  return (uint32_t)fread(bytes, 1, length, file);
}
static void print(const char *text) { fputs(text, stdout); }
void tfmb_trap(int code) {
  printf("trap %d\n", code);
  exit(1);
}
#endif

#define MAGIC 0x56474654u
#define OUT_WORDS_MAX 96
enum { END, POKE, CALL, EXPECT };

static w2c_core core;
static uint32_t words_read, running_hash = 2166136261u, op_index, steps, checks;
static uint32_t total, out_at, out_words, state_at, state_words;
static uint32_t shadow[OUT_WORDS_MAX];

static uint32_t mix(uint32_t hash, uint32_t word) { return (hash ^ word) * 16777619u; }

static char *put_hex(char *to, uint32_t value) {
  for (int shift = 28; shift >= 0; shift -= 4) *to++ = "0123456789abcdef"[(value >> shift) & 15];
  return to;
}

static char *put_decimal(char *to, uint32_t value) {
  char digits[10];
  int count = 0;
  do digits[count++] = (char)('0' + value % 10);
  while ((value /= 10) != 0);
  while (count > 0) *to++ = digits[--count];
  return to;
}

static char *put_text(char *to, const char *text) {
  while (*text) *to++ = *text++;
  return to;
}

static int different(const char *what, uint32_t where, uint32_t expected, uint32_t got) {
  char line[160], *to = put_text(line, "conformance: DIFFERENT op=");
  to = put_text(put_decimal(to, op_index), " what=");
  to = put_text(put_text(to, what), "@");
  to = put_text(put_decimal(to, where), " expected=0x");
  to = put_text(put_hex(to, expected), " got=0x");
  *put_text(put_hex(to, got), "\n") = 0;
  print(line);
  return 1;
}

/* The next word of the file; past its end zeros, which the hash will not forgive. */
static uint32_t next(void) {
  static uint32_t buffer[128], held, at;
  if (at == held) {
    memset(buffer, 0, sizeof buffer);
    held = read_file(buffer, sizeof buffer) / 4;
    at = 0;
    if (held == 0) held = 1;
  }
  const uint32_t word = buffer[at++];
  if (++words_read < total || total == 0) running_hash = mix(running_hash, word);
  return word;
}

static uint32_t load(uint32_t address) {
  uint32_t word;
  if (address > TFMB_MEMORY_BYTES - 4) return 0;
  memcpy(&word, core.w2c_memory.data + address, 4);
  return word;
}

static float as_float(uint32_t bits) {
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

static uint32_t as_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return bits;
}

/* Exports in the order of the layout table. */
static uint32_t call(uint32_t fn, const uint32_t *a) {
  switch (fn) {
    case 0: return w2c_core_abi_version(&core);
    case 1: return w2c_core_layout_hash(&core);
    case 2: return w2c_core_profile_at(&core);
    case 3: return w2c_core_load_profile(&core, a[0]);
    case 4: return w2c_core_map_profile(&core, a[0], a[1]);
    case 5: return w2c_core_boot(&core, a[0], a[1], a[2]);
    case 6: return w2c_core_step(&core);
    case 7: return w2c_core_storage_done(&core, a[0]);
    case 8: return as_bits(w2c_core_allowed_current_nA(&core, a[0], a[1]));
    case 9: return as_bits(w2c_core_time_to_empty_s(&core, a[0]));
    case 10: return as_bits(w2c_core_time_to_full_s(&core));
    case 11: return w2c_core_guarded_i32(&core, as_float(a[0]));
    case 12: return w2c_core_guarded_u32(&core, as_float(a[0]));
    case 13: return w2c_core_acknowledge(&core, a[0]);
    default: return ~0u;
  }
}

static int replay_poke(uint32_t count) {
  uint32_t address = next();
  while (count-- != 0) {
    const uint32_t word = next();
    if (address > TFMB_MEMORY_BYTES - 4) return different("poke", address, 0, 0);
    memcpy(core.w2c_memory.data + address, &word, 4);
    address += 4;
  }
  return 0;
}

static int replay_call(uint32_t head) {
  const uint32_t fn = (head >> 8) & 255, count = (head >> 16) & 15;
  uint32_t arguments[4] = {0, 0, 0, 0};
  for (uint32_t i = 0; i < count; i++) arguments[i & 3] = next();
  const uint32_t expected = next(), got = call(fn, arguments);
  if (fn == 6) steps++;
  checks++;
  return got == expected ? 0 : different("result", fn, expected, got);
}

static int replay_expect(void) {
  uint32_t masks[(OUT_WORDS_MAX + 31) / 32];
  for (uint32_t i = 0; i < (out_words + 31) / 32; i++) masks[i] = next();
  const uint32_t spare = (32 - out_words % 32) % 32;
  if (spare && masks[out_words >> 5] >> (32 - spare)) return different("mask", out_words, 0, 1);
  for (uint32_t i = 0; i < out_words; i++) {
    if (masks[i >> 5] >> (i & 31) & 1) shadow[i] = next();
  }
  for (uint32_t i = 0; i < out_words; i++, checks++) {
    const uint32_t got = load(out_at + 4 * i);
    if (got != shadow[i]) return different("memory", out_at + 4 * i, shadow[i], got);
  }
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < state_words; i++, checks++) hash = mix(hash, load(state_at + 4 * i));
  const uint32_t expected = next();
  return hash == expected ? 0 : different("state", state_at, expected, hash);
}

static int replay(void) {
  const uint32_t magic = next(), format = next(), layout = next(), length = next();
  if (magic != MAGIC || format != 1) return different("head", 0, MAGIC, magic);
  if (layout != TFMB_LAYOUT_HASH) return different("layout", 2, TFMB_LAYOUT_HASH, layout);
  total = length;
  out_at = next(), out_words = next(), state_at = next(), state_words = next();
  const uint32_t expected_steps = next();
  if (out_words > OUT_WORDS_MAX) return different("out_words", 5, OUT_WORDS_MAX, out_words);
  for (;; op_index++) {
    if (words_read >= total) return different("length", words_read, total, words_read);
    const uint32_t head = next();
    int bad;
    if ((head & 255) == END) break;
    if ((head & 255) == POKE) bad = replay_poke(head >> 8);
    else if ((head & 255) == CALL) bad = replay_call(head);
    else if (head == EXPECT) bad = replay_expect();
    else return different("opcode", words_read, 0, head);
    if (bad) return 1;
  }
  const uint32_t hash = running_hash, stored = next();
  if (stored != hash || words_read != total) return different("file", words_read, stored, hash);
  return steps == expected_steps ? 0 : different("steps", 8, expected_steps, steps);
}

int main(int argc, char **argv) {
#ifdef __arm__
  (void)argc, (void)argv;
  const char *name = "golden.bin";
#else
  const char *name = argc > 1 ? argv[1] : "golden.bin";
#endif
  wasm2c_core_instantiate(&core);
  if (!open_file(name)) {
    print("conformance: DIFFERENT op=0 what=open expected=0x1 got=0x0\n");
    return 1;
  }
  if (replay()) return 1;
  char line[100], *to = put_text(line, "conformance: identical steps=");
  to = put_text(put_decimal(to, steps), " checks=");
  *put_text(put_decimal(to, checks), "\n") = 0;
  print(line);
  return 0;
}
