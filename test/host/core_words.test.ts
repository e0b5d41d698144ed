// Words reach the very bytes that the fields of an area reach: every element of every area, read
// and written, and nothing beside it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { AREAS, Reason } from "../../host/core/abi.js";
import { Core } from "../../host/core/core.js";
import { type FieldSpec } from "../../host/core/fields.js";
import { compileProfile } from "../../host/core/profile.js";
import { Words } from "../../host/core/words.js";
import { newCore } from "./core_fixture.js";
import { buildPath } from "../../tools/build/paths.js";
import { single } from "../../tools/vectors/nodes.js";

const NAMES = ["vital", "warm", "decision", "gauge", "storage", "sample"] as const;
const EXACT = 2 ** 53 - 1;

/** What a field of a type may be given. */
const VALUES: Record<FieldSpec["type"], fc.Arbitrary<number>> = {
  u8: fc.integer({ min: 0, max: 255 }),
  u16: fc.integer({ min: 0, max: 65535 }),
  u32: fc.integer({ min: 0, max: 4294967295 }),
  i32: fc.integer({ min: -2147483648, max: 2147483647 }),
  f32: fc.float(),
  i64: fc.oneof(
    fc.integer({ min: -EXACT, max: EXACT }),
    fc.constantFrom(-1, 0, 2 ** 32, -(2 ** 32), 2 ** 32 - 1, -(2 ** 32) - 1, EXACT, -EXACT),
  ),
};

type Loose = Record<string, number | bigint | (number | bigint)[]>;
interface LooseArea {
  get(name: string, index: number): number | bigint;
  number(name: string, index: number): number;
  set(name: string, value: number | bigint, index: number): void;
}

const memoryOf = (core: Core) => {
  const { memory } = core.exports;
  return new Uint8Array("buffer" in memory ? memory.buffer : memory);
};

const areaOf = (core: Core, name: (typeof NAMES)[number]) =>
  core.areas[name] as unknown as LooseArea;

/** Calls `check` with every element of an area and values for it. */
function everyElement(
  area: (typeof NAMES)[number],
  check: (name: string, spec: FieldSpec, index: number, value: number) => void,
): void {
  for (const [name, spec] of Object.entries(AREAS[area].fields) as [string, FieldSpec][]) {
    for (let index = 0; index < spec.count; index++) {
      const property = fc.property(VALUES[spec.type], (value) => check(name, spec, index, value));
      fc.assert(property, { numRuns: 30, endOnFailure: true });
    }
  }
}

for (const area of NAMES) {
  describe(`words of ${area}`, () => {
    it("read what the area's fields read", async () => {
      const core = await newCore();
      const words = new Words(core)[area] as unknown as Loose;
      everyElement(area, (name, { type, count }, index, value) => {
        const wide = type === "i64";
        areaOf(core, area).set(name, wide ? BigInt(value) : value, index);
        const read = count === 1 ? words[name] : (words[name] as number[])[index];
        const field = areaOf(core, area);
        const expected = wide && count === 1 ? field.number(name, index) : field.get(name, index);
        assert.equal(
          Object.is(read, expected),
          true,
          `${name}[${index}]: ${String(read)}, ${expected}`,
        );
      });
    });

    it("write the bytes that the area's fields write, and no other", async () => {
      const [one, other] = [await newCore(), await newCore()];
      const words = new Words(one)[area] as unknown as Loose;
      everyElement(area, (name, { type, count }, index, value) => {
        const wide = type === "i64";
        areaOf(other, area).set(name, wide ? BigInt(value) : value, index);
        if (count === 1) words[name] = value;
        else (words[name] as (number | bigint)[])[index] = wide ? BigInt(value) : value;
        assert.ok(Buffer.compare(memoryOf(one), memoryOf(other)) === 0, `${name}[${index}]`);
      });
    });
  });
}

describe("words", () => {
  it("drive a core", async () => {
    const core = await newCore();
    core.loadProfile(compileProfile(single));
    core.boot(Reason.cold, undefined, 0);
    while (core.storage() !== undefined) core.storageDone(false);
    const { sample, decision, gauge, vital } = new Words(core);
    sample.time_ms = 600000;
    sample.valid = 1;
    sample.voltage_mV = 3985;
    core.exports.step();
    assert.equal(vital.time_ms, 600000);
    assert.equal(gauge.soc, core.gauge().soc);
    assert.equal(vital.charge_pC, core.areas.vital.number("charge_pC"));
    assert.deepEqual([...decision.events], core.decision().events);
  });

  it("see the core made by wasm2js as well", async () => {
    const built = (await import(buildPath("core.mjs"))) as { tfmb_core: () => object };
    const core = new Core(built.tfmb_core());
    new Words(core).sample.voltage_mV = 3912;
    assert.equal(core.sample.get("voltage_mV"), 3912);
  });

  it("belong to their core alone", async () => {
    const [one, other] = [new Words(await newCore()), new Words(await newCore())];
    one.sample.voltage_mV = 3912;
    one.sample.events[3] = 7;
    assert.equal(other.sample.voltage_mV, 0);
    assert.equal(other.sample.events[3], 0);
  });

  it("take an i64 as a number: whole, modulo 2^64, the nearest number back", async () => {
    const core = await newCore();
    const { sample } = new Words(core);
    const stored = (value: number) => {
      sample.charge_pC = value;
      return core.sample.get("charge_pC");
    };
    assert.equal(stored(-0.5), 0n);
    assert.equal(stored(2.9), 2n);
    assert.equal(stored(-2.9), -2n);
    assert.equal(stored(-(2 ** 62)), -(2n ** 62n));
    core.sample.set("charge_pC", 2n ** 62n + 1n);
    assert.equal(sample.charge_pC, 2 ** 62);
  });

  it("have no name that the table does not have", async () => {
    const words = new Words(await newCore());
    assert.throws(() => Object.assign(words.sample, { voltge_mV: 1 }), TypeError);
    assert.throws(() => Object.assign(words.sample, { events: [1, 2, 3, 4] }), TypeError);
  });
});
