/* The C core as a program for the rig: frames on stdin and stdout. On a board the same loop reads
 * and writes the UART. A request that comes twice is answered twice and done once. */

#include <stdio.h>
#include <stdlib.h>

#include "answer.h"
#include "frame.h"

static tfmb_t node;
static frame_t request;
static uint8_t reply[FRAME_HEAD + ANSWER_BYTES_MAX + FRAME_TAIL];
static uint32_t reply_length;

void tfmb_trap(int code) {
  fprintf(stderr, "trap %d\n", code);
  exit(1);
}

/* The rig counts requests modulo 256, and repeats a number only where it got no answer; a greeting
 * may be another rig's first. */
static int is_new(uint8_t sequence, const uint8_t *payload) {
  static int last = -1;
  const int new = sequence != last || answer_is_greeting(payload);
  last = sequence;
  return new;
}

static void serve(void) {
  const uint8_t sequence = frame_sequence(&request);
  const uint8_t *payload = frame_payload(&request);
  if (is_new(sequence, payload)) {
    const uint32_t length = answer(&node, payload, frame_length(&request), reply + FRAME_HEAD);
    reply_length = length == 0 ? 0 : frame_make(reply, sequence, length);
  }
  fwrite(reply, 1, reply_length, stdout);
  fflush(stdout);
}

int main(void) {
  tfmb_init(&node);
  for (int byte; (byte = getchar()) != EOF;) {
    if (frame_take(&request, (uint8_t)byte)) serve();
  }
  return 0;
}
