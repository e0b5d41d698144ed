// `npm run systems [-- NAME...]`: runs the systems of docs/systems and writes their figures and
// pictures. With --check it only says which pages are not what the runs give.

import { writeFileSync } from "node:fs";
import { loadCore } from "./commands/simulate.js";
import { SYSTEMS } from "./systems/list.js";
import { picturePath, pagePath, readPage, withFigures } from "./systems/page.js";
import { svgOf } from "./systems/plot.js";

const words = process.argv.slice(2);
const check = words.includes("--check");
const asked = words.filter((word) => word !== "--check");
const names = SYSTEMS.map(({ name }) => name);
const wrong = asked.find((name) => !names.includes(name));
if (wrong !== undefined) {
  console.error(`systems: ${wrong} must be one of: ${names.join(", ")}`);
  process.exit(2);
}

const core = await loadCore().catch((error: Error) => {
  console.error(`systems: ${error.message}`);
  process.exit(2);
});
let stale = 0;
for (const { name, run } of SYSTEMS) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { figures, picture } = run(core);
  const page = await withFigures(name, figures);
  const same = page === readPage(name);
  if (check && !same) stale++;
  if (!check) {
    writeFileSync(pagePath(name), page);
    writeFileSync(picturePath(name), svgOf(picture));
  }
  console.log(`${name}${same ? "" : check ? ": its page is stale" : ": figures changed"}`);
  for (const { what, review, run: value } of figures) {
    console.log(`  ${what}: ${value}${review === "" ? "" : ` (review: ${review})`}`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
