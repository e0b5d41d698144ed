// From files of a cell whose numbers are known, the fit finds those numbers, and says which of them
// other files could not have told.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readToldCell } from "../../../../tools/characterise/cell_part.js";
import { fitMeasured } from "../../../../tools/fit/measured/fit.js";
import { notIdentified, sigmasOfFit } from "../../../../tools/fit/measured/judgement.js";
import { parseRecord } from "../../../../tools/fit/measured/record.js";
import { OcvSurface } from "../../../../tools/fit/curve.js";
import { FirmwareModel } from "../firmware_model.js";
import { believedOf, record } from "./believed.js";
import * as laboratory from "./laboratory.js";
import { type Row, truth } from "./laboratory.js";

const told = readToldCell("r20-50uAh");
const { profile } = told;
const believed = believedOf(told);

const names = (records: ReturnType<typeof record>[], fitted = fitMeasured(records, believed)) =>
  notIdentified(fitted, records, false).join("; ");

describe("a fit to slow discharges and drives at three temperatures", () => {
  const records = [5, 25, 45].flatMap((degC) => [
    record(`slow_${degC}.csv`, laboratory.slowDischarge(degC)),
    record(`drive_${degC}.csv`, laboratory.drive(degC)),
  ]);
  const fitted = fitMeasured(records, believed);

  it("finds the capacity within 2 %: the last of it comes out slower than at C/20", () => {
    const ratio = fitted.capacity_nAh / truth.capacity_nAh;
    assert.ok(ratio > 0.98 && ratio <= 1, `${ratio}`);
  });

  it("finds the OCV at every temperature within 2 mV above the knee", (t) => {
    const own = new FirmwareModel(truth, 1);
    const found = new OcvSurface(fitted.model);
    for (const degC of [5, 25, 45]) {
      const off_mV = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95].map((soc) => {
        const left = 1 - (1 - soc) * (fitted.capacity_nAh / truth.capacity_nAh);
        return found.voltage_mV(soc, degC) - own.ocvAt_mV(left, degC);
      });
      t.diagnostic(`${degC} degC: ${off_mV.map((mV) => mV.toFixed(1)).join(", ")} mV`);
      assert.ok(
        off_mV.every((mV) => Math.abs(mV) < 2),
        `${degC} degC: ${off_mV.join()}`,
      );
    }
    assert.equal(fitted.model.ocv_tables?.length, 3);
  });

  it("finds resistance within 10 % and activation within 5 %", () => {
    const own = new FirmwareModel(truth, 1).resistance_ohm(0.5, 25);
    const ratio = fitted.model.resistance_ohm / own;
    assert.ok(Math.abs(ratio - 1) < 0.1, `R ${ratio}`);
    const activation = fitted.model.activation_K / truth.activation_K;
    assert.ok(Math.abs(activation - 1) < 0.05, `Ea ${activation}`);
  });

  it("finds how far the surface leads, gain times tau, within 30 %", () => {
    const { soc, tau_s, diffusion_gain } = fitted.model;
    const own = truth.diffusion_gain * truth.tables.tau_s[0]!;
    soc.forEach((z, i) => {
      if (z < 0.2 || z > 0.9) return;
      const ratio = (diffusion_gain * tau_s[i]!) / own;
      assert.ok(Math.abs(ratio - 1) < 0.3, `at ${z}: ${ratio}`);
    });
  });

  it("leaves a few millivolts of each file, and tells the core so", () => {
    for (const { procedure, rms_mV } of fitted.quality)
      assert.ok(rms_mV < 5, `${procedure} ${rms_mV}`);
    const { voltage_sigma_mV, resistance_sigma } = sigmasOfFit(fitted);
    assert.ok(voltage_sigma_mV < 5 && resistance_sigma! < 0.1);
  });

  it("says that hysteresis and ageing are not in the files, but resistance is", () => {
    const said = names(records, fitted);
    assert.match(said, /hysteresis.*area, CCD/);
    assert.doesNotMatch(said, /resistance|diffusion|scale of the current/);
  });
});

describe("a fit to one file of a whole programme", () => {
  it("takes what follows the slow discharge for resistance and diffusion", () => {
    const whole = record("all.csv", laboratory.wholeProgramme(25));
    const fitted = fitMeasured([whole], believed);
    assert.deepEqual(
      fitted.quality.map(({ procedure }) => procedure),
      ["all.csv", "all.csv, rest"],
    );
    const own = new FirmwareModel(truth, 1).resistance_ohm(0.5, 25);
    const ratio = fitted.model.resistance_ohm / own;
    assert.ok(Math.abs(ratio - 1) < 0.1, `R ${ratio}`);
    fitted.quality.forEach(({ rms_mV }) => assert.ok(rms_mV < 5, `${rms_mV} mV`));
  });
});

describe("what files cannot tell", () => {
  const slow = record("slow.csv", laboratory.slowDischarge(25));

  it("is resistance, diffusion and temperature where there is one slow discharge", () => {
    const fitted = fitMeasured([slow], believed);
    const said = names([slow], fitted);
    assert.match(said, /resistance \(slow discharges only/);
    assert.match(said, /diffusion apart from resistance.*change of OCV with temperature/);
    // what stands in is the believed cell's, of this size
    const { resistance_ohm } = fitted.model;
    const theirs = profile.resistance_ohm.value * (believed.capacity_nAh / fitted.capacity_nAh);
    assert.ok(Math.abs(resistance_ohm / theirs - 1) < 1e-9);
    assert.equal(fitted.model.activation_K, profile.activation_K.value);
  });

  it("is the activation where all is at one temperature", () => {
    const both = [slow, record("drive.csv", laboratory.drive(25))];
    const fitted = fitMeasured(both, believed);
    assert.match(names(both, fitted), /^change of resistance with temperature/);
    assert.equal(fitted.model.activation_K, profile.activation_K.value);
  });

  it("is the scale of the current where neither counter nor label checks it", () => {
    const bare = parseRecord("bare.csv", laboratory.plainText(laboratory.slowDischarge(25)), {
      mapping: {},
    });
    const fitted = fitMeasured([bare], believed);
    assert.match(notIdentified(fitted, [bare], false).join(), /scale of the current/);
    assert.doesNotMatch(notIdentified(fitted, [bare], true).join(), /scale of the current/);
  });
});

describe("other ways to write the same files down", () => {
  it("give the same fit: sign turned, in other units, of another tester", () => {
    const rows = { slow: laboratory.slowDischarge(25), drive: laboratory.drive(25) };
    const fitOf = (write: (rows: readonly Row[]) => string) =>
      fitMeasured(
        [rows.slow, rows.drive].map((each, i) => parseRecord(`${i}`, write(each), { mapping: {} })),
        believed,
      ).model;
    const first = fitOf(laboratory.arbin);
    const turned = (each: readonly Row[]) =>
      laboratory.plainText(each.map((row) => ({ ...row, current_mA: -row.current_mA })));
    for (const write of [laboratory.neware, laboratory.maccor, laboratory.biologic, turned]) {
      const other = fitOf(write);
      assert.ok(Math.abs(other.resistance_ohm / first.resistance_ohm - 1) < 0.02);
      other.ocv_mV.forEach((mV, i) => {
        if (other.soc[i] === first.soc[i]) assert.ok(Math.abs(mV - first.ocv_mV[i]!) < 5, `${i}`);
      });
    }
  });
});
