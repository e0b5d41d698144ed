/* The node loop in C for bare metal: read, step, act, store, sleep. */

#include "port.h"

/* Statuses from here on refuse the call; the decision is then an old one, already done. */
#define REFUSED TFMB_STATUS_NO_PROFILE
/* What to sleep then: long enough for a clock that stood still. */
#define RETRY_MS 60000u

static uint32_t serve_storage(tfmb_t *node, const port_t *port) {
  uint32_t status = TFMB_STATUS_OK;
  while (tfmb_storage(node)->op != 0) {
    status = tfmb_storage_done(node, port->store(tfmb_storage(node), tfmb_storage_bytes(node)));
  }
  return status;
}

uint32_t node_start(tfmb_t *node, const port_t *port, const void *profile, uint32_t length) {
  tfmb_init(node);
#if UINTPTR_MAX == UINT32_MAX
  uint32_t status = tfmb_map_profile(node, profile, length);
#else
  uint32_t status = tfmb_load_profile(node, profile, length);
#endif
  if (status != TFMB_STATUS_OK) return status;
  status = tfmb_boot(node, TFMB_REASON_COLD, TFMB_OFF_UNKNOWN, port->now_ms());
  return status == TFMB_STATUS_STORAGE ? serve_storage(node, port) : status;
}

uint32_t node_wake(tfmb_t *node, const port_t *port) {
  tfmb_sample_t *sample = tfmb_sample(node);
  sample->time_ms = port->now_ms();
  port->measure(sample);
  const uint32_t status = tfmb_step(node);
  const int refused = (status & 255) >= REFUSED;
  const tfmb_decision_t *decision = tfmb_decision(node);
  if (!refused) {
    port->act(decision);
    /* counted in the next sample */
    port->work(decision->events, sample->events);
  }
  serve_storage(node, port);
  port->sleep_ms(refused ? RETRY_MS : decision->sleep_ms);
  return status;
}
