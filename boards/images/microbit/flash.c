/* Profile and journal in the chip's own flash. The profile comes over the UART once and stays. The
 * journal's addresses count from profile.storage_at: where the profile says flash, as they are;
 * where it says FRAM, which needs no erase, each of the two slots gets a page of its own that is
 * erased before it is written. A cut within that loses the older record, never the newer. */

#include "flash.h"

#include "board.h"
#include "messages.h"
#include "registers.h"

#define PROFILE_AT 0x1e000u
#define JOURNAL_AT 0x20000u
#define JOURNAL_BYTES 0x20000u
#define SLOT_BYTES 128u

enum { READ = 1, PROGRAM = 2, ERASE = 3 };
enum { KIND_FRAM = 1, KIND_FLASH = 2 };

static void set_mode(uint32_t mode) {
  FLASH_MODE = mode;
  while (FLASH_READY == 0) {
  }
}

void flash_erase(uint32_t address) {
  set_mode(FLASH_ERASES);
  FLASH_ERASE_PAGE = address;
  set_mode(FLASH_READS);
}

void flash_write(uint32_t address, const uint8_t *bytes, uint32_t length) {
  set_mode(FLASH_WRITES);
  for (uint32_t i = 0; i + 4 <= length; i += 4) {
    uint32_t word;
    memcpy(&word, bytes + i, sizeof word);
    REGISTER(address + i) = word;
    while (FLASH_READY == 0) {
    }
  }
  set_mode(FLASH_READS);
}

const tfmb_profile_t *board_profile(void) { return (const tfmb_profile_t *)PROFILE_AT; }

int board_keep_profile(uint32_t at, const uint8_t *bytes, uint32_t length) {
  if (length % 4 != 0 || at > JOURNAL_AT - PROFILE_AT - length) return 1;
  for (uint32_t page = at; page < at + length; page++) {
    if (page % FLASH_PAGE_BYTES == 0) flash_erase(PROFILE_AT + page);
  }
  flash_write(PROFILE_AT + at, bytes, length);
  return 0;
}

/* Where in flash a slot's bytes lie; 0: outside. */
static uint32_t place_of(uint32_t offset, uint32_t length) {
  const int is_fram = board_profile()->storage_kind == KIND_FRAM;
  const uint32_t at = is_fram ? offset / SLOT_BYTES * FLASH_PAGE_BYTES : offset;
  return length > JOURNAL_BYTES || at > JOURNAL_BYTES - length ? 0 : JOURNAL_AT + at;
}

/* Half by half, which must be whole pages. */
static int erase(uint32_t place, uint32_t length) {
  if (place % FLASH_PAGE_BYTES != 0 || length % FLASH_PAGE_BYTES != 0) return 1;
  for (uint32_t at = 0; at < length; at += FLASH_PAGE_BYTES) flash_erase(place + at);
  return 0;
}

/* A record of which only the first half is there. */
static _Noreturn void tear(const tfmb_storage_t *operation, uint32_t place, const uint8_t *bytes) {
  if (operation->op == PROGRAM) {
    if (board_profile()->storage_kind == KIND_FRAM) flash_erase(place);
    flash_write(place, bytes, operation->length / 2);
  }
  node_halt();
}

int board_store(const tfmb_storage_t *operation, uint8_t *bytes) {
  const tfmb_profile_t *profile = board_profile();
  const uint32_t length = operation->length;
  const uint32_t place = place_of(operation->address - profile->storage_at, length);
  const uint8_t verdict = node_ask_store(operation, bytes);
  if (place == 0 || verdict == STORE_FAILS) return 1;
  if (verdict == STORE_TEARS) tear(operation, place, bytes);
  if (operation->op == READ) {
    memcpy(bytes, (const void *)place, length);
    bytes[0] ^= verdict == STORE_SPOILS;
    return 0;
  }
  if (operation->op == ERASE) return profile->storage_kind != KIND_FLASH || erase(place, length);
  if (profile->storage_kind == KIND_FRAM) flash_erase(place);
  flash_write(place, bytes, length);
  return memcmp((const void *)place, bytes, length) != 0;
}
