// What the published package holds, from the built core: dist/index.js with its types, the core as
// wasm and as JavaScript, the Moddable adapter, and the rig.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { buildSync } from "esbuild";
import { buildPath, projectPath, projectRoot } from "./build/paths.js";

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
  const files = ["host/core/index.ts", "host/moddable/battery.ts", "host/hil/index.ts"];
  const strict = ["--strict", "--noUncheckedIndexedAccess", "--skipLibCheck"];
  const kind = ["--target", "es2022", "--module", "preserve", "--moduleResolution", "bundler"];
  const all = [tsc, ...output, ...place, ...strict, ...kind, "--types", "node", ...files];
  execFileSync(process.execPath, [...all, "--ignoreConfig"], {
    cwd: projectRoot,
    stdio: "inherit",
  });
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
bundle("host/core/index.ts", "index.js");
bundle("host/moddable/battery.ts", "moddable.js");
bundle("host/hil/index.ts", "hil.js", "node");
types();
for (const name of ["core.wasm", "core.js", "core.mjs"])
  copyFileSync(buildPath(name), `${DIST}/${name}`);
