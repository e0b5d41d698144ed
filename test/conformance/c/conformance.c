/* Replays the golden vector on the C core and compares every word (docs/CONFORMANCE.md). The file
 * is streamed twice: first its hash, so that a damaged file cannot look like a wrong core, then the
 * replay. Prints exactly one line, the same as test/runtimes/conformance.js prints. */

#include <stdint.h>
#include <string.h>

#ifdef BLOB_FILE
#include "blob.h"
#else
#include "core.h"
#endif
#include "vector_file.h"

#define MAGIC 0x56474654u
#define FORMAT 1u
#define HEADER_WORDS 9
#define OUT_WORDS_MAX 96
#define ARGUMENTS_MAX 4
#define HASH_START 2166136261u
enum { END, POKE, CALL, EXPECT };
enum { FN_STEP = 6 };

typedef struct {
  uint32_t magic, format, layout_hash, total_words;
  uint32_t out_at, out_words, state_at, state_words, steps;
} vector_head;

static w2c_core core;
static vector_head head;
static uint32_t shadow[OUT_WORDS_MAX];
static uint32_t words_left, op_index, steps, checks;
static int started, ended;

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

/* `where`, if not negative, belongs to `what`: the fn or the address. op=-1: nothing was run. */
static int different_at(const char *what, int32_t where, uint32_t expected, uint32_t got) {
  char line[160], *to = put_text(line, "conformance: DIFFERENT op=");
  to = started ? put_decimal(to, op_index) : put_text(to, "-1");
  to = put_text(put_text(to, " what="), what);
  if (where >= 0) to = put_decimal(to, (uint32_t)where);
  to = put_hex(put_text(to, " expected=0x"), expected);
  to = put_hex(put_text(to, " got=0x"), got);
  *put_text(to, "\n") = 0;
  print(line);
  return 1;
}

static int different(const char *what, uint32_t expected, uint32_t got) {
  return different_at(what, -1, expected, got);
}

void tfmb_trap(int code) {
  different("trap", 0, (uint32_t)code);
  leave(1);
  for (;;) {
  }
}

/* A word of an op; the last word of the file is not one. */
static uint32_t next(void) {
  if (words_left == 0) return 0;
  words_left--;
  return next_word();
}

/* 1 and a verdict unless the op's next `count` words are there. */
static int lacks(uint32_t count) {
  return count <= words_left ? 0 : different("truncated", count, words_left);
}

static uint32_t load(uint32_t address) {
  uint32_t word;
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
    case FN_STEP: return w2c_core_step(&core);
    case 7: return w2c_core_storage_done(&core, a[0]);
    case 8: return as_bits(w2c_core_allowed_current_nA(&core, a[0], a[1]));
    case 9: return as_bits(w2c_core_time_to_empty_s(&core, a[0]));
    case 10: return as_bits(w2c_core_time_at_current_s(&core, as_float(a[0])));
    case 11: return as_bits(w2c_core_time_at_power_s(&core, as_float(a[0])));
    case 12: return as_bits(w2c_core_time_to_full_s(&core));
    case 13: return w2c_core_guarded_i32(&core, as_float(a[0]));
    case 14: return w2c_core_guarded_u32(&core, as_float(a[0]));
    case 15: return w2c_core_acknowledge(&core, a[0]);
    default: return ~0u;
  }
}

static int is_in_memory(uint32_t address, uint32_t words) {
  return address % 4 == 0 && words <= TFMB_MEMORY_BYTES / 4 &&
         address <= TFMB_MEMORY_BYTES - 4 * words;
}

static int replay_poke(uint32_t count) {
  if (lacks(1 + count)) return 1;
  const uint32_t address = next();
  if (!is_in_memory(address, count)) return different("poke", TFMB_MEMORY_BYTES, address);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t word = next();
    memcpy(core.w2c_memory.data + address + 4 * i, &word, 4);
  }
  return 0;
}

static int replay_call(uint32_t op) {
  const uint32_t fn = (op >> 8) & 255, count = (op >> 16) & 15, returns = op >> 24;
  uint32_t arguments[ARGUMENTS_MAX] = {0};
  if (count > ARGUMENTS_MAX) return different("arguments", ARGUMENTS_MAX, count);
  if (lacks(count + (returns != 0))) return 1;
  for (uint32_t i = 0; i < count; i++) arguments[i] = next();
  const uint32_t got = call(fn, arguments);
  if (fn == FN_STEP) steps++;
  if (returns == 0) return 0;
  checks++;
  const uint32_t expected = next();
  return got == expected ? 0 : different_at("fn:", (int32_t)fn, expected, got);
}

