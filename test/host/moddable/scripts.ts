// A life of the example as script text: the modules of build/moddable as its manifest maps them,
// main.ts with nothing but its types removed, and the chip under it. Each start of the chip is a
// new Compartment (in Node a new function) with a core of its own, as a start of the script is.

import { readFileSync } from "node:fs";
import { buildSync, transformSync } from "esbuild";
import { buildPath, projectPath } from "../../../tools/build/paths.js";
import { type Cut } from "./chip.js";

export const WAKES = 140;

/** A day with a brown-out, two losses of power, and four cuts within a journal record. */
export const CUTS: Record<number, Cut> = {
  1: "within a record",
  20: "brown-out",
  45: "loss",
  70: "within two records",
  100: "loss",
  120: "within a record",
};

/** Modules of the SDK that the chip replaces. */
const SDK = [
  "embedded:io/analog",
  "embedded:io/i2c",
  "embedded:sensor/Temperature/TMP117",
  "mc/config",
  "Resource",
  "sleep",
  "timer",
];

interface Manifest {
  include?: string[];
  modules?: Record<string, string>;
}

const text = (path: string): string => readFileSync(path, "utf8");

/** Specifiers and files of a manifest of build/moddable and what it includes. */
export function mapped(name: string): Record<string, string> {
  const { include = [], modules = {} } = JSON.parse(
    text(buildPath(`moddable/${name}`)),
  ) as Manifest;
  const own = Object.entries(modules).map(([specifier, path]) => [
    specifier,
    buildPath(`moddable/${path}.js`),
  ]);
  return Object.assign({}, ...include.map(mapped), Object.fromEntries(own)) as Record<
    string,
    string
  >;
}

export const mainText = (): string =>
  transformSync(text(projectPath("host/moddable/example/main.ts")), { loader: "ts" }).code;

/** The chip as a script that declares one global, `tfmb_chips`. */
export function chipScript(): string {
  return buildSync({
    entryPoints: [projectPath("test/host/moddable/chip.ts")],
    bundle: true,
    format: "iife",
    globalName: "tfmb_chips",
    write: false,
    target: "es2022",
  }).outputFiles[0]!.text;
}

const profile = (): number[] => [...readFileSync(buildPath("moddable/profile.bin"))];

/** Script text that makes the chip. */
export const newChip = (): string =>
  `new tfmb_chips.Chip(new Uint8Array(${JSON.stringify(profile())}).buffer, ` +
  `${JSON.stringify(CUTS)})`;

/**
 * The life as a script for XS; it prints what was traced, in one line of JSON, by `print`. `ffi` is
 * an expression of the object of native functions, or of nothing.
 */
export function lifeScript(manifest: string, print: string, ffi = "undefined"): string {
  const modules: Record<string, string> = { app: mainText() };
  for (const [specifier, path] of Object.entries(mapped(manifest))) {
    modules[specifier] = text(path);
  }
  for (const specifier of SDK) {
    modules[specifier] = `export default tfmb_sdk[${JSON.stringify(specifier)}];`;
  }
  modules["mc/ffi"] = "export default class { constructor() { Object.assign(this, tfmb_ffi); } }";
  return `${chipScript()}
    {
      const texts = ${JSON.stringify(modules)};
      const chip = ${newChip()};
      const start = () => {
        chip.power();
        const modules = {};
        for (const [specifier, text] of Object.entries(texts)) {
          modules[specifier] = { source: new ModuleSource(text) };
        }
        const globals = { ...chip.globals, tfmb_sdk: chip.modules, tfmb_ffi: ${ffi} };
        const resolveHook = (specifier) => specifier;
        return new Compartment({ globals, modules, resolveHook }).import("app");
      };
      const live = async () => {
        while (chip.wakes < ${WAKES}) {
          try {
            await start();
          } catch (error) {
            if (!(error instanceof tfmb_chips.Restart)) throw error;
          }
          chip.run(${WAKES});
        }
        const { lines, starts, torn, deep_sleeps } = chip;
        ${print}(JSON.stringify({ lines, starts, torn, deep_sleeps }));
      };
      live().catch((error) => ${print}("error: " + error + " " + error.stack));
    }`;
}
