// UF2 files: blocks of 512 bytes, each with its address, as boot loaders with a volume take them.
// Microsoft, "USB Flashing Format (UF2)", github.com/microsoft/uf2.

const BLOCK_BYTES = 512;
const HEAD_BYTES = 32;
/** Always right, says the specification, and a flash page of the RP2040. */
const PAYLOAD_BYTES = 256;
const MAGIC = [0x0a324655, 0x9e5d5157] as const;
const MAGIC_END = 0x0ab16f30;
const MAGIC_END_AT = BLOCK_BYTES - 4;
const FAMILY_PRESENT = 0x2000;
const NOT_MAIN_FLASH = 0x0001;

/** Bytes that belong at an address. */
export interface Segment {
  address: number;
  bytes: Uint8Array;
}

/** An image as a UF2 file for chips of a family; the last page is filled up with zeros. */
export function encodeUf2({ address, bytes }: Segment, family: number): Uint8Array {
  if (address % PAYLOAD_BYTES !== 0) {
    throw new RangeError(`UF2 address 0x${address.toString(16)} must be a multiple of 256`);
  }
  const count = Math.ceil(bytes.length / PAYLOAD_BYTES);
  const file = new Uint8Array(count * BLOCK_BYTES);
  for (let number = 0; number < count; number++) {
    const at = number * PAYLOAD_BYTES;
    const block = new DataView(file.buffer, number * BLOCK_BYTES, BLOCK_BYTES);
    const head = [...MAGIC, FAMILY_PRESENT, address + at, PAYLOAD_BYTES, number, count, family];
    head.forEach((word, i) => block.setUint32(4 * i, word, true));
    file.set(bytes.subarray(at, at + PAYLOAD_BYTES), number * BLOCK_BYTES + HEAD_BYTES);
    block.setUint32(MAGIC_END_AT, MAGIC_END, true);
  }
  return file;
}

/**
 * What a boot loader of the family would write, block by block; blocks of other families and those
 * that are not for the flash are passed over. Throws RangeError where a block is damaged.
 */
export function decodeUf2(file: Uint8Array, family: number): Segment[] {
  if (file.length === 0 || file.length % BLOCK_BYTES !== 0) {
    throw new RangeError(`UF2 file of ${file.length} bytes: not a multiple of ${BLOCK_BYTES}`);
  }
  const segments: Segment[] = [];
  for (let at = 0; at < file.length; at += BLOCK_BYTES) {
    const block = new DataView(file.buffer, file.byteOffset + at, BLOCK_BYTES);
    const word = (index: number) => block.getUint32(4 * index, true);
    const magic = word(0) === MAGIC[0] && word(1) === MAGIC[1];
    const [flags, address, length] = [word(2), word(3), word(4)] as const;
    const whole = magic && block.getUint32(MAGIC_END_AT, true) === MAGIC_END;
    if (!whole || length > MAGIC_END_AT - HEAD_BYTES) {
      throw new RangeError(`UF2 block ${at / BLOCK_BYTES} is damaged`);
    }
    const foreign = (flags & FAMILY_PRESENT) !== 0 && word(7) !== family;
    if (foreign || (flags & NOT_MAIN_FLASH) !== 0) continue;
    const from = at + HEAD_BYTES;
    segments.push({ address, bytes: file.slice(from, from + length) });
  }
  return segments;
}
