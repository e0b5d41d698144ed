// What every runner of this folder has in common: what it is asked, what it answers, and the
// script text that an engine has to load, in this order, to replay a golden vector.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SIGNATURES } from "../../host/core/abi.js";

export interface ConformanceOptions {
  /** The core as made by wasm2js: a script with the one global function tfmb_core(). */
  coreJs: string;
  /** The golden vector: little-endian 32-bit words. */
  vector: string;
}

export interface ConformanceResult {
  /** False: the engine is not on this machine. */
  available: boolean;
  /** The command that would bring it. */
  missing?: string;
  /** All that the engine printed; its last line is the verdict. */
  output: string;
  identical: boolean;
  /** How many steps were run; 0 unless identical. */
  steps: number;
}

/** Brings XS and QuickJS: their packages are pinned in test/runtimes/package.json. */
export const INSTALL_ENGINES = "npm ci --prefix test/runtimes";

/** The core's exports in the order of the layout table. */
const NAMES = SIGNATURES.map((signature) => signature.name);

/** Script text that makes the driver's core object of an instance of the wasm2js core. */
export function adapterCall(instance: string): string {
  return `tfmb_adapter(${instance}, ${JSON.stringify(NAMES)})`;
}

/** The call that ends in the verdict; `words` and `print` are expressions of the engine's own. */
export function replayCall(words: string, print: string): string {
  return `tfmb_conformance(${adapterCall("tfmb_core()")}, ${words}, ${print});\n`;
}

export function besideThis(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Polyfill and driver: what comes before the core, or before a core that is not JavaScript. */
export function driverSource(): string {
  return ["polyfill.js", "conformance.js"].map((name) => read(besideThis(name))).join("\n");
}

export function read(path: string): string {
  return readFileSync(path, "utf8");
}

/** The words of a vector file, in memory of their own. */
export function readWords(path: string): Uint32Array {
  const bytes = readFileSync(path);
  if (bytes.length % 4 !== 0) {
    throw new Error(`${path}: ${bytes.length} bytes are not whole 32-bit words; is it damaged?`);
  }
  const words = new Uint32Array(bytes.length / 4);
  new Uint8Array(words.buffer).set(bytes);
  return words;
}

export function absent(missing: string): ConformanceResult {
  return { available: false, missing, output: "", identical: false, steps: 0 };
}

/** Reads the verdict: the last line counts, and anything but `identical` is a disagreement. */
export function verdict(output: string): ConformanceResult {
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  const match = /^conformance: identical steps=(\d+) checks=\d+$/.exec(last);
  return { available: true, output, identical: match !== null, steps: Number(match?.[1] ?? 0) };
}

export interface ProcessResult {
  /** False: there is no such command. */
  found: boolean;
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The verdict of an engine in a process of its own; a failed process is never identical. */
export function processVerdict(result: ProcessResult): ConformanceResult {
  const read = verdict(result.stdout + result.stderr);
  return result.code === 0 ? read : { ...read, identical: false, steps: 0 };
}

/** Runs a command to its end and keeps what it prints. */
export function runProcess(command: string, args: string[], stdin = ""): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "pipe" });
    const result: ProcessResult = { found: true, code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (result.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (result.stderr += text));
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") resolve({ ...result, found: false });
      else reject(error);
    });
    child.on("close", (code) => resolve({ ...result, code }));
    // A child that ends before it has read everything is judged by its exit code, not by EPIPE.
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
  });
}
