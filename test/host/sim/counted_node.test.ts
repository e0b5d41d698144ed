// A simulated node with a charge counter: its core books what went through the cell's terminals,
// and tells capacity and resistance; one without says that the capacity is not known yet.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPart, type Parts } from "../../../boards/parts.js";
import { Paths } from "../../../host/core/abi.js";
import { projectPath } from "../../../tools/build/paths.js";
import { type Life, traceFor } from "../../../tools/simulate/life.js";
import { numbersOf } from "../../../tools/simulate/numbers.js";
import { pageOf } from "../../../tools/simulate/page.js";
import { close } from "./cell_fixture.js";
import { liveFor } from "./life_fixture.js";

const BOARD = "nrf52840-bq25570-counter";
const HOUR_S = 3600;
const PC_NC = 1000;

/** The board with a counter, and an old cell. */
function counting(parts: Parts): void {
  parts.board = readPart(projectPath("boards"), "board", BOARD);
  parts.scenario.board = BOARD;
  parts.scenario.specimen = { capacity_ratio: 0.8, resistance_ratio: 2 };
}

const healthOf = (life: Life) => numbersOf(life, "commit", "replay").health!;

describe("a node with a charge counter", () => {
  it("books what went through the terminals, as its counter sees it", async () => {
    // ends right after a wake
    const { run, plant } = await liveFor(240 + 2 / HOUR_S, (parts) => {
      counting(parts);
      delete parts.scenario.specimen;
    });
    const { cell, time_s } = run.node;
    const { gain, offset_nA } = plant.sensors.counter!;
    const seen_pC = PC_NC * (gain * cell.port_nC + offset_nA * time_s);
    const { booked_pC, boots } = run.firmware.deeds;
    assert.equal(boots, 1);
    // of the first second and the last one nothing is read; steps are whole
    close(booked_pC[Paths.measured]!, seen_pC, 5e-3 * Math.abs(seen_pC), "booked, pC");
    assert.equal(booked_pC[Paths.sleep], 0);
    assert.equal(booked_pC[Paths.harvest], 0);
  });

  it("tells a capacity a fifth below the label within 3 %, and twice the resistance", async () => {
    const life = await liveFor(8760, counting);
    const { capacity_uAh, resistance_ohm } = healthOf(life);
    close(capacity_uAh.told!, capacity_uAh.truth, 0.03 * capacity_uAh.truth, "capacity, uAh");
    close(resistance_ohm.told!, resistance_ohm.truth, 0.1 * resistance_ohm.truth, "ohm");
  });

  it("prints health beside the truth, in words where it is not known yet", async () => {
    const page = async (change?: (parts: Parts) => void) => {
      const trace = traceFor(48);
      const life = await liveFor(48, change, { trace });
      return pageOf(numbersOf(life, "commit", "replay"), trace, { seconds: 1, wakes: 1 });
    };
    const resistance = /resistance now \d+ ohm \(truly \d+ ohm\)/;
    const plain = await page();
    assert.match(plain, /health +capacity not known yet \(truly 104.\d uAh\), /);
    assert.match(plain, resistance);
    assert.match(await page(counting), resistance);
  });

  it("needs the counter that its file claims", async () => {
    const claimed = (parts: Parts) => parts.board.profile.observables.push("charge");
    await assert.rejects(
      liveFor(1, claimed),
      /nrf52840-bq25570.json: physics.sensors.counter must be given where .* add it$/,
    );
    const shown = (parts: Parts) => {
      counting(parts);
      parts.board.profile.observables.push("current");
    };
    await assert.rejects(
      liveFor(1, shown),
      /-counter.json: physics.sensors.counter.current must be given where .* add it$/,
    );
  });
});
