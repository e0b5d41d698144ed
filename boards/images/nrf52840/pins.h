/* How this image expects an nRF52840 to be wired; numbers are those of port P0. */
#ifndef TFMB_PINS_H
#define TFMB_PINS_H

/* The pack behind a divider of two equal resistors at AIN1; the gate connects it for a reading. */
#define PIN_DIVIDER_GATE 4u
#define ADC_INPUT 2u /* PSELP: AIN1, which is P0.03 */
#define DIVIDER 2.0f

/* High: the charger may charge (EN of a bq25570 through a transistor). */
#define PIN_CHARGE 28u
/* High: the load's supply is on. */
#define PIN_LOAD 29u

/* FRAM. */
#define PIN_FRAM_SELECT 11u
#define PIN_FRAM_CLOCK 12u
#define PIN_FRAM_OUT 13u
#define PIN_FRAM_IN 14u

#endif
