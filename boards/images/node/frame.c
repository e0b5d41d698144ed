/* Frames on the UART, with the CRC-32 of Ethernet and zlib (reflected, 0xedb88320), by nibbles. */

#include "frame.h"

#include "board.h"

#define SYNC 0xa5

static uint32_t crc;

static void crc_add(uint8_t byte) {
  static const uint32_t of_nibble[16] = {
      0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
      0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
      0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
  };
  crc ^= byte;
  crc = (crc >> 4) ^ of_nibble[crc & 15];
  crc = (crc >> 4) ^ of_nibble[crc & 15];
}

static uint8_t next_byte(void) {
  int byte;
  while ((byte = board_get()) < 0) board_wait_for_rig();
  return (uint8_t)byte;
}

static uint8_t counted_byte(void) {
  const uint8_t byte = next_byte();
  crc_add(byte);
  return byte;
}

/* 1 when what follows the sync byte was a whole frame. */
static int receive(frame_t *frame) {
  crc = ~0u;
  frame->type = counted_byte();
  frame->length = counted_byte();
  frame->length |= (uint16_t)(counted_byte() << 8);
  if (frame->length > FRAME_PAYLOAD_MAX) return 0;
  for (uint32_t i = 0; i < frame->length; i++) frame->payload[i] = counted_byte();
  uint32_t told = 0;
  for (int shift = 0; shift < 32; shift += 8) told |= (uint32_t)next_byte() << shift;
  return told == ~crc;
}

void frame_receive(frame_t *frame) {
  do {
    while (next_byte() != SYNC) {
    }
  } while (!receive(frame));
}

void frame_put(const void *bytes, uint32_t length) {
  const uint8_t *from = bytes;
  for (uint32_t i = 0; i < length; i++) {
    crc_add(from[i]);
    board_put(from[i]);
  }
}

void frame_begin(uint8_t type, uint32_t length) {
  const uint8_t head[3] = {type, (uint8_t)length, (uint8_t)(length >> 8)};
  board_put(SYNC);
  crc = ~0u;
  frame_put(head, sizeof head);
}

void frame_end(void) {
  const uint32_t told = ~crc;
  for (int shift = 0; shift < 32; shift += 8) board_put((uint8_t)(told >> shift));
}
