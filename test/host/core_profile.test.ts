// The profile compiler makes bytes that the core accepts; a wrong byte is refused by name.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import fc from "fast-check";
import { AREAS, Status } from "../../host/core/abi.js";
import { type Core } from "../../host/core/core.js";
import { compileProfile, describeProfile, repairCrc } from "../../host/core/profile.js";
import { monotoneSlopes } from "../../host/core/slopes.js";
import { profileFieldAt, statusCode, statusDetail, tableEntryAt } from "../../host/core/status.js";
import { defaultProfile, newCore, profileRows, rangeOf } from "./core_fixture.js";

const HEAD_WORDS = AREAS.profile.fields.crc.offset / 4 + 1;
const FIELD_WORDS = AREAS.profile.size / 4;

let core: Core;
before(async () => {
  core = await newCore();
});

/** The status of the default profile after a change of its words. */
function statusAfter(change: (view: DataView) => void, repair: boolean): number {
  const bytes = compileProfile(defaultProfile());
  change(new DataView(bytes.buffer));
  if (repair) repairCrc(bytes);
  return core.loadProfile(bytes);
}

function isField(status: number, word: number, name: string): void {
  const seen = `${core.statusText(status)} for ${name}`;
  assert.equal(statusCode(status), Status.profile_field, seen);
  assert.equal(statusDetail(status), word, seen);
  assert.match(core.statusText(status), new RegExp(`\\b${name}\\b`));
}

