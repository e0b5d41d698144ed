// The bed's truth is true: charges close, a seed repeats itself, the lives are those of their
// set-ups, and the books are what firmware would have booked.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Bed } from "../../../../host/sim/twin/bed.js";
import { close, near } from "../cell_fixture.js";
import { caseFor, DAY_S, listOf, live, NO_GAIN, plan } from "./fixture.js";

const full = listOf("full");
const setups = Object.keys(plan.setups);

describe("the truth of the bed", () => {
  it("closes: what is in the cell is what came less what went", () => {
    for (const name of ["swing", "flat"]) {
      const of = caseFor(name, 8, full);
      const first = new Bed(of);
      const start_nC = first.twin.cell.charge_nC;
      const { bed } = live(of, 60);
      const { harvest_nC, load_nC, leak_nC } = bed.flows;
      const { cell, capacity_nC } = bed.twin;
      const left_nC = harvest_nC - load_nC - leak_nC - cell.self_nC;
      close(cell.charge_nC - start_nC, left_nC, 1e-6 * capacity_nC, `${name}, nC`);
      assert.ok(harvest_nC > 0 && load_nC > 0);
    }
  });

  it("has SOC 0 and 1 where the rested cell is at the cut-off and at the float voltage", () => {
    const { label, physics } = caseFor("cv", 1);
    for (const [soc, wanted_mV] of [
      [0, label.cut_off_mV],
      [1, label.float_mV],
    ] as const) {
      const of = caseFor("cv", 1, full);
      const setup = { ...of.setup, start: { soc_min: soc, soc_max: soc }, low_degC: 25 };
      const bed = new Bed({ ...of, setup: { ...setup, high_degC: 25 } });
      close(bed.twin.cell.voltage_mV(0), wanted_mV, 0.5, `SOC ${soc}, mV`);
      near(bed.twin.capacity_nC, 0.9 * label.capacity_nAh * 3600, 1e-9, "capacity");
      assert.ok(physics.area_cm2 > 0);
    }
  });

  it("is the seed's: the same gives the same readings, another does not", () => {
    const bytesOf = (seed: number) =>
      JSON.stringify(live(caseFor("week", 3, full, NO_GAIN, seed), 60));
    assert.equal(bytesOf(5), bytesOf(5));
    assert.notEqual(bytesOf(6), bytesOf(5));
  });

  it("tells the unbooked drain as the label counts it", () => {
    const { bed } = live(caseFor("flat", 4, { leak_nA: 10, load_error: 0.1, capacity_ratio: 0.9 }));
    const load_nA = bed.flows.load_nC / bed.time_s;
    const self_nA = bed.twin.cell.self_nC / bed.time_s;
    near(bed.unbooked_nA(), (load_nA + 10 + self_nA) / 0.9 - 0.9 * load_nA, 1e-9, "nA");
  });
});

