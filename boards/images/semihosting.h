/* Semihosting: the debugger, or QEMU, does the input and output of an image under test. Operation
 * numbers: Arm "Semihosting for AArch32 and AArch64", section 7; the RISC-V semihosting
 * specification takes them over and marks the breakpoint by two idle shifts around it. */
#ifndef TFMB_SEMIHOSTING_H
#define TFMB_SEMIHOSTING_H

#include <stdint.h>

#ifdef __riscv
static inline int32_t semihosting_call(uint32_t operation, const void *argument) {
  register uint32_t a0 __asm__("a0") = operation;
  register const void *a1 __asm__("a1") = argument;
  __asm volatile(
      ".balign 16\n .option push\n .option norvc\n"
      "slli x0, x0, 0x1f\n ebreak\n srai x0, x0, 7\n .option pop"
      : "+r"(a0)
      : "r"(a1)
      : "memory");
  return (int32_t)a0;
}
#else
static inline int32_t semihosting_call(uint32_t operation, const void *argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return (int32_t)r0;
}
#endif

/* Writes a zero-terminated text. */
static inline void semihosting_write(const char *text) { semihosting_call(0x04, text); }

/* Opens a file of the host for reading, binary; a negative handle means there is none. */
static inline int32_t semihosting_open(const char *name, uint32_t length) {
  const uint32_t arguments[3] = {(uint32_t)(uintptr_t)name, 1, length};
  return semihosting_call(0x01, arguments);
}

/* Reads up to `length` bytes; returns how many came. */
static inline uint32_t semihosting_read(int32_t handle, void *bytes, uint32_t length) {
  const uint32_t arguments[3] = {(uint32_t)handle, (uint32_t)(uintptr_t)bytes, length};
  return length - (uint32_t)semihosting_call(0x06, arguments);
}

/* Goes to an absolute position; 0: success. */
static inline int32_t semihosting_seek(int32_t handle, uint32_t position) {
  const uint32_t arguments[2] = {(uint32_t)handle, position};
  return semihosting_call(0x0a, arguments);
}

/* Ends the emulation: ADP_Stopped_ApplicationExit, or a run-time error. */
__attribute__((noreturn)) static inline void semihosting_exit(int failed) {
  semihosting_call(0x18, (const void *)(uintptr_t)(failed ? 0x20023 : 0x20026));
  for (;;) {
  }
}

#endif
