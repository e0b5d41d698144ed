/* How this image expects a Pico to be wired; numbers are those of GPIO. */
#ifndef TFMB_PINS_H
#define TFMB_PINS_H

/* The pack behind a divider of two equal resistors at ADC0. */
#define PIN_VOLTAGE 26u
#define ADC_INPUT 0u
#define DIVIDER 2.0f
#define REFERENCE_mV 3300.0f

/* High: the charger may charge; high: the load's supply is on. */
#define PIN_CHARGE 14u
#define PIN_LOAD 15u

/* FRAM on SPI0. */
#define PIN_FRAM_IN 16u
#define PIN_FRAM_SELECT 17u
#define PIN_FRAM_CLOCK 18u
#define PIN_FRAM_OUT 19u

#endif
