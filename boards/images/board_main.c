/* The program of a board's image: the node loop with the profile that `tfmb build` compiled. The
 * application's own work goes into node_work; without one the node only keeps its battery. */

#include "board.h"

#define RETRY_MS 60000u

extern const uint32_t node_profile[];
extern const uint32_t node_profile_bytes;

static tfmb_t node;

__attribute__((weak)) void node_work(const uint16_t *allowed, uint16_t *done) {
  (void)allowed;
  for (int kind = 0; kind < 4; kind++) done[kind] = 0;
}

int main(void) {
  board_start();
  while (node_start(&node, &board, node_profile, node_profile_bytes) != TFMB_STATUS_OK) {
    board.sleep_ms(RETRY_MS);
  }
  for (;;) node_wake(&node, &board);
}
