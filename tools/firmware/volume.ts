// The volume that a UF2 boot loader shows, and copying a file there.

import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { UsageError } from "../commands/usage.js";

/** "presence of INFO_UF2.TXT" is how the specification tells such a volume, in any case. */
const isBootVolume = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => name.toUpperCase() === "INFO_UF2.TXT");

/** Where Linux and macOS mount volumes by their name. */
const mountPoints = (volume: string): string[] => {
  const { username } = userInfo();
  const roots = [`/media/${username}`, `/run/media/${username}`, "/media", "/Volumes", "/mnt"];
  return roots.map((root) => join(root, volume));
};

/** The folder of the volume: the one given, or where it is mounted. Throws UsageError. */
export function findVolume(volume: string, to?: string): string {
  if (to !== undefined) {
    if (isBootVolume(to)) return to;
    throw new UsageError(`--to ${to}: has no INFO_UF2.TXT, it is no UF2 volume; name ${volume}'s`);
  }
  const found = mountPoints(volume).find(isBootVolume);
  if (found !== undefined) return found;
  const remedy = "hold BOOTSEL while plugging it in, or name its folder with --to DIR";
  throw new UsageError(`no volume ${volume} is mounted; ${remedy}`);
}

/** Copies the image; the boot loader starts it by itself. */
export function copyToVolume(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  try {
    writeFileSync(path, bytes, { flush: true });
  } catch (error) {
    const { code = "error" } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path}: cannot write (${code}); is the volume still there?`);
  }
  return path;
}
