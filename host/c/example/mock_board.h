/* A made-up board for the example: a cell, a lamp, a clock and 256 bytes of FRAM, in software. */
#ifndef TFMB_EXAMPLE_MOCK_BOARD_H
#define TFMB_EXAMPLE_MOCK_BOARD_H

#include "port.h"

/* The cell behaves as this profile says; it starts half full, at midnight. */
void mock_board_start(const tfmb_profile_t *profile);

extern const port_t mock_board;

/* True charge of the cell as a share of its capacity, 0.1 %. */
uint32_t mock_board_soc_permille(void);
uint32_t mock_board_events(void);
uint32_t mock_board_records(void);

#endif
