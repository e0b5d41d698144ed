// The rules of tidy: each must catch what it was written for, and say nothing about clean files.
// Forbidden words are put together from pieces, so that tidy has nothing to say about this file.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { readTree } from "../../tools/tidy.js";
import { judge } from "../../tools/tidy/rules.js";
import { source } from "../../tools/tidy/source.js";
import { staleExceptions } from "../../tools/tidy/stale.js";
import { lacksUnit } from "../../tools/tidy/units.js";

const HEAD = "// A file that a test made up.\n";
const DOUBLE = "f" + "64";

/** What tidy says about a tree of files: path to text. */
function verdict(files: Record<string, string>): string[] {
  const sources = Object.entries(files).map(([path, text]) => source(path, text));
  return judge(sources).map(({ path, line, text }) => `${path}:${line}: ${text}`);
}

/** The tree has exactly one fault, at `place`, and the message says so. */
function caught(files: Record<string, string>, place: string, says: RegExp): void {
  const found = verdict(files);
  assert.equal(found.length, 1, `one finding, not:\n${found.join("\n")}`);
  assert.ok(found[0]?.startsWith(`${place}: `), found[0]);
  assert.match(found[0] ?? "", says);
}

function clean(files: Record<string, string>): void {
  assert.deepEqual(verdict(files), []);
}

const lines = (count: number) => "f();\n".repeat(count);

const CLEAN_TREE: Record<string, string> = {
  "README.md": "# A page\n\n| " + "wide ".repeat(40) + "|\n",
  LICENSE: "MIT License\n",
  ".ci/run": "#!/usr/bin/env bash\n# Installs and tests.\nnpm test\n",
  "assembly/abi.ts": HEAD + `export class Vital { charge_pC: i64; x: ${DOUBLE}; }\n`,
  "assembly/math/real.ts": HEAD + `export type real = ${DOUBLE};\n`,
  "assembly/math/exp.ts": HEAD + 'import { real } from "./real";\nexport const E: real = 2.7;\n',
  "assembly/cell/ocv.ts":
    HEAD +
    `// Never ${DOUBLE} here, and no new Math either.\n` +
    'import { E } from "../math/exp";\n' +
    "@inline\nexport function ocv_mV(soc: real): real {\n  return soc * E;\n}\n",
  "assembly/gauge/filter.ts":
    HEAD + 'import { ocv_mV } from "../cell/ocv";\nexport let soc: real = ocv_mV(0.5);\n',
  "assembly/ledger/book.ts":
    HEAD + "export function book(count: i32): i64 {\n  return (<i64>count) << 3;\n}\n",
  "assembly/index.ts": HEAD + 'export { soc } from "./gauge/filter";\n',
  "host/sim/cell.ts": HEAD + "export interface Cell {\n  voltage_max_mV: number;\n}\n",
  "host/c/main.c": "/* The smallest program with a core. */\nint main(void)\n{\n}\n",
  "boards/cells/x.json": '{ "long": "' + "x".repeat(200) + '" }\n',
};

