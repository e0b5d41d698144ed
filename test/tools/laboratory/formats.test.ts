// The text exports of four testers and plain CSV give the same record, whatever their headings,
// units, signs and decimal signs.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { headingAs, columnsIn } from "../../../tools/laboratory/header.js";
import { parseRecord } from "../../../tools/fit/measured/record.js";
import * as laboratory from "../fit/measured/laboratory.js";

const rows = laboratory.drive(25).slice(0, 300);
const read = (text: string, mapping = {}) => parseRecord("x.csv", text, { mapping });

const FORMATS = [
  ["plain CSV", laboratory.plainText],
  ["Maccor", laboratory.maccor],
  ["Neware", laboratory.neware],
  ["Arbin", laboratory.arbin],
  ["BioLogic", laboratory.biologic],
] as const;

describe("a laboratory file", () => {
  for (const [maker, write] of FORMATS) {
    it(`of ${maker} is recognised and read in the project's units`, () => {
      const record = read(write(rows));
      assert.equal(record.maker, maker);
      assert.equal(record.log.t_s.length, rows.length);
      rows.forEach(({ t_s, voltage_V, current_mA, temperature_degC, charge_mAh }, i) => {
        assert.equal(record.log.t_s[i], t_s);
        assert.ok(Math.abs(record.log.voltage_mV[i]! - voltage_V * 1000) < 0.01, `row ${i}`);
        assert.ok(Math.abs(record.log.current_nA[i]! - current_mA * 1e6) < 1, `row ${i}`);
        assert.equal(record.log.temperature_degC[i], temperature_degC);
        const charge_nAh = (charge_mAh - rows[0]!.charge_mAh) * 1e6;
        assert.ok(Math.abs(record.log.charge_nAh[i]! - charge_nAh) < 2, `row ${i}`);
      });
      const said = ["current has no sign: taken from the column of states"];
      assert.deepEqual(record.warnings, maker === "Maccor" ? said : []);
    });
  }

  it("is read by the columns that the user names", () => {
    const text = laboratory.changed(rows, (columns) =>
      columns.map(([heading, of], i) => [
        ["zeit", "klemme", "strom [mA]", "kammer"][i] ?? heading,
        of,
      ]),
    );
    const mapping = {
      time: "zeit",
      voltage: "klemme",
      current: "strom [mA]",
      temperature: "kammer",
    };
    const { log, warnings } = read(text, mapping);
    assert.ok(Math.abs(log.current_nA[5]! - rows[5]!.current_mA * 1e6) < 1);
    assert.deepEqual(warnings, ['column "klemme" says no unit: taken as V']);
    assert.throws(() => read(text), /x\.csv:1: .* name no time, voltage, current; say which/);
    assert.throws(
      () => read(text, { ...mapping, time: "Zeit" }),
      /x\.csv:1: no column "Zeit" for time; there are zeit, klemme/,
    );
  });

  it("may count time in minutes, hours and clocks, with days", () => {
    const timed = (heading: string, of: (t_s: number) => string | number) =>
      read(laboratory.changed(rows, ([, ...rest]) => [[heading, ({ t_s }) => of(t_s)], ...rest]));
    const same = ({ log }: ReturnType<typeof read>) =>
      rows.forEach(({ t_s }, i) => assert.ok(Math.abs(log.t_s[i]! - t_s) < 1e-6));
    same(timed("Time [min]", (t_s) => t_s / 60));
    same(timed("Total Time (h)", (t_s) => t_s / 3600));
    same(timed("TestTime", (t_s) => `0d ${laboratory.clock(t_s)}.00`));
  });
});

describe("headings", () => {
  it("say kind and unit in every way that testers write them", () => {
    const scaleOf = (kind: Parameters<typeof headingAs>[0], heading: string) =>
      headingAs(kind, heading)?.scale;
    assert.equal(scaleOf("current", "<I>/mA"), 1e6);
    assert.equal(scaleOf("current", "Current(uA)"), 1e3);
    assert.equal(scaleOf("current", "I [µA]"), 1e3);
    assert.equal(scaleOf("current", "I_nA"), 1);
    assert.equal(scaleOf("voltage", "Voltage [mV]"), 1);
    assert.equal(scaleOf("voltage", "Voltage [kV]"), undefined);
    assert.equal(scaleOf("time", "Time(h:min:s.ms)"), 1);
    assert.equal(headingAs("temperature", "T [K]")?.offset, -273.15);
  });

  it("prefer the time of the whole test, and tell t from T by the unit", () => {
    const found = columnsIn(["Time", "Total Time", "T1(℃)", "t_s", "T_degC", "V_V", "I_A"]);
    assert.equal(found.get("time"), 1);
    assert.equal(found.get("temperature"), 2);
    const bare = columnsIn(["t_s", "T_degC"]);
    assert.deepEqual([bare.get("time"), bare.get("temperature")], [0, 1]);
  });
});
