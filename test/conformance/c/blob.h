/* The core of conformance.c where it is the Espruino blob: calls go to offsets of it, as those of
 * E.nativeCall do. BLOB_FILE is the blob, BLOB_RAM says that it is copied there first, BLOB_PAD is
 * how many bytes before it move it off round addresses; BLOB_step and its like are the offsets. */
#ifndef TFMB_BLOB_H
#define TFMB_BLOB_H

#include <string.h>

#include "core.h"

__asm__(
    ".pushsection .rodata\n.balign 4\n.space " BLOB_PAD "\n.global blob\nblob:\n"
    ".incbin \"" BLOB_FILE "\"\n.global blob_end\nblob_end:\n.popsection\n");
extern const uint8_t blob[], blob_end[];

static const uint8_t *blob_place;

#ifdef BLOB_RAM
static uint32_t blob_room[16384];

static void place_blob(void) {
  const char pad[] = BLOB_PAD;
  uint32_t bytes = 0;
  for (const char *digit = pad; *digit; digit++) bytes = 10 * bytes + (uint32_t)(*digit - '0');
  blob_place = (const uint8_t *)blob_room + bytes;
  memcpy((uint8_t *)blob_room + bytes, blob, (size_t)(blob_end - blob));
}
#else
static void place_blob(void) { blob_place = blob; }
#endif

/* An instance begins as zeros. */
#define wasm2c_core_instantiate(core) (place_blob(), memset(core, 0, sizeof *(core)))

#define ENTRY(name) ((__typeof__(&w2c_core_##name))(uintptr_t)(blob_place + BLOB_##name + 1))
#define w2c_core_abi_version(...) ENTRY(abi_version)(__VA_ARGS__)
#define w2c_core_layout_hash(...) ENTRY(layout_hash)(__VA_ARGS__)
#define w2c_core_profile_at(...) ENTRY(profile_at)(__VA_ARGS__)
#define w2c_core_load_profile(...) ENTRY(load_profile)(__VA_ARGS__)
#define w2c_core_map_profile(...) ENTRY(map_profile)(__VA_ARGS__)
#define w2c_core_boot(...) ENTRY(boot)(__VA_ARGS__)
#ifdef BLOB_COUNT
#define w2c_core_step(core) counted_step(core)
#else
#define w2c_core_step(...) ENTRY(step)(__VA_ARGS__)
#endif
#define w2c_core_storage_done(...) ENTRY(storage_done)(__VA_ARGS__)
#define w2c_core_allowed_current_nA(...) ENTRY(allowed_current_nA)(__VA_ARGS__)
#define w2c_core_time_to_empty_s(...) ENTRY(time_to_empty_s)(__VA_ARGS__)
#define w2c_core_time_at_current_s(...) ENTRY(time_at_current_s)(__VA_ARGS__)
#define w2c_core_time_at_power_s(...) ENTRY(time_at_power_s)(__VA_ARGS__)
#define w2c_core_time_to_full_s(...) ENTRY(time_to_full_s)(__VA_ARGS__)
#define w2c_core_guarded_i32(...) ENTRY(guarded_i32)(__VA_ARGS__)
#define w2c_core_guarded_u32(...) ENTRY(guarded_u32)(__VA_ARGS__)
#define w2c_core_acknowledge(...) ENTRY(acknowledge)(__VA_ARGS__)

#ifdef BLOB_COUNT
#include "semihosting.h"

#define SYSTICK ((volatile uint32_t *)0xe000e010u) /* control, reload, current */

/* A step, and its ticks as a line of text where it was not refused. */
static uint32_t counted_step(w2c_core *core) {
  SYSTICK[1] = 0xffffffu;
  SYSTICK[2] = 0;
  SYSTICK[0] = 5; /* on, by the processor's clock */
  const uint32_t before = SYSTICK[2], status = ENTRY(step)(core), after = SYSTICK[2];
  if ((status & 255) >= 16) return status;
  char line[] = "ticks 00000000\n", *digit = line + 13;
  for (uint32_t ticks = (before - after) & 0xffffffu; ticks > 0; ticks /= 10) {
    *digit-- = (char)('0' + ticks % 10);
  }
  semihosting_write(line);
  return status;
}
#endif

#endif
