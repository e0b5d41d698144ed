// Where things are in the checkout.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** Absolute path of a file of the checkout. */
export const projectPath = (name: string): string => projectRoot + name;

/** Absolute path of a built file. */
export const buildPath = (name: string): string => `${projectRoot}build/${name}`;

const PACKAGES: Record<string, string> = {
  asc: "assemblyscript",
  wasm2c: "wabt",
  wasm2js: "wasm-opt",
};

/** The script behind a command of an installed package, to be run by this Node. */
export function command(name: string): string {
  const folder = projectPath(`node_modules/${PACKAGES[name] ?? name}/`);
  const manifest = JSON.parse(readFileSync(`${folder}package.json`, "utf8")) as {
    bin: Record<string, string> | string;
  };
  const bin = typeof manifest.bin === "string" ? manifest.bin : manifest.bin[name];
  if (!bin) throw new Error(`package ${PACKAGES[name] ?? name} has no command ${name}: npm ci`);
  return folder + bin;
}
