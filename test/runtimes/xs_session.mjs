// One XS machine, in a process of its own: @endo/init, which xsnap needs, freezes the intrinsics
// of the process that loads it, and that must not be the test runner's.
// Request on stdin:  {"vector": path, "scripts": [text, ...]}
// Answer on stdout:  {"lines": [text, ...], "compute": [XS meter of each script, ...]}
// In the scripts tfmb_print(line) prints and tfmb_words is the vector as a Uint32Array.

import "@endo/init";
import { xsnap } from "@agoric/xsnap";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import process from "node:process";
import { text } from "node:stream/consumers";
import { TextDecoder } from "node:util";

const PRELUDE = `
var tfmb_words = new Uint32Array(issueCommand(new ArrayBuffer(0)));
function tfmb_print(line) {
  issueCommand(new TextEncoder().encode(line).buffer);
}
`;

const request = JSON.parse(await text(process.stdin));
const lines = [];

/** An empty message asks for the vector, any other is a line to print. */
async function handleCommand(message) {
  if (message.length === 0) return new Uint8Array(fs.readFileSync(request.vector));
  lines.push(new TextDecoder().decode(message));
  return new Uint8Array();
}

const worker = await xsnap({
  os: os.type(),
  spawn,
  fs: { ...fs, ...fs.promises },
  name: "tfmb",
  handleCommand,
  meteringLimit: 0,
  stderr: "inherit",
});
const compute = [];
await worker.evaluate(PRELUDE);
for (const script of request.scripts) {
  const result = await worker.evaluate(script);
  compute.push(result.meterUsage.compute);
}
await worker.close();
process.stdout.write(JSON.stringify({ lines, compute }));
