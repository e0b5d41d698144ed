// The Moddable example runs unmodified in XS, its modules mapped as a manifest would, with mocked
// input: a day of the node, and every number equal to what the release wasm gives in Node.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type Analog from "embedded:io/analog";
import { buildSync } from "esbuild";
import {
  type AnalogInput,
  type CoreInstance,
  ThinFilmBattery,
} from "../../host/moddable/battery.js";
import { compileProfile } from "../../host/core/profile.js";
import MockAnalog, { MockBoard } from "../../host/moddable/example/mock_board.js";
import { buildPath, projectPath } from "../../tools/build/paths.js";
import { single } from "../../tools/vectors/nodes.js";
import * as xs from "../runtimes/xs.js";
import { runModules } from "../runtimes/xs_modules.js";

const WAKES = 144;
const MOCKS = "moddable-mocks";

/** One module of the example as ES module text; what the manifest maps stays an import. */
function moduleText(path: string, external: string[]): string {
  const result = buildSync({
    entryPoints: [projectPath(path)],
    bundle: true,
    format: "esm",
    write: false,
    target: "es2022",
    external,
  });
  return result.outputFiles[0]!.text;
}

function profile(): ArrayBuffer {
  return compileProfile({ ...single, storage_kind: 0 }).buffer as ArrayBuffer;
}

/** The release wasm in the shape of tfmb_core(). */
function wasmCore(): CoreInstance {
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));
  const { exports } = new WebAssembly.Instance(module, {});
  const memory = (exports.memory as WebAssembly.Memory).buffer;
  return { ...(exports as unknown as CoreInstance), memory };
}

function dayInNode(): string {
  const board = new MockBoard(profile());
  const battery = new ThinFilmBattery({
    core: wasmCore,
    profile: board.profile,
    sensor: { io: MockAnalog, pin: board.pin, full_scale_mV: board.full_scale_mV },
    now: board.now,
    temperature: board.temperature,
  });
  let events: number[] = [];
  for (let wake = 0; wake < WAKES; wake++) {
    const harvest_nA = board.harvest_nA();
    const harvest = { harvest_mean_nA: harvest_nA, harvest_now_nA: harvest_nA };
    const sample = battery.sample({ events, active_ms: 20, ...harvest });
    board.report(sample);
    events = board.work(sample.events);
    board.sleep(sample.sleep_ms);
  }
  return JSON.stringify(board.samples);
}

function mainText(): string {
  const bytes = JSON.stringify([...new Uint8Array(profile())]);
  return `
    import { runNode } from "app";
    import { MockBoard } from "${MOCKS}";
    const board = new MockBoard(new Uint8Array(${bytes}).buffer);
    runNode(board, ${WAKES});
    tfmb_print(JSON.stringify(board.samples));
  `;
}

test("the adapter accepts Moddable's own Analog class", () => {
  // a compile-time statement
  const fits: InstanceType<typeof Analog> extends AnalogInput ? true : false = true;
  assert.ok(fits);
});

test("a day in XS gives the same samples as in Node", async (t) => {
  if (!xs.isBuilt()) {
    assert.notEqual(process.env.CI, "true", "XS is missing: npm ci --prefix test/runtimes");
    return t.skip("needs: npm ci --prefix test/runtimes");
  }
  const lines = await runModules(
    {
      main: mainText(),
      app: moduleText("host/moddable/example/main.ts", ["embedded:io/analog", "tfmb/core"]),
      "embedded:io/analog": `export { default } from "${MOCKS}";`,
      [MOCKS]: moduleText("host/moddable/example/mock_board.ts", []),
      "tfmb/core": readFileSync(buildPath("core.mjs"), "utf8"),
    },
    projectPath("test/conformance/golden.bin"),
  );
  const expected = dayInNode();
  assert.equal(lines.length, 1, lines.join("\n"));
  assert.deepEqual(JSON.parse(lines[0]!), JSON.parse(expected));
  const samples = JSON.parse(expected) as { soc: number; events: number[] }[];
  assert.equal(samples.length, WAKES);
  assert.ok(samples.some((sample) => sample.events.some((count) => count > 0)));
});

test("a wrong profile is refused with the core's status, and the input is closed", () => {
  const bytes = profile();
  new DataView(bytes).setUint32(0, 1, true);
  const options = {
    core: wasmCore,
    profile: bytes,
    sensor: { io: MockAnalog, pin: 1, full_scale_mV: 4500 },
    now: () => 0,
  };
  assert.throws(() => new ThinFilmBattery(options), /profile refused, status 17/);
});
