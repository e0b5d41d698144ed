// build/moddable: what a Moddable app includes. Each module is one file without imports of ours, so
// that nothing depends on how its build resolves paths; the native core is one C file without
// headers of ours. The manifests are host/moddable's as they stand: their paths mean this folder.

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildSync } from "esbuild";
import { readPart, readScenario } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { compileProfile } from "../../host/core/profile.js";
import { buildPath, projectPath } from "./paths.js";

/** Names of the modules' files in build/moddable, and where they come from. */
const MODULES = {
  moddable: "host/moddable/index.ts",
  parts: "host/parts/index.ts",
  native: "host/moddable/native_core.ts",
};

export const MANIFESTS = ["manifest.json", "manifest_js.json", "manifest_modules.json"];

const HEADER_FOLDERS = ["host/c/", "build/c/"];

/** `source` with our own headers in place of their #include, each once. */
function withHeaders(source: string, seen = new Set<string>()): string {
  return source.replace(/^#include "(.*)"\n/gm, (_, name: string) => {
    if (seen.has(name)) return "";
    seen.add(name);
    const path = HEADER_FOLDERS.map((folder) => projectPath(folder + name)).find(existsSync);
    if (path === undefined) throw new Error(`build/moddable: no header ${name}`);
    return withHeaders(readFileSync(path, "utf8"), seen);
  });
}

/** One C file: headers, the functions that FFI calls, the core. */
function nativeSource(): string {
  const parts = [projectPath("host/moddable/native/tfmb_native.c"), buildPath("c/core.c")];
  return withHeaders(parts.map((path) => readFileSync(path, "utf8")).join("\n"));
}

/** The profile of the example: the default scenario on the board with a NEH7100. */
function exampleProfile(): Uint8Array {
  const root = projectPath("boards");
  const board = readPart(root, "board", "nrf52840-neh7100");
  return compileProfile(resolveProfile({ ...readScenario(root, "default-year"), board }));
}

export function buildModdable(): void {
  const folder = buildPath("moddable/");
  mkdirSync(folder, { recursive: true });
  for (const [name, entry] of Object.entries(MODULES)) {
    buildSync({
      entryPoints: [projectPath(entry)],
      outfile: `${folder}${name}.js`,
      bundle: true,
      format: "esm",
      target: "es2022",
      external: ["mc/ffi"],
      logLevel: "warning",
    });
  }
  copyFileSync(buildPath("core.mjs"), `${folder}core.js`);
  writeFileSync(`${folder}profile.bin`, exampleProfile());
  writeFileSync(`${folder}tfmb_native.c`, nativeSource());
  for (const name of MANIFESTS) copyFileSync(projectPath(`host/moddable/${name}`), folder + name);
}
