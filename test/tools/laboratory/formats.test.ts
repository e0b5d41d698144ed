// The text exports of four testers and plain CSV give the same record, whatever their headings,
// units, signs and decimal signs.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { headingAs, columnsIn } from "../../../tools/laboratory/header.js";
import { layoutOf } from "../../../tools/laboratory/layout.js";
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
    assert.throws(() => read("\n"), /x\.csv: is empty; export it from the tester again/);
    assert.throws(
      () => read(text, { ...mapping, time: "Zeit" }),
      /x\.csv:1: no column "Zeit" for time; there are zeit, klemme/,
    );
  });

  it("may count time in minutes, hours, clocks with days, and dates", () => {
    const timed = (heading: string, of: (t_s: number) => string | number) =>
      read(laboratory.changed(rows, ([, ...rest]) => [[heading, ({ t_s }) => of(t_s)], ...rest]));
    const same = ({ log }: ReturnType<typeof read>) =>
      rows.forEach(({ t_s }, i) => assert.ok(Math.abs(log.t_s[i]! - t_s) < 1e-6));
    same(timed("Time [min]", (t_s) => t_s / 60));
    same(timed("Total Time (h)", (t_s) => t_s / 3600));
    same(timed("TestTime", (t_s) => `0d ${laboratory.clock(t_s)}.00`));
    const dates = laboratory.changed(rows, ([, ...rest]) => [
      ["Realtime", ({ t_s }) => `2024-11-30 ${laboratory.clock(23 * 3600 + t_s)}`],
      ...rest,
    ]);
    // from one day into the next
    const dated = dates.replaceAll(/2024-11-30 24:/g, "2024-12-01 00:");
    const { log } = read(dated, { time: "Realtime" });
    assert.deepEqual([log.t_s[1]! - log.t_s[0]!, log.t_s[299]! - log.t_s[0]!], [10, 2990]);
  });
});

/**
 * Headings as public parsers and descriptions of data sets quote them (BEEP, PyProBE, the battery
 * data format of the Battery Data Alliance): tester, all of them, what is found.
 */
