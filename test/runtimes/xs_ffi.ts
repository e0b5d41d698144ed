// Runs a script in XS with the native core behind XS FFI, as host/moddable/manifest.json declares
// it: glue made of the manifest, the one C file of build/moddable, XS from the objects of xsnap.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildPath, projectPath } from "../../tools/build/paths.js";
import { INSTALL_ENGINES, besideThis, runProcess } from "./engine.js";
import { INCLUDES, OBJECTS, XSNAP, objectFiles, switches } from "./xs_native.js";

interface Ffi {
  sources: string[];
  functions: Record<string, { arguments: string[]; returns: string }>;
}

/** How C takes an argument of XS, by the type in the manifest; what is missing here is not used. */
const FROM_XS: Record<string, (argument: string) => string> = {
  uint32_t: (argument) => `(uint32_t)xsToNumber(${argument})`,
  "uint8_t*": (argument) => `(uint8_t *)xsToArrayBuffer(${argument})`,
};

const ffi = (): Ffi =>
  (JSON.parse(readFileSync(projectPath("host/moddable/manifest.json"), "utf8")) as { ffi: Ffi })
    .ffi;

/** Prototypes, as the manifest has them: the compiler compares them with the C file. */
function prototypes(): string {
  return Object.entries(ffi().functions)
    .map(([name, of]) => `${of.returns} ${name}(${of.arguments.join(", ") || "void"});\n`)
    .join("");
}

function glue(): string {
  const functions = Object.entries(ffi().functions);
  const bodies = functions.map(([name, of]) => {
    const values = of.arguments.map((type, i) => {
      const take = FROM_XS[type];
      if (take === undefined) throw new Error(`manifest.json: ffi: ${name}: type ${type} is new`);
      return take(`xsArg(${i})`);
    });
    const call = `${name}(${values.join(", ")})`;
    const result = of.returns === "void" ? `${call};` : `xsResult = xsNumber(${call});`;
    return `static void glue_${name}(xsMachine *the) { ${result} }\n`;
  });
  const definitions = functions.map(([name, of]) => {
    const made = `xsResult = xsNewHostFunction(glue_${name}, ${of.arguments.length});`;
    return `${made} xsDefine(xsVar(0), xsID("${name}"), xsResult, xsDefault);\n`;
  });
  const define = `static void define_ffi(xsMachine *the) {\n${definitions.join("")}}\n`;
  return prototypes() + bodies.join("") + define;
}

async function compile(folder: string): Promise<boolean> {
  const [source] = ffi().sources;
  writeFileSync(`${folder}ffi_glue.inc`, glue());
  writeFileSync(`${folder}ffi_core.c`, `#include "${source!.slice(2)}"\n${prototypes()}`);
  const xs = INCLUDES.map((path) => `-I${XSNAP}${path}`);
  const core = ["-O2", "-w", "-DTFMB_CHECKED", `-I${buildPath("moddable")}`];
  const object = `${folder}ffi_core.o`;
  const host = ["-O2", "-w", ...switches(), ...xs, `-I${folder}`];
  const commands = [
    [...core, "-c", `${folder}ffi_core.c`, "-o", object],
    [...host, besideThis("xs_native/ffi_host.c"), object, ...objectFiles()].concat([
      ...["-ldl", "-lm", "-lpthread"],
      ...["-o", `${folder}ffi_host`],
    ]),
  ];
  for (const args of commands) {
    const result = await runProcess("gcc", args);
    if (!result.found) return false;
    if (result.code !== 0) throw new Error(`gcc ${args.join(" ")}\n${result.stderr}`);
  }
  return true;
}

/** What the script printed; or the command that brings what is missing. */
export async function runFfi(script: string): Promise<{ lines: string[]; missing?: string }> {
  if (!existsSync(OBJECTS)) return { lines: [], missing: INSTALL_ENGINES };
  const folder = buildPath("runtimes/ffi/");
  mkdirSync(folder, { recursive: true });
  if (!(await compile(folder))) return { lines: [], missing: "apt-get install build-essential" };
  writeFileSync(`${folder}life.js`, script);
  const result = await runProcess(`${folder}ffi_host`, [`${folder}life.js`]);
  if (result.code !== 0) throw new Error(`XS: exit code ${result.code}: ${result.stderr}`);
  return { lines: result.stdout.trim().split("\n") };
}
