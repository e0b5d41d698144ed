// Where the package's files are: beside this file's bundle, or in a checkout.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DeviceError } from "./devices/device.js";

/** The folder of package.json, above this file wherever it was bundled to. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}

export const boardsFolder = (): string => join(packageFolder(), "boards");

/** The built core: of the checkout, or of the package. Throws DeviceError. */
export function coreWasm(): Uint8Array<ArrayBuffer> {
  const paths = ["build", "dist"].map((folder) => join(packageFolder(), folder, "core.wasm"));
  const path = paths.find(existsSync);
  if (path === undefined) throw new DeviceError("build/core.wasm is missing; run npm run build");
  return new Uint8Array(readFileSync(path));
}
