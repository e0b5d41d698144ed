// Exact charge: a current in f32 times whole milliseconds, added to a book of whole picocoulombs.
//
// 1 nA for 1 ms is 1 pC. An f32 is a 24-bit integer times a power of two, so the product with 32
// bits of time fits 56 bits and nothing is rounded; what is below 1 pC is carried in a remainder of
// 2^-32 pC. A leak of 1 nA is lost entirely by a naive f32 counter at 1 s steps.

import { Warm, warm } from "../abi";

const BOOKS: usize = offsetof<Warm>("book_pC_0");
const REMAINDERS: usize = offsetof<Warm>("remainder_0");

/**
 * Adds `current_nA` x `ms` (or a charge in pC x a count) to the book; returns the whole pC moved.
 */
export function accrue(path: u32, current_nA: f32, ms: u32): i64 {
  const bits = reinterpret<u32>(current_nA);
  const exponent = <i32>((bits >> 23) & 255);
  // zero and denormals (below 1e-38 nA) book nothing; NaN and infinity never pass the checks
  if (exponent == 0 || exponent == 255) return 0;
  const product = <u64>((bits & 0x7fffff) | 0x800000) * <u64>ms;
  // current = mantissa x 2^(exponent - 150)
  const down = 150 - exponent;
  let whole: u64 = 0;
  let fraction: u32 = 0;
  if (down > 0 && down <= 32) {
    // from 2 pA to 16 mA
    whole = product >> u64(down);
    fraction = u32(product) << u32(32 - down);
  } else if (down <= 0) {
    whole = product << u64(-down);
  } else if (down < 96) {
    if (down < 64) whole = product >> u64(down);
    fraction = u32(product >> u64(down - 32));
  }
  let moved = <i64>whole;
  if (<i32>bits < 0) {
    moved = -moved;
    if (fraction != 0) moved -= 1;
    fraction = 0 - fraction;
  }
  const remainder_at = changetype<usize>(warm) + REMAINDERS + ((<usize>path) << 2);
  const carried = load<u32>(remainder_at);
  const sum = carried + fraction;
  store<u32>(remainder_at, sum);
  if (sum < carried) moved += 1;
  add_to_book(path, moved);
  return moved;
}

/** Adds whole picocoulombs to a book. */
export function add_to_book(path: u32, charge_pC: i64): void {
  const at = changetype<usize>(warm) + BOOKS + ((<usize>path) << 3);
  store<i64>(at, load<i64>(at) + charge_pC);
}
