// What the firmware of a twin is told: the files' tables, unless a list of unknowns says otherwise.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Bed } from "../../../host/sim/twin/bed.js";
import { resolveProfile } from "../../../boards/resolve.js";
import { twinProfile } from "../../../tools/bench/gauge/twin_profile.js";
import { close } from "../../host/sim/cell_fixture.js";
import { caseFor, CELL, NO_GAIN, PERFECT, plan } from "../../host/sim/twin/fixture.js";

function profileFor(list: string) {
  const unknowns = { ...PERFECT, ...plan.lists[list] };
  const bed = new Bed(caseFor("nocv", 1, unknowns));
  const { part: cell } = plan.cells[CELL]!;
  const { parts } = plan;
  const profile = twinProfile({ parts, cell, bed, wiring: NO_GAIN, unknowns, wake_s: 600 });
  return { bed, profile, resolved: resolveProfile({ ...parts, cell }) };
}

describe("the profile of a twin", () => {
  it("of the full list has the tables that were fitted to another specimen", () => {
    const { profile, resolved } = profileFor("full");
    assert.deepEqual(profile.tables, resolved.tables);
    assert.equal(profile.voltage_sigma_mV, resolved.voltage_sigma_mV);
  });

  it("of the easy list has the specimen's own OCV, and sigmas that fit it", () => {
    const { bed, profile, resolved } = profileFor("easy");
    const { soc, ocv } = profile.tables;
    soc.forEach((z, i) => close(ocv[0]!.ocv_mV[i]!, bed.twin.ocv_mV(z), 1e-6, `SOC ${z}, mV`));
    assert.notDeepEqual(ocv, resolved.tables.ocv);
    assert.deepEqual({ ...profile.tables, ocv }, { ...resolved.tables, ocv });
    assert.equal(profile.voltage_sigma_mV, 0.5);
    assert.equal(profile.float_sigma, 0.001);
    assert.equal(profile.harvest_walk, 0.01);
  });
});
