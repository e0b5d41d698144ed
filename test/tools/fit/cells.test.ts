// Every cell of boards/cells, whatever its chemistry, can be characterised and fitted, and what
// comes out is a cell that a core may be given.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listParts, readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { drawCell, specimenOf } from "../../../host/sim/specimen.js";
import { projectPath } from "../../../tools/build/paths.js";
import { characterise, labelOf_nAh } from "../../../tools/characterise/characterise.js";
import { CYCLER, MANIFEST_FILE, type Manifest } from "../../../tools/characterise/manifest.js";
import { fitCell } from "../../../tools/fit/fit.js";
import { parseLog } from "../../../tools/fit/log.js";

const root = projectPath("boards");

describe("a fit of a cell of boards/cells", () => {
  for (const name of listParts(root, "cell")) {
    it(`follows ${name} as well as a model without hysteresis can`, (t) => {
      const { physics, profile } = plain(readPart(root, "cell", name));
      const texts = characterise({
        ...{ cell: name, physics, instrument: CYCLER, seed: 1 },
        specimenOf: (of, random) => specimenOf(of, drawCell(physics.spread, random)),
        limits: { charge_mV: profile.float_mV, cut_off_mV: profile.voltage_min_mV[2]! },
      });
      const manifest = JSON.parse(texts.get(MANIFEST_FILE)!) as Manifest;
      const files = manifest.files.map(({ file, procedure }) => {
        return { file, procedure, log: parseLog(file, texts.get(file)!) };
      });
      const { model, quality, capacity, hysteresis_mV } = fitCell({ manifest, files });
      const check = quality.find(({ procedure }) => procedure === "check")!;
      const half_gap_mV = physics.hysteresis?.voltage_mV ?? 0;
      const gap = `hysteresis ${hysteresis_mV.toFixed(1)} mV`;
      t.diagnostic(`check ${check.rms_mV.toFixed(2)} mV RMS, ${gap}`);
      assert.ok(check.rms_mV < 3 + half_gap_mV, `check ${check.rms_mV} mV RMS`);
      const gap_off_mV = Math.abs(hysteresis_mV - half_gap_mV);
      assert.ok(gap_off_mV < 0.5 + 0.2 * half_gap_mV, gap);
      const filled = capacity.capacity_nAh / labelOf_nAh(physics);
      assert.ok(filled > 0.85 && filled < 1.2, `${filled} of the label`);
      // charge transfer grows at both ends: 2.7 times at most for the LiCoO2 cells
      const factors = model.resistance_factor;
      assert.ok(Math.min(...factors) > 0.7 && Math.max(...factors) < 3, factors.join(" "));
      assert.ok(model.activation_K > 5500 && model.activation_K < 6500, `${model.activation_K} K`);
    });
  }
});
