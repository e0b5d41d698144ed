// A run as a whole: it repeats itself, its books and the core's agree but for what was declared,
// and it is close to what far finer steps and volumes give.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { programmeOf } from "../../../boards/programme.js";
import { readParts } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Paths } from "../../../host/core/abi.js";
import { numbersOf } from "../../../tools/simulate/numbers.js";
import { traceFor } from "../../../tools/simulate/life.js";
import { voltageErrors } from "../../../tools/bench/speed/fine_replay.js";
import { defaultParts, liveFor, steady } from "./life_fixture.js";
import { newCore } from "../core_fixture.js";
import { projectPath } from "../../../tools/build/paths.js";

const root = projectPath("boards");

const NC_PC = 1e-3;

const close = (value: number, wanted: number, relative: number, what: string) =>
  assert.ok(
    Math.abs(value - wanted) <= relative * Math.abs(wanted),
    `${what}: ${value}, wanted ${wanted}`,
  );

describe("a run", () => {
  it("is its commit, scenario and seed: the same gives the same bytes, another not", async () => {
    const bytesOf = async (seed: number) => {
      const trace = traceFor(240);
      const life = await liveFor(240, ({ scenario }) => (scenario.seed = seed), { trace });
      const rows = Buffer.from(trace.voltage_mV.buffer, 0, 4 * trace.count).toString("hex");
      return JSON.stringify(numbersOf(life, "commit", "replay")) + rows;
    };
    const first = await bytesOf(5);
    assert.equal(await bytesOf(5), first);
    assert.notEqual(await bytesOf(6), first);
  });

  it("of a year is within 1 mV of far finer steps and volumes at every wake", async () => {
    const parts = defaultParts();
    parts.scenario.seed = 11;
    const { worst_mV, wakes } = voltageErrors(await newCore(), parts, 21 * 24);
    assert.ok(wakes > 2900);
    assert.ok(worst_mV <= 1, `${worst_mV} mV at the worst of ${wakes} wakes`);
  });

  it("books in the core what the plant did, but for the errors of its files", async () => {
    const { run, parts } = await liveFor(720);
    const { node, firmware } = run;
    const { ledger, specimen, supply } = node;
    const { deeds } = firmware;
    const booked_nC = (path: number) => deeds.booked_pC[path]! * NC_PC;
    const { profile } = plain(parts.board);
    const { events, wake_ms } = programmeOf(parts);
    const on_s = run.length_s - run.off_s;
    // what every wake did is booked at the next one; the last is still open
    const closed = deeds.steps - deeds.boots;
    const awake_s = (closed * wake_ms) / 1000;

    const asleep_nC = profile.sleep_drain_nA * (on_s - awake_s);
    // the core books at the scale that it has learned: one for all that the load does
    const learned = -booked_nC(Paths.sleep) / asleep_nC;
    assert.ok(Math.abs(learned - 1) < 0.1, `learned scale ${learned}`);
    const asleep_truth_nC = supply.sleep_nA * specimen.load_ratio * on_s;
    close(ledger.sleep_nC, asleep_truth_nC, 1e-9, "asleep in truth");
    // declared: the load's spread; the charger's own current is booked as its mean in the dark
    const declared_nC = asleep_truth_nC / specimen.load_ratio + 620 * (on_s - awake_s);
    close(-booked_nC(Paths.sleep), learned * declared_nC, 3e-3, "asleep, explained");

    const awake_nC = ledger.active_nC + ledger.gauge_nC + ledger.record_nC;
    const active_nC = awake_nC / specimen.load_ratio;
    const closed_nC = active_nC * (closed / deeds.steps);
    close(-booked_nC(Paths.active), learned * closed_nC, 1e-2, "active, explained");

    const events_nC = events.reduce((sum, { charge_nC }, i) => sum + charge_nC * deeds.done[i]!, 0);
    close(ledger.events_nC, events_nC * specimen.load_ratio, 1e-9, "events in truth");
    close(-booked_nC(Paths.burst), learned * events_nC, 1e-2, "events, explained");

    const self_nA = plain(parts.cell).profile.self_drain_nA;
    close(-booked_nC(Paths.self), self_nA * on_s, 2e-3, "self-discharge booked");
    const { self_discharge_per_year } = plain(parts.cell).physics;
    const truth_nA = (self_discharge_per_year * node.cell.capacity_nAh) / 8766;
    close(node.cell.self_nC, truth_nA * run.length_s, 2e-3, "and in truth");
  });

  it("meters harvest with its meter's error, as long as the cell is not full", async () => {
    const { run, plant, parts } = await liveFor(
      12,
      ({ scenario, load }) => {
        scenario.start_soc = 0.2;
        for (const event of load.events) event.wanted_per_h.value = 0;
      },
      { environment: steady(60) },
    );
    const { ledger } = run.node;
    const booked_nC = run.firmware.deeds.booked_pC[Paths.harvest]! * NC_PC;
    assert.equal(run.node.limiting, false);
    const open_s = 600;
    const share = (run.length_s - open_s) / run.length_s;
    const mean_nA = ledger.delivered_nC / run.length_s;
    const { meter_lsb_nA } = plain(parts.board).physics.sensors;
    const steps = meter_lsb_nA / 2 / mean_nA;
    const metered_nC = ledger.delivered_nC * plant.sensors.meter * share;
    close(booked_nC, metered_nC, steps + 0.002, "harvest booked");
  });

  it("counts what the application wanted: done, refused, or failed", async () => {
    const { run, parts } = await liveFor(240);
    const { deeds } = run.firmware;
    parts.load.events.forEach(({ name, wanted_per_h }, kind) => {
      const all = deeds.done[kind]! + deeds.refused[kind]! + deeds.failed[kind]!;
      assert.ok(Math.abs(all - wanted_per_h.value * 240) <= 2, `${name}: ${all}`);
    });
    const { events } = programmeOf(parts);
    assert.equal(
      events.reduce((sum, { wanted_per_s }) => sum + wanted_per_s * 86400, 0),
      96,
    );
  });

  it("does not start again and again on a cell that cannot carry it", async () => {
    for (const [cell, board] of [
      ["enerchip-12uAh", "nrf52840-neh7100"],
      ["r20-12uAh", "nrf52840-bq25570"],
    ] as const) {
      const { run } = await liveFor(240, (parts) => {
        Object.assign(parts, readParts(root, { ...parts.scenario, cell, board }));
      });
      const { deeds } = run.firmware;
      assert.ok(run.brownouts > 0, "a cell this small has dark nights");
      assert.ok(deeds.boots < 300, `${cell}: ${deeds.boots} starts in ten days`);
      assert.ok(run.node.ledger.load_nC < 4 * 3600 * run.node.cell.capacity_nAh * 10);
    }
  });

  it("ends at its first brown-out when asked to, and tells its progress", async () => {
    const shares: number[] = [];
    const dark = { environment: steady(0) };
    const { run } = await liveFor(2000, undefined, {
      ...dark,
      stop_at_brownout: true,
      progress: (share) => shares.push(share),
    });
    assert.equal(run.brownouts, 1);
    assert.ok(run.node.time_s < 100 * 3600);
    const long = await liveFor(8760, undefined, { progress: (share) => shares.push(share) });
    assert.ok(long.run.node.time_s >= 8760 * 3600);
    assert.ok(shares.length > 5 && shares.every((share, i) => i === 0 || share > shares[i - 1]!));
  });
});
