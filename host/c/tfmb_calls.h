/* Made from assembly/abi.txt by tools/abi/generate.ts: do not edit.
 *
 * What a node can be asked, one function for each export. Statuses are
 * TFMB_STATUS_* in bits 0..7. */

#ifndef TFMB_CALLS_H
#define TFMB_CALLS_H

#include "core.h"
#include "tfmb_abi.h"

/* One node: plain memory without pointers; static, no heap. */
typedef w2c_core tfmb_t;

/* major << 16 | minor */
static inline uint32_t tfmb_abi_version(tfmb_t *node) { return w2c_core_abi_version(node); }

/* hash of this table */
static inline uint32_t tfmb_layout_hash(tfmb_t *node) { return w2c_core_layout_hash(node); }

/* start; off_s 0xffffffff: unknown */
static inline uint32_t tfmb_boot(tfmb_t *node, uint32_t reason, uint32_t off_s, uint32_t time_ms) {
  return w2c_core_boot(node, reason, off_s, time_ms);
}

/* one walk: sample -> decision, gauge, storage */
static inline uint32_t tfmb_step(tfmb_t *node) { return w2c_core_step(node); }

/* the operation in `storage` is done; 0: success */
static inline uint32_t tfmb_storage_done(tfmb_t *node, int32_t result) {
  return w2c_core_storage_done(node, (uint32_t)result);
}

/* highest current for that long; direction 1 charge, -1 discharge */
static inline float tfmb_allowed_current_nA(tfmb_t *node, int32_t direction, uint32_t duration_ms) {
  return w2c_core_allowed_current_nA(node, (uint32_t)direction, duration_ms);
}

/* in that mode at the learned harvest; -1: not known yet, or never */
static inline float tfmb_time_to_empty_s(tfmb_t *node, uint32_t mode) {
  return w2c_core_time_to_empty_s(node, mode);
}

/* to full (charging, positive) or empty (negative) at that current; -1: not known yet, or never */
static inline float tfmb_time_at_current_s(tfmb_t *node, float current_nA) {
  return w2c_core_time_at_current_s(node, current_nA);
}

/* to empty at that power drawn from the cell; -1: not known yet, or never */
static inline float tfmb_time_at_power_s(tfmb_t *node, float power_nW) {
  return w2c_core_time_at_power_s(node, power_nW);
}

/* at the learned harvest; -1: not known yet, or never */
static inline float tfmb_time_to_full_s(tfmb_t *node) { return w2c_core_time_to_full_s(node); }

/* the core's conversion: NaN 0, beyond the range its ends */
static inline uint32_t tfmb_guarded_i32(tfmb_t *node, float x) {
  return w2c_core_guarded_i32(node, x);
}

/* the same, unsigned */
static inline uint32_t tfmb_guarded_u32(tfmb_t *node, float x) {
  return w2c_core_guarded_u32(node, x);
}

/* clear these latched fault bits */
static inline uint32_t tfmb_acknowledge(tfmb_t *node, uint32_t faults) {
  return w2c_core_acknowledge(node, faults);
}

#endif
