/* The charger of the rig's board, as far as a node reads and sets it. */
#ifndef TFMB_RP2040_AEM13920_H
#define TFMB_RP2040_AEM13920_H

#include "tfmb.h"

/* The cell is at the over-charge threshold: the charger holds its voltage. */
int aem13920_is_limiting(void);

/* Sets what the board's actuators leave to the core. */
void aem13920_set(const tfmb_decision_t *decision, uint32_t actuators);

#endif
