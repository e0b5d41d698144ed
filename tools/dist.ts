// What the published package holds, from the built core: dist/index.js with its types, the core
// as wasm and as JavaScript, the Moddable adapter, the drivers, the rig, the C core as an Arduino
// library, and what Espruino takes where it was built. (build/moddable, what a Moddable app
// includes, is in the package as it is built; the tfmb command is a checkout's own.)

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { buildSync } from "esbuild";
import { checkBuilt } from "./build/built.js";
import { buildPath, projectPath, projectRoot } from "./build/paths.js";
import { libraryFiles } from "./firmware/c_firmware.js";

const DIST = projectPath("dist");

/** Bundles an entry; of Node's own modules the rig alone uses some. */
function bundle(entry: string, name: string, platform: "browser" | "node" = "browser"): void {
  buildSync({
    platform,
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
  const place = ["--outDir", `${DIST}/types`, "--rootDir", projectRoot];
  const files = ["core", "moddable", "parts", "hil"].map((name) => `host/${name}/index.ts`);
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

try {
  checkBuilt();
} catch (error) {
  console.error(`dist: ${(error as Error).message}`);
  process.exit(2);
}
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
bundle("host/core/index.ts", "index.js");
bundle("host/moddable/index.ts", "moddable.js");
bundle("host/parts/index.ts", "parts.js");
bundle("host/hil/index.ts", "hil.js", "node");
types();
arduino();
for (const name of ["core.wasm", "core.js", "core.mjs"])
  copyFileSync(buildPath(name), `${DIST}/${name}`);
mkdirSync(`${DIST}/espruino`);
for (const name of ["tfmb.js", "tfmb.min.js", "tfmb.bin"]) {
  const built = buildPath(`espruino/${name}`);
  if (existsSync(built)) copyFileSync(built, `${DIST}/espruino/${name}`);
}
