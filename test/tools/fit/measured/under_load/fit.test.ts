// From files of a made-up cell, simulated in small steps with formulas for curves, the fit under
// load finds what the cell does, foretells a drive that it did not see, and writes it down at the
// size that was asked for.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plain } from "../../../../../boards/schema/quantity.js";
import { readToldCell } from "../../../../../tools/characterise/cell_part.js";
import { profileOfFit } from "../../../../../tools/fit/measured/cell_profile.js";
import { fitMeasured } from "../../../../../tools/fit/measured/fit.js";
import { notIdentified, sigmasOfFit } from "../../../../../tools/fit/measured/judgement.js";
import {
  coldness,
  elementAt,
  warmth,
} from "../../../../../tools/fit/measured/under_load/elements.js";
import { predictUnderLoad } from "../../../../../tools/fit/measured/under_load/fit.js";
import { believedOf, record } from "../believed.js";
import * as tester from "./cell.js";
import { truth, valueOf } from "./cell.js";

const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
const told = readToldCell("r20-50uAh");
const written = { title: "t", source: "s", capacity_nAh: 50_000 };

describe("a fit to slow and fast discharges at 0 and 25 degC, and drives at 10 and 25 degC", () => {
  const records = [
    ...[0, 25].map((degC) => record(`slow_${degC}.csv`, tester.slowDischarge(degC))),
    ...[0, 25].map((degC) => record(`fast_${degC}.csv`, tester.fastDischarge(degC))),
    record("road_10.csv", tester.road(10, 1.5)),
    record("road_25.csv", tester.road(25)),
  ];
  const fitted = fitMeasured(records, believedOf(told));
  const { elements, capacity_nAh } = fitted.under_load!;
  const ohm = 1e6 / capacity_nAh;
  const grid = [0, 10, 25].flatMap((degC) => [0.15, 0.3, 0.5, 0.8].map((z) => [z, degC] as const));

  it("leaves a millivolt or so of each file", () => {
    for (const { procedure, rms_mV, minute_rms_mV } of fitted.quality) {
      assert.ok(rms_mV < 2, `${procedure}: ${rms_mV} mV`);
      assert.ok(minute_rms_mV <= rms_mV);
    }
  });

  it("finds the drop that comes at once, from C/5 to 2C, within 8 %", (t) => {
    for (const [z, degC] of grid) {
      for (const rate of [0.2, 1, 2]) {
        const [R0, R1] = [elements.ohmic, elements.kinetic].map((each) => elementAt(each, z, degC));
        const bend_mV = elements.kinetic_mV * warmth(degC);
        const found = R0! * rate + bend_mV * Math.asinh((R1! * rate) / bend_mV);
        const mA = rate * tester.CAPACITY_MAH;
        const own_mV = truth.kinetic_mV * warmth(degC);
        const kinetic = own_mV * Math.asinh((valueOf(truth.kinetic, z, degC) * mA) / own_mV);
        const ratio = found / (valueOf(truth.ohmic, z, degC) * mA + kinetic);
        t.diagnostic(`${z} ${degC} degC ${rate} C: ${ratio.toFixed(3)}`);
        assert.ok(Math.abs(ratio - 1) < 0.08, `${z}, ${degC} degC, ${rate} C: ${ratio}`);
      }
    }
  });

  it("finds the slow drop and the lead within 10 %, and how fast they come within 20 %", () => {
    for (const [z, degC] of grid) {
      const slow = (ohm * elementAt(elements.slow, z, degC)) / valueOf(truth.slow, z, degC);
      const lead = elementAt(elements.lead, z, degC) / valueOf(truth.lead, z, degC);
      assert.ok(Math.abs(slow - 1) < 0.1, `slow at ${z}, ${degC} degC: ${slow}`);
      assert.ok(Math.abs(lead - 1) < 0.1, `lead at ${z}, ${degC} degC: ${lead}`);
    }
    const x = coldness(10);
    const slow_tau_s = elements.slow_tau_s * Math.exp(elements.slow_tau_kK * x);
    const lead_tau_s = elements.lead_tau_s * Math.exp(elements.lead_tau_kK * x);
    const slow = slow_tau_s / (truth.slow_tau_s * Math.exp(truth.slow_tau_kK * x));
    const lead = lead_tau_s / (truth.lead_tau_s * Math.exp(truth.lead_tau_kK * x));
    assert.ok(Math.abs(slow - 1) < 0.2 && Math.abs(lead - 1) < 0.2, `${slow}, ${lead}`);
  });

  it("finds where the drop bends within 40 %", () => {
    assert.ok(Math.abs(elements.kinetic_mV / truth.kinetic_mV - 1) < 0.4);
  });

  it("finds the OCV at both temperatures within 3 mV above the knee", () => {
    const { tables_mV, degC } = fitted.under_load!;
    const left = capacity_nAh / (tester.CAPACITY_MAH * 1e6);
    degC.forEach((at, k) => {
      fitted.model.soc.forEach((z, i) => {
        if (z < 0.1) return;
        const off_mV = tables_mV[k]![i]! - 1000 * tester.ocv_V(1 - (1 - z) * left, at);
        assert.ok(Math.abs(off_mV) < 3, `${z}, ${at} degC: ${off_mV}`);
      });
    });
  });

  it("foretells a drive at 5 degC that it did not see within 2 mV", (t) => {
    const { log } = record("unseen.csv", tester.road(5, 0.7));
    const soc = log.charge_nAh.map((nAh) => 1 + nAh / capacity_nAh);
    const track = { log, soc, first: 0, direction: soc.map(() => 0), closing_share: 0 };
    const { voltage_mV } = predictUnderLoad(fitted.under_load!, track);
    const off_mV = rms(Array.from(voltage_mV, (mV, row) => mV - log.voltage_mV[row]!));
    t.diagnostic(`${off_mV.toFixed(2)} mV`);
    assert.ok(off_mV < 2, `${off_mV}`);
  });

  it("writes it at the size that was asked for, the lead without a gain", () => {
    const cell = plain(profileOfFit(fitted, sigmasOfFit(fitted), told, written)).profile;
    const { polarization, tables } = cell;
    const at = tables.soc.indexOf(0.5);
    const ratio = capacity_nAh / written.capacity_nAh;
    const slow_ohm = ohm * ratio * elementAt(elements.slow, 0.5, 25);
    assert.ok(Math.abs(polarization!.slow_ohm[at]! / slow_ohm - 1) < 1e-3);
    assert.ok(Math.abs(polarization!.lead_s[at]! / elementAt(elements.lead, 0.5, 25) - 1) < 1e-3);
    assert.equal(polarization!.ohmic_ohm.length, tables.soc.length);
    const [a, b] = [polarization!.activation_kK[1]!, polarization!.slope_kK[1]!];
    assert.ok(Math.abs(a + b - elements.kinetic.kK[1]!) < 1e-2);
    const heating = (elements.heating_K * 1e12) / written.capacity_nAh;
    assert.ok(Math.abs(polarization!.self_heating_K_W / heating - 1) < 0.01);
    assert.equal(cell.diffusion_gain, 1);
    const weights = cell.diffusion_weight.reduce((sum, weight) => sum + weight, 0);
    assert.ok(Math.abs(weights / fitted.model.diffusion_gain - 1 / 3) < 1e-3, `${weights}`);
  });

  it("misses nothing of the cell under load but its warmth, which is little", () => {
    const said = notIdentified(fitted, records, true).join("; ");
    assert.match(said, /self-heating \(less than 5 K\): a usual value/);
    assert.doesNotMatch(said, /under load|bends over/);
  });
});

