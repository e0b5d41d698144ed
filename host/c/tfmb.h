/* tfmb in C: battery management for nodes on a thin-film microbattery.
 *
 * One tfmb_t is one node. The functions are those of docs/FORMAT.md ("Exports"), in tfmb_calls.h;
 * everything wider than four scalars goes through the areas, which are plain structs (tfmb_abi.h).
 * Both are made from the layout table; here is what only C has: areas by pointer, profiles by
 * pointer. Statuses are TFMB_STATUS_*: code in bits 0..7.
 *
 *   static tfmb_t node;
 *   tfmb_init(&node);
 *   status = tfmb_map_profile(&node, profile, sizeof profile);   // 32-bit chips: read in flash
 *   status = tfmb_boot(&node, TFMB_REASON_COLD, TFMB_OFF_UNKNOWN, now_ms);
 *   for (;;) {                                                   // each wake
 *     tfmb_sample(&node)->time_ms = now_ms; ...
 *     status = tfmb_step(&node);
 *     ... act on tfmb_decision(&node), serve tfmb_storage(&node), sleep
 *   }
 *
 * The firmware supplies void tfmb_trap(int code), which must not return: see wasm-rt.h. */
#ifndef TFMB_H
#define TFMB_H

#include "tfmb_calls.h"

#define TFMB_OFF_UNKNOWN 0xffffffffu

/* Clears the node and sets up its memory. Call once, before anything else. */
static inline void tfmb_init(tfmb_t *node) { wasm2c_core_instantiate(node); }

static inline tfmb_sample_t *tfmb_sample(tfmb_t *node) {
  return (tfmb_sample_t *)(void *)(node->w2c_memory.data + TFMB_SAMPLE_AT);
}
static inline const tfmb_decision_t *tfmb_decision(const tfmb_t *node) {
  return (const tfmb_decision_t *)(const void *)(node->w2c_memory.data + TFMB_DECISION_AT);
}
static inline const tfmb_gauge_t *tfmb_gauge(const tfmb_t *node) {
  return (const tfmb_gauge_t *)(const void *)(node->w2c_memory.data + TFMB_GAUGE_AT);
}
static inline const tfmb_storage_t *tfmb_storage(const tfmb_t *node) {
  return (const tfmb_storage_t *)(const void *)(node->w2c_memory.data + TFMB_STORAGE_AT);
}
/* What to keep in retained RAM over a reset: 31 words at most. */
static inline tfmb_vital_t *tfmb_vital(tfmb_t *node) {
  return (tfmb_vital_t *)(void *)(node->w2c_memory.data + TFMB_VITAL_AT);
}

/* The bytes that the waiting storage operation reads into, or programs from. */
static inline uint8_t *tfmb_storage_bytes(tfmb_t *node) {
  return node->w2c_memory.data + tfmb_storage(node)->memory_at;
}

/* Copies a profile behind the static plan and checks it. `length` bytes must fit:
 * TFMB_MEMORY_BYTES - TFMB_PROFILE_AT, else TFMB_STATUS_PROFILE_LENGTH. */
static inline uint32_t tfmb_load_profile(tfmb_t *node, const void *profile, uint32_t length) {
  const uint32_t at = w2c_core_profile_at(node);
  if (at > TFMB_MEMORY_BYTES || length > TFMB_MEMORY_BYTES - at) {
    return TFMB_STATUS_PROFILE_LENGTH;
  }
  memcpy(node->w2c_memory.data + at, profile, length);
  return w2c_core_load_profile(node, length);
}

#if UINTPTR_MAX == UINT32_MAX
/* Checks a profile and uses it where it lies: in flash, at a multiple of four. It must stay there.
 * Linear addresses wrap at 32 bits, so any object of the chip has one. A profile that asks for more
 * hypotheses than memory was reserved for (TFMB_HYPOTHESES) is refused as a field out of range. */
static inline uint32_t tfmb_map_profile(tfmb_t *node, const void *profile, uint32_t length) {
  const uint32_t address = (uint32_t)profile - (uint32_t)node->w2c_memory.data;
  const uint32_t room = (TFMB_MEMORY_BYTES - TFMB_BANK_AT) / TFMB_HYPOTHESIS_BYTES;
  const tfmb_profile_t *asked = (const tfmb_profile_t *)profile;
  if (room < TFMB_HYPOTHESES_MAX && length >= sizeof *asked && asked->hypotheses > room) {
    w2c_core_map_profile(node, address, 0); /* no profile of before stays in use either */
    return TFMB_STATUS_PROFILE_FIELD | offsetof(tfmb_profile_t, hypotheses) / 4 << 8;
  }
  return w2c_core_map_profile(node, address, length);
}
#endif

#endif
