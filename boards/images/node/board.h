/* What a board gives to the node's program (node.c). */
#ifndef TFMB_IMAGE_BOARD_H
#define TFMB_IMAGE_BOARD_H

#include "tfmb.h"

/* RAM that the start-up leaves as it was. */
#define RETAINED __attribute__((section(".noinit")))

/* Readings that the rig asks of the board itself: `Values` bits, and these two. What is not asked
 * for came with the frame. */
#define FROM_BOARD_LIMITING (1u << 30)
#define FROM_BOARD_TIME (1u << 31)

void board_start(void);

/* One byte of the UART; board_get: -1 when none is there. */
void board_put(uint8_t byte);
int board_get(void);

/* Sleeps until a byte may be there. */
void board_wait_for_rig(void);

/* Milliseconds since the board started, wrapping. */
uint32_t board_now_ms(void);

/* Sleeps until the clock shows `due_ms` (1), or until the rig speaks (0). */
int board_sleep_until(uint32_t due_ms);

/* The profile in flash. */
const tfmb_profile_t *board_profile(void);

/* Takes a piece of a new profile, `at` a multiple of four; 0: it is in flash. */
int board_keep_profile(uint32_t at, const uint8_t *bytes, uint32_t length);

/* Overwrites those values of the sample that are asked for with the board's own readings. */
void board_measure(uint32_t asked, tfmb_sample_t *sample);

/* Sets the actuators that the board has. */
void board_act(const tfmb_decision_t *decision);

/* Asks the rig whether a fault of it hits this operation on the board's own storage: one of STORE_*
 * (messages.h). What shall tear is done in part; after that node_halt(). */
uint8_t node_ask_store(const tfmb_storage_t *operation, const uint8_t *bytes);
_Noreturn void node_halt(void);

/* Executes one storage operation; 0: success. */
int board_store(const tfmb_storage_t *operation, uint8_t *bytes);

#endif
