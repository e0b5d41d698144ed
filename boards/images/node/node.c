/* The program of a node in the rig, the same on every board: start, then wake by wake read, step,
 * act, store, tell, sleep. The rig plays what a node knows without measuring (how it was reset, how
 * long it was off, which events it did); what the board has a peripheral for, the board measures.
 *
 * The core's memory lies in RAM that a reset leaves as it was. Of it a start may use the vital
 * area, which the core has sealed; a reset between clearing the memory and putting that area back
 * costs what moved since the last record, no more. */

#include "board.h"
#include "frame.h"
#include "messages.h"

_Static_assert(sizeof(reply_t) <= FRAME_PAYLOAD_MAX, "a reply fits a frame");

/* Statuses from here on refuse the call; the decision is then an old one. */
#define REFUSED TFMB_STATUS_NO_PROFILE
/* What to sleep then: long enough for a clock that stood still. */
#define RETRY_MS 60000u

/* Armv6-M, B3.2.6: AIRCR with its key. */
#define APPLICATION_INTERRUPT (*(volatile uint32_t *)0xe000ed0cu)
#define SYSTEM_RESET_REQUEST (0x05fa0000u | 1u << 2)

static tfmb_t node RETAINED;
static frame_t frame;
static uint32_t records;
/* Until a start the node's memory holds anything. */
static int is_started;
/* What the rig's clock showed when the board's showed 0. */
static uint32_t epoch_ms;

static void tell(uint8_t type, const void *payload, uint32_t length) {
  static uint8_t bytes[FRAME_HEAD + FRAME_PAYLOAD_MAX + FRAME_TAIL];
  if (length > 0) memcpy(bytes + FRAME_HEAD, payload, length);
  const uint32_t whole = frame_make(bytes, type, length);
  for (uint32_t i = 0; i < whole; i++) board_put(bytes[i]);
}

static void tell_byte(uint8_t type, uint8_t value) { tell(type, &value, 1); }

void tfmb_trap(int code) {
  tell_byte(MESSAGE_TRAP, (uint8_t)code);
  for (;;) board_wait_for_rig();
}

static uint8_t next_byte(void) {
  int byte;
  while ((byte = board_get()) < 0) board_wait_for_rig();
  return (uint8_t)byte;
}

/* The next request of the rig, its type and its length. */
static uint8_t receive(request_t *request, uint32_t *length) {
  do {
    while (!frame_take(&frame, next_byte())) {
    }
    *length = frame_length(&frame);
  } while (*length > sizeof *request);
  memcpy(request, frame_payload(&frame), *length);
  return frame_sequence(&frame);
}

/* As a reset from outside that keeps RAM, for an emulator whose rig cannot give one. */
static _Noreturn void reset_chip(void) {
  APPLICATION_INTERRUPT = SYSTEM_RESET_REQUEST;
  for (;;) {
  }
}

_Noreturn void node_halt(void) {
  request_t request;
  uint32_t length;
  while (receive(&request, &length) != MESSAGE_RESET) {
  }
  reset_chip();
}

uint8_t node_ask_store(const tfmb_storage_t *operation, const uint8_t *bytes) {
  store_t store = {operation->op, operation->address, operation->length, {0}};
  if (operation->op == 2) memcpy(store.bytes, bytes, sizeof store.bytes);
  tell(MESSAGE_STORES, &store, sizeof store);
  request_t request;
  uint32_t length;
  const uint8_t type = receive(&request, &length);
  if (type == MESSAGE_RESET) reset_chip();
  return type == MESSAGE_STORE && length == 1 ? request.verdict : STORE_FAILS;
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
  uint32_t status = tfmb_map_profile(&node, board_profile(), how->profile_bytes);
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
  reply_t answer = {.status = status, .records = records};
  memcpy(answer.told, tfmb_decision(&node), sizeof answer.told);
  memcpy(answer.vital, tfmb_vital(&node), sizeof answer.vital);
  tell(MESSAGE_REPLY, &answer, sizeof answer);
}

/* Sleeps as the core decided, until the rig speaks before that. */
static void sleep(uint32_t from_ms, uint32_t status) {
  const int refused = (status & 255) >= REFUSED;
  const uint32_t sleep_ms = refused ? RETRY_MS : tfmb_decision(&node)->sleep_ms;
  if (board_sleep_until(from_ms + sleep_ms)) tell(MESSAGE_DUE, 0, 0);
}

/* A start or a wake; 0: the request is neither. */
static int answer(uint8_t type, const request_t *request, uint32_t length) {
  const uint32_t now_ms = board_now_ms();
  uint32_t status;
  records = 0;
  if (type == MESSAGE_START && length == sizeof(start_t)) {
    status = start(&request->start, now_ms);
  } else if (is_started && type == MESSAGE_WAKE && length == sizeof(wake_t)) {
    status = wake(&request->wake, now_ms);
  } else {
    return 0;
  }
  reply(status);
  sleep(now_ms, status);
  return 1;
}

static void keep(const piece_t *piece, uint32_t length) {
  tell_byte(MESSAGE_KEPT, (uint8_t)board_keep_profile(piece->at, piece->bytes, length));
}

int main(void) {
  static request_t request;
  board_start();
  tell(MESSAGE_UP, 0, 0);
  for (;;) {
    uint32_t length;
    const uint8_t type = receive(&request, &length);
    if (answer(type, &request, length)) continue;
    if (type == MESSAGE_RESET) reset_chip();
    if (type == MESSAGE_PROFILE && length > 4) keep(&request.piece, length - 4);
  }
}
