// The page of a run says what it has in units that leave digits, at the terminal's width, and what
// is odd about the parts.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runSimulation, type SimulateOptions } from "../../../tools/commands/simulate.js";

const page = (scenario: string, options: SimulateOptions = {}) =>
  runSimulation(scenario, { hours: 24, ...options });

/** What a row says, its further lines beside the first. */
function row(text: string, label: string): string | undefined {
  const lines = [...text.split("\n"), "end"];
  const at = lines.findIndex((line) => line.startsWith(`  ${label} `));
  if (at < 0) return undefined;
  const more = lines.slice(at + 1).findIndex((line) => !line.startsWith(" ".repeat(12)));
  return lines
    .slice(at, at + 1 + more)
    .map((line) => line.slice(12))
    .join(" ");
}

describe("the page of a run", () => {
  it("gives the energies of a node that lives on nanowatts in microjoule", async () => {
    const text = await page("mm-sensor");
    assert.match(row(text, "used")!, /^\d+\.\d uJ, sleep \d+\.\d uJ .* gauge \d+\.\d nJ/);
    assert.doesNotMatch(text, / 0\.0 mJ|e[+-]\d/);
    assert.match(row(text, "light")!, / 0\.\.10 lx$/);
    assert.match(row(text, "node cost")!, /charger 0 nW in the mean/);
  });

  it("has no row of light where there is none, and names no panel", async () => {
    const text = await page("rf-teg-30mm2");
    assert.equal(row(text, "light"), undefined);
    assert.match(row(text, "energy in")!, /at the source's best point/);
  });

  it("is as wide as the terminal, and leaves nothing out in a narrow one", async () => {
    const words = (text: string) => text.split("\n").slice(0, 3).join(" ").split(/\s+/);
    const before = process.stdout.columns;
    const wide = await page("mm-sensor");
    try {
      process.stdout.columns = 60;
      const narrow = await page("mm-sensor");
      for (const line of narrow.split("\n")) assert.ok([...line].length <= 60, line);
      assert.deepEqual(words(narrow).slice(0, 15), words(wide).slice(0, 15));
      const used = (text: string) => row(text, "used")!.replaceAll(",", "");
      assert.equal(used(narrow), used(wide));
    } finally {
      process.stdout.columns = before;
    }
  });

  it("says that a strap leaves the cell short of full, that a drive moves nothing", async () => {
    assert.equal(row(await page("default-year"), "note"), undefined);
    assert.equal(
      row(await page("default-year", { cell: "r20-0p7mAh" }), "note"),
      "the charger stops at 4100 mV, r20-0p7mAh is full at 4200 mV: see float_strap_mV in " +
        "docs/ADDING.md",
    );
    assert.equal(
      row(await page("default-year", { site: "wrist-45N" }), "note"),
      "no source of nrf52840-bq25570 lives on the heat of wrist-45N",
    );
    const set = ["board.physics.float_strap_mV=4200", "board.profile.float_strap_mV=4200"];
    assert.equal(row(await page("default-year", { cell: "r20-50uAh", set }), "note"), undefined);
  });
});
