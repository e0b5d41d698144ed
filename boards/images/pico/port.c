/* Raspberry Pi Pico: cell voltage and chip temperature by the ADC, sleep by the timer's alarm,
 * journal in an FRAM. Register offsets are those of the RP2040 data sheet. This image runs in an
 * emulated RP2040 (test/tools/firmware/pico.test.ts); it was never run on a board. */

#include "board.h"
#include "fram_spi.h"
#include "pins.h"

#define CLOCKS 0x40008000u
#define RESETS 0x4000c000u
#define IO_BANK0 0x40014000u
#define PADS_BANK0 0x4001c000u
#define XOSC 0x40024000u
#define SPI0 0x4003c000u
#define ADC 0x4004c000u
#define TIMER 0x40054000u
#define WATCHDOG 0x40058000u
#define SIO 0xd0000000u
#define NVIC 0xe000e100u

#define XOSC_MHZ 12u
#define RESET_ADC (1u << 0)
#define RESET_IO (1u << 5)
#define RESET_PADS (1u << 8)
#define RESET_SPI0 (1u << 16)
#define RESET_TIMER (1u << 21)
#define USED (RESET_ADC | RESET_IO | RESET_PADS | RESET_SPI0 | RESET_TIMER)

enum { FUNCTION_SPI = 1, FUNCTION_SIO = 5 };
#define TEMPERATURE_INPUT 4u
/* The alarm has 32 bits of microseconds: longer sleeps are cut. */
#define SLEEP_MAX_MS 3600000u

static float charge_allowed_nA;

static void wait_for(uint32_t base, uint32_t offset, uint32_t bits) {
  while ((REGISTER(base, offset) & bits) != bits) {
  }
}

static void set_function(uint32_t pin, uint32_t function) {
  REGISTER(IO_BANK0, 8 * pin + 4) = function;
}

static void set_pin(uint32_t pin, int high) { REGISTER(SIO, high ? 0x14 : 0x18) = 1u << pin; }

/* All from the crystal: 12 MHz are enough, and the phase-locked loops stay off. */
static void start_clocks(void) {
  REGISTER(XOSC, 0x0c) = 47;       /* STARTUP: 1 ms */
  REGISTER(XOSC, 0x00) = 0xfabaa0; /* CTRL: enabled, 1 to 15 MHz */
  wait_for(XOSC, 0x04, 1u << 31);  /* STATUS: stable */
  REGISTER(CLOCKS, 0x30) = 2;      /* clk_ref from the crystal */
  wait_for(CLOCKS, 0x38, 1u << 2);
  REGISTER(CLOCKS, 0x3c) = 0; /* clk_sys from clk_ref */
  wait_for(CLOCKS, 0x44, 1u << 0);
  REGISTER(CLOCKS, 0x48) = 1u << 11 | 4u << 5; /* clk_peri from the crystal */
  REGISTER(CLOCKS, 0x60) = 1u << 11 | 3u << 5; /* clk_adc from the crystal */
  REGISTER(WATCHDOG, 0x2c) = 1u << 9 | XOSC_MHZ; /* TICK: microseconds for the timer */
}

void board_start(void) {
  start_clocks();
  REGISTER(RESETS, 0x3000) = USED; /* atomic clear of RESET */
  wait_for(RESETS, 0x08, USED);
  set_function(PIN_CHARGE, FUNCTION_SIO);
  set_function(PIN_LOAD, FUNCTION_SIO);
  set_function(PIN_FRAM_SELECT, FUNCTION_SIO);
  set_function(PIN_FRAM_CLOCK, FUNCTION_SPI);
  set_function(PIN_FRAM_IN, FUNCTION_SPI);
  set_function(PIN_FRAM_OUT, FUNCTION_SPI);
  set_pin(PIN_FRAM_SELECT, 1);
  REGISTER(SIO, 0x24) = 1u << PIN_CHARGE | 1u << PIN_LOAD | 1u << PIN_FRAM_SELECT;
  REGISTER(PADS_BANK0, 4 + 4 * PIN_VOLTAGE) = 1u << 7; /* no digital input or output */
  REGISTER(SPI0, 0x10) = 2;                            /* SSPCPSR: 6 MHz */
  REGISTER(SPI0, 0x00) = 7;                            /* SSPCR0: 8 bits, mode 0 */
  REGISTER(SPI0, 0x04) = 2;                            /* SSPCR1: enabled */
  REGISTER(TIMER, 0x38) = 1;                           /* INTE: alarm 0 */
  REGISTER(NVIC, 0) = 1;                               /* TIMER_IRQ_0 */
}

