// The catalogue's cell that is known under load is what its file says: the fit of a simulated
// specimen's records, with nothing of the plant's parameters in it.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { readPart } from "../../../../boards/parts.js";
import { plain } from "../../../../boards/schema/quantity.js";
import { drawCell, specimenOf } from "../../../../host/sim/specimen.js";
import { projectPath } from "../../../../tools/build/paths.js";
import { characterise } from "../../../../tools/characterise/characterise.js";
import { CYCLER } from "../../../../tools/characterise/manifest.js";
import { fitFiles } from "../../../../tools/commands/fit_measured.js";

const root = projectPath("boards");
const LIKE = "enerchip-100uAh";
const FILES = ["slow_25degC.csv", "gitt_25degC.csv", "temperatures.csv", "fast.csv"];

it("enerchip-100uAh-loaded is the fit that its sources name", (t) => {
  const { physics, profile: limits } = plain(readPart(root, "cell", LIKE));
  const stored = readPart(root, "cell", `${LIKE}-loaded`);
  assert.deepEqual(plain(stored).physics, physics);
  const texts = characterise({
    ...{ cell: LIKE, physics, instrument: CYCLER, seed: 1 },
    specimenOf: (of, random) => specimenOf(of, drawCell(physics.spread, random)),
    limits: { charge_mV: limits.float_mV, cut_off_mV: limits.voltage_min_mV[2]! },
  });
  const folder = mkdtempSync(join(tmpdir(), "tfmb-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const paths = FILES.map((name) => join(folder, name));
  for (const path of paths) writeFileSync(path, texts.get(path.slice(folder.length + 1))!);
  const { cell, findings } = fitFiles(paths, { cell: LIKE, labelMAh: 0.1 });
  for (const { procedure, rms_mV } of findings.fit.quality) {
    assert.ok(rms_mV < 8, `${procedure}: ${rms_mV} mV RMS`);
  }
  const [fitted, kept] = [plain(cell).profile, plain(stored).profile];
  assert.equal(kept.capacity_nAh, fitted.capacity_nAh);
  assert.deepEqual(kept.tables, fitted.tables);
  assert.deepEqual(kept.polarization, fitted.polarization);
});
