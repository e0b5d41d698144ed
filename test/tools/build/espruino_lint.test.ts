// Nothing is emitted for Espruino that its interpreter lacks; and the linter that says so sees each
// kind of it.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { ARM_PACKAGES } from "../../../tools/build/images.js";
import { lintEspruino } from "../../../tools/build/espruino_lint.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";

const said = (text: string) => lintEspruino(text).map((finding) => finding.text);

test("the emitted module, the examples and the page have nothing that Espruino lacks", (t) => {
  const emitted = ["tfmb.js", "tfmb.min.js"].map((name) => buildPath(`espruino/${name}`));
  const examples = ["mdbt42q.js", "puckjs.js"].map((name) =>
    projectPath(`host/espruino/example/${name}`),
  );
  for (const path of examples) assert.deepEqual(lintEspruino(readFileSync(path, "utf8")), [], path);
  const page = readFileSync(projectPath("host/espruino/tfmb.md"), "utf8");
  for (const [, block] of page.matchAll(/^```js\n([\s\S]*?)^```/gm)) {
    assert.deepEqual(lintEspruino(block!), [], "tfmb.md");
  }
  if (!existsSync(emitted[0]!)) {
    assert.notEqual(process.env.CI, "true", `not built: ${ARM_PACKAGES}`);
    return t.skip(`needs: ${ARM_PACKAGES}, then npm run build`);
  }
  for (const path of emitted) assert.deepEqual(lintEspruino(readFileSync(path, "utf8")), [], path);
});

test("each thing that Espruino lacks is a finding", () => {
  const bad: [string, RegExp][] = [
    ["a: for (;;) { break a; }", /label/],
    ["with (E) { print(1); }", /with/],
    ["var x = Math.fround(1);", /Math\.fround/],
    ["var x = Math.imul(1, 2);", /Math\.imul/],
    ["var x = Math.trunc(1);", /Math\.trunc/],
    ["var m = new Map();", /Map is not of Espruino/],
    ["var s = Symbol;", /Symbol is not of Espruino/],
    ["var b = BigInt(1);", /BigInt is not of Espruino/],
    ["Object.freeze({});", /Object\.freeze/],
    ["var a = Array.from([1]);", /Array\.from/],
    ["[1].flat();", /flat/],
    ["new Uint8Array(4).copyWithin(0, 1);", /copyWithin/],
    ["var f = function (a = 1) { return a; };", /beyond ES5/],
    ["var f = async function () {};", /beyond ES5/],
    ["var a = b?.c;", /beyond ES5/],
    ["class A {}", /beyond ES5/],
    ["import x from 'y';", /beyond ES5/],
    ["function f() { return\n1; }", /next line/],
    ["print('\u00e4');", /plain ASCII/],
    ["f(); function f() {}", /f is used before/],
    ["function f() { return g(); } f(); function g() {}", /g is used before/],
    ["function h() { f(); function f() {} }", /f is used before/],
  ];
  for (const [text, finding] of bad) {
    const found = said(text);
    assert.ok(
      found.some((line) => finding.test(line)),
      `${text}: ${found.join(", ")}`,
    );
  }
});

test("what Espruino has is not a finding, nor a function that is declared before it runs", () => {
  const good = [
    "function f() { return g(); } function g() { return 1; } f();",
    "exports.connect = function (pin) { return analogRead(pin) * E.getAnalogVRef(); };",
    "function f() { if (E) return; print(1); }",
    "var f = function me(n) { return n ? me(n - 1) : arguments.length; };",
    "try { print(1); } catch (error) { print(error); } finally { print(2); }",
    "var o = { Map: 1, Math: { fround: 2 } }; print(o.Map);",
  ];
  for (const text of good) assert.deepEqual(said(text), [], text);
});
