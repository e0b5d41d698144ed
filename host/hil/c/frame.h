/* Frames on a byte stream (wire/frame.ts): a5 5a, sequence, length u16, payload, CRC-32. */
#ifndef TFMB_HIL_FRAME_H
#define TFMB_HIL_FRAME_H

#include <stdint.h>

#ifndef FRAME_PAYLOAD_MAX
#define FRAME_PAYLOAD_MAX 8192
#endif
#define FRAME_HEAD 5
#define FRAME_TAIL 4

typedef struct {
  uint32_t count; /* bytes of this frame so far */
  uint8_t bytes[FRAME_HEAD + FRAME_PAYLOAD_MAX + FRAME_TAIL];
} frame_t;

/* Takes one byte; 1: a whole frame is there, until the next byte is taken. */
int frame_take(frame_t *frame, uint8_t byte);

static inline uint8_t frame_sequence(const frame_t *frame) { return frame->bytes[2]; }
static inline const uint8_t *frame_payload(const frame_t *frame) {
  return frame->bytes + FRAME_HEAD;
}
uint32_t frame_length(const frame_t *frame);

/* Makes a frame of the payload that lies at bytes + FRAME_HEAD; returns its whole length. */
uint32_t frame_make(uint8_t *bytes, uint8_t sequence, uint32_t length);

#endif
