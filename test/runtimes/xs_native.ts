// Conformance of the C core on XS: xs_native/host.c, an XS machine with the core linked in, made
// from the object files that npm built for xsnap. The driver is the same JavaScript; only the
// core behind its four functions is native.

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SIGNATURES } from "../../host/core/abi.js";
import {
  INSTALL_ENGINES,
  absent,
  besideThis,
  processVerdict,
  read,
  runProcess,
  type ConformanceOptions,
  type ConformanceResult,
} from "./engine.js";

export interface NativeOptions extends ConformanceOptions {
  /** Folder of wasm-rt.h, what wasm2c output needs around it; by default the project's. */
  runtimeHeader?: string;
}

export const XSNAP = besideThis("node_modules/@agoric/xsnap/");
const BUILD = besideThis("../../build/runtimes/");
const PLATFORM = process.platform === "darwin" ? "mac" : "lin";
export const OBJECTS = join(XSNAP, `xsnap-native/xsnap/build/tmp/${PLATFORM}/release/xsnap-worker`);
const MAKEFILE = join(XSNAP, `xsnap-native/xsnap/makefiles/${PLATFORM}/xsnap-worker.mk`);

/** xsnap's own main program and the globals that it alone defines. */
const LEFT_OUT = ["xsnap-worker.o", "textdecoder.o", "textencoder.o", "modBase64.o"];

export const INCLUDES = [
  "moddable/xs/includes",
  "moddable/xs/platforms",
  "moddable/xs/sources",
  "xsnap-native/xsnap/sources",
];

/** The switches that the object files were built with: the layout of xsMachine hangs on them. */
export function switches(): string[] {
  const mx = read(MAKEFILE).match(/-[DU]mx\w+(=\w+)?/g) ?? [];
  // mxSnapshotRandomInit is in the makefile for a build variable that npm's build does not set.
  const used = mx.filter((text) => text !== "-DmxSnapshotRandomInit");
  return ["-DINCLUDE_XSPLATFORM", '-DXSPLATFORM="xsnapPlatform.h"', ...used];
}

export function objectFiles(): string[] {
  return readdirSync(OBJECTS)
    .filter((name) => name.endsWith(".o") && !LEFT_OUT.includes(name))
    .map((name) => join(OBJECTS, name));
}

/** The cases of the switch in host.c: argument words in, result word out. */
function coreCalls(): string {
  return SIGNATURES.map(({ name, args, result }, fn) => {
    const words = args.map((type, i) => (type === "f32" ? `float_of(a[${i}])` : `a[${i}]`));
    const call = `w2c_core_${name}(${["&core", ...words].join(", ")})`;
    return `case ${fn}: return ${result === "f32" ? `bits_of(${call})` : call};\n`;
  }).join("");
}

/** Compiles and links; undefined if there is no C compiler. */
async function build(options: NativeOptions): Promise<string | undefined> {
  const coreFolder = join(dirname(options.coreJs), "c");
  const host = join(BUILD, "xs_native");
  const coreObject = join(BUILD, "xs_native_core.o");
  const folders = [BUILD, coreFolder, options.runtimeHeader ?? besideThis("../../host/c")];
  // Bounds checks on: an access outside the core's memory ends the run instead of going unseen.
  const core = ["-DTFMB_CHECKED", ...folders.map((folder) => `-I${folder}`)];
  const xs = INCLUDES.map((folder) => `-I${join(XSNAP, folder)}`);
  mkdirSync(BUILD, { recursive: true });
  writeFileSync(join(BUILD, "core_calls.inc"), coreCalls());
  const commands = [
    // wasm2c's code has no fused multiply-add in its meaning, and a compiler must not add it.
    ["-O2", "-ffp-contract=off", "-w", ...core, "-c", join(coreFolder, "core.c"), "-o", coreObject],
    ["-O2", "-w", ...switches(), ...xs, ...core, besideThis("xs_native/host.c"), coreObject].concat(
      objectFiles(),
      ["-ldl", "-lm", "-lpthread", "-o", host],
    ),
  ];
  for (const args of commands) {
    const result = await runProcess("gcc", args);
    if (!result.found) return undefined;
    if (result.code !== 0) throw new Error(`gcc ${args.join(" ")}\n${result.stderr}`);
  }
  return host;
}

/** By core: runs that begin together share it, for a program that runs cannot be written. */
const builds = new Map<string, Promise<string | undefined>>();

function built(options: NativeOptions): Promise<string | undefined> {
  const { coreJs } = options;
  const already = builds.get(coreJs);
  if (already !== undefined) return already;
  const host = build(options);
  builds.set(coreJs, host);
  return host;
}

export async function run(options: NativeOptions): Promise<ConformanceResult> {
  if (!existsSync(OBJECTS)) return absent(INSTALL_ENGINES);
  const host = await built(options);
  if (!host) return absent("apt-get install build-essential");
  const scripts = ["polyfill.js", "conformance.js", "xs_native/replay.js"].map(besideThis);
  const result = await runProcess(host, [options.vector, ...scripts]);
  return processVerdict(result);
}
