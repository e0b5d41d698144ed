// CRC-32 (IEEE 802.3, reflected, 0xedb88320) over whole words, bit by bit: a table would lie in RAM
// on a microcontroller, and only profiles and records, two a day, carry a CRC.

const POLYNOMIAL: u32 = 0xedb88320;

/** CRC-32 of `length` bytes at `at`; both are multiples of four. */
export function crc32(at: usize, length: i32): u32 {
  let crc: u32 = 0xffffffff;
  const end = at + length;
  while (at != end) {
    crc ^= load<u32>(at);
    for (let i = 0; i < 32; i++) crc = (crc >> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    at += 4;
  }
  return ~crc;
}
