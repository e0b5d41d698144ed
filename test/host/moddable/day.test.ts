// The Moddable example, unmodified, lives a day with power cuts and deep sleeps in XS, with the
// JavaScript core and with the native one behind FFI: every traced number is equal to what the
// release wasm gives in Node.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type Analog from "embedded:io/analog";
import type I2C from "embedded:io/i2c";
import { buildSync } from "esbuild";
import { type AnalogInput, type CoreInstance } from "../../../host/moddable/index.js";
import { type I2cDevice } from "../../../host/parts/index.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";
import * as xs from "../../runtimes/xs.js";
import { runFfi } from "../../runtimes/xs_ffi.js";
import { runScripts } from "../../runtimes/xs_modules.js";
import { Chip, Restart } from "./chip.js";
import { CUTS, WAKES, lifeScript, mainText } from "./scripts.js";

interface Life {
  lines: string[];
  starts: number;
  torn: number;
  deep_sleeps: number;
}

interface Sample {
  soc_sigma: number;
  events: number[];
}

/** The release wasm in the shape of tfmb_core(). */
function wasmCore(): CoreInstance {
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));
  const { exports } = new WebAssembly.Instance(module, {});
  const memory = (exports.memory as WebAssembly.Memory).buffer;
  return { ...(exports as unknown as CoreInstance), memory };
}

/** main.ts as the body of a function of `chip`'s modules and globals, and of the core. */
function mainInNode(): (sdk: object, core: () => CoreInstance, globals: Chip["globals"]) => void {
  const files = { "tfmb/moddable": "host/moddable/index.ts", "tfmb/parts": "host/parts/index.ts" };
  const { outputFiles } = buildSync({
    stdin: { contents: mainText(), resolveDir: projectPath("") },
    bundle: true,
    format: "iife",
    write: false,
    target: "es2022",
    alias: Object.fromEntries(
      Object.entries(files).map(([specifier, path]) => [specifier, projectPath(path)]),
    ),
    external: ["tfmb/core", "embedded:*", "mc/config", "Resource", "sleep", "timer"],
  });
  const body = `
    const require = (name) =>
      name === "tfmb/core" ? { tfmb_core: core } : { __esModule: true, default: sdk[name] };
    const { trace, Date } = globals;
    ${outputFiles[0]!.text}`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return new Function("sdk", "core", "globals", body) as ReturnType<typeof mainInNode>;
}

function lifeInNode(): Life {
  const profile = new Uint8Array(readFileSync(buildPath("moddable/profile.bin"))).buffer;
  const chip = new Chip(profile, CUTS);
  const main = mainInNode();
  while (chip.wakes < WAKES) {
    chip.power();
    try {
      main(chip.modules, wasmCore, chip.globals);
    } catch (error) {
      if (!(error instanceof Restart)) throw error;
    }
    chip.run(WAKES);
  }
  const { lines, starts, torn, deep_sleeps } = chip;
  return { lines, starts, torn, deep_sleeps };
}

const expected = lifeInNode();
const samples = expected.lines
  .filter((line) => line.startsWith("{"))
  .map((line) => JSON.parse(line) as Sample);

function assertSame(lines: string[]): void {
  assert.equal(lines.length, 1, lines.join("\n"));
  const life = JSON.parse(lines[0]!) as Life;
  assert.deepEqual(
    { ...life, lines: life.lines.map(numbers) },
    { ...expected, lines: expected.lines.map(numbers) },
  );
}

/** A traced line; engines may print the same number differently. */
const numbers = (line: string): unknown => (line.startsWith("{") ? JSON.parse(line) : line);

test("the adapter accepts Moddable's own classes", () => {
  // compile-time statements
  const analog: InstanceType<typeof Analog> extends AnalogInput ? true : false = true;
  const i2c: InstanceType<typeof I2C> extends I2cDevice ? true : false = true;
  assert.ok(analog && i2c);
});

test("the life has what it is to show: deep sleeps, recovery from each cut, work", () => {
  const { lines, starts, torn, deep_sleeps } = expected;
  assert.equal(torn, 4);
  assert.ok(deep_sleeps > 20 && deep_sleeps < WAKES - 20, `${deep_sleeps} deep sleeps`);
  const ends = deep_sleeps + torn + 3;
  assert.ok(starts === ends || starts === 1 + ends, `${starts} starts, ${ends} ends`);
  assert.ok(samples.some(({ events }) => events.some((count) => count > 0)));
  const [, ...later] = samples;
  assert.ok(
    later.every(({ soc_sigma }) => soc_sigma < 0.2),
    "a start knew no more than a new cell",
  );
  assert.deepEqual(
    lines.filter((line) => !line.startsWith("{")),
    [],
    "errors were traced",
  );
});

test("the example in README.md is that of main.ts", () => {
  const readme = readFileSync(projectPath("README.md"), "utf8");
  const [, block] = /^```js\n(const node = new BatteryNode[\s\S]*?)^```/m.exec(readme) ?? [];
  assert.ok(block, "README.md shows a BatteryNode");
  const main = readFileSync(projectPath("host/moddable/example/main.ts"), "utf8");
  assert.ok(main.includes(block), "README.md differs from host/moddable/example/main.ts");
});

test("the day in XS with the JavaScript core gives the samples of Node's wasm", async (t) => {
  if (!xs.isBuilt()) {
    assert.notEqual(process.env.CI, "true", "XS is missing: npm ci --prefix test/runtimes");
    return t.skip("needs: npm ci --prefix test/runtimes");
  }
  assertSame(await runScripts([lifeScript("manifest_js.json", "tfmb_print")]));
});

test("the day in XS with the native core behind FFI gives them too", async (t) => {
  const result = await runFfi(lifeScript("manifest.json", "print", "tfmb_ffi"));
  if (result.missing !== undefined) {
    assert.notEqual(process.env.CI, "true", `XS is missing: ${result.missing}`);
    return t.skip(`needs: ${result.missing}`);
  }
  assertSame(result.lines);
});
