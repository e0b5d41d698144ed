// `tfmb show` says what is in a part file, all of it and nothing else, in lines that fit; and draws
// an OCV that can be read back.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { PartError } from "../../boards/check.js";
import { listParts, readPart } from "../../boards/parts.js";
import { KINDS, type Kind } from "../../boards/schema/kinds.js";
import { isQuantity, type Quantity } from "../../boards/schema/quantity.js";
import { projectPath } from "../../tools/build/paths.js";
import { drawCurve } from "../../tools/commands/braille.js";
import { engineering, engineeringList, rounded } from "../../tools/commands/engineering.js";
import { show } from "../../tools/commands/show.js";
import { resistanceAt_ohm } from "../../tools/commands/show_cell.js";
import { wrapped } from "../../tools/commands/width.js";

const root = projectPath("boards");
const CELL = "enerchip-50uAh";
const kinds = Object.keys(KINDS) as Kind[];
const parts = kinds.flatMap((kind) => listParts(root, kind).map((name) => ({ kind, name })));

/** Every number with its provenance in a part file, read without boards/. */
function quantitiesOf(value: unknown): Quantity[] {
  if (isQuantity(value)) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(quantitiesOf);
}

const fileOf = ({ kind, name }: (typeof parts)[number]) =>
  JSON.parse(readFileSync(`${root}/${KINDS[kind].folder}/${name}.json`, "utf8")) as {
    title: string;
    sources?: Record<string, string>;
  };

/** Text without the line breaks that the width brought. */
const flat = (text: string) => text.replace(/\s+/g, "");

describe("show", () => {
  for (const part of parts) {
    it(`${part.kind} ${part.name}: all that is in the file, with its provenance`, () => {
      const file = fileOf(part);
      const page = show([part.kind, part.name], { all: true });
      const lines = page.split("\n");
      assert.match(lines[0]!, new RegExp(`^${part.name}, a`));
      const text = flat(page);
      assert.ok(text.includes(flat(file.title)));
      for (const { value, tag, source, note } of quantitiesOf(file)) {
        const long = Array.isArray(value) && value.length > 4;
        const list = Array.isArray(value) ? value.join(", ") : String(value);
        const shown = long ? `${value.length} values` : list;
        const origin = [source, note].filter((words) => words !== undefined).join(": ");
        const start = `  ${tag}  ${origin.split(" ")[0]!.slice(0, 10)}`;
        const same = lines.filter((line) => line.includes(`  ${shown} `) && line.includes(start));
        assert.ok(same.length > 0, `${shown}${start}`);
        assert.ok(text.includes(flat(origin)), origin);
        if (long) assert.ok(text.includes(flat(value.join(" "))), value.join(" "));
      }
      for (const [name, reference] of Object.entries(file.sources ?? {})) {
        assert.ok(text.includes(flat(name + reference)), name);
      }
    });

    it(`${part.kind} ${part.name}: in any terminal`, () => {
      for (const columns of [40, 60, 80, 99, 100, 300, undefined]) {
        const widest = Math.min(Math.max(columns ?? 100, 60), 100);
        for (const line of show([part.kind, part.name], { all: true, columns }).split("\n")) {
          assert.ok([...line].length <= widest, `${columns}: ${line}`);
          assert.equal(line, line.trimEnd());
        }
      }
    });
  }

  it("takes the name alone where only one part has it", () => {
    assert.equal(show([CELL]), show(["cell", CELL]));
    assert.equal(show([CELL]), show(["cells", CELL]));
  });

  it("wrong names: one line with the nearest name", () => {
    const cases: [string[], RegExp][] = [
      [[], /^show takes a name, or a kind and a name/],
      [["cell", CELL, "x"], /^show takes a name, or a kind and a name/],
      [["enerchip-50uA"], /^no part is called "enerchip-50uA"; did you mean enerchip-50uAh\?$/],
      [["zzz"], /^no part is called "zzz"; tfmb list shows all parts$/],
      [["cell", "enerchp-50uAh"], /boards\/cells; did you mean enerchip-50uAh\?$/],
      [["cels", CELL], /^"cels" is no kind of part; did you mean cells\?$/],
      [["7", CELL], /^"7" is no kind of part; there are cell, board, /],
      [["cells"], /^show which cell\? there are d11-10uAh, /],
    ];
    for (const [words, message] of cases) {
      assert.throws(
        () => show(words),
        (error) => {
          assert.ok(error instanceof PartError);
          assert.match(error.message, message);
          return !error.message.includes("\n");
        },
      );
    }
  });

  it("a name of two parts must come with its kind", () => {
    const names = parts.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice === undefined) return;
    const message = new RegExp(
      `^"${twice}" is a \\w+ and a \\w+; say which: tfmb show \\w+ ${twice}`,
    );
    assert.throws(() => show([twice]), { name: "PartError", message });
  });
});

