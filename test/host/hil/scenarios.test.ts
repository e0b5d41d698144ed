// Every scenario of the rig does on every device of this machine what its file expects, with the
// same bits; the one that must fail fails on each, and says why.

import assert from "node:assert/strict";
import { test } from "node:test";
import { listParts, readScenario } from "../../../boards/parts.js";
import { Mode, Vetoes } from "../../../host/core/abi.js";
import { projectPath } from "../../../tools/build/paths.js";
import { DEVICES } from "../../../tools/hil/devices.js";
import { failures } from "../../../tools/hil/junit.js";
import { compareBits, runCase, type Outcome } from "../../../tools/hil/run.js";
import { partsOf } from "../../../tools/simulate/setup.js";

const root = projectPath("boards");
const names = listParts(root, "hil");
const FAILING = projectPath("boards/scenarios/hil/failing/must-fail.json");
const first = new Map<string, Outcome>();

test("there are scenarios for each fault, limit, mode and veto", () => {
  assert.ok(names.length >= 40);
  const text = JSON.stringify(names.map((name) => readScenario(root, `hil/${name}`).scenario));
  const faults = "stuck open nan noise gain offset jump_s drift_ppm rollover_in_s stopped power";
  const others = "failing power_fails_after torn_after_bytes flipped_bits flipped_bit field";
  const plant = "harvester_share temperature_degC load_ratio short_nA";
  for (const fault of `${faults} ${others} ${plant}`.split(" ")) {
    assert.ok(text.includes(`"${fault}":`), `no scenario injects ${fault}`);
  }
  for (const limit of [
    "voltage_high",
    "voltage_low",
    "temperature_high",
    "temperature_low",
    "ccd",
  ]) {
    for (const level of ["operating", "recommended", "maximum"]) {
      assert.ok(
        text.includes(`"has":"${limit} ${level}"`),
        `no scenario reaches ${limit} ${level}`,
      );
    }
  }
  for (const mode of Object.keys(Mode)) {
    assert.ok(text.includes(`"is":"${mode}"`), `no scenario enters ${mode}`);
  }
  for (const veto of Object.keys(Vetoes)) {
    const isSeen = new RegExp(`"quantity":"vetoes(_seen)?","has":"${veto}"`).test(text);
    assert.ok(isSeen, `no scenario sees the veto of ${veto}`);
  }
});

for (const { name: device, missing, make } of DEVICES) {
  test(`the scenarios on ${device}`, async (t) => {
    const remedy = missing();
    if (remedy !== undefined) {
      assert.notEqual(process.env.CI, "true", `${device} is missing: ${remedy}`);
      return t.skip(`needs: ${remedy}`);
    }
    for (const name of names) {
      await t.test(name, async () => {
        const parts = readScenario(root, `hil/${name}`);
        const outcome = await runCase({ scenario: name, parts, device, make, replay: "" });
        const before = first.get(name);
        if (before === undefined) first.set(name, outcome);
        else compareBits(outcome, before);
        assert.deepEqual(failures(outcome), []);
        assert.ok(outcome.checks.length > 0, "it expects nothing");
      });
    }
    await t.test("the one that must fail", async () => {
      const parts = partsOf(root, { scenario: FAILING });
      const outcome = await runCase({ scenario: "must-fail", parts, device, make, replay: "" });
      assert.equal(outcome.pass, false);
      assert.equal(outcome.error, undefined);
      const [soc = "", mode = ""] = failures(outcome);
      assert.match(
        soc,
        /^steps\[0\]\.expect\[0\]: soc at 3 h: expected 1 \+- 0\.01, seen 0\.68\d+$/,
      );
      assert.match(mode, /mode at 3 h: expected survival, seen active$/);
    });
  });
}
