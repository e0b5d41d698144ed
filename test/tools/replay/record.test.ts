// A record is read whatever names and units its header has, and refused in one line where a replay
// of it would silently be wrong.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { columnsOf } from "../../../tools/replay/columns.js";
import { parseRecord, referenceOf } from "../../../tools/replay/record.js";

/** Ten rows of a discharge: 1 A, 0.1 V over 0.1 ohm, then at rest. */
const discharge = (header: string, row: (i: number, amps: number) => (number | string)[]) =>
  [header, ...Array.from({ length: 12 }, (_, i) => row(i, i < 6 ? -1 : 0).join())].join("\n");

const volts = (amps: number) => 3.8 + 0.1 * amps;
const plainText = discharge("t_s,V_V,I_A,T_degC,Ah", (i, amps) => {
  return [i, volts(amps), amps, 25, -Math.min(i, 6) / 3600];
});

const refused = (text: string, message: RegExp, columns?: string) =>
  assert.throws(() => parseRecord("x.csv", text, columns), { name: "RecordError", message });

describe("columns of a record", () => {
  it("are known by name and unit, as testers and data sets write them", () => {
    for (const header of [
      "t_s,V_V,I_A,T_degC,Ah",
      "Timestamp,Time [min],Voltage [V],Current [A],Temperature [degC],Capacity [Ah]",
      "step,test_time_s,current_uA,voltage_V,temperature_degC,charge_uAh",
      "Test Time (h),Voltage/mV,Current(mA),Temp (°C),Q (mAh),SOC [%]",
    ]) {
      const columns = columnsOf("x.csv", header, undefined);
      const names = Object.keys(columns);
      for (const name of ["time", "voltage", "current", "temperature", "counter"]) {
        assert.ok(names.includes(name), `${header}: ${name} in ${names.join()}`);
      }
    }
  });

  it("come out in one set of units", () => {
    const header = "Time [min],Voltage [mV],Current [mA],Capacity [mAh],soc_pct";
    const { t_s, voltage_mV, current_nA, counter_nAh, soc } = parseRecord(
      "x.csv",
      discharge(header, (i, amps) => [i, 1000 * volts(amps), 1000 * amps, -i, 100 - i]),
    );
    assert.deepEqual([t_s[2], Math.round(voltage_mV[0]!), current_nA[0]], [120, 3700, -1e9]);
    assert.deepEqual([counter_nAh![3], soc![10]], [-3e6, 0.9]);
  });

  it("are told where names do not tell, with unit and sign", () => {
    const text = discharge("a,b,c", (i, amps) => [i, volts(amps), -amps]);
    const columns = "time=a:s,voltage=b:V,current=-c:A";
    assert.equal(parseRecord("x.csv", text, columns).current_nA[0], -1e9);
    refused(text, /^x\.csv:1: header "a,b,c" names no time with a unit \(s, /);
    refused(text, /x\.csv:1: has no column "d" of --columns; it has a, b, c/, "time=d:s");
    refused(text, /unit of "a" is not known; write time=a:UNIT, one of s, sec/, "time=a");
    refused(text, /--columns power=a must be QUANTITY=HEADER, a quantity of time/, "power=a");
  });
});

describe("a record that would mislead", () => {
  it("is refused where discharging is positive, or the current has no sign", () => {
    assert.equal(parseRecord("x.csv", plainText).current_nA[0], -1e9);
    const swapped = plainText.replaceAll(",-1,", ",1,");
    refused(swapped, /I_A .*must be signed, charging positive.*--columns current=-I_A/);
    const flipped = parseRecord("x.csv", swapped, "current=-I_A");
    assert.equal(flipped.current_nA[0], -1e9);
    const steady = discharge("t_s,V_V,I_A", (i) => [i, 4 - i / 100, 1]);
    refused(steady, /I_A is never negative, yet the voltage falls; it must be signed/);
  });

  it("is refused where its counter goes against its current", () => {
    refused(plainText, /Ah goes against I_A.*--columns counter=Ah/, "counter=-Ah");
  });

  it("is refused for gaps, for a clock that runs back, and for too few rows", () => {
    const row = plainText.split("\n")[4]!;
    refused(plainText.replace(row, row.replace(/^3,[\d.]+/, "3,")), /x\.csv:5: V_V = "" must be/);
    refused(plainText.replace(row, row.replace(/^3,[\d.]+/, "3,nan")), /V_V = "nan" must be/);
    refused(plainText.replace(row, row.replace(/^3/, "1")), /x\.csv:5: time 1 s lies before 2 s/);
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
    assert.ok(Math.abs(counted.at(-1)! - (0.5 - 6 / 3600)) < 1e-12);
    const text = discharge("t_s,V_V,I_A,SOC", (i, amps) => [i, volts(amps), amps, 1 - i / 100]);
    assert.equal(referenceOf(parseRecord("x.csv", text), of)[3], 0.97);
    const none = discharge("t_s,V_V,I_A", (i, amps) => [i, volts(amps), amps]);
    assert.throws(() => referenceOf(parseRecord("x.csv", none), of), /neither SOC nor a counter/);
  });
});
