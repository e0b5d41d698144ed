// A core in XS as a device of the rig: frames on stdin and stdout (docs/HIL.md), one XS machine
// behind them.
// Argument: a script that defines tfmb_device.answer(request) (host/hil/wire/answer_script.ts).

import fs from "node:fs";
import process from "node:process";
import { startMachine } from "./xs_machine.mjs";

const HEAD = 5;
const TAIL = 4;

let request = new Uint8Array();
let answer = new Uint8Array();

/** An empty message asks for the request, any other is the answer. */
function exchange(message) {
  if (message.length === 0) return request;
  answer = message.slice();
  return new Uint8Array();
}

const worker = await startMachine(exchange);
await worker.evaluate(fs.readFileSync(process.argv[2], "utf8"));

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function frameOf(sequence, payload) {
  const frame = Buffer.alloc(HEAD + payload.length + TAIL);
  frame.set([0xa5, 0x5a, sequence]);
  frame.writeUInt16LE(payload.length, 3);
  frame.set(payload, HEAD);
  frame.writeUInt32LE(crc32(frame.subarray(2, HEAD + payload.length)), HEAD + payload.length);
  return frame;
}

/** A pipe damages nothing: frames follow each other, and each is asked once. */
let waiting = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  waiting = Buffer.concat([waiting, chunk]);
  while (waiting.length >= HEAD && waiting.length >= HEAD + waiting.readUInt16LE(3) + TAIL) {
    const length = waiting.readUInt16LE(3);
    request = new Uint8Array(waiting.subarray(HEAD, HEAD + length));
    const sequence = waiting[2];
    waiting = waiting.subarray(HEAD + length + TAIL);
    await worker.evaluate(
      "issueCommand(tfmb_device.answer(new Uint8Array(issueCommand(new ArrayBuffer(0)))).buffer);",
    );
    process.stdout.write(frameOf(sequence, answer));
  }
}
await worker.close();
