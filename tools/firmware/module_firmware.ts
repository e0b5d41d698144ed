// Firmware as JavaScript: the module of a runtime as the build left it, and beside it the profile
// in the form that the runtime takes.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Firmware } from "../../boards/schema/board.js";
import { projectPath } from "../build/paths.js";
import { UsageError } from "../commands/usage.js";
import { type Files, type Made } from "./firmware.js";
import { profileJs } from "./profile_files.js";

type ModdableFirmware = Extract<Firmware, { runtime: "moddable" }>;

/** Where `npm run build` leaves each module. */
export const MODULES = { espruino: "build/espruino", moddable: "build/moddable" } as const;

/** What goes onto an Espruino: name in its Storage, at most 8 characters, and file of the build. */
export const ESPRUINO_FILES = { tfmb: "tfmb.min.js", "tfmb.bin": "tfmb.bin" } as const;
export const ESPRUINO_PROFILE = "tfmb.pro";

function moduleFile(folder: string, name: string): Uint8Array {
  const path = join(folder, name);
  if (existsSync(path)) return new Uint8Array(readFileSync(path));
  throw new UsageError(`${path}: does not exist, the module was not built; run npm run build`);
}

/** Module, core and profile by the names that they have in the device's Storage. */
export function espruinoFiles(profile: Uint8Array, folder = projectPath(MODULES.espruino)): Made {
  const files: Files = { [ESPRUINO_PROFILE]: profile };
  for (const [name, file] of Object.entries(ESPRUINO_FILES)) {
    files[name] = moduleFile(folder, file);
  }
  return { files, notes: [] };
}

/** The module's folder, the profile as `tfmb/profile`, and a manifest that names both. */
export function moddableFiles(
  { platform }: ModdableFirmware,
  profile: Uint8Array,
  title: string,
  folder = projectPath(MODULES.moddable),
): Made {
  moduleFile(folder, "manifest.json");
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  const files: Files = Object.fromEntries(names.map((name) => [name, moduleFile(folder, name)]));
  const manifest = {
    include: ["./manifest.json"],
    modules: { "tfmb/profile": "./profile" },
    preload: ["tfmb/profile"],
  };
  files["profile.js"] = profileJs(profile, title);
  files["manifest_node.json"] = `${JSON.stringify(manifest, null, 2)}\n`;
  const next = "include manifest_node.json in your app's manifest";
  return { files, notes: [`a module, no app: ${next}, then mcconfig -m -p ${platform}`] };
}
