/* How the rig's board is wired; host/hil/devices/rp2040_board.ts wires the twins to the same. */
#ifndef TFMB_RP2040_PINS_H
#define TFMB_RP2040_PINS_H

enum { PIN_UART_TX = 0, PIN_UART_RX = 1, PIN_SDA = 4, PIN_SCL = 5 };
/* High: the known load of the resistance measurement is on. */
enum { PIN_LOAD = 6 };
/* Which source's open-circuit voltage lies at the ADC, 0 to 3. */
enum { PIN_SOURCE_LOW = 7, PIN_SOURCE_HIGH = 8 };
/* High: the FRAM takes no writes. */
enum { PIN_WRITE_PROTECT = 9 };
/* Channels of the ADC: the cell, the temperature sensor, the source. */
enum { ADC_CELL = 0, ADC_TEMPERATURE = 1, ADC_SOURCE = 2 };
/* Addresses on I2C. */
enum { I2C_AEM13920 = 0x41, I2C_METER = 0x4f, I2C_FRAM = 0x50 };

#endif
