// Exact booking of one current at a time; long runs are compared with big integers in
// test/property/ledger.test.ts.

import { PATH_HARVEST, PATH_LEAK, PATH_SELF, warm } from "../../../assembly/abi";
import { accrue, add_to_book } from "../../../assembly/ledger/accrue";
import { new_node } from "../node_under_test";

/** 2^-32 pC units of a quarter and of a half. */
const QUARTER: u32 = 0x40000000;
const HALF: u32 = 0x80000000;

describe("accrue", () => {
  beforeEach(() => {
    new_node();
  });

  test("books 1 pC for 1 nA over 1 ms", () => {
    expect<i64>(accrue(PATH_LEAK, 1, 1)).toBe(1);
    expect<i64>(accrue(PATH_LEAK, 1, 86400000)).toBe(86400000);
    expect<i64>(warm.book_pC(PATH_LEAK)).toBe(86400001);
  });

  test("carries what is less than a pC", () => {
    expect<i64>(accrue(PATH_LEAK, 0.25, 1)).toBe(0);
    expect<u32>(warm.remainder(PATH_LEAK)).toBe(QUARTER);
    expect<i64>(accrue(PATH_LEAK, 0.25, 2)).toBe(0);
    expect<i64>(accrue(PATH_LEAK, 0.25, 1)).toBe(1);
    expect<u32>(warm.remainder(PATH_LEAK)).toBe(0);
    expect<i64>(warm.book_pC(PATH_LEAK)).toBe(1);
  });

  test("keeps the remainder positive for drains: the book rounds down", () => {
    expect<i64>(accrue(PATH_LEAK, -0.25, 1)).toBe(-1);
    expect<u32>(warm.remainder(PATH_LEAK)).toBe(3 * QUARTER);
    expect<i64>(accrue(PATH_LEAK, -0.25, 2)).toBe(0);
    expect<i64>(accrue(PATH_LEAK, -0.25, 1)).toBe(0);
    expect<u32>(warm.remainder(PATH_LEAK)).toBe(0);
    expect<i64>(warm.book_pC(PATH_LEAK)).toBe(-1);
  });

  test("gives back exactly what it took", () => {
    for (let i = 1; i < 1000; i++) accrue(PATH_SELF, <f32>i * <f32>0.37, i * 7919);
    for (let i = 1; i < 1000; i++) accrue(PATH_SELF, <f32>i * <f32>-0.37, i * 7919);
    expect<i64>(warm.book_pC(PATH_SELF)).toBe(0);
    expect<u32>(warm.remainder(PATH_SELF)).toBe(0);
  });

  test("books nothing for zeros, denormals, NaN and infinity", () => {
    const nothing: StaticArray<f32> = [0, -0.0, 1e-45, f32.NaN, Infinity, -Infinity];
    for (let i = 0; i < nothing.length; i++) {
      expect<i64>(accrue(PATH_LEAK, nothing[i], u32.MAX_VALUE)).toBe(0);
      expect<u32>(warm.remainder(PATH_LEAK)).toBe(0);
    }
  });

  test("books nothing for no time", () => {
    expect<i64>(accrue(PATH_HARVEST, 1e8, 0)).toBe(0);
  });

  test("does not round the largest charge: 0.1 A for 49 days", () => {
    expect<i64>(accrue(PATH_HARVEST, 100000000, u32.MAX_VALUE)).toBe(429496729500000000);
    expect<i64>(accrue(PATH_HARVEST, 99999992, u32.MAX_VALUE)).toBe(429496695140261640);
  });

  test("keeps the smallest charge that it can hold", () => {
    // 2^-32 nA for 1 ms
    expect<i64>(accrue(PATH_HARVEST, 2.3283064365386963e-10, 1)).toBe(0);
    expect<u32>(warm.remainder(PATH_HARVEST)).toBe(1);
    expect<i64>(accrue(PATH_HARVEST, 2.3283064365386963e-10, u32.MAX_VALUE)).toBe(1);
    expect<u32>(warm.remainder(PATH_HARVEST)).toBe(0);
  });

  test("keeps the paths apart", () => {
    accrue(PATH_LEAK, 0.5, 1);
    accrue(PATH_SELF, 0.25, 1);
    add_to_book(PATH_HARVEST, 7);
    expect<u32>(warm.remainder(PATH_LEAK)).toBe(HALF);
    expect<u32>(warm.remainder(PATH_SELF)).toBe(QUARTER);
    expect<i64>(warm.book_pC(PATH_HARVEST)).toBe(7);
    expect<i64>(warm.book_pC(PATH_LEAK)).toBe(0);
  });
});
