// The drivers as Espruino modules: in ES5, without labels and without names that its interpreter
// lacks, they do on its I2C and serial ports what they do in Node. The interpreter itself is not
// run here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { parse } from "acorn";
import { Aem13920Twin } from "../../../host/hil/twins/aem13920.js";
import { espruinoBus } from "../../../host/hil/twins/bus.js";
import { Cbc915Twin } from "../../../host/hil/twins/cbc915.js";
import { FramTwin } from "../../../host/hil/twins/fram.js";
import { Neh7100Twin } from "../../../host/hil/twins/neh7100.js";
import { type Charger, type Cbc915, type Fram } from "../../../host/parts/index.js";
import { countLabels } from "../../../tools/build/core_js.js";
import { ESPRUINO_PARTS, buildEspruinoParts } from "../../../tools/build/espruino_parts.js";
import { buildPath } from "../../../tools/build/paths.js";
import { usual } from "./decisions.js";

before(buildEspruinoParts);

const source = (name: string): string => readFileSync(buildPath(`espruino/${name}.js`), "utf8");

/** What Espruino's interpreter (2v29) has not, of what a driver may be tempted to use. */
const LACKS =
  "RangeError Map Set WeakMap Symbol Proxy Reflect BigInt TextEncoder WebAssembly".split(" ");
const LACKS_MEMBER = /\.(fround|imul|clz32|trunc|log2|log10|freeze|from|flat|at|copyWithin)\(/;

/** The module in a context that has what Espruino has. */
function load<T>(name: string): (port: object, options: object) => T {
  const exports: { connect?: (port: object, options: object) => T } = {};
  const toUint8Array = (text: string) =>
    Uint8Array.from(text, (character) => character.charCodeAt(0));
  const context = createContext({ exports, E: { toUint8Array }, Uint8Array });
  runInContext(LACKS.map((global) => `delete globalThis.${global};`).join(""), context);
  runInContext(source(name), context);
  return exports.connect!;
}

for (const name of Object.keys(ESPRUINO_PARTS)) {
  test(`${name}: nothing in the file that the interpreter lacks`, () => {
    const text = source(name);
    assert.ok(name.length <= 8);
    parse(text, { ecmaVersion: 5 });
    assert.equal(countLabels(text), 0);
    assert.doesNotMatch(text, LACKS_MEMBER);
    for (const global of LACKS) assert.doesNotMatch(text, new RegExp(`\\b${global}\\b`));
    assert.ok(text.length < 6000, `${text.length} bytes`);
  });
}

test("chargers and FRAM work on an Espruino I2C port", () => {
  const pmic = new Neh7100Twin();
  const boost = new Aem13920Twin();
  const memory = new FramTwin(8192);
  const i2c = espruinoBus([pmic, boost, memory]);
  const neh7100 = load<Charger>("neh7100")(i2c, { lvd_mV: 3000 });
  neh7100.begin();
  neh7100.apply(usual);
  pmic.plant.harvest_nA = 7060;
  assert.equal(pmic.ovp_mV, 4100);
  assert.ok(Math.abs(neh7100.status().harvest_now_nA! - 7060) < 1e-9);
  const options = { mppt_sample_ms: 16, mppt_period_ms: 4096, buck_mV: 1800 };
  const aem13920 = load<Charger>("aem13920")(i2c, { ovdis_mV: 3000, chrdy_mV: 3100, ...options });
  aem13920.begin();
  aem13920.apply({ ...usual, mpp_ratio: 0.65 });
  assert.deepEqual(boost.settings.on, [true, true]);
  assert.equal(boost.settings.mpp_ratio[0], 0.65);
  const fram = load<Fram>("fram")(i2c, { bytes: 8192 });
  fram.program(5000, Uint8Array.of(1, 2, 3));
  assert.deepEqual([...memory.bytes.slice(5000, 5003)], [1, 2, 3]);
  assert.throws(() => neh7100.apply({ ...usual, float_mV: NaN }), /neh7100: float_mV = NaN must/);
});

test("the CBC915 works on an Espruino serial port", () => {
  const twin = new Cbc915Twin();
  const port = {
    write: (bytes: Uint8Array) => twin.write(bytes),
    on: (event: string, heard: (text: string) => void) => {
      assert.equal(event, "data");
      twin.onReadable = (bytes) => heard(String.fromCharCode(...bytes));
    },
  };
  const part = load<Cbc915>("cbc915")(port, { now: () => 0 });
  part.refresh();
  assert.deepEqual([part.power_uW, part.state], [237, 3]);
});
