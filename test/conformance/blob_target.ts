// The Espruino blob, executed: an image of the Cortex-M4F with Espruino's own calling convention
// holds the blob at an address drawn anew each time, in flash or in RAM, and replays the vector
// through its exports, called by offset. It is the complete core's: that of the module leaves out
// the gauge under load.

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { buildBlob, ESPRUINO_CPU, type Rooms } from "../../tools/build/espruino_blob.js";
import {
  ARM_GCC,
  ARM_PACKAGES,
  CHIPS,
  buildImage,
  isInstalled,
  runImage,
  type Chip,
} from "../../tools/build/images.js";
import { buildPath, projectPath } from "../../tools/build/paths.js";
import { absent, verdict } from "../runtimes/engine.js";
import { type CTarget } from "./c_targets.js";

const CHIP: Chip = { ...CHIPS.m4f, name: "Cortex-M4F, softfp", flags: ESPRUINO_CPU };
const MOVED_MOST = 40000;

/** An image around the blob; `moved` bytes before it, a multiple of four. */
export function blobImage(
  name: string,
  place: "flash" | "RAM",
  moved: number,
  sources: string[],
  extra: string[] = [],
  rooms: Rooms = "rest",
): string {
  const { bytes, offsets } = buildBlob(rooms);
  const file = buildPath(`espruino/${name}.bin`);
  writeFileSync(file, bytes);
  return buildImage(CHIP, name, sources, [
    `-I${projectPath("test/conformance/c")}`,
    ...[`-DBLOB_FILE="${file}"`, `-DBLOB_PAD="${moved}"`],
    ...(place === "RAM" ? ["-DBLOB_RAM"] : []),
    ...Object.entries(offsets).map(([entry, at]) => `-DBLOB_${entry}=${at}`),
    ...extra,
  ]);
}

export const runBlob = (elf: string, folder: string) => runImage(CHIP, elf, folder);

/** `counts`: one of the two places is an engine of its own, the other the same one elsewhere. */
export function blobTarget(place: "flash" | "RAM", counts: boolean): CTarget {
  return {
    name: `Espruino blob, in ${place} (QEMU ${CHIP.machine})`,
    counts,
    run(vector) {
      if (!isInstalled(ARM_GCC) || !isInstalled("qemu-system-arm")) {
        return Promise.resolve(absent(ARM_PACKAGES));
      }
      const moved = 4 * Math.floor((Math.random() * MOVED_MOST) / 4);
      const source = projectPath("test/conformance/c/conformance.c");
      const elf = blobImage(`conformance_blob_${place}`, place, moved, [source], [], "complete");
      const folder = buildPath(`conformance/blob_${place}`);
      mkdirSync(folder, { recursive: true });
      copyFileSync(vector, `${folder}/golden.bin`);
      const { output, ok } = runBlob(elf, folder);
      const result = verdict(output);
      const where = `${result.output.trimEnd()} (moved by ${moved} bytes)`;
      return Promise.resolve(
        ok
          ? { ...result, output: where }
          : { ...result, output: where, identical: false, steps: 0 },
      );
    },
  };
}
