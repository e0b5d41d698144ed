/* What a board gives to the node loop: a handful of functions. */
#ifndef TFMB_EXAMPLE_PORT_H
#define TFMB_EXAMPLE_PORT_H

#include "tfmb.h"

typedef struct {
  uint32_t (*now_ms)(void);
  /* Fills voltage, temperature, harvest ... and sets the bits of `valid`. Of a charge counter:
   * charge_pC since the last wake, and current_nA while the voltage is sampled. */
  void (*measure)(tfmb_sample_t *sample);
  /* Sets the actuators that the board has. */
  void (*act)(const tfmb_decision_t *decision);
  /* Does up to `allowed[i]` events of each load class, notes in `done` how many. */
  void (*work)(const uint16_t *allowed, uint16_t *done);
  /* Executes one storage operation; 0: success. */
  int (*store)(const tfmb_storage_t *operation, uint8_t *bytes);
  void (*sleep_ms)(uint32_t duration_ms);
} port_t;

/* Starts the node; returns the status of the first call that failed, or TFMB_STATUS_OK. */
uint32_t node_start(tfmb_t *node, const port_t *port, const void *profile, uint32_t length);

/* One wake: read, step, act, store, sleep. Returns the status of the step. */
uint32_t node_wake(tfmb_t *node, const port_t *port);

#endif
