/* Requests of the rig, and what the core answers. What the core wants stored goes back with the
 * answer: the rig has the storage, and its faults. */

#include "answer.h"

enum { HELLO = 1, BOOT, STEP, STORED, CUT };
enum { OP_NONE, OP_READ, OP_PROGRAM };

static uint32_t word(const uint8_t *bytes, uint32_t index) {
  uint32_t value;
  memcpy(&value, bytes + 4 * index, 4);
  return value;
}

static uint8_t *put_word(uint8_t *to, uint32_t value) {
  memcpy(to, &value, 4);
  return to + 4;
}

static uint8_t *put_bytes(uint8_t *to, const void *bytes, uint32_t length) {
  memcpy(to, bytes, length);
  return to + length;
}

/* Power comes back: all memory is new, but for what was retained. */
static uint32_t cut(tfmb_t *node, int kept) {
  uint8_t vital[TFMB_VITAL_BYTES];
  memcpy(vital, tfmb_vital(node), sizeof vital);
  tfmb_init(node);
  if (kept) memcpy(tfmb_vital(node), vital, sizeof vital);
  return TFMB_STATUS_OK;
}

static uint32_t boot(tfmb_t *node, const uint8_t *words, const uint8_t *profile, uint32_t length) {
  const uint32_t status = tfmb_load_profile(node, profile, length);
  if (status != TFMB_STATUS_OK) return status;
  return tfmb_boot(node, word(words, 1), word(words, 2), word(words, 3));
}

static uint32_t step(tfmb_t *node, const uint8_t *sample) {
  memcpy(tfmb_sample(node), sample, TFMB_SAMPLE_BYTES);
  return tfmb_step(node);
}

static uint32_t stored(tfmb_t *node, const uint8_t *request, uint32_t length) {
  if (tfmb_storage(node)->op == OP_READ && length == tfmb_storage(node)->length) {
    memcpy(tfmb_storage_bytes(node), request + 8, length);
  }
  return tfmb_storage_done(node, (int)word(request, 1));
}

static uint32_t write_answer(const tfmb_t *node, uint32_t status, uint8_t *out) {
  const tfmb_storage_t *wanted = tfmb_storage(node);
  uint8_t *to = put_word(out, status);
  to = put_word(to, 0); /* no journal of its own */
  to = put_word(to, wanted->op);
  to = put_word(to, wanted->address);
  to = put_word(to, wanted->length);
  to = put_bytes(to, tfmb_decision(node), TFMB_DECISION_BYTES);
  to = put_bytes(to, tfmb_gauge(node), TFMB_GAUGE_BYTES);
  if (wanted->op == OP_PROGRAM && wanted->length <= TFMB_VITAL_BYTES) {
    to = put_bytes(to, node->w2c_memory.data + wanted->memory_at, wanted->length);
  }
  return (uint32_t)(to - out);
}

uint32_t answer(tfmb_t *node, const uint8_t *request, uint32_t length, uint8_t *out) {
  const uint32_t kind = length >= 4 ? word(request, 0) : 0;
  uint32_t status;
  if (kind == HELLO) {
    return (uint32_t)(put_word(put_word(out, TFMB_LAYOUT_HASH), TFMB_ABI_VERSION) - out);
  }
  if (kind == BOOT && length >= 16) {
    status = boot(node, request, request + 16, length - 16);
  } else if (kind == STEP && length == 4 + TFMB_SAMPLE_BYTES) {
    status = step(node, request + 4);
  } else if (kind == STORED && length >= 8) {
    status = stored(node, request, length - 8);
  } else if (kind == CUT && length == 8) {
    status = cut(node, word(request, 1) != 0);
  } else {
    return 0;
  }
  return write_answer(node, status, out);
}