describe("a slow discharge whose counter shows 1.5 % too little", () => {
  it("gives the same OCV within 5 mV: drives and fast discharges tell the stretch", (t) => {
    const short = tester.slowDischarge(0).map((row) => ({
      ...row,
      current_mA: 0.985 * row.current_mA,
      charge_mAh: 0.985 * row.charge_mAh,
    }));
    const fitted = fitMeasured(
      [
        ...[record("slow_0.csv", short), record("slow_25.csv", tester.slowDischarge(25))],
        ...[0, 25].map((degC) => record(`fast_${degC}.csv`, tester.fastDischarge(degC))),
        record("road_10.csv", tester.road(10, 1.5)),
      ],
      believedOf(told),
    );
    const left = fitted.capacity_nAh / (tester.CAPACITY_MAH * 1e6);
    fitted.model.soc.forEach((z, i) => {
      if (z < 0.1) return;
      const own_mV = 1000 * tester.ocv_V(1 - (1 - z) * left, 0);
      const off_mV = fitted.under_load!.tables_mV[0]![i]! - own_mV;
      t.diagnostic(`${z}: ${off_mV.toFixed(1)} mV`);
      assert.ok(Math.abs(off_mV) < 5, `${z}: ${off_mV} mV`);
    });
  });
});

describe("what files cannot tell of a cell under load", () => {
  const slow = [0, 25].map((degC) => record(`slow_${degC}.csv`, tester.slowDischarge(degC)));
  const fast = record("fast_25.csv", tester.fastDischarge(25));
  const saidOf = (fitted: ReturnType<typeof fitMeasured>) =>
    notIdentified(fitted, slow, true).join("; ");

  it("is all of it where there are slow discharges only: the file has no such block", () => {
    const fitted = fitMeasured(slow, believedOf(told));
    assert.equal(fitted.under_load, undefined);
    assert.match(
      saidOf(fitted),
      /the cell under load \(no drive, no discharge at C\/5 or faster\)/,
    );
    const { profile } = profileOfFit(fitted, sigmasOfFit(fitted), told, written);
    assert.equal(profile.polarization, undefined);
  });

  it("is how it changes with temperature where all is at one: as the believed cell", () => {
    const fitted = fitMeasured([...slow, fast], believedOf(told));
    const { ohmic, kinetic } = fitted.under_load!.elements;
    const theirs_kK = told.profile.activation_K.value / 1000;
    assert.deepEqual([...ohmic.kK, ...kinetic.kK], Array(4).fill(theirs_kK));
    const said = saidOf(fitted);
    assert.match(said, /change of resistance with temperature \(all at one temperature\)/);
    assert.match(said, /the cell under load at 0 degC \(slow discharges only\)/);
  });

  it("is how the drop bends where no current is large, and what lies below the last of it", () => {
    const gentle = record("gentle.csv", tester.gentlePulses(25));
    const said = saidOf(fitMeasured([...slow, gentle], believedOf(told)));
    assert.match(said, /how the drop bends over the current \(no large one\): a usual value/);
    assert.match(said, /the cell under load below [3-9]\d % SOC: continued/);
  });
});
