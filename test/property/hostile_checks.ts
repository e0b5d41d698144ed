// What must hold after any call, whatever came before: finite numbers, an SOC between empty and
// full, closed books, sealed state, a whole record when one is to be written, known answers.

import { crc32 } from "node:zlib";
import { AREAS, Status } from "../../host/core/abi.js";
import { type NodeUnderTest } from "./node_under_test.js";

/** warm.boot_state of a node that runs, and storage.op of a record being programmed. */
const RUNNING = 6;
const PROGRAM = 2;
const STATUS_CODES = new Set<number>(Object.values(Status));

/** Word index and name of every f32 of an area. */
function realWords(area: "vital" | "decision" | "gauge"): [number, string][] {
  return Object.entries(AREAS[area].fields).flatMap(([name, field]) => {
    if (field.type !== "f32") return [];
    const words = Array.from({ length: field.count }, (_, i) => i);
    const first = (AREAS[area].at + field.offset) / 4;
    return words.map((i): [number, string] => [first + i, `${area}.${name}[${i}]`]);
  });
}

const OUT = [...realWords("decision"), ...realWords("gauge")];
const VITAL = realWords("vital");

export class HostileChecks {
  readonly #floats: Float32Array;
  readonly #words: Int32Array;
  readonly #wide: BigInt64Array;
  readonly #bytes: Uint8Array;

  constructor(readonly node: NodeUnderTest) {
    const { buffer } = node.core.memory;
    this.#floats = new Float32Array(buffer, 0, 1024);
    this.#words = new Int32Array(buffer, 0, 1024);
    this.#wide = new BigInt64Array(buffer, 0, 512);
    this.#bytes = new Uint8Array(buffer);
  }

  get running(): boolean {
    return this.#bytes[AREAS.warm.at + AREAS.warm.fields.boot_state.offset] === RUNNING;
  }

  /** What is wrong with an answer; undefined: nothing. */
  status(status: number): string | undefined {
    if (STATUS_CODES.has(status & 255)) return undefined;
    return `unknown status 0x${(status >>> 0).toString(16)}`;
  }

  /** What is wrong with the state; undefined: nothing. */
  state(): string | undefined {
    const { running } = this;
    return (
      this.#notFinite(OUT) ??
      this.#socOutside() ??
      (running ? (this.#notFinite(VITAL) ?? this.#booksOpen() ?? this.#unsealed()) : undefined)
    );
  }

  #notFinite(words: [number, string][]): string | undefined {
    for (const [word, name] of words) {
      const value = this.#floats[word]!;
      if (value - value !== 0) return `${name} = ${value}`;
    }
    return undefined;
  }

  #socOutside(): string | undefined {
    const soc = this.#floats[(AREAS.gauge.at + AREAS.gauge.fields.soc.offset) / 4]!;
    return soc >= 0 && soc <= 1 ? undefined : `soc = ${soc}`;
  }

  #booksOpen(): string | undefined {
    const first = (AREAS.warm.at + AREAS.warm.fields.book_pC.offset) / 8;
    let sum = 0n;
    for (let path = 0; path < AREAS.warm.fields.book_pC.count; path++) {
      sum += this.#wide[first + path]!;
    }
    const charge_pC = this.#wide[(AREAS.vital.at + AREAS.vital.fields.charge_pC.offset) / 8]!;
    if (BigInt.asIntN(64, sum) === charge_pC) return undefined;
    return `books sum to ${sum} pC, charge is ${charge_pC} pC`;
  }

  /** The seal of retained RAM, and the CRC-32 of a record that waits to be programmed. */
  #unsealed(): string | undefined {
    const { at, fields } = AREAS.vital;
    const end = (at + fields.seal.offset) / 4;
    let seal = SEAL_FACTOR;
    for (let word = at / 4; word < end; word++) {
      const mixed = seal ^ this.#words[word]!;
      seal = Math.imul((mixed << 5) | (mixed >>> 27), SEAL_FACTOR);
    }
    if (seal !== this.#words[end]) return "vital is not sealed";
    const { op } = AREAS.storage.fields;
    if (this.#words[(AREAS.storage.at + op.offset) / 4] !== PROGRAM) return undefined;
    const crc = crc32(this.#bytes.subarray(at, at + fields.crc.offset)) | 0;
    const found = this.#words[(at + fields.crc.offset) / 4];
    return crc === found ? undefined : "the record to be programmed has a wrong CRC";
  }
}

/** The seal: h <- rotl(h xor word, 5) times this, over all words before it. */
const SEAL_FACTOR = 0x9e3779b1 | 0;
