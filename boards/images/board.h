/* What an image needs of a board: how it starts, the node loop's port, and what its timer's
 * interrupt does. Every board has one file port.c for it. */
#ifndef TFMB_BOARD_H
#define TFMB_BOARD_H

#include "port.h"

/* Clocks, pins, ADC; the charger stays as its straps leave it. */
void board_start(void);

extern const port_t board;

/* Does up to `allowed[i]` events of each load class, notes in `done` how many. */
void node_work(const uint16_t *allowed, uint16_t *done);

/* The one interrupt: clears what the sleeping processor was woken by. */
void board_interrupt(void);

/* Registers by their address, as data sheets give them. */
#define REGISTER(base, offset) (*(volatile uint32_t *)((base) + (offset)))

#endif