describe("the life of each set-up", () => {
  const seeds = [20, 21, 22];
  for (const name of setups) {
    const { cells, days, track, leave, load } = plan.setups[name]!;
    it(`${name}: goes where its file says`, () => {
      for (const seed of seeds) {
        const of = caseFor(name, days, full, NO_GAIN, seed, cells[0]);
        const bed = new Bed(of);
        const { capacity_nC } = bed.twin;
        let [held, day_nC] = [0, NaN];
        while (!bed.over) {
          bed.read();
          if (bed.limiting) held++;
          if (bed.time_s === DAY_S) day_nC = bed.flows.load_nC;
          const moment = `${name}, seed ${seed}, day ${bed.time_s / DAY_S}: SOC ${bed.soc}`;
          assert.ok(bed.soc > 0 && bed.soc < 1.05, moment);
          const left = leave !== undefined && bed.time_s >= leave.day * DAY_S;
          const rising = track?.rise_soc !== undefined;
          if (track !== undefined && !left && !rising && bed.time_s > DAY_S) {
            // a cloudless day brings more than was planned
            assert.ok(bed.soc > track.low_soc - 0.1 && bed.soc < track.high_soc + 0.1, moment);
          }
          bed.pass(true, 0);
        }
        const floats = track === undefined || (track.rise_soc ?? leave?.soc ?? 0) > 1;
        assert.equal(held > 0, floats, `${name}: ${held} wakes at the float voltage`);
        near(day_nC, load.per_day * capacity_nC, 0.1, `${name}: load of a day, nC`);
        if (leave !== undefined) assert.ok(bed.soc > 0.6, `${name}: left at ${bed.soc}`);
      }
    });
  }

  it("takes capacity and adds resistance day by day where the set-up says so", () => {
    const aged = (ages: boolean) => {
      const of = caseFor("ageing", 20);
      const { bed } = live({ ...of, setup: { ...of.setup, ages } });
      return { bed, capacity_nC: bed.twin.capacity_nC };
    };
    const [fresh, old] = [aged(false), aged(true)];
    const { alive, growth, cycles } = old.bed.ageing;
    // a load of 70 % a day, most of it through the cell
    assert.ok(cycles > 8 && cycles < 14, `${cycles} cycles`);
    assert.ok(alive < 0.997 && growth > 1.01, `${alive} alive, ${growth} times the resistance`);
    near(old.capacity_nC, alive * fresh.capacity_nC, 1e-9, "nC");
    near(old.bed.twin.cell.capacity_nAh, alive * fresh.bed.twin.cell.capacity_nAh, 1e-9, "nAh");
  });

  it("is between 5 and 35 degC every day", () => {
    const temperatures = live(caseFor("flat", 2)).readings.map((r) => r.temperature_degC);
    close(Math.min(...temperatures), 5, 0.1, "coldest");
    close(Math.max(...temperatures), 35, 0.1, "warmest");
  });

  it("cannot be of a set-up that contradicts itself", () => {
    const of = caseFor("flat", 1);
    const { track, ...rest } = of.setup;
    const surplus = caseFor("cv", 1).setup.surplus;
    const refused: [Partial<typeof of.setup>, RegExp][] = [
      [{ ...rest, track: undefined }, /one of track and surplus/],
      [{ ...rest, track, surplus }, /one of track and surplus/],
      [{ ...rest, track: undefined, surplus }, /must have start/],
      [{ ...rest, track: { ...track!, fall_days: 9 } }, /fall_days must be < period_days = 4/],
    ];
    for (const [setup, message] of refused) {
      const wrong = { ...of, setup: { ...of.setup, ...setup } };
      assert.throws(() => new Bed(wrong), { name: "RangeError", message });
    }
  });
});

describe("what firmware reads", () => {
  it("is booked: the load in events and sleep, the harvest as the source offers it", () => {
    const of = caseFor("flat", 6, { load_error: 0.1, harvest_error: 0.05 });
    const { bed, readings } = live(of);
    const last = bed.read();
    const all = [...readings.slice(1), last];
    const events = all.reduce((sum, reading) => sum + reading.events, 0);
    const booked_nC = events * bed.books.event_nC + bed.books.sleep_nA * bed.time_s;
    near(booked_nC, 0.9 * bed.flows.load_nC, 1e-9, "load, nC");
    const offered_nC = all.reduce((sum, r) => sum + r.harvest_mean_nA * of.setup.wake_s, 0);
    near(offered_nC, 1.05 * bed.flows.harvest_nC, 1e-9, "harvest, nC");
  });

  it("does not tell how much less the charger takes at the float voltage", () => {
    const { bed, readings } = live(caseFor("cv", 12));
    const offered_nC = readings.reduce((sum, r) => sum + r.harvest_mean_nA * 600, 0);
    assert.ok(readings.some(({ limiting }) => limiting));
    assert.ok(offered_nC > 1.05 * bed.flows.harvest_nC, `${offered_nC / bed.flows.harvest_nC}`);
  });

  it("holds nothing but the sample's values", () => {
    const bed = new Bed(caseFor("flat", 1));
    const names = ["charging", "events", "harvest_mean_nA", "harvest_now_nA", "limiting"];
    const rest = ["loaded_mV", "paused", "temperature_degC", "time_s", "voltage_mV"];
    assert.deepEqual(Object.keys(bed.read()).sort(), ["charge_pC", ...names, ...rest]);
  });

  it("comes without harvest where charging was paused for it, but not at the float voltage", () => {
    const { readings } = live(caseFor("cv", 12), 60);
    const paused = readings.filter((reading) => reading.paused);
    assert.ok(paused.length > 100);
    for (const { harvest_now_nA, harvest_mean_nA, limiting, charging } of paused) {
      assert.equal(harvest_now_nA, 0);
      assert.ok(harvest_mean_nA > 0 && !limiting && !charging);
    }
    assert.ok(readings.some(({ limiting, paused: wasPaused }) => limiting && !wasPaused));
  });

  it("and where charging is switched off there is none at all", () => {
    const bed = new Bed(caseFor("cv", 1));
    while (!bed.over) {
      const { harvest_mean_nA, harvest_now_nA } = bed.read();
      assert.equal(harvest_mean_nA + harvest_now_nA, 0);
      bed.pass(false, 0);
    }
    assert.equal(bed.flows.harvest_nC, 0);
  });
});
