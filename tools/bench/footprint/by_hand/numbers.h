/* Conversions and the exponential function, by hand: assembly/math. */
#ifndef TFMB_BY_HAND_NUMBERS_H
#define TFMB_BY_HAND_NUMBERS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

static uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static float float_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static int is_finite(float x) { return (bits_of(x) & 0x7f800000u) != 0x7f800000u; }

static float reduced_exp(float x, float half) {
  const int32_t n = (int32_t)(x * 1.4426950408889634f + half);
  const float r = x - (float)n * 0.693145751953125f - (float)n * 1.42860682030941723e-6f;
  const float q = 0.4999974899f + r * (0.1666663083f + r * (0.0418338041f + r * 0.0083572001f));
  return (1.0f + r + r * r * q) * float_of((uint32_t)(n + 127) << 23);
}

static float exp_by_hand(float x) {
  if (!(x > -87.0f)) return 0.0f;
  if (x > 88.0f) x = 88.0f;
  return reduced_exp(x, x < 0.0f ? -0.5f : 0.5f);
}

static float decay(float time) { return time < 17.4f ? reduced_exp(-time, -0.5f) : 0.0f; }

static float real_of_u32(uint32_t x) {
  return ((float)(x >> 8) + (float)(x & 255u) * 0.00390625f) * 256.0f;
}

static float real_of(int64_t wide) {
  const int64_t sign = wide >> 47;
  if (sign == 0 || sign == -1) {
    const int32_t high = (int32_t)(wide >> 24), low = (int32_t)wide & 0xffffff;
    return ((float)high + (float)low * 5.9604644775390625e-8f) * 16777216.0f;
  }
  const int32_t high = (int32_t)(wide >> 32);
  const float sum = (float)(high >> 8) + (float)(high & 255) * 0.00390625f;
  return sum * 1099511627776.0f + real_of_u32((uint32_t)wide);
}

static int32_t guarded_i32(float x) {
  if (x != x) return 0;
  if (x >= 2147483648.0f) return INT32_MAX;
  if (x < -2147483648.0f) return INT32_MIN;
  return (int32_t)x;
}

static uint32_t guarded_u32(float x) {
  if (!(x >= 1.0f)) return 0;
  if (x >= 4294967296.0f) return UINT32_MAX;
  return (uint32_t)x;
}

static int64_t wide_of(float x) {
  const int32_t high = guarded_i32(x * 5.9604644775390625e-8f);
  const int32_t low = guarded_i32(x - (float)high * 16777216.0f);
  return ((int64_t)high << 24) + low;
}

#endif
