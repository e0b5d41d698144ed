// A replay takes the same files as the fit, with a SOC or a counter for the truth, and refuses in
// one line what would silently be wrong.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as laboratory from "../fit/measured/laboratory.js";
import { parseRecord, referenceOf } from "../../../tools/replay/record.js";

/** Ten rows of a discharge: 1 A, 0.1 V over 0.1 ohm, then at rest. */
const discharge = (header: string, row: (i: number, amps: number) => (number | string)[]) =>
  [header, ...Array.from({ length: 12 }, (_, i) => row(i, i < 6 ? -1 : 0).join())].join("\n");

const volts = (amps: number) => 3.8 + 0.1 * amps;
const plainText = discharge("t_s,V_V,I_A,T_degC,Ah", (i, amps) => {
  return [i, volts(amps), amps, 25, -Math.min(i, 5) / 3600];
});

const refused = (text: string, message: RegExp, columns?: string) =>
  assert.throws(() => parseRecord("x.csv", text, columns), { name: "MeasurementError", message });

describe("columns of a record", () => {
  it("are known by name and unit, as testers and data sets write them", () => {
    for (const header of [
      "t_s,V_V,I_A,T_degC,Ah",
      "Time [min],Voltage [V],Current [A],Temperature [degC],Capacity [Ah]",
      "test_time_s,voltage_V,current_A,temperature_degC,charge_Ah",
      "Test Time (h),Voltage/V,Current(A),Temp (°C),Q (Ah)",
    ]) {
      const per_h = header.includes("(h)") ? 1 : header.includes("min") ? 60 : 3600;
      const text = discharge(header, (i, amps) => {
        return [(i / 3600) * per_h, volts(amps), amps, 25, (-Math.min(i, 5) / 3600).toFixed(9)];
      });
      const { t_s, voltage_mV, temperature_degC, counter_nAh } = parseRecord("x.csv", text);
      assert.ok(Math.abs(t_s[11]! - 11) < 1e-9, header);
      assert.deepEqual([Math.round(voltage_mV[0]!), temperature_degC![0]], [3700, 25], header);
      assert.ok(Math.abs(counter_nAh![11]! + 5e9 / 3600) < 2, header);
    }
  });

  it("may be a tester's export: SOC of all of them is the same", () => {
    const rows = laboratory.drive(25).slice(0, 300);
    for (const write of ["maccor", "neware", "arbin", "biologic"] as const) {
      const record = parseRecord("x.txt", laboratory[write](rows));
      const soc = referenceOf(record, { capacity_nAh: 2e6, soc_at_zero: 1 });
      rows.forEach(({ charge_mAh }, i) =>
        assert.ok(Math.abs(soc[i]! - (1 + charge_mAh / 2)) < 1e-5, `${write} ${i}: ${soc[i]}`),
      );
    }
  });

  it("come out in one set of units", () => {
    const header = "Time [min],Voltage [mV],Current [mA],Capacity [mAh],soc_pct";
    const { t_s, voltage_mV, current_nA, counter_nAh, soc } = parseRecord(
      "x.csv",
      discharge(header, (i, amps) => {
        return [i, 1000 * volts(amps), 60 * amps, -Math.min(i, 5), 100 - i];
      }),
    );
    assert.deepEqual([t_s[2], Math.round(voltage_mV[0]!), current_nA[0]], [120, 3700, -6e7]);
    assert.deepEqual([counter_nAh![3], soc![10]], [-3e6, 0.9]);
  });

  it("are told where names do not tell, with unit and sign", () => {
    const text = discharge("a,b,c", (i, amps) => [i, volts(amps), -amps]);
    const columns = "time=a:s,voltage=b:V,current=-c:A";
    const { current_nA, warnings } = parseRecord("x.csv", text, columns);
    assert.deepEqual([current_nA[0], warnings], [-1e9, []]);
    refused(text, /^x\.csv:1: the headings "a,b,c" name no time, voltage, current; say which with/);
    refused(text, /x\.csv:1: no column "d:s" for time; there are a, b, c/, `${columns},time=d:s`);
    refused(text, /current=c:W: the unit "W" must be one of A, mA, uA, nA/, "current=c:W");
    refused(text, /--columns power=a must be KIND=\[-\]NAME\[:UNIT\], with KIND of t/, "power=a");
  });
});