void board_interrupt(void) { REGISTER(TIMER, 0x34) = 1; /* INTR: alarm 0 is done */ }

static uint64_t now_us(void) {
  for (;;) {
    const uint32_t high = REGISTER(TIMER, 0x24), low = REGISTER(TIMER, 0x28);
    if (high == REGISTER(TIMER, 0x24)) return (uint64_t)high << 32 | low;
  }
}

static uint32_t now_ms(void) { return (uint32_t)(now_us() / 1000u); }

static float read_mV(uint32_t input) {
  REGISTER(ADC, 0x00) = input << 12 | 3u; /* CS: enabled, with the temperature sensor */
  wait_for(ADC, 0x00, 1u << 8);
  REGISTER(ADC, 0x00) = input << 12 | 7u; /* START_ONCE */
  wait_for(ADC, 0x00, 1u << 8);
  const uint32_t code = REGISTER(ADC, 0x04);
  REGISTER(ADC, 0x00) = 0;
  return (float)code * (REFERENCE_mV / 4096.0f);
}

static void measure(tfmb_sample_t *sample) {
  sample->valid = TFMB_VALUE_VOLTAGE | TFMB_VALUE_TEMPERATURE;
  sample->pmic_flags = charge_allowed_nA > 0.0f ? TFMB_PMIC_CHARGING : 0;
  sample->voltage_mV = read_mV(ADC_INPUT) * DIVIDER;
  /* data sheet, 4.9.5: 706 mV at 27 degC, -1.721 mV/K */
  sample->temperature_degC = 27.0f - (read_mV(TEMPERATURE_INPUT) - 706.0f) / 1.721f;
}

static void act(const tfmb_decision_t *decision) {
  charge_allowed_nA = decision->charge_enable ? decision->charge_limit_nA : 0.0f;
  set_pin(PIN_CHARGE, decision->charge_enable);
  set_pin(PIN_LOAD, decision->mode != TFMB_MODE_SURVIVAL);
}

static void fram_select(int on) { set_pin(PIN_FRAM_SELECT, !on); }

static uint8_t fram_exchange(uint8_t byte) {
  REGISTER(SPI0, 0x08) = byte;      /* SSPDR */
  wait_for(SPI0, 0x0c, 1u << 2);    /* SSPSR: something came */
  return (uint8_t)REGISTER(SPI0, 0x08);
}

/* Interrupts are masked, so that the alarm cannot pass between the question and the sleep. */
static void sleep_ms(uint32_t duration_ms) {
  const uint64_t until_us = now_us() + (uint64_t)duration_ms * 1000u;
  __asm volatile("cpsid i" ::: "memory");
  for (uint64_t now = now_us(); now < until_us; now = now_us()) {
    const uint64_t left_us = until_us - now;
    const uint32_t step_us =
        left_us < SLEEP_MAX_MS * 1000ull ? (uint32_t)left_us : SLEEP_MAX_MS * 1000u;
    REGISTER(TIMER, 0x10) = (uint32_t)now + step_us; /* ALARM0 */
    if (now_us() - now < step_us) __asm volatile("wfi");
    __asm volatile("cpsie i\n nop\n cpsid i" ::: "memory");
  }
  __asm volatile("cpsie i" ::: "memory");
}

const port_t board = {now_ms, measure, act, node_work, fram_store, sleep_ms};
