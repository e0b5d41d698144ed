// The pages of docs/systems print what their runs give: each system is run, and the table on its
// page must be the one that comes out.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { projectPath } from "../../../tools/build/paths.js";
import { loadCore } from "../../../tools/commands/simulate.js";
import { SYSTEMS } from "../../../tools/systems/list.js";
import { picturePath, readPage, withFigures } from "../../../tools/systems/page.js";
import { svgOf } from "../../../tools/systems/plot.js";

describe("a page of docs/systems", () => {
  for (const { name, run } of SYSTEMS) {
    it(`${name} prints the figures of its run, and draws them`, async () => {
      const { figures, picture } = run(await loadCore());
      const page = readPage(name);
      assert.equal(page, await withFigures(name, figures), `stale: npm run systems -- ${name}`);
      assert.ok(page.includes(`](${name}.svg)`), "shows its picture");
      assert.ok(page.includes(`npm run tfmb -- simulate ${name}\n`), "says how to run it");
      assert.ok(existsSync(picturePath(name)));
      // points are rounded to a tenth of a pixel, but another engine's last digit may turn one
      const lines = (svg: string) => svg.split("\n").length;
      assert.equal(lines(readFileSync(picturePath(name), "utf8")), lines(svgOf(picture)));
    });
  }

  it("belongs to a system, and every system has one", () => {
    const pages = readdirSync(projectPath("docs/systems")).filter((name) => name.endsWith(".md"));
    assert.deepEqual(pages.sort(), SYSTEMS.map(({ name }) => `${name}.md`).sort());
  });

  it("without a place for the table is refused in one line", async () => {
    await assert.rejects(withFigures("none", []), /docs\/systems\/none\.md does not exist/);
  });
});