const EXPORTS: readonly [string, string, string][] = [
  [
    "Maccor, text",
    "Rec#|Cyc#|Step|Test (Sec)|Step (Sec)|Amp-hr|Watt-hr|Amps|Volts|State|ES|DPt Time|ACImp/Ohms",
    "time=Test (Sec)|voltage=Volts|current=Amps|counter=Amp-hr|state=State",
  ],
  [
    "Maccor, CSV",
    "Rec|Cycle P|Cycle C|Step|Test Time [s]|Step Time [s]|Capacity [Ah]|Energy [Wh]|Current [A]|" +
      "Voltage [V]|Md|DPT Time|Temperature Cell [degC]|Temperature Chamber [degC]",
    "time=Test Time [s]|voltage=Voltage [V]|current=Current [A]|" +
      "temperature=Temperature Cell [degC]|counter=Capacity [Ah]|state=Md",
  ],
  [
    "Maccor, CSV without units",
    "Rec|Cycle P|Cycle C|Step|Test Time (sec)|Step Time (sec)|Capacity|Energy|Current|Voltage|MD|" +
      "ES|DPT Time|Temp 1",
    "time=Test Time (sec)|voltage=Voltage|current=Current|temperature=Temp 1|counter=Capacity|" +
      "state=MD",
  ],
  [
    "Neware, BTS 8",
    "DataPoint|Cycle Index|Step Index|Step Type|Time(s)|Total Time(s)|Current(A)|Voltage(V)|" +
      "Capacity(Ah)|Spec. Cap.(mAh/g)|Chg. Cap.(Ah)|DChg. Cap.(Ah)|Energy(Wh)|Date|T1(℃)",
    "time=Total Time(s)|voltage=Voltage(V)|current=Current(A)|temperature=T1(℃)|" +
      "counter=Capacity(Ah)|charged=Chg. Cap.(Ah)|discharged=DChg. Cap.(Ah)|state=Step Type",
  ],
  [
    "Neware, BTS 7",
    "Cycle ID|Step ID|Record ID|Time(h:min:s.ms)|Voltage(V)|Current(mA)|Temperature(°C)|" +
      "Capacity(mAh)|Capacity Density(mAh/g)|Realtime|Min-T(°C)|Capacitance_Chg(mAh)|" +
      "Capacitance_DChg(mAh)|dQ/dV(mAh/V)|DCIR(O)",
    "time=Time(h:min:s.ms)|voltage=Voltage(V)|current=Current(mA)|temperature=Temperature(°C)|" +
      "counter=Capacity(mAh)|charged=Capacitance_Chg(mAh)|discharged=Capacitance_DChg(mAh)",
  ],
  [
    "Arbin, with underscores",
    "Data_Point|Test_Time(s)|Date_Time|Step_Time(s)|Step_Index|Cycle_Index|Current(A)|Voltage(V)|" +
      "Charge_Capacity(Ah)|Discharge_Capacity(Ah)|dV/dt(V/s)|Internal_Resistance(Ohm)|" +
      "Aux_Temperature(℃)_1",
    "time=Test_Time(s)|voltage=Voltage(V)|current=Current(A)|temperature=Aux_Temperature(℃)_1|" +
      "charged=Charge_Capacity(Ah)|discharged=Discharge_Capacity(Ah)",
  ],
  [
    "Arbin, with spaces",
    "Date Time|Data Point|Test Time (s)|Step Time (s)|Cycle Index|Step Index|Current (A)|" +
      "Voltage (V)|Power (W)|Charge Capacity (Ah)|Discharge Capacity (Ah)|ACR (Ohm)|" +
      "Aux_Temperature_1 (C)|Aux_dT/dt_1 (C/s)",
    "time=Test Time (s)|voltage=Voltage (V)|current=Current (A)|" +
      "temperature=Aux_Temperature_1 (C)|charged=Charge Capacity (Ah)|" +
      "discharged=Discharge Capacity (Ah)",
  ],
  [
    "BioLogic, GCPL",
    "mode|ox/red|error|control changes|Ns changes|counter inc.|Ns|time/s|control/V/mA|Ewe/V|" +
      "<I>/mA|dQ/mA.h|(Q-Qo)/mA.h|Temperature/°C|Energy/W.h|P/W",
    "time=time/s|voltage=Ewe/V|current=<I>/mA|temperature=Temperature/°C|counter=(Q-Qo)/mA.h",
  ],
  [
    "BioLogic, modulo bat",
    "mode|ox/red|error|Ns|step time/s|time/s|Ecell/V|I/mA|(Q-Qo)/mA·h|cycle number|R/Ohm|P/W",
    "time=time/s|voltage=Ecell/V|current=I/mA|counter=(Q-Qo)/mA·h",
  ],
];

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

  it("of real exports name their columns, whatever else is there", () => {
    for (const [tester, line, wanted] of EXPORTS) {
      const headings = line.split("|");
      const found = [...columnsIn(headings)].map(([kind, index]) => `${kind}=${headings[index]!}`);
      assert.deepEqual(found, wanted.split("|"), tester);
      const cells = headings.map((_, i) => [i, 4 - i / 10, i % 2][i % 3]);
      const { maker } = layoutOf("x", [headings.join("\t"), cells.join("\t")], {});
      assert.equal(maker, tester.split(",")[0], tester);
    }
  });

  it("prefer the time of the whole test, and tell t from T by the unit", () => {
    const found = columnsIn(["Time", "Total Time", "T1(℃)", "t_s", "T_degC", "V_V", "I_A"]);
    assert.equal(found.get("time"), 1);
    assert.equal(found.get("temperature"), 2);
    const bare = columnsIn(["t_s", "T_degC"]);
    assert.deepEqual([bare.get("time"), bare.get("temperature")], [0, 1]);
  });
});