/* The out range is compared whole: a write where the vector expects none is seen as well. */
static int replay_expect(void) {
  uint32_t masks[(OUT_WORDS_MAX + 31) / 32];
  const uint32_t mask_count = (head.out_words + 31) / 32;
  if (lacks(mask_count)) return 1;
  for (uint32_t i = 0; i < mask_count; i++) masks[i] = next();
  /* bits past the end of the out range mean nothing, so they have to be zero */
  const uint32_t past = head.out_words & 31 ? masks[mask_count - 1] >> (head.out_words & 31) : 0;
  if (past != 0) return different("mask", 0, past);
  for (uint32_t i = 0; i < head.out_words; i++) {
    if (masks[i >> 5] >> (i & 31) & 1) shadow[i] = next();
  }
  if (lacks(1)) return 1;
  for (uint32_t i = 0; i < head.out_words; i++) {
    const uint32_t address = head.out_at + 4 * i, got = load(address);
    if (got != shadow[i]) return different_at("out:", (int32_t)address, shadow[i], got);
  }
  uint32_t hash = HASH_START;
  for (uint32_t i = 0; i < head.state_words; i++) hash = mix(hash, load(head.state_at + 4 * i));
  checks += head.out_words + 1;
  const uint32_t expected = next();
  return hash == expected ? 0 : different("state", expected, hash);
}

static int replay_end(void) {
  ended = 1;
  if (words_left != 0) return different("end", 0, words_left);
  return steps == head.steps ? 0 : different("steps", head.steps, steps);
}

static int replay_op(void) {
  if (lacks(1)) return 1;
  const uint32_t op = next();
  switch (op & 255) {
    case POKE: return replay_poke(op >> 8);
    case CALL: return replay_call(op);
    case EXPECT: return replay_expect();
    case END: return replay_end();
    default: return different("opcode", 0, op);
  }
}

static uint32_t read_head(void) {
  uint32_t words[HEADER_WORDS], hash = HASH_START;
  for (int i = 0; i < HEADER_WORDS; i++) hash = mix(hash, words[i] = next_word());
  memcpy(&head, words, sizeof head);
  return hash;
}

/* Header and file hash, before anything runs. */
static int check_file(void) {
  uint32_t hash = read_head();
  if (head.magic != MAGIC) return different("magic", MAGIC, head.magic);
  if (head.format != FORMAT) return different("version", FORMAT, head.format);
  uint32_t last = next_word(), count = HEADER_WORDS;
  for (; !vector_ended; count++) {
    const uint32_t word = next_word();
    if (!vector_ended) hash = mix(hash, last), last = word;
  }
  if (head.total_words != count) return different("length", head.total_words, count);
  if (hash != last) return different("file_hash", last, hash);
  const uint32_t layout_hash = w2c_core_layout_hash(&core);
  if (layout_hash != head.layout_hash) {
    return different("layout_hash", head.layout_hash, layout_hash);
  }
  if (head.out_words > OUT_WORDS_MAX || !is_in_memory(head.out_at, head.out_words)) {
    return different("out_range", OUT_WORDS_MAX, head.out_words);
  }
  if (!is_in_memory(head.state_at, head.state_words)) {
    return different("state_range", TFMB_MEMORY_BYTES, head.state_at);
  }
  return 0;
}

static int replay(void) {
  if (check_file()) return 1;
  rewind_words();
  read_head();
  words_left = head.total_words - HEADER_WORDS - 1;
  for (started = 1; !ended; op_index++) {
    if (replay_op()) return 1;
  }
  char line[100], *to = put_text(line, "conformance: identical steps=");
  to = put_text(put_decimal(to, steps), " checks=");
  *put_text(put_decimal(to, checks), "\n") = 0;
  print(line);
  return 0;
}

int main(int argc, char **argv) {
#if defined(__arm__) || defined(__riscv)
  (void)argc, (void)argv;
  const char *name = "golden.bin";
#else
  const char *name = argc > 1 ? argv[1] : "golden.bin";
#endif
  wasm2c_core_instantiate(&core);
  if (!open_vector(name)) return different("open", 1, 0);
  return replay();
}
