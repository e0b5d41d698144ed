/* The C functions that manifest.json tells XS FFI of. `core` is an ArrayBuffer of
 * tfmb_native_bytes() bytes that JavaScript owns: one tfmb_t, which may move between calls.
 * tools/build/moddable.ts makes one file of this, the core and their headers. */

/* The core's bits are those of separate products and sums, whatever flags the app is built with. */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("-ffp-contract=off")
#endif

#include <stdint.h>
#include <stdlib.h>

#include "tfmb.h"

/* An access outside the core's memory, which only checked builds notice. */
void tfmb_trap(int code) {
  (void)code;
  abort();
}

uint32_t tfmb_native_bytes(void) { return sizeof(tfmb_t); }

uint32_t tfmb_native_memory_at(void) { return offsetof(tfmb_t, w2c_memory.data); }

void tfmb_native_init(uint8_t *core) { tfmb_init((tfmb_t *)(void *)core); }

uint32_t tfmb_native_layout_hash(uint8_t *core) {
  return w2c_core_layout_hash((tfmb_t *)(void *)core);
}

uint32_t tfmb_native_profile_at(uint8_t *core) {
  return w2c_core_profile_at((tfmb_t *)(void *)core);
}

uint32_t tfmb_native_load_profile(uint8_t *core, uint32_t length) {
  return w2c_core_load_profile((tfmb_t *)(void *)core, length);
}

uint32_t tfmb_native_boot(uint8_t *core, uint32_t reason, uint32_t off_s, uint32_t time_ms) {
  return tfmb_boot((tfmb_t *)(void *)core, reason, off_s, time_ms);
}

uint32_t tfmb_native_step(uint8_t *core) { return tfmb_step((tfmb_t *)(void *)core); }

uint32_t tfmb_native_storage_done(uint8_t *core, uint32_t result) {
  return tfmb_storage_done((tfmb_t *)(void *)core, (int)result);
}
