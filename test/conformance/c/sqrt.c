/* Compares the square root for soft-float chips with this machine's, bit by bit: all floats from
 * zero to infinity in strides of argv[1] (1 takes all of them, minutes), and what lies at the ends
 * of each binade. Prints the first difference, or how many agreed. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tfmb_sqrt.h"

#define INFINITE 0x7f800000u

static unsigned compared;

static float as_float(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static void compare(uint32_t bits) {
  const float expected = sqrtf(as_float(bits)), got = tfmb_sqrtf(as_float(bits));
  if (memcmp(&expected, &got, sizeof got) != 0) {
    printf("sqrt: DIFFERENT x=0x%08x expected=%a got=%a\n", (unsigned)bits, expected, got);
    exit(1);
  }
  compared++;
}

int main(int argc, char **argv) {
  const uint32_t stride = argc > 1 ? (uint32_t)atoi(argv[1]) : 1021u;
  for (uint32_t bits = 0; bits <= INFINITE; bits += stride) compare(bits);
  for (uint32_t binade = 0; binade < INFINITE; binade += 0x800000u) {
    for (uint32_t i = 0; i < 64; i++) compare(binade + i), compare(binade + 0x7fffffu - i);
  }
  compare(0x80000000u);
  compare(INFINITE);
  if (!isnan(tfmb_sqrtf(-1.0f)) || !isnan(tfmb_sqrtf(-INFINITY)) || !isnan(tfmb_sqrtf(NAN))) {
    printf("sqrt: a number came of no number\n");
    return 1;
  }
  printf("sqrt: identical values=%u\n", compared);
  return 0;
}
