// What the published package holds, from the built core: dist/index.js with its types, the core as
// wasm and as JavaScript, the Moddable adapter, the C core as an Arduino library.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { buildSync } from "esbuild";
import { buildPath, projectPath, projectRoot } from "./build/paths.js";
import { libraryFiles } from "./firmware/c_firmware.js";

const DIST = projectPath("dist");

/** Bundles host/ for Node and browsers; nothing outside it is needed at run time. */
function bundle(entry: string, name: string): void {
  buildSync({
    entryPoints: [projectPath(entry)],
    outfile: `${DIST}/${name}`,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
}

function types(): void {
  const tsc = projectPath("node_modules/typescript/bin/tsc");
  const output = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly"];
  const place = ["--outDir", `${DIST}/types`, "--rootDir", projectPath("host")];
  const files = ["host/core/index.ts", "host/moddable/battery.ts"];
  const strict = ["--strict", "--noUncheckedIndexedAccess", "--skipLibCheck"];
  const kind = ["--target", "es2022", "--module", "preserve", "--moduleResolution", "bundler"];
  const all = [tsc, ...output, ...place, ...strict, ...kind, "--types", "node", ...files];
  execFileSync(process.execPath, [...all, "--ignoreConfig"], {
    cwd: projectRoot,
    stdio: "inherit",
  });
}

/** The folder that the Arduino IDE takes: library.properties, and all sources in src. */
function arduino(): void {
  const folder = `${DIST}/arduino/tfmb`;
  mkdirSync(`${folder}/src`, { recursive: true });
  copyFileSync(projectPath("host/c/arduino/library.properties"), `${folder}/library.properties`);
  for (const [name, text] of Object.entries(libraryFiles())) {
    writeFileSync(`${folder}/src/${name}`, text);
  }
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
bundle("host/core/index.ts", "index.js");
bundle("host/moddable/battery.ts", "moddable.js");
types();
arduino();
for (const name of ["core.wasm", "core.js", "core.mjs"])
  copyFileSync(buildPath(name), `${DIST}/${name}`);
