// Drives a core and writes down every word: what went in, which call was made, what came out.
// The file format is described in docs/CONFORMANCE.md.

import { AREAS, LAYOUT_HASH, SIGNATURES } from "../../host/core/abi.js";

export type ExportName = (typeof SIGNATURES)[number]["name"];

const MAGIC = 0x56474654;
const FORMAT = 1;
const HEAD_WORDS = 9;
const OP_END = 0;
const OP_POKE = 1;
const OP_CALL = 2;
const OP_EXPECT = 3;

export const OUT_AT = AREAS.decision.at;
export const OUT_WORDS = (AREAS.sample.at - AREAS.decision.at) / 4;
export const STATE_AT = AREAS.vital.at;
export const STATE_WORDS = (AREAS.decision.at - AREAS.vital.at) / 4;

/** FNV-1a over words. */
export function hashWords(words: ArrayLike<number>, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  return hash >>> 0;
}

const scratch = new DataView(new ArrayBuffer(4));

/** Bit pattern of a number as f32. */
export function f32Bits(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

function f32Of(bits: number): number {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
}

export class Recorder {
  readonly words: number[] = [];
  readonly memory: Uint32Array;
  readonly bytes: DataView;
  readonly #exports: Record<ExportName, (...args: number[]) => number>;
  readonly #shadow = new Uint32Array(OUT_WORDS);
  #steps = 0;

  constructor(module: WebAssembly.Module) {
    const instance = new WebAssembly.Instance(module, {});
    const { buffer } = instance.exports.memory as WebAssembly.Memory;
    this.memory = new Uint32Array(buffer);
    this.bytes = new DataView(buffer);
    this.#exports = instance.exports as never;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Stores words at a byte address that is a multiple of four. */
  poke(address: number, values: ArrayLike<number>): void {
    this.words.push(OP_POKE | (values.length << 8), address);
    for (let i = 0; i < values.length; i++) {
      this.words.push(values[i]! >>> 0);
      this.memory[address / 4 + i] = values[i]!;
    }
  }

  /** Calls an export with bit patterns, then records its result and all that changed. */
  call(name: ExportName, ...argBits: number[]): number {
    const fn = SIGNATURES.findIndex((signature) => signature.name === name);
    const signature = SIGNATURES[fn]!;
    const types = signature.args as readonly string[];
    let mask = 0;
    const args = argBits.map((bits, i) => {
      if (types[i] !== "f32") return bits | 0;
      mask |= 1 << i;
      return f32Of(bits);
    });
    const returned = this.#exports[name](...args);
    const isFloat = (signature.result as string) === "f32";
    const result = isFloat ? f32Bits(returned) : returned >>> 0;
    const kind = isFloat ? 2 : 1;
    const head = OP_CALL | (fn << 8) | (args.length << 16) | (mask << 20) | (kind << 24);
    this.words.push(head >>> 0, ...argBits.map((bits) => bits >>> 0), result);
    if (name === "step") this.#steps++;
    this.#expect();
    return result;
  }

  #expect(): void {
    const masks = new Array<number>(Math.ceil(OUT_WORDS / 32)).fill(0);
    const changed: number[] = [];
    for (let i = 0; i < OUT_WORDS; i++) {
      const word = this.memory[OUT_AT / 4 + i]!;
      if (word === this.#shadow[i]) continue;
      this.#shadow[i] = word;
      masks[i >> 5]! |= 1 << (i & 31);
      changed.push(word);
    }
    const state = hashWords(this.memory, STATE_AT / 4, STATE_AT / 4 + STATE_WORDS);
    this.words.push(OP_EXPECT, ...masks.map((mask) => mask >>> 0), ...changed, state);
  }

  /** The whole file. */
  finish(): Uint32Array {
    const total = HEAD_WORDS + this.words.length + 2;
    const file = new Uint32Array(total);
    file.set([
      MAGIC,
      FORMAT,
      LAYOUT_HASH,
      total,
      OUT_AT,
      OUT_WORDS,
      STATE_AT,
      STATE_WORDS,
      this.steps,
    ]);
    file.set(this.words, HEAD_WORDS);
    file[total - 2] = OP_END;
    file[total - 1] = hashWords(file, 0, total - 1);
    return file;
  }
}
