// Builds every form of the core from the one AssemblyScript source:
//
//   core.debug.wasm   asserts and names kept: tests, golden vectors
//   core.wasm         the release: every other form is made from it
//   core.js           wasm2js, ES5, minified, memory cut to size: JavaScript engines without wasm
//   c/core.c, core.h  wasm2c: microcontrollers
//   moddable/         manifests, modules and C file for Moddable
//   espruino/         the module, the core as a blob of Thumb code beside it, and drivers of parts
//   core.f64.wasm     the same core in double precision: tests only
//   images/*/node.*   the rig's node for emulated chips, where there is a compiler for them

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readTable } from "./abi/table.js";
import { assemblyView } from "./abi/assembly_view.js";
import { type Bank, adaptCoreC, constantsAt, planHeader, readBank } from "./build/core_c.js";
import { coreJs } from "./build/core_js.js";
import { buildRelease, ship } from "./build/core_wasm.js";
import { buildEspruino } from "./build/espruino.js";
import { buildEspruinoParts } from "./build/espruino_parts.js";
import {
  ARM_GCC,
  ARM_PACKAGES,
  CHIPS,
  RP2040,
  buildNodeImage,
  isInstalled,
} from "./build/images.js";
import { buildModdable } from "./build/moddable.js";
import { buildPath, command, projectPath, projectRoot } from "./build/paths.js";
import { buildReport } from "./report/bundle.js";

/** Room behind the static memory plan in core.js when its user asks for no other size, bytes. */
const PROFILE_ROOM = 1536;

function run(name: string, args: string[], cwd = projectRoot): void {
  execFileSync(process.execPath, [command(name), ...args], { cwd, stdio: "inherit" });
}

function bankOf(areasEnd: number, word?: number): Bank {
  const source = readFileSync(projectPath("assembly/gauge/hypothesis.ts"), "utf8");
  return readBank(source, areasEnd, word);
}

function checkMemoryBase(): void {
  const config = JSON.parse(readFileSync(projectPath("asconfig.json"), "utf8")) as {
    options: { memoryBase: number };
  };
  const base = constantsAt(bankOf(readTable().areasEnd));
  if (config.options.memoryBase !== base) {
    throw new Error(
      `asconfig.json: options.memoryBase = ${config.options.memoryBase} must be ${base}, ` +
        "the end of the bank behind the areas of assembly/abi.txt",
    );
  }
}

function buildWasm(): void {
  run("asc", ["--config", "asconfig.json", "--target", "debug"]);
  // names are kept in a twin: they tell the footprint bench and the C code which room is which
  buildRelease("assembly/index.ts", buildPath("core.named.wasm"));
  ship(buildPath("core.named.wasm"), buildPath("core.wasm"));
  buildRelease("assembly/index.ts", buildPath("core.rest.wasm"), true);
}

/** End of the static memory plan, bytes, as the core itself says. */
function planEnd(): number {
  const core = new WebAssembly.Instance(
    new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm")))),
  );
  return (core.exports.profile_at as () => number)();
}

function buildJavaScript(): void {
  run("wasm2js", ["-Oz", buildPath("core.wasm"), "-o", buildPath("core.wasm2js.mjs")]);
  const text = coreJs(
    readFileSync(buildPath("core.wasm2js.mjs"), "utf8"),
    planEnd() + PROFILE_ROOM,
    readTable().exports.map((entry) => entry.name),
  );
  writeFileSync(buildPath("core.js"), text);
  writeFileSync(buildPath("core.mjs"), `${text}export { tfmb_core };\n`);
}

/** C of a wasm with names, into a folder of build/. */
function translate(named: string, folder: string): void {
  mkdirSync(buildPath(folder), { recursive: true });
  run("wasm2c", [buildPath(named), "-n", "core", "-o", buildPath(`${folder}/core.c`)]);
  adaptCoreC(buildPath(`${folder}/core.c`));
}

function buildC(): void {
  translate("core.named.wasm", "c");
  translate("core.rest.wasm", "c_rest");
  const bank = bankOf(readTable().areasEnd);
  writeFileSync(buildPath("c/tfmb_plan.h"), planHeader(planEnd(), PROFILE_ROOM, bank));
}

/** The same source with one line replaced, and the layout that follows from it. */
function buildDouble(): void {
  const folder = buildPath("f64");
  rmSync(folder, { recursive: true, force: true });
  cpSync(projectPath("assembly"), `${folder}/assembly`, { recursive: true });
  const real = `${folder}/assembly/math/real.ts`;
  const source = readFileSync(real, "utf8");
  const changed = source.replace("export type real = f32;", "export type real = f64;");
  if (changed === source)
    throw new Error("assembly/math/real.ts: `export type real = f32;` not found");
  writeFileSync(real, changed);
  const table = readTable(8);
  writeFileSync(`${folder}/assembly/abi.ts`, assemblyView(table));
  run("asc", [
    `${folder}/assembly/index.ts`,
    "-o",
    buildPath("core.f64.wasm"),
    "--runtime",
    "stub",
    "-O2",
    "--use",
    "abort=",
    "--use",
    "UNDER_LOAD=1",
    "--memoryBase",
    String(constantsAt(bankOf(table.areasEnd, 8))),
    "--initialMemory",
    "1",
    "--maximumMemory",
    "1",
  ]);
}

mkdirSync(buildPath(""), { recursive: true });
checkMemoryBase();
buildWasm();
buildJavaScript();
buildC();
buildModdable();
buildEspruinoParts();
buildDouble();
if (isInstalled(ARM_GCC)) {
  buildEspruino();
  [RP2040, CHIPS.m0plus].forEach(buildNodeImage);
} else {
  console.log(`no Espruino module, no images of the rig: they need ${ARM_PACKAGES}`);
}
buildReport(buildPath("report.js"));
