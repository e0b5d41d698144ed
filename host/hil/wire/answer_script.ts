// The script that makes any JavaScript engine a device: answer.js with the places of the areas.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AREAS } from "../../core/abi.js";
import { packageFolder } from "../places.js";

const USED = ["vital", "sample", "decision", "gauge", "storage"] as const;

/**
 * Defines `tfmb_device.answer(request)`, for a core that `tfmb_core()` makes: with the memory that
 * it has by itself, or with so much, for a profile that is larger.
 */
export function answerScript(memory_bytes?: number): string {
  const places = Object.fromEntries(USED.map((area) => [area, [AREAS[area].at, AREAS[area].size]]));
  const text = readFileSync(join(packageFolder(), "host/hil/wire/answer.js"), "utf8");
  const make =
    memory_bytes === undefined ? "tfmb_core" : `function () { return tfmb_core(${memory_bytes}); }`;
  return `${text}\nvar tfmb_device = new TfmbRig(${make}, ${JSON.stringify(places)});\n`;
}
