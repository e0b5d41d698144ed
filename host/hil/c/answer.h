/* A core behind a wire: one request in, one answer out (docs/HIL.md). No heap, no clock: for a
 * program on stdin and stdout as for a board on its UART. */
#ifndef TFMB_HIL_ANSWER_H
#define TFMB_HIL_ANSWER_H

#include "tfmb.h"

/* The longest answer: its head, decision, gauge, and the bytes of a record. */
#define ANSWER_BYTES_MAX (20 + TFMB_DECISION_BYTES + TFMB_GAUGE_BYTES + TFMB_VITAL_BYTES)

/* Answers a request, returns the answer's length; 0: it was none. */
uint32_t answer(tfmb_t *node, const uint8_t *request, uint32_t length, uint8_t *out);

/* The request that a rig begins with: always to be answered anew. */
static inline int answer_is_greeting(const uint8_t *request) { return request[0] == 1; }

#endif
