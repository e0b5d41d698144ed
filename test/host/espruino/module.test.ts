// What surrounds a life: the module in another engine, a buffer that moves, an application that
// throws, refusals, and what is sent.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { buildSync } from "esbuild";
import ts from "typescript";
import { Reason, Status } from "../../../host/core/abi.js";
import { serviceData } from "../../../host/espruino/bthome.js";
import { isInstalled } from "../../../tools/build/images.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";
import {
  blobImage,
  evaluate,
  example,
  flashed,
  missing,
  newDevice,
  profileBytes,
} from "./fixture.js";
import { day, live, start } from "./life.js";

const skip = missing();

/** The mocked device and the life on it, as one ES5 script with the global `espruino_life`. */
function lifeScript(): string {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `export { Device } from "./device.js"; export { FlashChip } from "./flash_chip.js";
        export { day } from "./life.js";`,
      resolveDir: projectPath("test/host/espruino"),
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "espruino_life",
    target: "es2020",
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  });
  return ts.transpileModule(outputFiles[0]!.text, {
    compilerOptions: { target: ts.ScriptTarget.ES5, ignoreDeprecations: "6.0" },
  }).outputText;
}

function duktapeScript(): string {
  const program = example("mdbt42q");
  const image = blobImage();
  const list = (bytes: ArrayLike<number>) => JSON.stringify(Array.from(bytes));
  return `${readFileSync(projectPath("test/runtimes/polyfill.js"), "utf8")}
    ${readFileSync(buildPath("core.js"), "utf8")}
    ${lifeScript()}
    var blob = ${list(image.bytes)};
    var chip = new espruino_life.FlashChip();
    chip.put("tfmb.bin", new Uint8Array(blob));
    chip.put("tfmb.pro", new Uint8Array(${list(profileBytes())}));
    var image = ${JSON.stringify({ ...image, bytes: undefined })};
    image.bytes = blob;
    var device = new espruino_life.Device(image, tfmb_core, chip);
    function evaluate(text, globals, require) {
      var names = Object.keys(globals);
      var values = names.map(function (name) { return globals[name]; });
      var module = Function.apply(null, names.concat(["require", "exports", text]));
      var exports = {};
      module.apply(null, values.concat([require, exports]));
      return exports;
    }
    print(JSON.stringify(espruino_life.day(device, ${JSON.stringify(program)}, evaluate)));
  `;
}

test("in Duktape, on the wasm2js core, the day is the same to the last bit", { skip }, (t) => {
  if (!isInstalled("duk") && spawnSync("duk", ["-e", "0"]).status !== 0) {
    assert.notEqual(process.env.CI, "true", "Duktape is missing: apt-get install duktape");
    return t.skip("needs: apt-get install duktape");
  }
  mkdirSync(buildPath("espruino"), { recursive: true });
  const script = buildPath("espruino/duktape_day.js");
  writeFileSync(script, duktapeScript());
  const { stdout, stderr } = spawnSync("duk", [script], { encoding: "utf8", maxBuffer: 1 << 26 });
  const here = day(newDevice(), example("mdbt42q"), evaluate);
  assert.ok(here.length > 20);
  assert.ok(stdout.startsWith("["), stdout + stderr);
  assert.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(here)));
});

test(
  "a buffer that the interpreter moved is started anew, from its own retained state",
  {
    skip,
  },
  () => {
    const device = newDevice();
    const battery = start(device, example("mdbt42q"), evaluate)!;
    live(device, 43200);
    const { soc } = battery.report;
    const calls = device.native.log.length;
    device.native.defragment();
    live(device, 7200);
    const [map, boot] = device.native.log.slice(calls);
    assert.deepEqual([map!.name, boot!.name, boot!.args[0]], ["map_profile", "boot", Reason.warm]);
    assert.ok((battery.report.status & 255) < Status.no_profile);
    assert.ok(Math.abs(battery.report.soc - soc) < 2 * battery.report.soc_sigma);
  },
);

test("an exception of the application does not end the node's wakes", { skip }, () => {
  const program = example("mdbt42q");
  const app = program.app.replace("function work(battery) {", "function work() { nothing();");
  const device = newDevice();
  let thrown = 0;
  const each = (body: () => void) => {
    try {
      body();
    } catch (error) {
      assert.match(String(error), /nothing is not defined/);
      thrown++;
    }
  };
  each(() => void start(device, { ...program, app }, evaluate));
  for (let i = 0; i < 300; i++) each(() => void device.run(device.time_s + 60));
  assert.ok(thrown > 5, `${thrown} wakes`);
});

test("what does not belong together is refused in one line", { skip }, () => {
  const run = (chip: ReturnType<typeof flashed>, change = (app: string) => app) => {
    const program = example("mdbt42q");
    start(newDevice(chip), { ...program, app: change(program.app) }, evaluate);
  };
  const stale = flashed();
  stale.bytes[stale.find("tfmb.bin")!.at + 8]! ^= 1;
  assert.throws(() => run(stale), /no core of this build at \d+: write tfmb\.bin again/);
  const wrong = flashed();
  wrong.bytes[wrong.find("tfmb.pro")!.at]! ^= 1;
  assert.throws(() => run(wrong), /profile refused, status 17/);
  const empty = flashed();
  empty.files.pop();
  assert.throws(() => run(empty), /no file tfmb\.pro/);
  assert.throws(
    () => run(flashed(), (app) => app.replace("divider: 2", "divider: 0")),
    /divider = 0 must be at least 1/,
  );
});

test("an advertisement is BTHome v2: battery in percent, voltage in millivolts", () => {
  // https://bthome.io/format: 0x40 version 2, objects by rising number, little-endian
  const expected = [0x40, 0x00, 7, 0x01, 62, 0x0c, 0x5a, 0x0f];
  assert.deepEqual(serviceData(7, 0.6204, 3930.4), expected);
  assert.deepEqual(serviceData(256, 1.2, 70000), [0x40, 0, 0, 1, 100, 0x0c, 0xff, 0xff]);
  assert.deepEqual(serviceData(0, NaN, NaN), [0x40, 0, 0, 1, 0, 0x0c, 0, 0]);
  // flags (3), and length, type and UUID before the data: within a packet of 31 bytes
  assert.ok(3 + 4 + expected.length <= 31);
});
