/* The program of a node in the rig, the same on every board: start, then wake by wake read, step,
 * act, store, tell, sleep. The rig plays what a node knows without measuring (how it was reset, how
 * long it was off, which events it did); what the board has a peripheral for, the board measures.
 *
 * The core's memory lies in RAM that a reset leaves as it was. Of it a start may use the vital
 * area, which the core has sealed; a reset between clearing the memory and putting that area back
 * costs what moved since the last record, no more. */

#include "board.h"
#include "frame.h"

/* Statuses from here on refuse the call; the decision is then an old one. */
#define REFUSED TFMB_STATUS_NO_PROFILE
/* What to sleep then: long enough for a clock that stood still. */
#define RETRY_MS 60000u

typedef struct {
  uint32_t reason, off_s, time_ms;
  /* 0: the rig lost the RAM but could not overwrite it. */
  uint32_t is_retained;
} start_t;

typedef struct {
  uint32_t asked;
  uint32_t reserved;
  tfmb_sample_t sample;
} wake_t;

_Static_assert(sizeof(wake_t) <= FRAME_PAYLOAD_MAX, "a wake fits a frame");

/* Decision and gauge are neighbours. */
#define TOLD_BYTES (TFMB_STORAGE_AT - TFMB_DECISION_AT)

typedef struct {
  uint32_t at;
  uint8_t bytes[FRAME_PAYLOAD_MAX - 4];
} piece_t;

/* Armv6-M, B3.2.6: AIRCR with its key. */
#define APPLICATION_INTERRUPT (*(volatile uint32_t *)0xe000ed0cu)
#define SYSTEM_RESET_REQUEST (0x05fa0000u | 1u << 2)

static tfmb_t node RETAINED;
static uint32_t records;
/* Until a start the node's memory holds anything. */
static int is_started;
/* What the rig's clock showed when the board's showed 0. */
static uint32_t epoch_ms;

void tfmb_trap(int code) {
  frame_begin(FRAME_TRAP, 1);
  frame_put(&(uint8_t){(uint8_t)code}, 1);
  frame_end();
  for (;;) board_wait_for_rig();
}

static void serve_storage(void) {
  while (tfmb_storage(&node)->op != 0) {
    const int programs = tfmb_storage(&node)->op == 2;
    const int failed = board_store(tfmb_storage(&node), tfmb_storage_bytes(&node));
    if (programs && !failed) records++;
    tfmb_storage_done(&node, failed);
  }
}

static uint32_t start(const start_t *how, uint32_t now_ms) {
  const tfmb_vital_t kept = *tfmb_vital(&node);
  tfmb_init(&node);
  is_started = 1;
  if (how->reason != TFMB_REASON_COLD && how->is_retained) *tfmb_vital(&node) = kept;
  const tfmb_profile_t *profile = board_profile();
  uint32_t status = tfmb_map_profile(&node, profile, profile->length);
  if (status != TFMB_STATUS_OK) return status;
  epoch_ms = how->time_ms - now_ms;
  status = tfmb_boot(&node, how->reason, how->off_s, how->time_ms);
  serve_storage();
  return status;
}

static uint32_t wake(const wake_t *what, uint32_t now_ms) {
  tfmb_sample_t *sample = tfmb_sample(&node);
  *sample = what->sample;
  if (what->asked & FROM_BOARD_TIME) sample->time_ms = epoch_ms + now_ms;
  else epoch_ms = sample->time_ms - now_ms;
  board_measure(what->asked, sample);
  const uint32_t status = tfmb_step(&node);
  if ((status & 255) < REFUSED) board_act(tfmb_decision(&node));
  serve_storage();
  return status;
}

static void reply(uint32_t status) {
  const uint32_t head[2] = {status, records};
  frame_begin(FRAME_REPLY, sizeof head + TOLD_BYTES + sizeof(tfmb_vital_t));
  frame_put(head, sizeof head);
  frame_put(tfmb_decision(&node), TOLD_BYTES);
  frame_put(tfmb_vital(&node), sizeof(tfmb_vital_t));
  frame_end();
}

static void tell(uint8_t type) {
  frame_begin(type, 0);
  frame_end();
}

static void keep(const piece_t *piece, uint32_t length) {
  const int failed = board_keep_profile(piece->at, piece->bytes, length);
  frame_begin(FRAME_KEPT, 1);
  frame_put(&(uint8_t){(uint8_t)failed}, 1);
  frame_end();
}

/* As a reset from outside that keeps RAM, for an emulator whose rig cannot give one. */
static void reset_chip(void) {
  APPLICATION_INTERRUPT = SYSTEM_RESET_REQUEST;
  for (;;) {
  }
}

/* Sleeps as the core decided, until the rig speaks before that. */
static void sleep(uint32_t from_ms, uint32_t status) {
  const int refused = (status & 255) >= REFUSED;
  const uint32_t sleep_ms = refused ? RETRY_MS : tfmb_decision(&node)->sleep_ms;
  if (board_sleep_until(from_ms + sleep_ms)) tell(FRAME_DUE);
}

/* A start or a wake; 0: the frame is neither. */
static int answer(const frame_t *frame) {
  const void *payload = frame->payload;
  const uint32_t now_ms = board_now_ms();
  uint32_t status;
  records = 0;
  if (frame->type == FRAME_START && frame->length == sizeof(start_t)) {
    status = start(payload, now_ms);
  } else if (is_started && frame->type == FRAME_WAKE && frame->length == sizeof(wake_t)) {
    status = wake(payload, now_ms);
  } else {
    return 0;
  }
  reply(status);
  sleep(now_ms, status);
  return 1;
}

int main(void) {
  static frame_t frame;
  board_start();
  tell(FRAME_UP);
  for (;;) {
    frame_receive(&frame);
    if (answer(&frame)) continue;
    if (frame.type == FRAME_RESET) reset_chip();
    if (frame.type == FRAME_PROFILE && frame.length > 4) {
      keep((const piece_t *)(const void *)frame.payload, frame.length - 4u);
    }
  }
}
