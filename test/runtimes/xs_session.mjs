// Scripts in one XS machine.
// Request on stdin:  {"vector": path, "scripts": [text, ...]}
// Answer on stdout:  {"lines": [text, ...], "compute": [XS meter of each script, ...]}
// In the scripts tfmb_print(line) prints and tfmb_words is the vector as a Uint32Array.

import fs from "node:fs";
import process from "node:process";
import { text } from "node:stream/consumers";
import { TextDecoder } from "node:util";
import { startMachine } from "./xs_machine.mjs";

const PRELUDE = `
var tfmb_words = new Uint32Array(issueCommand(new ArrayBuffer(0)));
function tfmb_print(line) {
  issueCommand(new TextEncoder().encode(line).buffer);
}
`;

const request = JSON.parse(await text(process.stdin));
const lines = [];

/** An empty message asks for the vector, any other is a line to print. */
function heard(message) {
  if (message.length === 0) return new Uint8Array(fs.readFileSync(request.vector));
  lines.push(new TextDecoder().decode(message));
  return new Uint8Array();
}

const worker = await startMachine(heard);
const compute = [];
await worker.evaluate(PRELUDE);
for (const script of request.scripts) {
  const result = await worker.evaluate(script);
  compute.push(result.meterUsage.compute);
}
await worker.close();
process.stdout.write(JSON.stringify({ lines, compute }));
