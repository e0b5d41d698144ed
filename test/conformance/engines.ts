// Every engine that must give the same bits, behind one question: what do you make of this vector?

import { buildPath } from "../../tools/build/paths.js";
import * as browser from "../runtimes/browser.js";
import * as duktape from "../runtimes/duktape.js";
import { type ConformanceResult } from "../runtimes/engine.js";
import * as nodeWasm from "../runtimes/node_wasm.js";
import * as nodeWasm2js from "../runtimes/node_wasm2js.js";
import * as quickjs from "../runtimes/quickjs.js";
import * as xs from "../runtimes/xs.js";
import * as xsNative from "../runtimes/xs_native.js";
import { blobTarget } from "./blob_target.js";
import { cTargets } from "./c_targets.js";

export interface Engine {
  name: string;
  /** False: another build of an engine that is counted already. */
  counts: boolean;
  run(vector: string): Promise<ConformanceResult>;
}

const coreJs = buildPath("core.js");
const coreWasm = buildPath("core.wasm");

export const engines: Engine[] = [
  {
    name: "Node, release wasm",
    counts: true,
    run: (vector) => nodeWasm.run({ coreJs, coreWasm, vector }),
  },
  {
    name: "Node, wasm2js",
    counts: true,
    run: (vector) => nodeWasm2js.run({ coreJs, vector }),
  },
  {
    name: "Chromium, release wasm",
    counts: true,
    run: (vector) => browser.run({ coreJs, coreWasm, vector }),
  },
  {
    name: "XS, wasm2js",
    counts: true,
    run: (vector) => xs.run({ coreJs, vector }),
  },
  {
    name: "XS, native C",
    counts: true,
    run: (vector) => xsNative.run({ coreJs, vector }),
  },
  {
    name: "QuickJS, wasm2js",
    counts: true,
    run: (vector) => quickjs.run({ coreJs, vector }),
  },
  {
    name: "Duktape, wasm2js",
    counts: true,
    run: (vector) => duktape.run({ coreJs, vector }),
  },
  ...cTargets,
  blobTarget("flash", true),
  blobTarget("RAM", false),
];
