// The driver of an Espruino's REPL gives the bits of the core in process, and says in one line what
// is wrong with its board. Against a fake peer: see fake_espruino.ts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { after, test } from "node:test";
import { espruinoDevice, espruinoProgram } from "../../../../host/hil/devices/espruino.js";
import { rig } from "../../../../host/hil/index.js";
import { buildPath, projectPath } from "../../../../tools/build/paths.js";
import { fakeEspruino } from "./fake_espruino.js";

const { address, server } = await fakeEspruino();
after(() => server.close());

/** The core for an interpreter without Math.fround and its like. */
function program(): string {
  const polyfill = readFileSync(projectPath("test/runtimes/polyfill.js"), "utf8");
  return polyfill + espruinoProgram(readFileSync(buildPath("core.js"), "utf8"));
}

async function digestOf(device?: ReturnType<typeof espruinoDevice>): Promise<string> {
  const node = await rig({ scenario: "hil/desk-day", hours: 6, device });
  try {
    await node.runFor(3);
    await node.inject({ power: { off_s: 60, retained: "kept", clock: "kept" } });
    await node.runFor(3);
    return node.digest;
  } finally {
    await node.close();
  }
}

test("six hours over the REPL, with a reset, give the bits of the core in process", async () => {
  const device = espruinoDevice(address, { time: "emulated", program: program() });
  assert.equal(await digestOf(device), await digestOf());
});

test("a board without tfmb_ask is named, with what brings it", async () => {
  const device = espruinoDevice(address, { time: "emulated" });
  await assert.rejects(digestOf(device), {
    name: "DeviceError",
    message: /^127\.0\.0\.1:\d+ has no tfmb_ask; send a program that defines it \(docs\/HIL\.md\)$/,
  });
});

test("what is no Espruino does not answer, and nobody waits for ever", async () => {
  const silent = createServer();
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
  const { port } = silent.address() as { port: number };
  const device = espruinoDevice(`127.0.0.1:${port}`, { timeout_ms: 100 });
  await assert.rejects(digestOf(device), /does not answer \(0\.1 s\); is it an Espruino\?$/);
  silent.close();
});

test("an address where nobody listens gives one line", async () => {
  const device = espruinoDevice("127.0.0.1:1");
  await assert.rejects(digestOf(device), /^DeviceError: 127\.0\.0\.1:1 cannot be reached: /);
});

test("a line that loses characters is named as such", async () => {
  const torn = createServer((socket) => {
    socket.on("data", () => socket.write('<tfmb:{"v":1:tfmb>'));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((done) => torn.listen(0, "127.0.0.1", done));
  const { port } = torn.address() as { port: number };
  const device = espruinoDevice(`127.0.0.1:${port}`, { timeout_ms: 1000 });
  await assert.rejects(digestOf(device), /answers \{"v":1; does the line lose characters\?$/);
  torn.close();
});