describe("tidy on a clean tree", () => {
  test("says nothing, whether the tree is in memory or in git", () => {
    clean(CLEAN_TREE);
    const root = mkdtempSync(join(tmpdir(), "tidy-"));
    try {
      for (const [path, text] of Object.entries({ ...CLEAN_TREE, ".gitignore": "ignored/\n" })) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      mkdirSync(join(root, "ignored"));
      writeFileSync(join(root, "ignored", "utils.ts"), "x\n");
      writeFileSync(join(root, "golden.bin"), Buffer.from([0, 1, 2]));
      execFileSync("git", ["init", "--quiet"], { cwd: root });
      const sources = readTree(root);
      assert.equal(sources.length, Object.keys(CLEAN_TREE).length + 1);
      assert.deepEqual(judge(sources), []);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("tidy on text", () => {
  test("catches a line that is too long, but not an address or a table row", () => {
    caught({ "host/a.ts": HEAD + `f("${"x".repeat(100)}");\n` }, "host/a.ts:2", /106 columns/);
    clean({ "host/a.ts": HEAD + `// https://example.org/${"x".repeat(100)}\n` });
    caught({ "a.md": "# Title\n\n" + "word ".repeat(21) + "\n" }, "a.md:3", /105 columns/);
  });

  test("catches a file that is too long", () => {
    caught({ "host/a.ts": HEAD + lines(300) }, "host/a.ts:0", /301 lines, at most 300/);
    clean({ "host/a.ts": HEAD + lines(299) });
  });

  test("catches names that are no concepts, files and folders", () => {
    caught({ "host/utils.ts": HEAD }, "host/utils.ts:0", /"utils" is not a concept/);
    caught({ "host/common/a.ts": HEAD }, "host/common/a.ts:0", /"common"/);
    clean({ "host/commonality.ts": HEAD });
  });

  test("catches leftovers", () => {
    for (const word of ["TO" + "DO", "FIX" + "ME", "X" + "XX"]) {
      caught({ "host/a.ts": HEAD + `// ${word}: later\n` }, "host/a.ts:2", RegExp(word));
    }
  });

  test("catches files without an opening comment and pages without a title", () => {
    caught({ "host/a.ts": "f();\n" }, "host/a.ts:1", /no opening comment/);
    caught({ "host/a.c": "#include <stdint.h>\n" }, "host/a.c:1", /no opening comment/);
    caught({ "host/a.js": '"use strict";\n// Name.\n' }, "host/a.js:1", /no opening comment/);
    caught({ ".ci/run": "#!/bin/sh\nls\n" }, ".ci/run:1", /no opening comment/);
    caught({ "a.md": "Text.\n" }, "a.md:1", /without a title/);
    clean({ "host/a.js": '"use strict";\n/*\n * What this file is.\n */\n' });
  });

  test("catches paths of one machine", () => {
    for (const folder of ["work", "tmp", "root", "home"]) {
      const path = ["", folder, "x"].join("/");
      caught({ "boards/a.json": `["${path}"]\n` }, "boards/a.json:1", /path of one machine/);
      clean({ "a.md": `# Title\n\nhttps://example.org${path} and src${path}\n` });
    }
  });

  test("catches package registries, in lock files too", () => {
    const host = ["registry", "example", "org"].join(".");
    caught({ "a.md": `# Title\n\nSee ${host}.\n` }, "a.md:3", /package registry/);
    const lock = `{\n${'"resolved": '}"https://x.example/a.tgz"\n}\n`;
    caught({ "package-lock.json": lock }, "package-lock.json:2", /"resolved": "https:/);
    caught({ ".npmrc": "registry = x\n" }, ".npmrc:1", /package registry/);
    clean({ "package-lock.json": '{ "resolved": "host/c", "link": true }\n' });
  });
});

describe("tidy on functions", () => {
  test("catches long ones in TypeScript, AssemblyScript and C", () => {
    const body = `{\n${lines(69)}}\n`;
    caught({ "host/a.ts": `${HEAD}const g = () => ${body}` }, "host/a.ts:2", /function g of 71/);
    const decorated = `${HEAD}@inline\nexport function g(): void ${body}`;
    caught({ "assembly/plan/a.ts": decorated }, "assembly/plan/a.ts:2", /function g of 72 lines/);
    const c = `/* What it is: a test. */\nstatic int g(int a)\n${body}`;
    caught({ "host/c/a.c": c }, "host/c/a.c:2", /function g of 72 lines, at most 70/);
  });

  test("lets pass what only holds functions or data", () => {
    clean({ "test/a.test.ts": `${HEAD}describe("a", () => {\n${lines(80)}});\n` });
    clean({ "host/espruino/a.js": `${HEAD}(function () {\n${lines(80)}})();\n` });
    clean({ "host/c/a.h": `/* What it is: a test. */\nstruct a {\n${"int x;\n".repeat(80)}};\n` });
    const table = `static const int t[F(2)] = {\n${"0,\n".repeat(80)}};\n`;
    clean({ "host/c/a.c": `/* What it is: a test. */\n${table}` });
  });
});

describe("tidy on the core", () => {
  const room = (code: string) => ({ "assembly/plan/a.ts": HEAD + code });
  const at = "assembly/plan/a.ts:2";

  test("catches double precision, heap and library mathematics", () => {
    caught(room(`let x: ${DOUBLE} = 0;\n`), at, /f64 in the core/);
    caught(room(`${DOUBLE}.load(8);\n`), at, /f64 in the core/);
    caught(room("let x = new Foo();\n"), at, /new Foo in the core/);
    caught(room("let x = Mathf.exp(1);\n"), at, /Mathf in the core/);
    clean({ "host/a.ts": HEAD + "let x = new Foo(Math.exp(1));\n" });
  });

  test("catches conversions between wide integers and real numbers", () => {
    const ledger = (code: string) => ({ "assembly/ledger/a.ts": HEAD + code });
    const place = "assembly/ledger/a.ts:2";
    caught(room("let x = <i64>count;\n"), at, /widens outside/);
    caught(room("let x = i64(count);\n"), at, /widens outside/);
    caught(ledger("let x = <i64>1.5;\n"), place, /real number to 64 bits/);
    caught(ledger("let r: real = 0, x = <i64>(r * 2);\n"), place, /real number to 64 bits/);
    caught(ledger("let w: i64 = 0, x = <real>(w + 1);\n"), place, /64 bits to a real/);
    clean(ledger("let r: real = 0, x = <i64><i32>r + load<i64>(8);\n"));
    clean({ "assembly/math/a.ts": HEAD + "let r: real = 0, x = <i64>r;\n" });
  });

  test("catches imports against the walk and from outside", () => {
    const uses = (module: string) => room(`import { x } from "${module}";\n`);
    caught(uses("../journal/record"), at, /room plan uses journal, which a sample reaches later/);
    caught(uses("../step"), at, /above all rooms/);
    caught(uses("../../host/core/abi"), at, /outside assembly/);
    caught(uses("as-bignum"), at, /outside assembly/);
    caught(uses("../attic/x"), at, /room attic has no place/);
    caught(
      { "assembly/math/a.ts": `${HEAD}import { x } from "../cell/ocv";\n` }, //
      "assembly/math/a.ts:2",
      /math stands on/,
    );
    for (const module of ["../abi", "../profile", "../math/exp", "../cell/ocv", "../guard/veto"]) {
      clean(uses(module));
    }
    clean({ "assembly/sample/a.ts": `${HEAD}import { x } from "../cell/ocv";\n` });
  });

  test("catches recursion, within a file and across files", () => {
    caught(room("function f(): void { f(); }\n"), at, /recursion f -> f/);
    const found = verdict({
      "assembly/cell/a.ts":
        HEAD + 'import { g as h } from "./b";\nexport function f(): void { h(); }\n',
      "assembly/cell/b.ts": HEAD + 'import { f } from "./a";\nexport function g(): void { f(); }\n',
    });
    assert.match(found.join("\n"), /recursion f -> g -> f[^]*recursion g -> f -> g/);
    clean(room("function f(): void { g(); }\nfunction g(): void {}\n"));
  });
});

describe("tidy on units", () => {
  test("knows a quantity by its name and a unit by its ending", () => {
    const wrong = "current voltageMax CURRENT_MAX charge_limit cell_temperature powerOf capacity_x";
    for (const name of wrong.split(" ")) assert.ok(lacksUnit(name), name);
    const right =
      "current_nA voltage_max_mV CURRENT_MAX_NA charge_pC temperature_degC ccd_current_mA_cm2 " +
      "resistance_scale FAULT_VOLTAGE_HIGH power_cut powerCuts currently_nothing soc dudt_mV_K";
    for (const name of right.split(" ")) assert.ok(!lacksUnit(name), name);
  });

  test("catches exported numbers without unit, and only those", () => {
    const host = (code: string) => ({ "host/a.ts": HEAD + code });
    caught(host("export const voltage = 3;\n"), "host/a.ts:2", /voltage has no unit/);
    caught(host("export function power(): number { return 1; }\n"), "host/a.ts:2", /power has/);
    caught(host("export const energy = (x: number): number => x;\n"), "host/a.ts:2", /energy/);
    caught(host("export interface A {\n  charge?: number[];\n}\n"), "host/a.ts:3", /charge has/);
    caught(host("export class A {\n  name = 1;\n  power: number;\n}\n"), "host/a.ts:4", /power/);
    caught(
      { "assembly/plan/a.ts": HEAD + "export function current(): real { return 1; }\n" },
      "assembly/plan/a.ts:2",
      /current has no unit/,
    );
    clean(host("const voltage = 3;\nexport type Power = { name: string };\n"));
    clean(host("export function chargeReport(): string { return ''; }\n"));
    clean({ "assembly/plan/a.ts": HEAD + "export function check_charge(): u32 { return 0; }\n" });
  });
});

describe("tidy on its own exceptions", () => {
  test("catches those that excuse nothing any more", () => {
    const tree = {
      "tools/tidy/exceptions.ts": "power",
      "host/long.ts": lines(400),
      "host/a.ts": "power_of\n",
    };
    const sources = Object.entries(tree).map(([path, text]) => source(path, text));
    const found = (long: string[], names: string[]) => {
      const reasons = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, "reason"]));
      return staleExceptions(sources, reasons(long), reasons(names)).map(({ text }) => text);
    };
    assert.deepEqual(found(["host/long.ts"], ["power_of"]), []);
    assert.match(found(["host/a.ts"], []).join(), /host\/a.ts is not longer than 300 lines/);
    assert.match(found([], ["power"]).join(), /power is nowhere in the tree/);
  });
});
