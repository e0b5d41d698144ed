// CRC-32 (IEEE 802.3, reflected, 0xedb88320) over whole words, four bits at a time: a table of 64
// bytes, because tables live in RAM on a microcontroller.

// prettier-ignore
const NIBBLES: usize = memory.data<u32>([
  0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
  0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
]);

@inline
function nibble(crc: u32): u32 {
  return (crc >> 4) ^ load<u32>(NIBBLES + ((crc & 15) << 2));
}

/** CRC-32 of `length` bytes at `at`; both are multiples of four. */
export function crc32(at: usize, length: i32): u32 {
  let crc: u32 = 0xffffffff;
  const end = at + length;
  while (at != end) {
    crc ^= load<u32>(at);
    crc = nibble(nibble(nibble(nibble(crc))));
    crc = nibble(nibble(nibble(nibble(crc))));
    at += 4;
  }
  return ~crc;
}