describe("the page of a cell", () => {
  const page = show([CELL], { columns: 80 });
  const { profile } = readPart(root, "cell", CELL);

  /** The value and the tag in the line with a label. */
  const row = (label: string) => {
    const match = new RegExp(`^ +${label} {2,}(.+?) {2,}([A-Z])  `, "m").exec(page);
    assert.ok(match, `no line ${label} in\n${page}`);
    return { value: match[1]!, tag: match[2]! };
  };

  it("has the main numbers with the tags of the file", () => {
    const { capacity_nAh, area_cm2, float_mV, resistance_ohm, ccd_mA_cm2 } = profile;
    const capacity = row("capacity");
    assert.equal(parseFloat(capacity.value), Number((capacity_nAh.value / 1000).toPrecision(4)));
    assert.equal(capacity.tag, capacity_nAh.tag);
    assert.deepEqual(row("area"), { value: `${area_cm2.value} cm2`, tag: area_cm2.tag });
    assert.deepEqual(row("float voltage"), { value: "4.1 V", tag: float_mV.tag });
    assert.equal(row("resistance at 25 degC").tag, resistance_ohm.tag);
    assert.equal(row("critical current density").value, `${ccd_mA_cm2.value} mA/cm2`);
    const [low, mid, high] = profile.voltage_max_mV.value.map((mV) => rounded(mV / 1000, 4));
    assert.equal(row("highest voltage").value, `${low}, ${mid}, ${high} V`);
    assert.equal(row("lowest voltage").tag, profile.voltage_min_mV.tag);
  });

  it("computes the current of the CCD from density and area, and says so", () => {
    const uA = profile.ccd_mA_cm2.value * profile.area_cm2.value * 1000;
    assert.deepEqual(row("at 25 degC, new"), { value: `${rounded(uA)} uA`, tag: "C" });
    const levels = profile.ccd_level.value.map((level) => rounded(level * uA)).join(", ");
    assert.deepEqual(row("operating to maximum"), {
      value: `${levels} uA`,
      tag: profile.ccd_level.tag,
    });
  });

  it("derates the resistance as LiPON does: 7 times at 0 degC, 45 times at -20 degC", () => {
    // Ea 0.55 eV / k: Put et al. 2016, as in README and docs/MODELS.md
    const times = (degC: number) => resistanceAt_ohm(1, 6382, degC);
    assert.equal(times(25), 1);
    assert.ok(Math.abs(times(0) - 7.1) < 0.05, `${times(0)}`);
    assert.ok(Math.abs(times(-20) - 45) < 0.5, `${times(-20)}`);
    const at = (degC: number) => {
      const { resistance_ohm, activation_K } = profile;
      return engineering(resistanceAt_ohm(resistance_ohm.value, activation_K.value, degC), "ohm");
    };
    assert.deepEqual(row("at 0 degC"), { value: at(0), tag: "C" });
    assert.deepEqual(row("at -20 degC"), { value: at(-20), tag: "C" });
  });

  it("draws the OCV where the table has it", () => {
    const { soc, ocv } = profile.tables;
    const lines = page.split("\n").filter((line) => /[┤│]/.test(line));
    const tick = (line: string) => Number(/^ *([\d.]+)/.exec(line)?.[1] ?? NaN);
    const labelled = lines.map((line, i) => ({ i, volts: tick(line) })).filter((t) => t.volts > 0);
    const [first, last] = [labelled[0]!, labelled.at(-1)!];
    const perRow_V = (first.volts - last.volts) / (last.i - first.i);
    const dots = lines.map((line) => [...line.slice(line.search(/[┤│]/) + 1)]);
    const columns =
      page
        .split("\n")
        .find((line) => line.includes("└"))!
        .trim().length - 1;
    for (const [i, at] of soc.value.entries()) {
      // the knee below goes through many rows in one column
      if (at < 0.1) continue;
      const row = dots.findIndex(
        (all) => (all[Math.round(at * (columns - 1))] ?? " ").codePointAt(0)! > 0x2800,
      );
      const volts = first.volts - (row - first.i) * perRow_V;
      // a character is one row high, and the curve may enter it from the next
      assert.ok(Math.abs(volts - ocv[0]!.ocv_mV.value[i]! / 1000) <= 1.1 * perRow_V, `soc ${at}`);
    }
  });
});

