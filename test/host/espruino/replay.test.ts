// A day of the module's life, replayed on the blob itself: every word that the JavaScript wrote and
// every call that it made, in the emulated Arm core, to the same bits as the core that served them.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { buildPath } from "../../../tools/build/paths.js";
import { Recorder, type ExportName } from "../../../tools/vectors/recorder.js";
import { blobTarget } from "../../conformance/blob_target.js";
import { type LoggedCall } from "./native_calls.js";
import { evaluate, example, missing, newDevice, profileBytes } from "./fixture.js";
import { day, live, start } from "./life.js";

const skip = missing("qemu-system-arm");

/** The calls as a vector of docs/CONFORMANCE.md; there the profile lies behind the plan. */
function vectorOf(log: readonly LoggedCall[], profile: Uint8Array): Uint32Array {
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.debug.wasm"))));
  const recorder = new Recorder(module);
  const profile_at = recorder.call("profile_at");
  for (const { name, args, poked } of log) {
    for (const [at, word] of poked) recorder.poke(at, [word]);
    if (name === "map_profile") {
      recorder.poke(profile_at, new Uint32Array(profile.buffer, 0, profile.length / 4));
      recorder.call("load_profile", profile.length);
    } else {
      recorder.call(name as ExportName, ...args.map((argument) => argument >>> 0));
    }
  }
  return recorder.finish();
}

test("the day of the example runs on the blob in flash, and in RAM", { skip }, async () => {
  const device = newDevice();
  day(device, example("mdbt42q"), evaluate);
  const vector = vectorOf(device.native.log, profileBytes());
  mkdirSync(buildPath("espruino"), { recursive: true });
  const file = buildPath("espruino/day.bin");
  writeFileSync(file, new Uint8Array(vector.buffer));
  for (const place of ["flash", "RAM"] as const) {
    const { identical, steps, output } = await blobTarget(place, true).run(file);
    assert.ok(identical && steps > 20, output);
  }
});

test("so do a start from the journal, a moved buffer and the queries", { skip }, async () => {
  const device = newDevice();
  start(device, example("mdbt42q"), evaluate);
  live(device, 7200);
  const next = newDevice(device.flash);
  next.time_s = device.time_s + 3600;
  const battery = start(next, example("mdbt42q"), evaluate)!;
  live(next, 3600);
  battery.allowed_nA(-1, 10);
  battery.time_to_empty_s(1);
  battery.time_to_full_s();
  next.native.defragment();
  battery.acknowledge(~0);
  live(next, 3600);
  const names = new Set(next.native.log.map(({ name }) => name));
  for (const name of ["allowed_current_nA", "time_to_empty_s", "time_to_full_s", "acknowledge"]) {
    assert.ok(names.has(name), name);
  }
  const file = buildPath("espruino/restart.bin");
  writeFileSync(file, new Uint8Array(vectorOf(next.native.log, profileBytes()).buffer));
  const { identical, output } = await blobTarget("flash", true).run(file);
  assert.ok(identical, output);
});
