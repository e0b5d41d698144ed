// A board's firmware: the files of `tfmb build`, by runtime, and what is known of them, build.json,
// from which `tfmb flash` and `tfmb commission` go on.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type Parts } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { type Firmware } from "../../boards/schema/board.js";
import { LAYOUT_HASH } from "../../host/core/abi.js";
import { compileProfile } from "../../host/core/profile.js";
import { UsageError } from "../commands/usage.js";
import { shellWord } from "../shell_word.js";
import { cFiles } from "./c_firmware.js";
import { espruinoFiles, moddableFiles } from "./module_firmware.js";

/** Files by their name in the output folder. */
export type Files = Record<string, string | Uint8Array>;

/** What a runtime's builder makes. */
export interface Made {
  files: Files;
  /** One line each, for people: what was not made, and why. */
  notes: string[];
}

/** The content of build.json. */
export interface Built {
  board: string;
  scenario: string;
  runtime: Firmware["runtime"];
  commit: string;
  layout_hash: number;
  profile_bytes: number;
  profile_crc: number;
  files: string[];
  notes: string[];
}

export const MANIFEST = "build.json";
export const PROFILE = "profile.bin";

/** What runs on the board. Throws UsageError where nothing does. */
export function firmwareOf({ scenario, board }: Parts): Firmware {
  if (board.firmware !== undefined) return board.firmware;
  const remedy = "give it a `firmware` (docs/ADDING.md), or name a board that has one";
  throw new UsageError(`boards/boards/${scenario.board}.json: nothing runs on it; ${remedy}`);
}

/** Espruino's module has no counter to read, and its core no gauge under load. */
function checkEspruino({ scenario, board, cell }: Parts): void {
  const unread = board.profile.observables.filter(
    (name) => name === "charge" || name === "current",
  );
  const why = "the Espruino module";
  if (unread.length > 0) {
    const at = `boards/boards/${scenario.board}.json: profile.observables`;
    throw new UsageError(`${at} has ${unread.join(", ")}, which ${why} does not read; take it out`);
  }
  if (cell.profile.polarization === undefined) return;
  const at = `boards/cells/${scenario.cell}.json: profile.polarization`;
  throw new UsageError(
    `${at} is for the gauge under load, which ${why} lacks; name another --cell`,
  );
}

function make(firmware: Firmware, profile: Uint8Array, title: string): Made {
  if (firmware.runtime === "c") return cFiles(firmware, profile, title);
  if (firmware.runtime === "espruino") return espruinoFiles(profile);
  return moddableFiles(firmware, profile, title);
}

/** Compiles the profile and makes all files, build.json among them. Throws with one line. */
export function buildFirmware(parts: Parts, scenario: string, commit: string) {
  const firmware = firmwareOf(parts);
  if (firmware.runtime === "espruino") checkEspruino(parts);
  const profile = compileProfile(resolveProfile(parts));
  const { files, notes } = make(firmware, profile, parts.scenario.title);
  files[PROFILE] = profile;
  const built: Built = {
    board: parts.scenario.board,
    scenario,
    runtime: firmware.runtime,
    commit,
    layout_hash: LAYOUT_HASH,
    profile_bytes: profile.length,
    profile_crc: crc32(profile),
    files: Object.keys(files),
    notes,
  };
  files[MANIFEST] = `${JSON.stringify(built, null, 2)}\n`;
  return { firmware, built, files };
}

/** What `tfmb build` left in a folder for this board. Throws UsageError. */
export function readBuilt(folder: string, board: string): Built {
  const path = join(folder, MANIFEST);
  const remedy = `run tfmb build --board ${board} --out ${shellWord(folder)}`;
  if (!existsSync(path)) throw new UsageError(`${path}: does not exist; ${remedy}`);
  const built = JSON.parse(readFileSync(path, "utf8")) as Built;
  if (built.board !== board) {
    throw new UsageError(`${path}: built for ${built.board}, not for ${board}; ${remedy}`);
  }
  if (built.layout_hash !== LAYOUT_HASH) {
    throw new UsageError(`${path}: made for another layout of the core; ${remedy}`);
  }
  return built;
}
