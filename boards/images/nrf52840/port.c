/* nRF52840: cell voltage by the SAADC, temperature by the chip, sleep by RTC1 in System ON, journal
 * in an FRAM. Register names and offsets are those of Nordic's product specification, from memory;
 * this file is compiled and linked here and was never run on the chip. */

#include "board.h"
#include "fram_spi.h"
#include "pins.h"

#define CLOCK 0x40000000u
#define SPI0 0x40003000u
#define SAADC 0x40007000u
#define TEMP 0x4000c000u
#define RTC1 0x40011000u
#define GPIO 0x50000000u
#define NVIC 0xe000e100u
#define RTC1_IRQ 17u

#define TICKS_PER_S 1024u
#define TICKS_MASK 0xffffffu
/* The counter has 24 bits, 4.5 hours: longer sleeps are cut. */
#define SLEEP_MAX_TICKS (3600u * TICKS_PER_S)
/* The counter must not pass a compare value while it is being set. */
#define SLEEP_MIN_TICKS 3u

/* Full scale: the internal 0.6 V over a gain of 1/6, 12 bits. */
#define FULL_SCALE_mV 3600.0f
#define FULL_SCALE 4096.0f

static uint64_t ticks;
static uint32_t last_counter;
static float charge_allowed_nA;

static void set_pin(uint32_t pin, int high) { REGISTER(GPIO, high ? 0x508 : 0x50c) = 1u << pin; }

static void start_task_and_wait(uint32_t base, uint32_t task, uint32_t event) {
  REGISTER(base, event) = 0;
  REGISTER(base, task) = 1;
  while (REGISTER(base, event) == 0) {
  }
}

void board_start(void) {
  const uint32_t outputs = 1u << PIN_DIVIDER_GATE | 1u << PIN_CHARGE | 1u << PIN_LOAD |
                           1u << PIN_FRAM_SELECT | 1u << PIN_FRAM_CLOCK | 1u << PIN_FRAM_OUT;
  set_pin(PIN_FRAM_SELECT, 1);
  REGISTER(GPIO, 0x518) = outputs;           /* DIRSET */
  REGISTER(CLOCK, 0x518) = 1;                /* LFCLKSRC: crystal */
  start_task_and_wait(CLOCK, 0x008, 0x104);  /* LFCLKSTART, LFCLKSTARTED */
  REGISTER(RTC1, 0x508) = 32768u / TICKS_PER_S - 1; /* PRESCALER */
  REGISTER(RTC1, 0x304) = 1u << 16;          /* INTENSET: COMPARE0 */
  REGISTER(RTC1, 0x000) = 1;                 /* START */
  REGISTER(NVIC, 0) = 1u << RTC1_IRQ;
  REGISTER(SPI0, 0x508) = PIN_FRAM_CLOCK;
  REGISTER(SPI0, 0x50c) = PIN_FRAM_OUT;
  REGISTER(SPI0, 0x510) = PIN_FRAM_IN;
  REGISTER(SPI0, 0x524) = 0x80000000u; /* FREQUENCY: 8 MHz */
}

void board_interrupt(void) {
  REGISTER(RTC1, 0x140) = 0; /* EVENTS_COMPARE0 */
  (void)REGISTER(RTC1, 0x140);
}

static uint64_t ticks_now(void) {
  const uint32_t counter = REGISTER(RTC1, 0x504);
  ticks += (counter - last_counter) & TICKS_MASK;
  last_counter = counter;
  return ticks;
}

static uint32_t now_ms(void) { return (uint32_t)(ticks_now() * 1000u / TICKS_PER_S); }

static float cell_mV(void) {
  static volatile int16_t result;
  set_pin(PIN_DIVIDER_GATE, 1);
  REGISTER(SAADC, 0x500) = 1;                    /* ENABLE */
  REGISTER(SAADC, 0x510) = ADC_INPUT;            /* CH[0].PSELP */
  REGISTER(SAADC, 0x518) = 5u << 16;             /* CH[0].CONFIG: gain 1/6, 0.6 V, 40 us */
  REGISTER(SAADC, 0x5f0) = 2;                    /* RESOLUTION: 12 bits */
  REGISTER(SAADC, 0x62c) = (uint32_t)&result;    /* RESULT.PTR */
  REGISTER(SAADC, 0x630) = 1;                    /* RESULT.MAXCNT */
  start_task_and_wait(SAADC, 0x000, 0x100);      /* START, STARTED */
  start_task_and_wait(SAADC, 0x004, 0x104);      /* SAMPLE, END */
  start_task_and_wait(SAADC, 0x008, 0x114);      /* STOP, STOPPED */
  REGISTER(SAADC, 0x500) = 0;
  set_pin(PIN_DIVIDER_GATE, 0);
  return (float)result * (FULL_SCALE_mV / FULL_SCALE) * DIVIDER;
}

static float chip_degC(void) {
  start_task_and_wait(TEMP, 0x000, 0x100); /* START, DATARDY */
  const float quarters = (float)(int32_t)REGISTER(TEMP, 0x508);
  REGISTER(TEMP, 0x004) = 1; /* STOP */
  return quarters * 0.25f;
}

static void measure(tfmb_sample_t *sample) {
  sample->valid = TFMB_VALUE_VOLTAGE | TFMB_VALUE_TEMPERATURE;
  sample->pmic_flags = charge_allowed_nA > 0.0f ? TFMB_PMIC_CHARGING : 0;
  sample->voltage_mV = cell_mV();
  sample->temperature_degC = chip_degC();
}

static void act(const tfmb_decision_t *decision) {
  charge_allowed_nA = decision->charge_enable ? decision->charge_limit_nA : 0.0f;
  set_pin(PIN_CHARGE, decision->charge_enable);
  set_pin(PIN_LOAD, decision->mode != TFMB_MODE_SURVIVAL);
}

static void fram_select(int on) {
  REGISTER(SPI0, 0x500) = on ? 1u : 0u; /* ENABLE: drawn upon only while it is used */
  set_pin(PIN_FRAM_SELECT, !on);
}

static uint8_t fram_exchange(uint8_t byte) {
  REGISTER(SPI0, 0x108) = 0; /* EVENTS_READY */
  REGISTER(SPI0, 0x51c) = byte;
  while (REGISTER(SPI0, 0x108) == 0) {
  }
  return (uint8_t)REGISTER(SPI0, 0x518);
}

/* Interrupts are masked, so that none passes between setting the comparison and the sleep. */
static void sleep_ms(uint32_t duration_ms) {
  __asm volatile("cpsid i" ::: "memory");
  const uint64_t until = ticks_now() + (uint64_t)duration_ms * TICKS_PER_S / 1000u;
  for (uint64_t now = ticks_now(); now + SLEEP_MIN_TICKS < until; now = ticks_now()) {
    const uint64_t left = until - now;
    const uint32_t step = left < SLEEP_MAX_TICKS ? (uint32_t)left : SLEEP_MAX_TICKS;
    REGISTER(RTC1, 0x540) = (last_counter + step) & TICKS_MASK; /* CC[0] */
    __asm volatile("wfi\n cpsie i\n nop\n cpsid i" ::: "memory");
  }
  __asm volatile("cpsie i" ::: "memory");
}

const port_t board = {now_ms, measure, act, node_work, fram_store, sleep_ms};
