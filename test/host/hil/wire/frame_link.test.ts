// Frames over a line that loses and damages bytes: what is asked is done exactly once, and a board
// that stays silent or is of another build is named in one line.

import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { test } from "node:test";
import { LAYOUT_HASH } from "../../../../host/core/abi.js";
import { processDevice, uartDevice } from "../../../../host/hil/devices/framed.js";
import { rig } from "../../../../host/hil/index.js";
import { encodeFrame, FrameReader } from "../../../../host/hil/wire/frame.js";
import { Random } from "../../../../host/sim/random.js";
import { buildPath } from "../../../../tools/build/paths.js";
import { DEVICES } from "../../../../tools/hil/devices.js";

const c = DEVICES.find(({ name }) => name === "c")!;

test("frames are found among garbage, in pieces of any size; damaged ones are not taken", () => {
  const frames = [1, 2, 3].map((sequence) =>
    encodeFrame({ sequence, payload: Uint8Array.of(sequence, 0xa5, 0x5a, 0xa5) }),
  );
  frames[1]![6]! ^= 1;
  const garbage = Uint8Array.of(0xa5, 0xa5, 0x5a, 9, 0xff, 0xff, 1, 2);
  const all = [garbage, ...frames.flatMap((frame) => [frame, Uint8Array.of(0xa5)])];
  const bytes = Uint8Array.from(all.flatMap((part) => [...part]));
  for (const size of [1, 2, 5, bytes.length]) {
    const reader = new FrameReader();
    const found = [];
    for (let at = 0; at < bytes.length; at += size) {
      found.push(...reader.push(bytes.subarray(at, at + size)));
    }
    assert.deepEqual(
      found.map(({ sequence }) => sequence),
      [1, 3],
      `pieces of ${size}`,
    );
    assert.ok(reader.damaged >= 1);
  }
});

/** The C program behind a TCP port; of so many bytes either way one is lost or changed. */
async function bad(program: string, bytes: number) {
  const random = new Random(7);
  const spoilt = (from: Buffer): Buffer =>
    Buffer.from(
      [...from].flatMap((byte) => {
        if (random.uniform() * bytes > 1) return [byte];
        return random.uniform() < 0.5 ? [] : [byte ^ 0x10];
      }),
    );
  const children: ChildProcess[] = [];
  const server = createServer((socket: Socket) => {
    const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    children.push(child);
    socket.on("data", (data: Buffer) => child.stdin.write(spoilt(data)));
    child.stdout.on("data", (data: Buffer) => socket.write(spoilt(data)));
    socket.on("close", () => child.kill());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("on a line that spoils a byte in 1500 nothing is lost and nothing done twice", async (t) => {
  if (c.missing() !== undefined) {
    assert.notEqual(process.env.CI, "true", c.missing());
    return t.skip(`needs: ${c.missing()}`);
  }
  c.make();
  const { server, address } = await bad(buildPath("hil/process"), 1500);
  t.after(() => server.close());
  const line = { time: "emulated", timeout_ms: 60, tries: 20 } as const;
  const days = await Promise.all(
    [undefined, uartDevice(address, line)].map(async (device) => {
      const node = await rig({ scenario: "hil/desk-day", hours: 12, device });
      await node.wakeAfter(node.end_s);
      await node.close();
      return { digest: node.digest, records: node.deeds.records, steps: node.deeds.steps };
    }),
  );
  assert.deepEqual(days[1], days[0]);
});

/** A program in JavaScript that answers the first request with this expression. */
const peer = (answer: string) => () =>
  spawn(process.execPath, ["-e", `process.stdin.once("data", (ask) => {${answer}})`], {
    stdio: ["pipe", "pipe", "inherit"],
  });

const start = (device: ReturnType<typeof processDevice>) =>
  rig({ scenario: "hil/desk-day", device });

test("a program that ends, or says nothing, is named", async () => {
  const ends = processDevice("node", peer("process.exit(7)"));
  await assert.rejects(start(ends), /^DeviceError: node is gone: it ended with exit code 7$/);
  const silent = processDevice("node", peer(""), { timeout_ms: 50, tries: 2 });
  await assert.rejects(start(silent), /^DeviceError: node does not answer \(0\.1 s, 2 tries\)$/);
  const absent = processDevice("node", () => spawn("there-is-no-such-program"));
  await assert.rejects(start(absent), /^DeviceError: node is gone: .*ENOENT/);
});

test("a program of another layout is refused before anything is asked of it", async () => {
  const payload = new Uint8Array(8);
  new DataView(payload.buffer).setUint32(0, LAYOUT_HASH ^ 1, true);
  const frame = JSON.stringify([...encodeFrame({ sequence: 1, payload })]);
  const other = processDevice("node", peer(`process.stdout.write(Buffer.from(${frame}))`));
  await assert.rejects(start(other), /^DeviceError: node has layout 0x.*build both from one/);
});

test("a serial line without its package says how to get it", async () => {
  const device = uartDevice("/dev/ttyACM7");
  await assert.rejects(
    start(device),
    /\/dev\/ttyACM7: .*npm install serialport@13|cannot be opened/,
  );
});
