/* What the node's image and its rig say to each other; host/hil/wire/image_frame.ts is the other
 * end. The type stands where other frames of the rig have their number (host/hil/c/frame.h). */
#ifndef TFMB_IMAGE_MESSAGES_H
#define TFMB_IMAGE_MESSAGES_H

#include "tfmb.h"

/* From the rig: start; wake; a piece of the profile; reset; how a storage operation shall go. */
enum { MESSAGE_START = 1, MESSAGE_WAKE, MESSAGE_PROFILE, MESSAGE_RESET, MESSAGE_STORE };
/* From the node: it is up and wants a start; its sleep is over; what a start or a wake came to; it
 * trapped; a piece of the profile is kept, or is not; it is about to touch storage of its own. */
enum {
  MESSAGE_UP = 0x80,
  MESSAGE_DUE,
  MESSAGE_REPLY,
  MESSAGE_TRAP,
  MESSAGE_KEPT,
  MESSAGE_STORES,
};

/* How a storage operation shall go: as it does; not; the power fails within it; what is read has a
 * wrong bit. */
enum { STORE_GOES, STORE_FAILS, STORE_TEARS, STORE_SPOILS };

typedef struct {
  uint32_t reason, off_s, time_ms, profile_bytes;
  /* 0: the rig lost the RAM but could not overwrite it. */
  uint32_t is_retained;
} start_t;

/* `asked`: what the board measures itself (board.h). */
typedef struct {
  uint32_t asked, reserved;
  tfmb_sample_t sample;
} wake_t;

#define PIECE_BYTES 120
typedef struct {
  uint32_t at;
  uint8_t bytes[PIECE_BYTES];
} piece_t;

/* Decision and gauge are neighbours in the core's memory. */
#define TOLD_BYTES (TFMB_STORAGE_AT - TFMB_DECISION_AT)
typedef struct {
  uint32_t status, records;
  uint8_t told[TOLD_BYTES], vital[sizeof(tfmb_vital_t)];
} reply_t;

typedef struct {
  uint32_t op, address, length;
  uint8_t bytes[sizeof(tfmb_vital_t)];
} store_t;

typedef union {
  start_t start;
  wake_t wake;
  piece_t piece;
  uint8_t verdict;
} request_t;

#endif
