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

/** Where `npm run build` and `npm run dist` leave each module. */
export const MODULES = {
  espruino: { folder: "build/espruino", made: "npm run build" },
  moddable: { folder: "dist/moddable", made: "npm run dist" },
} as const;

/** What goes onto an Espruino: name in its Storage, at most 8 characters, and file of the build. */
export const ESPRUINO_FILES = { tfmb: "tfmb.min.js", "tfmb.bin": "tfmb.bin" } as const;
export const ESPRUINO_PROFILE = "tfmb.pro";

function moduleFile(runtime: keyof typeof MODULES, name: string): Uint8Array {
  const { folder, made } = MODULES[runtime];
  const path = projectPath(`${folder}/${name}`);
  if (existsSync(path)) return new Uint8Array(readFileSync(path));
  const what = `the ${runtime} module is not there`;
  throw new UsageError(`${folder}/${name}: does not exist, ${what}; run ${made}`);
}

/** Module, core and profile by the names that they have in the device's Storage. */
export function espruinoFiles(profile: Uint8Array): Made {
  const files: Files = { [ESPRUINO_PROFILE]: profile };
  for (const [name, file] of Object.entries(ESPRUINO_FILES)) {
    files[name] = moduleFile("espruino", file);
  }
  return { files, notes: [] };
}

/** The module's folder, the profile as `tfmb/profile`, and a manifest that names both. */
export function moddableFiles(
  { platform }: ModdableFirmware,
  profile: Uint8Array,
  title: string,
): Made {
  const folder = projectPath(MODULES.moddable.folder);
  moduleFile("moddable", "manifest.json");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const inside = names.filter((name) => statSync(join(folder, name)).isFile());
  const files: Files = Object.fromEntries(
    inside.map((name) => [name, moduleFile("moddable", name)]),
  );
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
