// Every field of a profile against the range that the layout table gives it: accepted up to the
// ends, refused beyond with the field's own word, over a right CRC.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ABI_VERSION, AREAS, Status } from "../../host/core/abi.js";
import { areaOf, rangeOf, readTable } from "../../tools/abi/table.js";
import { NodeUnderTest } from "./node_under_test.js";
import { profileBytes, sealProfile } from "./profile_under_test.js";

interface Ranged {
  name: string;
  type: string;
  word: number;
  low: number;
  high: number;
}

/** Every element of every field that has a range. */
const RANGED: Ranged[] = areaOf(readTable(), "profile").fields.flatMap((field) => {
  const range = rangeOf(field);
  if (range === undefined) return [];
  const words = Array.from({ length: field.count }, (_, i) => field.offset / 4 + i);
  const [low, high] = range;
  return words.map((word) => ({ name: field.name, type: field.type, word, low, high }));
});
/** Fields whose value is bound to others: an end of the range may contradict its neighbour. */
const BOUND = new RegExp(
  "^(voltage_m|temperature_m|ccd_level|sleep_m|reserve_soc|survival_soc|cycle_s)|_count$",
);

const node = new NodeUnderTest();

/** The next f32, or the next integer that single precision tells apart: so the core compares. */
function beyond(value: number, type: string, up: boolean): number {
  const apart = Math.max(1, value * 2 ** -23);
  if (type !== "f32") return value + (up ? apart : -apart);
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, value);
  if (bits.getFloat32(0) === 0) return up ? 1e-45 : -1e-45;
  const outward = up === bits.getFloat32(0) > 0;
  bits.setUint32(0, bits.getUint32(0) + (outward ? 1 : -1));
  return bits.getFloat32(0);
}

/** The answer to the base profile with one word changed. */
function offer({ type, word }: Ranged, value: number): number {
  const bytes = profileBytes();
  const view = new DataView(bytes.buffer);
  if (type === "f32") view.setFloat32(4 * word, value, true);
  else view.setUint32(4 * word, value, true);
  return node.offer(sealProfile(bytes));
}

const refusal = (word: number) => (word << 8) | Status.profile_field;

describe("a field of the profile", () => {
  test("has a range in the table, all but the head", () => {
    const head = AREAS.profile.fields.crc.offset / 4 + 1;
    const words = AREAS.profile.size / 4;
    assert.deepEqual(
      RANGED.map(({ word }) => word),
      Array.from({ length: words - head }, (_, i) => head + i),
    );
  });

  test("may take the ends of its range", () => {
    for (const field of RANGED.filter(({ name }) => !BOUND.test(name))) {
      for (const end of [field.low, field.high]) {
        assert.equal(offer(field, end), Status.ok, `${field.name} = ${end}`);
      }
    }
  });

  test("may not lie beyond them, and is named by its word", () => {
    for (const field of RANGED) {
      const values = [
        beyond(Math.fround(field.low), field.type, false),
        beyond(Math.fround(field.high), field.type, true),
      ];
      for (const value of values.filter((one) => field.type === "f32" || one >= 0)) {
        if (field.type !== "f32" && value > 0xffffffff) continue;
        assert.equal(offer(field, value), refusal(field.word), `${field.name} = ${value}`);
      }
    }
  });

  test("may not be NaN or infinite", () => {
    for (const field of RANGED.filter(({ type }) => type === "f32")) {
      for (const value of [NaN, Infinity, -Infinity]) {
        assert.equal(offer(field, value), refusal(field.word), `${field.name} = ${value}`);
      }
    }
  });
});

describe("a profile", () => {
  const good = profileBytes();

  test("with any single bit changed is refused, unless that makes it of an older version", () => {
    const minor = 8 * AREAS.profile.fields.abi_version.offset;
    for (let bit = 0; bit < 8 * good.length; bit++) {
      if (bit >= minor && bit < minor + 16 && (ABI_VERSION >> (bit - minor)) & 1) continue;
      const bytes = good.slice();
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      assert.notEqual(node.offer(bytes), Status.ok, `bit ${bit}`);
    }
  });

  test("cut short or lengthened is refused", () => {
    for (let length = 0; length < good.length; length++) {
      assert.notEqual(node.offer(good.subarray(0, length)), Status.ok, `${length} bytes`);
    }
    assert.notEqual(node.offer(new Uint8Array([...good, 0, 0, 0, 0])), Status.ok);
  });

  test("is read in place from any address of memory", () => {
    const other = new NodeUnderTest();
    const memory = new Uint8Array(other.core.memory.buffer);
    for (const address of [4096, 32768, memory.length - good.length]) {
      memory.set(good, address);
      assert.equal(other.core.map_profile(address, good.length), Status.ok);
    }
  });

  test("of noise under a right CRC is refused, and says why with a known code", () => {
    const known = new Set<number>(Object.values(Status));
    const noise = fc.uint8Array({ minLength: good.length - 20, maxLength: good.length - 20 });
    const check = (body: Uint8Array) => {
      const bytes = good.slice();
      bytes.set(body, 20);
      const status = node.offer(sealProfile(bytes));
      assert.notEqual(status, Status.ok);
      assert.ok(known.has(status & 255));
    };
    fc.assert(fc.property(noise, check), { numRuns: 500 });
  });
});
