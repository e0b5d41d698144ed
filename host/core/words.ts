// The fixed areas of a core's memory as plain properties, for loops of millions of steps:
//
//   const { sample, gauge } = new Words(core);
//   sample.voltage_mV = 3912;
//   core.exports.step();
//   gauge.soc
//
// Same names and places as `core.areas`; no index checks, and typed arrays instead of a DataView,
// which see the memory in the machine's own byte order. The properties belong to one class an area
// and know their places, so that an engine makes one load or store of an access, however many cores
// there are. (Properties of each object's own were three times slower with six cores.)

import { AREAS } from "./abi.js";
import { type CoreInstance } from "./core.js";
import { type FieldName, type FieldSpec } from "./fields.js";

type FixedArea = Exclude<keyof typeof AREAS, "profile">;

/** One memory, seen by each type of the table. */
interface Lists {
  f32: Float32Array;
  u32: Uint32Array;
  i32: Int32Array;
  u16: Uint16Array;
  u8: Uint8Array;
  i64: BigInt64Array;
}

type WordOf<S> = S extends { type: infer T extends keyof Lists; count: infer C }
  ? C extends 1
    ? number
    : Lists[T]
  : never;

/**
 * An area: numbers, and typed arrays where the table says NAME[n]. Integers are stored modulo their
 * width. A single i64 is the nearest number: exact to 2^53, and without a bigint between.
 */
export type AreaWords<A extends FixedArea> = {
  [N in FieldName<A>]: WordOf<(typeof AREAS)[A]["fields"][N]>;
};

const WORD = 4294967296;

/** What the classes of all areas share: the memory, and how a property reaches it. */
class Memory {
  readonly #f32: Float32Array;
  readonly #u32: Uint32Array;
  readonly #i32: Int32Array;
  readonly #u16: Uint16Array;
  readonly #u8: Uint8Array;

  constructor(memory: ArrayBuffer) {
    this.#f32 = new Float32Array(memory);
    this.#u32 = new Uint32Array(memory);
    this.#i32 = new Int32Array(memory);
    this.#u16 = new Uint16Array(memory);
    this.#u8 = new Uint8Array(memory);
  }

  /** The property of a single element whose address is `at`. */
  static readonly property: Record<
    keyof Lists,
    (at: number) => PropertyDescriptor & ThisType<Memory>
  > = {
    f32: (at) => {
      const index = at / 4;
      return {
        get() {
          return this.#f32[index];
        },
        set(value: number) {
          this.#f32[index] = value;
        },
      };
    },
    u32: (at) => {
      const index = at / 4;
      return {
        get() {
          return this.#u32[index];
        },
        set(value: number) {
          this.#u32[index] = value;
        },
      };
    },
    i32: (at) => {
      const index = at / 4;
      return {
        get() {
          return this.#i32[index];
        },
        set(value: number) {
          this.#i32[index] = value;
        },
      };
    },
    u16: (at) => {
      const index = at / 2;
      return {
        get() {
          return this.#u16[index];
        },
        set(value: number) {
          this.#u16[index] = value;
        },
      };
    },
    u8: (at) => ({
      get() {
        return this.#u8[at];
      },
      set(value: number) {
        this.#u8[at] = value;
      },
    }),
    i64: (at) => {
      const low = at / 4;
      return {
        get() {
          return this.#i32[low + 1]! * WORD + this.#u32[low]!;
        },
        set(value: number) {
          const whole = Math.trunc(value);
          this.#u32[low] = whole;
          this.#i32[low + 1] = Math.floor(whole / WORD);
        },
      };
    },
  };
}

const LISTS: { [T in keyof Lists]: new (m: ArrayBuffer, at: number, n: number) => Lists[T] } = {
  f32: Float32Array,
  u32: Uint32Array,
  i32: Int32Array,
  u16: Uint16Array,
  u8: Uint8Array,
  i64: BigInt64Array,
};

/** The class of an area. */
function areaClass<A extends FixedArea>(area: A): new (memory: ArrayBuffer) => AreaWords<A> {
  const { at: start } = AREAS[area];
  const fields = Object.entries(AREAS[area].fields) as [string, FieldSpec][];
  const lists = fields.filter(([, { count }]) => count > 1);
  class Words extends Memory {
    constructor(memory: ArrayBuffer) {
      super(memory);
      for (const [name, { type, offset, count }] of lists) {
        Object.assign(this, { [name]: new LISTS[type](memory, start + offset, count) });
      }
      // a misspelt name must not become a property of its own
      Object.freeze(this);
    }
  }
  for (const [name, { type, offset, count }] of fields) {
    if (count > 1) continue;
    Object.defineProperty(Words.prototype, name, Memory.property[type](start + offset));
  }
  return Words as unknown as new (memory: ArrayBuffer) => AreaWords<A>;
}

const CLASSES = {
  vital: areaClass("vital"),
  warm: areaClass("warm"),
  decision: areaClass("decision"),
  gauge: areaClass("gauge"),
  storage: areaClass("storage"),
  sample: areaClass("sample"),
};

const littleEndian = (): boolean => new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** All fixed areas of a core. Throws TypeError on a machine whose words are big-endian. */
export class Words {
  readonly vital: AreaWords<"vital">;
  readonly warm: AreaWords<"warm">;
  readonly decision: AreaWords<"decision">;
  readonly gauge: AreaWords<"gauge">;
  readonly storage: AreaWords<"storage">;
  readonly sample: AreaWords<"sample">;

  constructor({ exports }: { exports: Pick<CoreInstance, "memory"> }) {
    if (!littleEndian()) throw new TypeError("big-endian machine: use core.areas, not Words");
    const { memory } = exports;
    const buffer = "buffer" in memory ? memory.buffer : memory;
    this.vital = new CLASSES.vital(buffer);
    this.warm = new CLASSES.warm(buffer);
    this.decision = new CLASSES.decision(buffer);
    this.gauge = new CLASSES.gauge(buffer);
    this.storage = new CLASSES.storage(buffer);
    this.sample = new CLASSES.sample(buffer);
  }
}
