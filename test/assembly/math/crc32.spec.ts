// CRC-32 against published and independently computed values (any zlib gives the same).

import { crc32 } from "../../../assembly/math/crc32";

const PLACE: usize = memory.data(64, 8);

/** Writes a text behind nothing and returns its length. */
function write(text: string): i32 {
  memory.fill(PLACE, 0, 64);
  for (let i = 0; i < text.length; i++) store<u8>(PLACE + i, <u8>text.charCodeAt(i));
  return text.length;
}

describe("crc32", () => {
  test("gives the check value of the standard string, padded to whole words", () => {
    // the catalogue's check value of CRC-32/ISO-HDLC is 0xcbf43926 for "123456789" alone; of its
    // first eight digits it is 0x9ae0daaf, and with three zero bytes behind all nine 0x77d55834
    expect<u32>(crc32(PLACE, write("12345678"))).toBe(0x9ae0daaf);
    write("123456789");
    expect<u32>(crc32(PLACE, 12)).toBe(0x77d55834);
  });

  test("gives 0 for nothing and the known values of zeros and ones", () => {
    expect<u32>(crc32(PLACE, 0)).toBe(0);
    memory.fill(PLACE, 0, 64);
    expect<u32>(crc32(PLACE, 4)).toBe(0x2144df1c);
    expect<u32>(crc32(PLACE, 32)).toBe(0x190a55ad);
    memory.fill(PLACE, 0xff, 64);
    expect<u32>(crc32(PLACE, 4)).toBe(0xffffffff);
    expect<u32>(crc32(PLACE, 32)).toBe(0xff6cab0b);
  });

  test("changes with every single bit of its input", () => {
    const length = write("a record of forty-eight bytes, whatever it says.");
    const whole = crc32(PLACE, length);
    let missed = 0;
    for (let bit = 0; bit < length * 8; bit++) {
      const at = PLACE + (bit >> 3);
      const mask = 1 << (bit & 7);
      const flip = <u8>mask;
      store<u8>(at, load<u8>(at) ^ flip);
      if (crc32(PLACE, length) == whole) missed++;
      store<u8>(at, load<u8>(at) ^ flip);
    }
    expect<i32>(missed).toBe(0);
    expect<u32>(crc32(PLACE, length)).toBe(whole);
  });
});