describe("the profile compiler", () => {
  it("makes bytes that the core accepts", () => {
    const status = core.loadProfile(compileProfile(defaultProfile()));
    assert.equal(status, Status.ok, core.statusText(status));
  });

  it("describes its bytes so that they compile to the same bytes", () => {
    const bytes = compileProfile(defaultProfile());
    const { head, values } = describeProfile(bytes);
    assert.equal(head.length, bytes.length);
    assert.equal(head.soc_count, values.tables.soc.length);
    assert.deepEqual(compileProfile(values), bytes);
  });

  it("takes several OCV tables", () => {
    const values = defaultProfile();
    const [table] = values.tables.ocv;
    const cold = table!.ocv_mV.map((mV, i) => mV + 10 + i * 0.1);
    values.tables.ocv.unshift({ temperature_degC: -5, ocv_mV: cold });
    const status = core.loadProfile(compileProfile(values));
    assert.equal(status, Status.ok, core.statusText(status));
  });

  it("refuses a missing, strange, misshapen or impossible value in one line that names it", () => {
    const wrong = (change: Record<string, unknown>, line: RegExp) => {
      const values = { ...defaultProfile(), ...change };
      assert.throws(() => compileProfile(values), { name: "ProfileError", message: line });
    };
    wrong({ area_cm2: undefined }, /^profile: area_cm2 is missing; .*cm2/);
    wrong({ aera_cm2: 1 }, /^profile: aera_cm2 is not a field/);
    wrong({ crc: 1 }, /^profile: crc is derived/);
    wrong({ area_cm2: "3" }, /^profile: area_cm2 = "3" must be a number$/);
    wrong({ area_cm2: NaN }, /^profile: area_cm2 = NaN must be a finite number$/);
    wrong({ series: 1.5 }, /^profile: series = 1.5 must be an integer/);
    wrong({ series: -1 }, /^profile: series = -1 must be an integer/);
    wrong({ debounce: [1, 2] }, /^profile: debounce has 2 values, it must have 3$/);
    const { tables } = defaultProfile();
    wrong({ tables: { ...tables, tau_s: [1] } }, /^profile: tables.tau_s has 1 values/);
    wrong({ tables: { ...tables, soc: [0] } }, /^profile: tables.soc has 1 nodes/);
    wrong({ tables: { ...tables, ocv: [] } }, /^profile: tables.ocv has no table/);
  });

  it("gives every rising curve slopes that the core accepts", () => {
    const steps = fc.array(fc.float({ min: Math.fround(0.01), max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 63,
    });
    fc.assert(
      fc.property(
        steps,
        fc.infiniteStream(fc.float({ min: 1, max: 300, noNaN: true })),
        (dx, dy) => {
          const total = dx.reduce((sum, step) => sum + step, 0);
          let x = 0;
          let y = 500;
          const soc = [0, ...dx.map((step) => (x += step) / total)];
          soc[soc.length - 1] = 1;
          const ocv_mV = [y, ...dx.map(() => (y += dy.next().value as number))];
          const flat = soc.map(() => 1);
          const tables = {
            ...{ soc, tau_s: flat, resistance_factor: flat, dudt_mV_K: flat },
            ocv: [{ temperature_degC: 25, ocv_mV }],
          };
          const status = core.loadProfile(compileProfile({ ...defaultProfile(), tables }));
          assert.equal(status, Status.ok, core.statusText(status));
        },
      ),
    );
  });

  it("keeps the slopes of a straight line, and pulls a steep corner back to the circle", () => {
    assert.deepEqual(monotoneSlopes([0, 0.5, 1], [0, 5, 10]), [10, 10, 10]);
    const [, corner] = monotoneSlopes([0, 0.5, 1], [0, 1, 101]);
    assert.ok(corner! <= 6 && corner! > 5, `slope ${corner} against a secant of 2`);
  });
});

describe("a profile with one wrong word", () => {
  it("is refused by its CRC, or by the word of the head that is wrong", () => {
    const heads = [
      ...[Status.profile_magic, Status.profile_version, Status.profile_length],
      ...[Status.profile_layout, Status.profile_crc],
    ];
    const words = compileProfile(defaultProfile()).length / 4;
    for (let word = 0; word < words; word++) {
      const flip = (view: DataView) =>
        view.setUint32(4 * word, view.getUint32(4 * word, true) ^ 0x10001, true);
      const status = statusAfter(flip, false);
      assert.equal(statusCode(status), heads[word] ?? Status.profile_crc, `word ${word}`);
    }
  });

  for (const row of profileRows().slice(HEAD_WORDS)) {
    const range = rangeOf(row.range)!;
    it(`${row.name}: beyond ${row.range} it is refused by name`, () => {
      for (let i = 0; i < row.count; i++) {
        const word = row.offset / 4 + i;
        assert.deepEqual(profileFieldAt(word), { name: row.name, index: i });
        const [low, high] = range;
        const write = (value: number) => (view: DataView) =>
          row.type === "u32"
            ? view.setUint32(4 * word, value, true)
            : view.setFloat32(4 * word, value, true);
        const below = low - Math.max(Math.abs(low) * 0.01, 1e-9);
        const above = high + Math.max(Math.abs(high) * 0.01, 1e-9);
        // the core compares in f32, so an integer is refused when its rounded value is beyond
        const over = Math.ceil(high * 1.0000005) + 1;
        const wrong =
          row.type === "u32"
            ? [low - 1, over].filter((value) => value >= 0 && value <= 0xffffffff)
            : [below, above, NaN, Infinity, -Infinity];
        for (const value of wrong) isField(statusAfter(write(value), true), word, row.name);
      }
    });
  }

  it("is refused by name where two levels contradict each other", () => {
    const { fields } = AREAS.profile;
    const cases: [keyof typeof fields, number, number][] = [
      ["voltage_max_mV", 1, 3000],
      ["voltage_min_mV", 2, 3500],
      ["temperature_max_degC", 2, 0],
      ["temperature_min_degC", 1, 30],
    ];
    for (const [name, index, value] of cases) {
      const word = fields[name].offset / 4 + index;
      isField(
        statusAfter((view) => view.setFloat32(4 * word, value, true), true),
        word,
        name,
      );
    }
  });

  it("is refused with the table entry that is not finite, ordered or monotone", () => {
    const bytes = compileProfile(defaultProfile());
    const nodes = defaultProfile().tables.soc.length;
    for (let word = FIELD_WORDS; word < bytes.length / 4; word++) {
      const name = tableEntryAt(word, nodes);
      const status = statusAfter((view) => view.setFloat32(4 * word, NaN, true), true);
      assert.equal(statusCode(status), Status.profile_table, name);
      assert.equal(statusDetail(status), word, name);
      assert.ok(core.statusText(status).includes(` ${name} = NaN `), core.statusText(status));
    }
    const entries: [string, number][] = [
      ["soc[0]", 0.1],
      ["soc[3]", 0],
      [`soc[${nodes - 1}]`, 0.99],
      ["tau_s[2]", 0],
      ["resistance_factor[4]", -1],
      ["ocv[0].ocv_mV[5]", 0],
      ["ocv[0].slope_mV[1]", -1],
    ];
    for (const [name, value] of entries) {
      const words = Array.from(
        { length: bytes.length / 4 - FIELD_WORDS },
        (_, i) => FIELD_WORDS + i,
      );
      const word = words.find((candidate) => tableEntryAt(candidate, nodes) === name)!;
      const status = statusAfter((view) => view.setFloat32(4 * word, value, true), true);
      assert.equal(statusCode(status), Status.profile_table, name);
      assert.match(core.statusText(status), /table entry/, name);
      assert.equal(tableEntryAt(statusDetail(status), nodes), name);
    }
  });

  it("leaves the core without a profile", () => {
    core.loadProfile(compileProfile(defaultProfile()));
    statusAfter((view) => view.setUint32(0, 0, true), false);
    assert.equal(statusCode(core.boot(0, undefined, 0)), Status.no_profile);
  });
});
