/* Square root for chips without an FPU. The C library's would do, but it reports errors through
 * errno, which brings 100 bytes of RAM and a library's state into the smallest firmware; this one
 * gives the same bits, correctly rounded, in about the same time. */
#ifndef TFMB_SQRT_H
#define TFMB_SQRT_H

#include <stdint.h>
#include <string.h>

/* Root of a positive finite number m 2^(2k), m in [1, 4): digit by digit, 24 bits and one to round
 * by. The rest is never exactly half of the last bit, so that one bit decides. */
static inline uint32_t tfmb_root_bits(uint32_t bits) {
  int32_t exponent = (int32_t)(bits >> 23);
  uint32_t rest = bits & 0x7fffffu;
  if (exponent == 0) {
    for (exponent = 1; (rest & 0x800000u) == 0; exponent--) rest <<= 1;
  }
  rest |= 0x800000u;
  rest <<= 1 + ((exponent - 127) & 1);
  uint32_t root = 0, tried = 0;
  for (uint32_t digit = 1u << 24; digit != 0; digit >>= 1) {
    const uint32_t next = tried + digit;
    if (rest >= next) {
      rest -= next;
      tried = next + digit;
      root |= digit;
    }
    rest <<= 1;
  }
  const int32_t half = (exponent - 127 - ((exponent - 127) & 1)) / 2;
  return ((root + 1) >> 1) + ((uint32_t)(half + 126) << 23);
}

static inline float tfmb_sqrtf(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  if ((bits << 1) == 0 || (bits & 0x7f800000u) == 0x7f800000u) {
    if (bits == 0xff800000u) bits = 0x7fc00000u; /* minus infinity; zeros and NaN stay */
  } else if (bits >> 31) {
    bits = 0x7fc00000u;
  } else {
    bits = tfmb_root_bits(bits);
  }
  memcpy(&x, &bits, sizeof x);
  return x;
}

#endif
