// Copying and clearing of whole words: the standard library works byte by byte where size counts.

/** Clears `bytes` from `at`; both are multiples of four. */
export function clear_words(at: usize, bytes: usize): void {
  const end = at + bytes;
  while (at != end) {
    store<u32>(at, 0);
    at += 4;
  }
}

/** Copies `bytes` that do not overlap; all three are multiples of four. */
export function copy_words(to: usize, from: usize, bytes: usize): void {
  const end = from + bytes;
  while (from != end) {
    store<u32>(to, load<u32>(from));
    from += 4;
    to += 4;
  }
}
