// A UF2 file is what Microsoft's specification says, block by block, and comes back as it went in.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { decodeUf2, encodeUf2 } from "../../../tools/firmware/uf2.js";

const RP2040 = 0xe48bff56;
const FLASH = 0x10000000;

describe("UF2", () => {
  it("has the fields of the specification at their places", () => {
    const file = encodeUf2({ address: FLASH, bytes: new Uint8Array(300).fill(7) }, RP2040);
    assert.equal(file.length, 1024);
    const second = new DataView(file.buffer, 512);
    const words = Array.from({ length: 8 }, (_, i) => second.getUint32(4 * i, true));
    assert.deepEqual(words, [0x0a324655, 0x9e5d5157, 0x2000, FLASH + 256, 256, 1, 2, RP2040]);
    assert.equal(second.getUint32(508, true), 0x0ab16f30);
    assert.equal(new TextDecoder().decode(file.subarray(0, 4)), "UF2\n");
    assert.deepEqual([file[512 + 32 + 43], file[512 + 32 + 44]], [7, 0]);
  });

  it("gives back every image, filled up to a whole page", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 2000 });
    fc.assert(
      fc.property(bytes, fc.nat(1000), (image, page) => {
        const address = FLASH + 256 * page;
        const back = decodeUf2(encodeUf2({ address, bytes: image }, RP2040), RP2040);
        back.forEach((segment, i) => assert.equal(segment.address, address + 256 * i));
        const joined = Buffer.concat(back.map((segment) => segment.bytes));
        assert.deepEqual(joined.subarray(0, image.length), Buffer.from(image));
        assert.ok(joined.length - image.length < 256);
        assert.ok(joined.subarray(image.length).every((byte) => byte === 0));
      }),
    );
  });

  it("passes over other families, and says which block is damaged", () => {
    const file = encodeUf2({ address: FLASH, bytes: new Uint8Array(600) }, RP2040);
    assert.deepEqual(decodeUf2(file, 0xada52840), []);
    const torn = file.slice();
    torn[512 + 510]! ^= 1;
    assert.throws(() => decodeUf2(torn, RP2040), /UF2 block 1 is damaged/);
    assert.throws(() => decodeUf2(file.subarray(1), RP2040), /of 1535 bytes: not a multiple/);
    assert.throws(() => encodeUf2({ address: 3, bytes: file }, RP2040), /0x3 must be a multiple/);
  });
});
