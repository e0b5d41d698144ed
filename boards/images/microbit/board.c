/* The nRF51822 of a micro:bit as a node in QEMU: UART and timer sleep. QEMU gives it no ADC and no
 * clock that the rig could set, so readings and time come with the frames; what is its own is the
 * flash (flash.c). */

#include "board.h"

#include "registers.h"

/* 16 MHz / 2^9: a tick is 32 us, 4/125 ms. */
#define PRESCALER 9
#define TICKS_MAX (1u << 31)

static volatile int rig_spoke;

void board_start(void) {
  UART_BAUD = UART_115200;
  UART_ENABLE = UART_ON;
  UART_START_RX = UART_START_TX = 1;
  TIMER_WIDTH = TIMER_32_BITS;
  TIMER_PRESCALER = PRESCALER;
  TIMER_CLEAR = 1;
  TIMER_START = 1;
  NVIC_ENABLE = 1u << IRQ_UART | 1u << IRQ_TIMER;
}

/* The vector of all interrupts: they only have to end a sleep. */
void interrupt(void) {
  TIMER_COMPARED = 0;
  rig_spoke |= UART_RECEIVED != 0;
  UART_INTERRUPTS_CLEAR = UART_RX_INTERRUPT;
}

void board_put(uint8_t byte) {
  UART_SENT = 0;
  UART_TXD = byte;
  while (UART_SENT == 0) {
  }
}

int board_get(void) {
  if (UART_RECEIVED == 0) return -1;
  UART_RECEIVED = 0;
  return (int)(UART_RXD & 255);
}

/* Sleeps until an interrupt; one that came before WFI ends it at once. */
static void wait(void) {
  __asm volatile("cpsid i");
  UART_INTERRUPTS_SET = UART_RX_INTERRUPT;
  if (!rig_spoke && UART_RECEIVED == 0) __asm volatile("wfi");
  __asm volatile("cpsie i\n isb");
}

void board_wait_for_rig(void) {
  rig_spoke = 0;
  while (!rig_spoke && UART_RECEIVED == 0) wait();
}

static uint64_t now_ticks(void) {
  static uint64_t total;
  TIMER_CAPTURE = 1;
  return total += (uint32_t)(TIMER_CAPTURED - (uint32_t)total);
}

uint32_t board_now_ms(void) { return (uint32_t)(now_ticks() * 4 / 125); }

int board_sleep_until(uint32_t due_ms) {
  rig_spoke = 0;
  TIMER_INTERRUPTS_SET = TIMER_COMPARE_INTERRUPT;
  while (!rig_spoke && UART_RECEIVED == 0) {
    const uint32_t now = (uint32_t)now_ticks();
    const int32_t left_ms = (int32_t)(due_ms - board_now_ms());
    if (left_ms <= 0) return 1;
    const uint64_t ticks = (uint64_t)left_ms * 125 / 4 + 1;
    TIMER_COMPARE = now + (ticks < TICKS_MAX ? (uint32_t)ticks : TICKS_MAX);
    wait();
  }
  return 0;
}

/* There is nothing to measure with; the rig does not ask. */
void board_measure(uint32_t asked, tfmb_sample_t *sample) { (void)asked, (void)sample; }

/* The charger is the rig's, which reads the decision in the reply. */
void board_act(const tfmb_decision_t *decision) { (void)decision; }
