// A cell that has a gentler float voltage ages less where its top is not needed, and no event is
// missed for it; a cell that needs every night's charge is filled to the top.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Core } from "../../../host/core/core.js";
import { live } from "../../../tools/simulate/life.js";
import { partsOf } from "../../../tools/simulate/setup.js";

const core = await Core.instantiate(readFileSync("build/core.wasm"));

/** 90 days in the office with a cell rated for 4.2 V; `gentle_mV` 0: none. */
function lifeOf(cell: string, gentle_mV: number) {
  const set = [
    "board.physics.float_strap_mV=4200",
    "board.profile.float_strap_mV=4200",
    `cell.profile.float_gentle_mV=${gentle_mV}`,
  ];
  const parts = partsOf("boards", {
    ...{ scenario: "default-year", cell, board: "nrf52840-neh7100", hours: 2160, set },
  });
  const { run } = live(core, cell, parts);
  return { aged: 1 - run.node.ageing.alive, done: run.firmware.deeds.done, soc_max: run.soc_max };
}

test("a cell that is never short is kept gently, ages a third less and works on", () => {
  const high = lifeOf("r20-0p7mAh", 0);
  const gentle = lifeOf("r20-0p7mAh", 4100);
  assert.ok(gentle.aged < 0.7 * high.aged, `${gentle.aged} against ${high.aged}`);
  assert.deepEqual(gentle.done, high.done);
});

test("a cell that is short every night is filled to the top", () => {
  const gentle = lifeOf("r20-50uAh", 4100);
  assert.ok(gentle.soc_max > 0.98, `${gentle.soc_max}`);
});
