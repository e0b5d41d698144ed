// A field written by name has the type, place and value that the layout table says.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { AREAS } from "../../host/core/abi.js";
import { Area, type AreaName, type FieldSpec } from "../../host/core/fields.js";

const BYTES = 4096;
const WIDTHS = { u8: 1, u16: 2, u32: 4, i32: 4, f32: 4, i64: 8 } as const;

/** Reads a value without host/core: the bytes of an element, decoded anew. */
const DECODE: Record<FieldSpec["type"], (bytes: Uint8Array) => number | bigint> = {
  u8: (bytes) => bytes[0]!,
  u16: (bytes) => bytes[0]! | (bytes[1]! << 8),
  u32: (bytes) => new Uint32Array(bytes.slice().buffer)[0]!,
  i32: (bytes) => new Int32Array(bytes.slice().buffer)[0]!,
  f32: (bytes) => new Float32Array(bytes.slice().buffer)[0]!,
  i64: (bytes) => new BigInt64Array(bytes.slice().buffer)[0]!,
};

const VALUES: Record<FieldSpec["type"], fc.Arbitrary<number | bigint>> = {
  u8: fc.integer({ min: 0, max: 255 }),
  u16: fc.integer({ min: 0, max: 65535 }),
  u32: fc.integer({ min: 0, max: 4294967295 }),
  i32: fc.integer({ min: -2147483648, max: 2147483647 }),
  f32: fc.float(),
  i64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
};

interface Loose {
  get(name: string, index: number): number | bigint;
  number(name: string, index: number): number;
  set(name: string, value: number | bigint, index: number): void;
}

function everyElement(area: AreaName, check: (spec: FieldSpec, name: string, i: number) => void) {
  for (const [name, spec] of Object.entries(AREAS[area].fields) as [string, FieldSpec][]) {
    for (let i = 0; i < spec.count; i++) check(spec, name, i);
  }
}

describe("fields of a core's memory", () => {
  for (const area of Object.keys(AREAS) as AreaName[]) {
    it(`${area}: every element is written where the table puts it, and nowhere else`, () => {
      const at = area === "profile" ? 1024 : AREAS[area].at;
      const memory = new Uint8Array(BYTES);
      const view = new Area(new DataView(memory.buffer), area, at) as unknown as Loose;
      everyElement(area, (spec, name, i) => {
        fc.assert(
          fc.property(VALUES[spec.type], (value) => {
            memory.fill(0xa5);
            view.set(name, value, i);
            const width = WIDTHS[spec.type];
            const place = at + spec.offset + i * width;
            assert.deepEqual(DECODE[spec.type](memory.subarray(place, place + width)), value);
            memory.fill(0xa5, place, place + width);
            assert.ok(memory.every((byte) => byte === 0xa5));
          }),
          { numRuns: 20, endOnFailure: true },
        );
      });
    });

    it(`${area}: every element is read from where the table puts it`, () => {
      const at = area === "profile" ? 1024 : AREAS[area].at;
      fc.assert(
        fc.property(fc.uint8Array({ minLength: BYTES, maxLength: BYTES }), (memory) => {
          const view = new Area(new DataView(memory.buffer), area, at) as unknown as Loose;
          everyElement(area, (spec, name, i) => {
            const width = WIDTHS[spec.type];
            const place = at + spec.offset + i * width;
            const wanted = DECODE[spec.type](memory.subarray(place, place + width));
            assert.deepEqual(view.get(name, i), wanted);
            assert.deepEqual(view.number(name, i), Number(wanted));
          });
        }),
        { numRuns: 10, endOnFailure: true },
      );
    });
  }

  it("a copy of an area writes back to the same values", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: BYTES, maxLength: BYTES }), (memory) => {
        const copy = new Area(new DataView(memory.buffer), "warm").read();
        const other = new Area(new DataView(new ArrayBuffer(BYTES)), "warm");
        other.write(copy);
        assert.deepEqual(other.read(), copy);
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });

  it("an index beyond a field, or an unknown field, is refused by name", () => {
    const sample = new Area(new DataView(new ArrayBuffer(BYTES)), "sample");
    assert.throws(() => sample.set("events", 1, 4), /events\[4\].*0\.\.3/);
    assert.throws(() => sample.get("voltage_mV", -1), /voltage_mV\[-1\]/);
    assert.throws(() => sample.get("volts" as "voltage_mV"), /volts is no field/);
  });
});
