// What `npm run build` leaves, for everything that needs it: a file that is there, or one line that
// says how it comes.

import { existsSync, readFileSync } from "node:fs";
import { buildPath } from "./paths.js";

/** A file of the build is missing; the message is one line. */
export class NotBuiltError extends Error {
  override readonly name = "NotBuiltError";
}

/** Forms of the core, in the order of the build: with the last one all are there. */
const CORES = ["core.wasm", "core.js", "c/core.c", "core.f64.wasm"];

/** Absolute path of a built file. Throws NotBuiltError where it is not there. */
export function builtPath(name: string): string {
  const path = buildPath(name);
  if (existsSync(path)) return path;
  throw new NotBuiltError(`build/${name} is missing; run npm run build`);
}

/** For what needs several forms of the core. Throws NotBuiltError, also after half a build. */
export const checkBuilt = (): void => CORES.forEach((name) => builtPath(name));

/** The release core, to be started as often as one likes. Throws NotBuiltError. */
export const coreModule = (): WebAssembly.Module =>
  new WebAssembly.Module(new Uint8Array(readFileSync(builtPath("core.wasm"))));
