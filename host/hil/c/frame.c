/* Frames on a byte stream. After a damaged frame the reader looks for the next a5 5a; the rig asks
 * again when an answer does not come. */

#include "frame.h"

static const uint8_t SYNC[2] = {0xa5, 0x5a};

/* CRC-32 of IEEE 802.3, from the sequence on. */
static uint32_t crc32(const uint8_t *bytes, uint32_t length) {
  uint32_t crc = 0xffffffffu;
  for (uint32_t i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1)));
  }
  return ~crc;
}

uint32_t frame_length(const frame_t *frame) {
  return frame->bytes[3] | (uint32_t)frame->bytes[4] << 8;
}

static uint32_t sealed(const frame_t *frame, uint32_t end) {
  const uint8_t *at = frame->bytes + end;
  return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

int frame_take(frame_t *frame, uint8_t byte) {
  if (frame->count < 2 && byte != SYNC[frame->count]) {
    frame->count = byte == SYNC[0];
    frame->bytes[0] = SYNC[0];
    return 0;
  }
  frame->bytes[frame->count++] = byte;
  if (frame->count < FRAME_HEAD) return 0;
  const uint32_t end = FRAME_HEAD + frame_length(frame);
  if (end > FRAME_HEAD + FRAME_PAYLOAD_MAX) {
    frame->count = 0;
    return 0;
  }
  if (frame->count < end + FRAME_TAIL) return 0;
  frame->count = 0;
  return sealed(frame, end) == crc32(frame->bytes + 2, end - 2);
}

uint32_t frame_make(uint8_t *bytes, uint8_t sequence, uint32_t length) {
  const uint32_t end = FRAME_HEAD + length;
  bytes[0] = SYNC[0];
  bytes[1] = SYNC[1];
  bytes[2] = sequence;
  bytes[3] = (uint8_t)length;
  bytes[4] = (uint8_t)(length >> 8);
  const uint32_t crc = crc32(bytes + 2, end - 2);
  for (int i = 0; i < FRAME_TAIL; i++) bytes[end + (uint32_t)i] = (uint8_t)(crc >> (8 * i));
  return end + FRAME_TAIL;
}