describe("a record that would mislead", () => {
  it("has its sign turned, with a warning, where discharging is positive", () => {
    assert.equal(parseRecord("x.csv", plainText).current_nA[0], -1e9);
    const { current_nA, counter_nAh, warnings } = parseRecord(
      "x.csv",
      plainText.replaceAll(",-1,", ",1,"),
    );
    assert.deepEqual([current_nA[0], counter_nAh![11]! < 0], [-1e9, true]);
    assert.match(warnings.join(), /^current is positive on discharge .*: sign turned$/);
  });

  it("has its counter turned where it goes against its current", () => {
    const { counter_nAh } = parseRecord("x.csv", plainText.replaceAll(",-0.", ",0."));
    assert.ok(Math.abs(counter_nAh!.at(-1)! + 5e9 / 3600) < 1e4, `${counter_nAh!.at(-1)}`);
  });

  it("with a counter that starts anew counts its current instead, and says so", () => {
    const text = discharge("t_s,V_V,I_A,Capacity [Ah]", (i, amps) => {
      return [i, volts(amps), amps, (i % 3) / 3600];
    });
    const { counter_nAh, warnings } = parseRecord("x.csv", text);
    assert.ok(Math.abs(counter_nAh!.at(-1)! + 5e9 / 3600) < 1);
    assert.match(warnings.join(), /counter starts anew within the file: truth is the current over/);
  });

  it("is refused for SOC in percent read as a share, with the remedy", () => {
    const text = discharge("t_s,V_V,I_A,SOC", (i, amps) => [i, volts(amps), amps, 99.5 - i]);
    refused(text, /x\.csv: SOC = 99\.5 must be -0\.2\.\.1\.2, a fraction; .*--columns soc=SOC:%$/);
    assert.equal(parseRecord("x.csv", text, "soc=SOC:%").soc![0], 0.995);
  });

  it("is refused for long gaps, for a clock that runs back, and for too few rows", () => {
    const row = plainText.split("\n")[1]!;
    refused(plainText.replace(row, row.replace(/^0,[\d.]+/, "0,")), /x\.csv:2: V_V is missing/);
    const third = plainText.split("\n")[4]!;
    refused(
      plainText.replace(third, third.replace(/^3/, "1")),
      /x\.csv:5: t_s = 1 s must be >= 2 s/,
    );
    refused(plainText.split("\n").slice(0, 9).join("\n"), /8 rows, it must have at least 10/);
  });

  it("keeps the later of two rows of one moment", () => {
    const rows = plainText.split("\n");
    rows.splice(7, 0, "5,3.65,-1,25,-0.00138");
    const { t_s, voltage_mV } = parseRecord("x.csv", rows.join("\n"));
    assert.equal(t_s.length, 12);
    assert.equal(voltage_mV[5], 3650);
  });
});

describe("the reference", () => {
  it("is the counter over a capacity, or the file's own SOC, or is missed", () => {
    const of = { capacity_nAh: 1e9, soc_at_zero: 0.5 };
    const counted = referenceOf(parseRecord("x.csv", plainText), of);
    assert.ok(Math.abs(counted.at(-1)! - (0.5 - 5 / 3600)) < 1e-12);
    const text = discharge("t_s,V_V,I_A,SOC", (i, amps) => [i, volts(amps), amps, 1 - i / 100]);
    assert.equal(referenceOf(parseRecord("x.csv", text), of)[3], 0.97);
    const none = discharge("t_s,V_V,I_A", (i, amps) => [i, volts(amps), amps]);
    assert.throws(() => referenceOf(parseRecord("x.csv", none), of), /neither SOC nor a counter/);
  });
});
