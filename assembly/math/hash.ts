// A check word for retained RAM: a multiplicative hash whose every round is a bijection, so that
// any change inside one word is certainly noticed; anything else misses with 2^-32.

/** 2^32 over the golden ratio, odd (Knuth, TAOCP 3, section 6.4). */
const GOLDEN: u32 = 0x9e3779b1;

@inline
function mix(hash: u32, at: usize): u32 {
  return rotl<u32>(hash ^ load<u32>(at), 5) * GOLDEN;
}

/** h <- rotl(h xor word, 5) GOLDEN over all words from `at` to `end`, two a turn. */
export function hash_of(at: usize, end: usize): u32 {
  let hash: u32 = GOLDEN;
  if ((end - at) & 4) {
    hash = mix(hash, at);
    at += 4;
  }
  while (at != end) {
    hash = mix(mix(hash, at), at + 4);
    at += 8;
  }
  return hash;
}
