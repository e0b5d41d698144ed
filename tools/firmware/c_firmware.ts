// Firmware in C: the library with the profile and the node loop, to be compiled with a program of
// one's own; and, where boards/images has the board's own C, the linked image.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { crc32 } from "node:zlib";
import { type Firmware } from "../../boards/schema/board.js";
import { CHIPS, COMMON, INCLUDES, isInstalled, missingFor, RV32 } from "../build/images.js";
import { SMALL, type Chip } from "../build/images.js";
import { builtPath } from "../build/built.js";
import { projectPath } from "../build/paths.js";
import { type Made, type Files } from "./firmware.js";
import { profileC } from "./profile_files.js";
import { encodeUf2 } from "./uf2.js";

type CFirmware = Extract<Firmware, { runtime: "c" }>;

const GENERATED = ["core.c", "core.h", "tfmb_plan.h"];
const EXAMPLE = ["example/node.c", "example/port.h"];
/** The RP2040's second stage: so many bytes, then their checksum. */
const BOOT_BYTES = 252;

const chipOf = ({ chip }: CFirmware): Chip => (chip === "rv32" ? RV32 : CHIPS[chip]);

/** The library's own files: the core, its headers, and the node loop. */
export function libraryFiles(): Files {
  const headers = readdirSync(projectPath("host/c")).filter((name) => name.endsWith(".h"));
  const paths = [
    ...GENERATED.map((name) => builtPath(`c/${name}`)),
    ...[...headers, ...EXAMPLE].map((name) => projectPath(`host/c/${name}`)),
  ];
  return Object.fromEntries(paths.map((path) => [basename(path), readFileSync(path, "utf8")]));
}

/** CRC-32 with the most significant bit first and no final inversion, as the boot ROM reckons. */
function bootChecksum(bytes: Uint8Array): number {
  const mirrored = (value: number, bits: number) =>
    Number.parseInt(value.toString(2).padStart(bits, "0").split("").reverse().join(""), 2);
  const reflected = crc32(bytes.map((byte) => mirrored(byte, 8)));
  return mirrored(~reflected >>> 0, 32);
}

/** Links the board's image in `folder`; returns the path of the .elf. */
function linkImage(chip: Chip, image: string, folder: string): string {
  const images = projectPath("boards/images");
  const own = `${images}/${image}`;
  const sources = [
    ...readdirSync(own)
      .filter((name) => name.endsWith(".c"))
      .map((name) => `${own}/${name}`),
    ...["board_startup.c", "board_main.c"].map((name) => `${images}/${name}`),
    ...[projectPath("host/c/example/node.c"), builtPath("c/core.c"), `${folder}/node_profile.c`],
  ];
  const elf = `${folder}/node.elf`;
  execFileSync(
    chip.family.compiler,
    [
      ...[...chip.flags, chip.family.library, ...COMMON, ...SMALL, "-Wall", "-Wextra", "-Werror"],
      ...["-ffunction-sections", "-fdata-sections", "-DTFMB_MEMORY_BYTES=TFMB_PLAN_BYTES"],
      ...[...INCLUDES, `-I${projectPath("host/c/example")}`, `-I${images}`, `-I${own}`],
      ...[...sources, "-nostartfiles", "-Wl,--gc-sections", `-L${own}`, `-T${images}/image.ld`],
      ...["-lm", "-o", elf],
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return elf;
}

/** The .elf as Intel hex and as plain bytes, by the compiler's own objcopy. */
function converted(chip: Chip, elf: string): { hex: string; bytes: Uint8Array } {
  const objcopy = chip.family.compiler.replace(/gcc$/, "objcopy");
  const to = (format: string) => {
    const path = elf.replace(/elf$/, format);
    execFileSync(objcopy, ["-O", format, elf, path]);
    return readFileSync(path);
  };
  return { hex: to("ihex").toString("utf8"), bytes: new Uint8Array(to("binary")) };
}

/** Where the image's first byte goes. */
function originOf(image: string): number {
  const script = readFileSync(projectPath(`boards/images/${image}/memory.ld`), "utf8");
  return Math.min(
    ...[...script.matchAll(/\(rx\) : ORIGIN = (0x[0-9a-f]+)/gi)].map(([, at]) => Number(at)),
  );
}

function imageFiles(firmware: CFirmware, image: string, profile: string): Files {
  const chip = chipOf(firmware);
  const folder = mkdtempSync(join(tmpdir(), "tfmb-"));
  try {
    writeFileSync(`${folder}/node_profile.c`, profile);
    const elf = linkImage(chip, image, folder);
    const { hex, bytes } = converted(chip, elf);
    const files: Files = { "node.elf": new Uint8Array(readFileSync(elf)) };
    if (firmware.flash.kind === "command") return { ...files, "node.hex": hex };
    if (existsSync(projectPath(`boards/images/${image}/boot.c`))) {
      const checksum = bootChecksum(bytes.subarray(0, BOOT_BYTES));
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(BOOT_BYTES, checksum, true);
    }
    const segment = { address: originOf(image), bytes };
    return { ...files, "node.uf2": encodeUf2(segment, Number(firmware.flash.family)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The library with the profile; and the image where it can be linked, else why it cannot. */
export function cFiles(firmware: CFirmware, profile: Uint8Array, title: string): Made {
  const { image } = firmware;
  const source = profileC(profile, title);
  const files: Files = { ...libraryFiles(), "node_profile.c": source };
  if (image === undefined) {
    const own = "the functions of port.h, a start-up and a main for this board";
    return { files, notes: [`no image: boards/images has no C of this board; add ${own}`] };
  }
  const { compiler } = chipOf(firmware).family;
  if (!isInstalled(compiler)) {
    return { files, notes: [`no image: ${compiler} is not here; ${missingFor(chipOf(firmware))}`] };
  }
  return { files: { ...files, ...imageFiles(firmware, image, source) }, notes: [] };
}
