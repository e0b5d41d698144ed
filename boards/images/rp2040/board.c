/* The RP2040 as a node: start-up, UART, timer sleep. No boot ROM, no second-stage loader and no
 * clock set-up: the image runs in the emulator from its vector table, at the emulator's 125 MHz. */

#include "board.h"

#include "i2c.h"
#include "pins.h"
#include "registers.h"

/* Flash behind the image: what the driver puts there is the profile. */
#define PROFILE_AT 0x10100000u
/* Longest alarm: the comparator has 32 bits of microseconds. */
#define ALARM_MAX_US (1u << 31)
#define MS 1000u

static volatile int rig_spoke;

const tfmb_profile_t *board_profile(void) { return (const tfmb_profile_t *)PROFILE_AT; }

/* Flash that executes cannot be written without the boot ROM: the driver puts the profile there. */
int board_keep_profile(uint32_t at, const uint8_t *bytes, uint32_t length) {
  (void)at, (void)bytes, (void)length;
  return 1;
}

static void use_pins(void) {
  PIN_CONTROL(PIN_UART_TX) = PIN_CONTROL(PIN_UART_RX) = USE_UART;
  PIN_CONTROL(PIN_SDA) = PIN_CONTROL(PIN_SCL) = USE_I2C;
  for (int pin = PIN_LOAD; pin <= PIN_WRITE_PROTECT; pin++) PIN_CONTROL(pin) = USE_SIO;
  SIO_OUT_CLEAR = 1u << PIN_LOAD | 1u << PIN_SOURCE_LOW | 1u << PIN_SOURCE_HIGH;
  SIO_OUT_SET = 1u << PIN_WRITE_PROTECT;
  SIO_ENABLE_SET = 1u << PIN_LOAD | 1u << PIN_SOURCE_LOW | 1u << PIN_SOURCE_HIGH |
                   1u << PIN_WRITE_PROTECT;
}

void board_start(void) {
  RESETS_CLEAR = RESETS_USED;
  while ((RESETS_DONE & RESETS_USED) != RESETS_USED) {
  }
  use_pins();
  i2c_start();
  /* 115200 baud of 125 MHz, 8 bits, with FIFOs */
  UART_BAUD_WHOLE = 67;
  UART_BAUD_FRACTION = 52;
  UART_LINE = 0x70;
  UART_CONTROL = 0x301;
  ADC_CONTROL = ADC_ON;
  TIMER_ENABLE = 1;
  NVIC_ENABLE = 1u << IRQ_TIMER_0 | 1u << IRQ_UART0;
}

/* The vector of all interrupts: the timer and the UART only have to end a sleep. */
void interrupt(void) {
  TIMER_RAISED = 1;
  UART_INTERRUPTS = 0;
  rig_spoke = (UART_FLAGS & UART_RX_EMPTY) == 0;
}

void board_put(uint8_t byte) {
  while (UART_FLAGS & UART_TX_FULL) {
  }
  UART_DATA = byte;
}

int board_get(void) { return UART_FLAGS & UART_RX_EMPTY ? -1 : (int)(UART_DATA & 255); }

/* Sleeps until an interrupt. An event that came before the WFE is not missed: it ends it. */
static void wait(void) {
  UART_INTERRUPTS = UART_RX_INTERRUPT;
  __asm volatile("wfe");
}

void board_wait_for_rig(void) {
  rig_spoke = 0;
  while (!rig_spoke && UART_FLAGS & UART_RX_EMPTY) wait();
}

/* Reading the low half latches the high one. */
static uint64_t now_us(void) {
  const uint32_t low = TIMER_LOW;
  return (uint64_t)TIMER_HIGH << 32 | low;
}

uint32_t board_now_ms(void) { return (uint32_t)(now_us() / MS); }

int board_sleep_until(uint32_t due_ms) {
  rig_spoke = 0;
  while (!rig_spoke && UART_FLAGS & UART_RX_EMPTY) {
    const uint64_t time_us = now_us();
    const int32_t left_ms = (int32_t)(due_ms - (uint32_t)(time_us / MS));
    if (left_ms <= 0) return 1;
    const uint32_t sleep_us = (uint32_t)left_ms < ALARM_MAX_US / MS
                                  ? (uint32_t)left_ms * MS - (uint32_t)(time_us % MS)
                                  : ALARM_MAX_US;
    TIMER_ALARM_0 = (uint32_t)time_us + sleep_us;
    wait();
  }
  return 0;
}
