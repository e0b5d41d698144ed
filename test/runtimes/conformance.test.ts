// The conformance driver and its polyfill, proven on a made-up core of a few words: a driver that
// overlooks something would make every engine look identical.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { besideThis, driverSource, read } from "./engine.js";

interface Core {
  layoutHash: () => number;
  load: (address: number) => number;
  store: (address: number, word: number) => void;
  call: (fn: number, args: number[], f32Mask: number, ret: number) => number;
}
type Driver = (core: Core, words: Uint32Array, print: (line: string) => void) => boolean;

const STEP = 6;
const HALF = 11;
const IN = 0;
const OUT = 4; // 35 words, so that the second mask word is used in part
const OUT_WORDS = 35;
const STATE = 40;
const STATE_WORDS = 3;

/** A core that sums what is poked at IN; `half` halves an f32. */
function makeCore(): Core {
  const memory = new Uint32Array(44);
  const bits = new Uint32Array(1);
  const f32 = new Float32Array(bits.buffer);
  const step = () => {
    const sum = memory[STATE]! + memory[IN]!;
    memory[STATE] = sum;
    memory[OUT + (sum % OUT_WORDS)] = sum;
    return sum & 0xff;
  };
  return {
    layoutHash: () => 0xdeadbeef,
    load: (address) => memory[address >>> 2]!,
    store: (address, word) => void (memory[address >>> 2] = word),
    call: (fn, args, f32Mask, ret) => {
      if (fn === STEP) return step();
      assert.deepEqual([fn, f32Mask, ret, args.length], [HALF, 1, 2, 1]);
      bits[0] = args[0]!;
      f32[0] = f32[0]! / 2;
      return bits[0];
    },
  };
}

function hashOf(words: number[]): number {
  return words.reduce((hash, word) => Math.imul(hash ^ word, 16777619), 2166136261) >>> 0;
}

/** A vector of `steps` steps, and the indexes of the words in it that are expectations. */
function record(steps: number): { words: Uint32Array; expected: number[] } {
  const core = makeCore();
  const words = [0x56474654, 1, 0xdeadbeef, 0, 4 * OUT, OUT_WORDS, 4 * STATE, STATE_WORDS, steps];
  const expected: number[] = [];
  const shadow = new Array<number>(OUT_WORDS).fill(0);
  const expect = (...more: number[]) => {
    for (const word of more) expected.push(words.push(word) - 1);
  };
  for (let i = 0; i < steps; i++) {
    const value = 0x1234567 * (i + 1);
    core.store(4 * IN, value);
    words.push(1 | (1 << 8), 4 * IN, value, 2 | (STEP << 8) | (1 << 24));
    expect(core.call(STEP, [], 0, 1));
    words.push(2 | (HALF << 8) | (1 << 16) | (1 << 20) | (2 << 24), 0x40490fdb);
    expect(core.call(HALF, [0x40490fdb], 1, 2));
    const now = shadow.map((_, k) => core.load(4 * (OUT + k)));
    const changed = [...now.keys()].filter((k) => now[k] !== shadow[k]);
    const mask = [0, 0];
    for (const k of changed) {
      mask[k >> 5]! |= 1 << (k & 31);
      shadow[k] = now[k]!;
    }
    words.push(3);
    expect(...mask.map((word) => word >>> 0), ...changed.map((k) => now[k]!));
    expect(hashOf([0, 1, 2].map((k) => core.load(4 * (STATE + k)))));
  }
  words.push(0);
  words[3] = words.length + 1;
  return { words: Uint32Array.from([...words, hashOf(words)]), expected };
}

const context = createContext({});
runInContext(driverSource(), context);
const driver = runInContext("tfmb_conformance", context) as Driver;

function replay(words: Uint32Array, core = makeCore()): string {
  const lines: string[] = [];
  const identical = driver(core, words, (line) => void lines.push(line));
  assert.equal(lines.length, 1);
  assert.equal(lines[0]!.startsWith("conformance: identical "), identical);
  return lines[0]!;
}

function flipped(words: Uint32Array, index: number, bit: number): Uint32Array {
  const copy = words.slice();
  copy[index]! ^= 1 << bit;
  return copy;
}

const { words, expected } = record(4);

test("a core that does what the vector says is identical, and all words are counted", () => {
  const checks = 4 * (1 + 1 + OUT_WORDS + 1);
  assert.equal(replay(words), `conformance: identical steps=4 checks=${checks}`);
});

test("every flipped bit of the file is seen before anything runs", () => {
  for (let index = 0; index < words.length; index++) {
    for (let bit = 0; bit < 32; bit++) {
      assert.match(replay(flipped(words, index, bit)), /^conformance: DIFFERENT op=-1 /);
    }
  }
  assert.match(replay(words.slice(0, -1)), /DIFFERENT op=-1 what=length /);
  assert.match(replay(new Uint32Array(0)), /DIFFERENT op=-1 what=magic /);
});

test("every flipped bit of an expected word is seen, though the file hash is right", () => {
  for (const index of expected) {
    for (let bit = 0; bit < 32; bit++) {
      const wrong = flipped(words, index, bit);
      wrong[wrong.length - 1] = hashOf([...wrong.slice(0, -1)]);
      assert.match(
        replay(wrong),
        /^conformance: DIFFERENT op=\d+ what=\S+ expected=0x\w{8} got=0x/,
      );
    }
  }
});

test("a core that differs is named: another layout, a result, a stray write, hidden state", () => {
  const stray = (address: number): Core => {
    const core = makeCore();
    const step = core.call;
    core.call = (fn, ...rest) => {
      core.store(address, fn === STEP ? 7 : core.load(address));
      return step(fn, ...rest);
    };
    return core;
  };
  const verdicts: [RegExp, Core][] = [
    [
      /op=-1 what=layout_hash expected=0xdeadbeef got=0x00000001/,
      { ...makeCore(), layoutHash: () => 1 },
    ],
    [/op=1 what=fn:6 expected=0x00000067 got=0x00000000/, { ...makeCore(), call: () => 0 }],
    [/op=3 what=out:0x00000098 expected=0x00000000 got=0x00000007/, stray(4 * (OUT + 34))],
    [/op=3 what=state /, stray(4 * (STATE + 2))],
  ];
  for (const [verdict, core] of verdicts) assert.match(replay(words, core), verdict);
});

test("the polyfill gives what the built-in functions give, bit for bit", () => {
  const bare = createContext({});
  const names = ["fround", "imul", "clz32", "trunc"] as const;
  for (const name of names) runInContext(`delete Math.${name}`, bare);
  runInContext(read(besideThis("polyfill.js")), bare);
  const own = runInContext("Math", bare) as Math;
  const values = [0, -0, 0.1, -0.5, 1.5, 2147483647, -2147483648, 4294967295, 1e-46, 3.4028236e38];
  for (let i = 1; i < 2000; i++)
    values.push(Math.imul(i, 0x9e3779b1), Math.sin(i) * 2 ** (i % 300));
  for (const [i, value] of values.entries()) {
    for (const name of ["fround", "clz32", "trunc"] as const) {
      assert.ok(Object.is(own[name](value), Math[name](value)), `Math.${name}(${value})`);
    }
    const other = values[values.length - 1 - i]!;
    assert.equal(own.imul(value, other), Math.imul(value, other), `Math.imul(${value}, ${other})`);
  }
  assert.ok(Number.isNaN(own.fround(NaN)) && own.trunc(-Infinity) === -Infinity);
});
