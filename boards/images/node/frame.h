/* Frames on the UART between a node and its rig; host/hil/frame.ts speaks the same:
 *
 *   0xa5 | type | length, u16 | payload | CRC-32 of type, length and payload
 *
 * Integers are little-endian. A frame that is damaged is passed over: the other side asks again. */
#ifndef TFMB_IMAGE_FRAME_H
#define TFMB_IMAGE_FRAME_H

#include <stdint.h>

/* From the rig: start; wake; a piece of the profile; reset. */
enum { FRAME_START = 1, FRAME_WAKE = 2, FRAME_PROFILE = 3, FRAME_RESET = 4 };
/* From the node: it is up and wants a start; its sleep is over; what a start or a wake came to; it
 * trapped; a piece of the profile is kept, or is not. */
enum { FRAME_UP = 0x80, FRAME_DUE, FRAME_REPLY, FRAME_TRAP, FRAME_KEPT };

#define FRAME_PAYLOAD_MAX 128

typedef struct {
  uint8_t type;
  uint16_t length;
  _Alignas(8) uint8_t payload[FRAME_PAYLOAD_MAX];
} frame_t;

/* Waits for the next whole frame. */
void frame_receive(frame_t *frame);

/* Sends a frame in pieces: begin with the length of all of them, then the pieces, then end. */
void frame_begin(uint8_t type, uint32_t length);
void frame_put(const void *bytes, uint32_t length);
void frame_end(void);

#endif
