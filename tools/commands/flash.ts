// `tfmb flash --board NAME`: what `tfmb build` made goes onto the board. An Espruino over its
// console, a UF2 image by its volume; for all else the command of the vendor's tool is printed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPart } from "../../boards/parts.js";
import { type Firmware } from "../../boards/schema/board.js";
import { ESPRUINO_BAUD } from "../../host/hil/devices/espruino.js";
import { EspruinoRepl } from "../../host/hil/wire/espruino_repl.js";
import { portAt } from "../../host/hil/wire/port.js";
import { projectPath } from "../build/paths.js";
import { readBuilt, type Built } from "../firmware/firmware.js";
import { flashEspruino } from "../firmware/flash_espruino.js";
import { ESPRUINO_FILES, ESPRUINO_PROFILE } from "../firmware/module_firmware.js";
import { shellWord } from "../shell_word.js";
import { copyToVolume, findVolume } from "../firmware/volume.js";
import { firmwareFolder } from "./build.js";
import { UsageError } from "./usage.js";

export interface FlashOptions {
  board?: string | undefined;
  /** Folder of `tfmb build`. */
  from?: string | undefined;
  /** Folder of the boot loader's volume. */
  to?: string | undefined;
  /** host:port, or a serial line. */
  port?: string | undefined;
  baud?: number | undefined;
}

/** What the command prints, and whether the board has its firmware now. */
export interface Flashed {
  said: string;
  done: boolean;
}

/** For somebody to run: the vendor's tool is not ours to start. */
const left = (command: string, where = ""): Flashed => ({
  said: `nothing was flashed; run${where}\n  ${command}`,
  done: false,
});

const read = (folder: string, name: string) => new Uint8Array(readFileSync(join(folder, name)));

async function flashOverConsole(
  board: string,
  folder: string,
  port: string,
  baud = ESPRUINO_BAUD,
): Promise<Flashed> {
  const names = [...Object.keys(ESPRUINO_FILES), ESPRUINO_PROFILE];
  const files = Object.fromEntries(names.map((name) => [name, read(folder, name)]));
  const repl = new EspruinoRepl(await portAt(port, baud));
  try {
    const lines: string[] = [];
    await flashEspruino(repl, board, files, (line) => lines.push(`  ${line}`));
    return { said: [`${board} at ${port}: flashed`, ...lines].join("\n"), done: true };
  } finally {
    await repl.close();
  }
}

function flashImage(
  { flash }: Extract<Firmware, { runtime: "c" }>,
  built: Built,
  folder: string,
  to: string | undefined,
): Flashed {
  const name = flash.kind === "uf2" ? "node.uf2" : "node.hex";
  if (!built.files.includes(name)) {
    const why = built.notes[0] ?? "tfmb build made no image";
    throw new UsageError(`${folder}: has no ${name}: ${why}`);
  }
  if (flash.kind === "command") {
    return left(flash.command.replace("{hex}", shellWord(join(folder, name))));
  }
  const path = copyToVolume(findVolume(flash.volume, to), name, read(folder, name));
  const said = `${built.board}: copied to ${path}; the board starts it by itself`;
  return { said, done: true };
}

/** Throws UsageError and DeviceError with one line. */
export async function runFlash(options: FlashOptions): Promise<Flashed> {
  const { board, from, to, port, baud } = options;
  if (board === undefined) throw new UsageError("flash needs --board NAME; see tfmb list");
  const { firmware } = readPart(projectPath("boards"), "board", board);
  const folder = from ?? firmwareFolder(board);
  const built = readBuilt(folder, board);
  if (firmware?.runtime === "espruino") {
    if (port !== undefined) return flashOverConsole(firmware.board, folder, port, baud);
    throw new UsageError(
      "an Espruino is flashed over its console; give --port host:port, or a serial line",
    );
  }
  if (firmware?.runtime === "moddable") {
    const manifest = join(folder, "manifest_node.json");
    const where = `, in the folder of an app that includes ${manifest}`;
    return left(`mcconfig -m -p ${firmware.platform}`, where);
  }
  if (firmware === undefined) throw new UsageError(`nothing runs on ${board}`);
  return flashImage(firmware, built, folder, to);
}
