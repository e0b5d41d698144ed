/* The core as a position-independent piece of Thumb code for Espruino: no relocations, no writable
 * data, no calls outside, so that it runs from whatever multiple of four it was written to. Each
 * export is called by its offset with the address of the instance first (E.nativeCall); an instance
 * begins as zeros. Built by tools/build/espruino_blob.ts, which fills in the head. */

#include "core.c"

/* What the module compares before it calls anything: is this the blob that it was built with? */
__attribute__((section(".head"), used)) static const struct {
  u32 magic, bytes, crc, data_at;
} head = {0x424d4654u /* "TFMB" */, 0, 0, offsetof(w2c_core, w2c_memory.data)};

/* The interpreter is left as it is, the chip starts again: SYSRESETREQ (Armv7-M, B3.2.6). */
void tfmb_trap(int code) {
  (void)code;
  *(volatile u32 *)0xe000ed0cu = 0x05fa0004u;
  for (;;) {
  }
}