describe("a curve in Braille", () => {
  const curve = (at: (x: number) => number) => ({ at, low: 0, high: 1, y_unit: "V", x_unit: "%" });

  /** Heights of the dots in each column of dots, 0 at the bottom. */
  function dotsOf(lines: string[]): number[][] {
    const rows = lines.filter((line) => /[┤│]/.test(line));
    const texts = rows.map((line) => [...line.slice(line.search(/[┤│]/) + 1)]);
    const columns = Math.max(...texts.map((text) => text.length));
    const bits = [
      [0x01, 0x02, 0x04, 0x40],
      [0x08, 0x10, 0x20, 0x80],
    ];
    return Array.from({ length: 2 * columns }, (_, x) =>
      texts.flatMap((text, row) => {
        const code = (text[x >> 1] ?? "\u2800").codePointAt(0)! - 0x2800;
        const set = bits[x & 1]!.map((bit, y) => ((code & bit) !== 0 ? 4 * row + y : -1));
        return set.filter((y) => y >= 0).map((y) => 4 * rows.length - 1 - y);
      }),
    );
  }

  it("has a dot where the curve is, and no gap", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 5, noNaN: true }), fc.boolean(), (power, rises) => {
        const at = (x: number) => (rises ? x ** power : 1 - x ** power);
        const columns = dotsOf(drawCurve(curve(at), 60, 10));
        assert.equal(columns.length, 2 * (60 - 8 - 1 - 4));
        const height = (x: number) => Math.round(at(x / (columns.length - 1)) * 39);
        columns.forEach((heights, x) => {
          const [here, before] = [height(x), height(Math.max(x - 1, 0))];
          const [low, high] = [Math.min(here, before), Math.max(here, before)];
          const line = Array.from({ length: high - low + 1 }, (_, i) => high - i);
          assert.deepEqual(heights, line, `column ${x}`);
        });
      }),
      { numRuns: 30 },
    );
  });

  it("keeps what lies beyond the range on its edge", () => {
    const columns = dotsOf(
      drawCurve(
        curve((x) => (x < 0.5 ? -1 : 2)),
        60,
        10,
      ),
    );
    assert.deepEqual(columns[0], [0]);
    assert.deepEqual(columns.at(-1), [39]);
  });

  it("has round labels at the rows of their values", () => {
    const lines = drawCurve({ ...curve((x) => 3 + x), low: 3, high: 4 }, 60, 11);
    const labels = lines.flatMap((line, row) => {
      const value = /^ *([\d.]+)( V)? *┤/.exec(line);
      return value === null ? [] : [[row, Number(value[1])]];
    });
    const expected = [4, 3.8, 3.6, 3.4, 3.2, 3].map((volts) => [
      Math.round((4 - volts) * 10),
      volts,
    ]);
    assert.deepEqual(labels, expected);
    assert.match(lines[0]!, /^ 4\.00 V ┤/);
    assert.match(lines.at(-1)!, /^ +0 +25 +50 +75 +100 %$/);
    for (const line of lines) assert.ok([...line].length <= 60);
  });
});

describe("numbers for people", () => {
  it("have three digits and a prefix", () => {
    const cases: [number, string][] = [
      [50e-6, "50 uAh"],
      [0.00069949, "699 uAh"],
      [0.0009996, "1 mAh"],
      [999.4, "999 Ah"],
      [1e3, "1 kAh"],
      [13468, "13.5 kAh"],
      [-2.5e-9, "-2.5 nAh"],
      [0, "0 Ah"],
      [1e-15, "0.001 pAh"],
      [5e12, "5000 GAh"],
    ];
    for (const [value, text] of cases) assert.equal(engineering(value, "Ah"), text);
    assert.equal(engineering(4.125, "V", 4), "4.125 V");
    assert.equal(engineeringList([1e-3, 25e-6, 0], "A"), "1, 0.025, 0 mA");
  });

  it("a line is broken between words, a long word anywhere", () => {
    assert.deepEqual(wrapped("to be or not", 5), ["to be", "or", "not"]);
    assert.deepEqual(wrapped("incorrectly it", 5), ["incor", "rectl", "y it"]);
    assert.deepEqual(wrapped("", 5), []);
  });
});
