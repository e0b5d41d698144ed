// The sites of boards/sites with their climates, for tests of what the plant makes of them.

import { readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { type Site } from "../../../host/sim/environment/site.js";
import { projectPath } from "../../../tools/build/paths.js";

export const boards = projectPath("boards");

/** The site `name` with the climate that it names. Throws PartError. */
export function readSite(name: string): Site {
  const { climate, room } = plain(readPart(boards, "site", name));
  const { place, sky, air } = plain(readPart(boards, "climate", climate));
  return { name, place, sky, air, room };
}
