// The script that makes any JavaScript engine a device: answer.js with the places of the areas.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AREAS } from "../../core/abi.js";
import { packageFolder } from "../places.js";

const USED = ["vital", "sample", "decision", "gauge", "storage"] as const;

/** Defines `tfmb_device.answer(request)`, for a core that `tfmb_core()` makes. */
export function answerScript(): string {
  const places = Object.fromEntries(USED.map((area) => [area, [AREAS[area].at, AREAS[area].size]]));
  const text = readFileSync(join(packageFolder(), "host/hil/wire/answer.js"), "utf8");
  return `${text}\nvar tfmb_device = new TfmbRig(tfmb_core, ${JSON.stringify(places)});\n`;
}
