// What the module costs on Espruino: bytes of its files, RAM, and a step on the blob.
//
// RAM is an estimate: the interpreter's variables of 13 bytes (boards of 2048 to 8191 of them) that
// its own rules (src/jsvar.h) give for what is alive after a day of the example on the mocked
// board, code and constants left in flash as in a module that is loaded from Storage.

import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { parse } from "acorn";
import { blobImage, runBlob } from "../../../test/conformance/blob_target.js";
import {
  evaluate,
  example,
  flashed,
  newDevice,
  profileBytes,
} from "../../../test/host/espruino/fixture.js";
import { live, start } from "../../../test/host/espruino/life.js";
import { buildBlob } from "../../build/espruino_blob.js";
import { CHIPS } from "../../build/images.js";
import { buildPath, projectPath } from "../../build/paths.js";
import { type Measurement } from "../report.js";
import { MANY } from "./count.js";
import { BASIS, instructions_J } from "./energy.js";

const VARIABLE_BYTES = 13;
/** Characters of a name in its first variable, and in each further one. */
const NAME_FIRST = 4;
const NAME_FURTHER = 9;
const STRING_FIRST = 8;

const further = (length: number, first: number) =>
  Math.max(0, Math.ceil((length - first) / NAME_FURTHER));
const nameVariables = (name: string) => 1 + further(name.length, NAME_FIRST);

/** A function: itself, its code as a string in flash and its name, its scope, parameters. */
const functionVariables = (parameters: number) => 4 + parameters;

/** What Espruino makes only when it is asked for. */
const HIDDEN = new Set(["length", "name", "arguments", "caller", "prototype", "constructor"]);

/** The prototype of a class of the module; undefined for those of the engine. */
function ownPrototype(value: object): object | undefined {
  const prototype = Object.getPrototypeOf(value) as { constructor?: unknown } | null;
  if (typeof value !== "object" || typeof prototype?.constructor !== "function") return undefined;
  const text = Function.prototype.toString.call(prototype.constructor);
  return text.includes("[native code]") ? undefined : prototype;
}

/** Variables of a value and of all that it alone keeps alive. */
function variablesOf(value: unknown, seen: Set<unknown>): number {
  if (typeof value === "string") return 1 + further(value.length, STRING_FIRST);
  if (typeof value === "number") return 1;
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return 0;
  if (seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    // the view, the buffer, and its bytes in one piece
    const buffer = value.buffer as ArrayBuffer;
    const known = seen.has(buffer);
    seen.add(buffer);
    return 1 + (known ? 0 : 2 + Math.ceil(buffer.byteLength / VARIABLE_BYTES));
  }
  const own = typeof value === "function" ? functionVariables(value.length) : 1;
  const prototype = ownPrototype(value);
  const inherited = prototype && prototype !== value ? variablesOf(prototype, seen) : 0;
  const names = Object.getOwnPropertyNames(value).filter((name) => !HIDDEN.has(name));
  return names.reduce(
    (sum, name) =>
      sum + nameVariables(name) + variablesOf((value as Record<string, unknown>)[name], seen),
    own + inherited,
  );
}

/** What the file declares outside functions: names, and functions. */
function topLevelVariables(text: string): number {
  let count = 0;
  for (const node of parse(text, { ecmaVersion: 5 }).body) {
    if (node.type === "FunctionDeclaration") {
      count += nameVariables(node.id.name) + functionVariables(node.params.length);
    } else if (node.type === "VariableDeclaration") {
      count += 2 * node.declarations.length;
    }
  }
  return count;
}

/** RAM of the module with so many hypotheses; what the application gave it is not counted. */
export function ramOf(module: string, hypotheses: number) {
  const device = newDevice(flashed(profileBytes({ hypotheses })));
  const battery = start(device, example("mdbt42q"), evaluate)!;
  live(device, 86400);
  const given = Object.values(battery).filter(
    (value) => typeof value === "object" && ("divider" in value || "voltage" in value),
  ) as { journal?: unknown }[];
  const seen = new Set<unknown>(given);
  const journals = given.map(({ journal }) => variablesOf(journal, seen));
  const alive = journals.reduce((sum, count) => sum + count, variablesOf(battery, seen));
  const state_bytes = device.native.stateBytes();
  const variables = topLevelVariables(module) + alive;
  return { variables, bytes: variables * VARIABLE_BYTES, state_bytes };
}

/** Median instructions of the golden vector's steps on the complete blob, to one tick of 40. */
function stepInstructions(): number {
  const elf = blobImage(
    "count_blob",
    "flash",
    4,
    [projectPath("test/conformance/c/conformance.c")],
    ["-DBLOB_COUNT"],
    // the vector has a node that the module's core refuses
    "complete",
  );
  const folder = buildPath("bench/blob");
  mkdirSync(folder, { recursive: true });
  copyFileSync(projectPath("test/conformance/golden.bin"), `${folder}/golden.bin`);
  const { output } = runBlob(elf, folder);
  const ticks = [...output.matchAll(/^ticks (\d+)$/gm)].map(([, count]) => Number(count));
  if (ticks.length === 0) throw new Error(`the blob counted nothing: ${output.slice(-200)}`);
  ticks.sort((a, b) => a - b);
  return ticks[ticks.length >> 1]! * CHIPS.m4f.instructionsPerTick;
}

export function espruinoMetrics(): Measurement[] {
  const module = readFileSync(buildPath("espruino/tfmb.min.js"), "utf8");
  const blob_bytes = buildBlob().bytes.length;
  const [one, many] = [ramOf(module, 1), ramOf(module, MANY)];
  const instructions = stepInstructions();
  const of = "golden vector on the complete blob in QEMU, median";
  return [
    {
      name: "espruino_file_bytes",
      value: module.length + blob_bytes,
      unit: "B",
      of:
        `two files: module ${module.length}, core ${blob_bytes} raw, since it runs where it ` +
        "lies; the core alone leaves no room for the module",
    },
    {
      name: "espruino_ram_bytes",
      value: one.bytes,
      unit: "B",
      of:
        `estimate, one hypothesis: ${one.variables} variables of ${VARIABLE_BYTES} B, among them ` +
        `the state of ${one.state_bytes} B`,
    },
    {
      name: "espruino_ram_default_hypotheses_bytes",
      value: many.bytes,
      unit: "B",
      of: `the same with ${MANY} hypotheses, state ${many.state_bytes} B`,
    },
    { name: "espruino_step_instructions", value: instructions, unit: "1", of },
    {
      name: "espruino_step_energy_nJ",
      value: instructions_J(instructions) * 1e9,
      unit: "nJ",
      of: `the blob alone, not the interpreter around it; ${BASIS}`,
    },
  ];
}
