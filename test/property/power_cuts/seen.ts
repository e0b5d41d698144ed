// How many different (state, operation, byte) were tried: a set of 53-bit hashes. The state is all
// bytes of the medium and of the record that is being written. Two of a million hashes are equal by
// chance with a probability of 6e-5, which would count one too few.

const MURMUR_A = 0xcc9e2d51;
const MURMUR_B = 0x1b873593;

function mix(hash: number, word: number): number {
  let k = Math.imul(word, MURMUR_A);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, MURMUR_B);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Two independent hashes of a state. */
export type StateHash = readonly [number, number];

export function hashOf(parts: readonly Uint32Array[]): StateHash {
  let [a, b] = [0x2545f491, 0x9e3779b9];
  for (const part of parts) {
    for (const word of part) {
      a = mix(a, word);
      b = mix(b, word ^ 0x5bd1e995);
    }
  }
  return [a, b];
}

export class Seen {
  readonly #hashes = new Set<number>();

  get size(): number {
    return this.#hashes.size;
  }

  add([a, b]: StateHash, byte: number): void {
    const high = finish(mix(a, byte)) & 0x1fffff;
    const low = finish(mix(b, byte));
    this.#hashes.add(high * 4294967296 + low);
  }
}
