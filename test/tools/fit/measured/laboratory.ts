// A laboratory that was made up: a cell of the core's own equations on a tester, written down as
// rows of text in the ways of several testers. The headings are those of public documentation and
// of public parsers of these exports; no line comes from a real file.

import { plain } from "../../../../boards/schema/quantity.js";
import { readCell } from "../../../../tools/characterise/cell_part.js";
import { FirmwareModel, type FirmwareProfile } from "../firmware_model.js";

export interface Row {
  t_s: number;
  /** Charging positive. */
  current_mA: number;
  voltage_V: number;
  temperature_degC: number;
  charge_mAh: number;
}

const stated = plain(readCell("enerchip-50uAh").part).profile;

/** Another cell than the one whose numbers stand in by default. */
export const truth: FirmwareProfile = {
  ...stated,
  capacity_nAh: 2e6,
  resistance_ohm: 30,
  activation_K: 5000,
  diffusion_gain: 0.8,
  tables: { ...stated.tables, tau_s: stated.tables.soc.map(() => 1500) },
};

export const CAPACITY_MAH = truth.capacity_nAh / 1e6;
const CUT_OFF_V = 3;

/** Lets currents flow from a full cell: `at(t_s)` in mA, until `hours` or the cut-off. */
export function recorded(
  degC: number,
  dt_s: number,
  hours: number,
  at: (t_s: number) => number,
): Row[] {
  const model = new FirmwareModel(truth, 1);
  const rows: Row[] = [];
  for (let t_s = 0; t_s <= hours * 3600; t_s += dt_s) {
    const current_mA = rows.length === 0 ? 0 : at(t_s);
    const voltage_V = model.step(current_mA * 1e6, dt_s, degC) / 1000;
    const charge_mAh = (model.soc - 1) * CAPACITY_MAH;
    rows.push({ t_s, current_mA, voltage_V, temperature_degC: degC, charge_mAh });
    if (voltage_V < CUT_OFF_V) break;
  }
  return rows;
}

/** C/20 from full to empty, then half an hour of rest. */
export const slowDischarge = (degC: number): Row[] =>
  recorded(degC, 60, 24, () => -CAPACITY_MAH / 20);

/** Pulses of C/5 and rests, with some charge in between. */
export const drive = (degC: number): Row[] =>
  recorded(degC, 10, 7, (t_s) => {
    const phase = t_s % 1200;
    return phase < 600 ? -CAPACITY_MAH / 4 : phase < 700 ? CAPACITY_MAH / 5 : 0;
  });

/** From empty to full at C/20. */
export function slowCharge(degC: number): Row[] {
  const model = new FirmwareModel(truth, 0.002);
  const rows: Row[] = [];
  for (let t_s = 0; model.soc < 1; t_s += 60) {
    const current_mA = CAPACITY_MAH / 20;
    const voltage_V = model.step(current_mA * 1e6, 60, degC) / 1000;
    const charge_mAh = model.soc * CAPACITY_MAH;
    rows.push({ t_s, current_mA, voltage_V, temperature_degC: degC, charge_mAh });
  }
  return rows;
}

export type Column = [heading: string, of: (row: Row, i: number) => string | number];

/** Lines of a file: what stands above, the headings, the rows. */
export const written = (rows: readonly Row[], columns: readonly Column[], separator = ",") =>
  [
    columns.map(([heading]) => heading).join(separator),
    ...rows.map((row, i) => columns.map(([, of]) => of(row, i)).join(separator)),
  ].join("\n");

export const PLAIN: readonly Column[] = [
  ["t_s", ({ t_s }) => t_s],
  ["V_V", ({ voltage_V }) => voltage_V.toFixed(6)],
  ["I_mA", ({ current_mA }) => current_mA.toFixed(6)],
  ["T_degC", ({ temperature_degC }) => temperature_degC],
];

export const plainText = (rows: readonly Row[]): string => written(rows, PLAIN);

/** PLAIN with columns of other headings or values. */
export const changed = (rows: readonly Row[], edit: (columns: Column[]) => Column[]): string =>
  written(rows, edit([...PLAIN]));

const two = (value: number) => String(value).padStart(2, "0");

export const clock = (t_s: number): string =>
  `${two(Math.floor(t_s / 3600))}:${two(Math.floor(t_s / 60) % 60)}:${two(t_s % 60)}`;

const stateOf = (current_mA: number) => (current_mA < 0 ? "D" : current_mA > 0 ? "C" : "R");

export const maccor = (rows: readonly Row[]): string =>
  "Today's Date\t11/02/2024\tDate of Test:\t11/01/2024\n" +
  written(
    rows,
    [
      ["Rec#", (_, i) => i + 1],
      ["Cyc#", () => 0],
      ["Step", () => 1],
      ["Test (Sec)", ({ t_s }) => t_s],
      ["Step (Sec)", ({ t_s }) => t_s],
      ["Amp-hr", ({ charge_mAh }) => Math.abs(charge_mAh / 1000).toFixed(9)],
      ["Watt-hr", () => 0],
      ["Amps", ({ current_mA }) => Math.abs(current_mA / 1000).toFixed(9)],
      ["Volts", ({ voltage_V }) => voltage_V.toFixed(6)],
      ["State", ({ current_mA }) => stateOf(current_mA)],
      ["ES", () => 1],
      ["DPt Time", () => "11/01/2024 10:00:00"],
      ["Temp 1", ({ temperature_degC }) => temperature_degC],
    ],
    "\t",
  );

export const neware = (rows: readonly Row[]): string =>
  written(rows, [
    ["DataPoint", (_, i) => i + 1],
    ["Cycle Index", () => 1],
    ["Step Index", () => 1],
    [
      "Step Type",
      ({ current_mA }) => ({ D: "CC DChg", C: "CC Chg", R: "Rest" })[stateOf(current_mA)],
    ],
    ["Time", () => "00:00:00"],
    ["Total Time", ({ t_s }) => clock(t_s)],
    ["Current(mA)", ({ current_mA }) => current_mA.toFixed(6)],
    ["Voltage(V)", ({ voltage_V }) => voltage_V.toFixed(6)],
    ["Capacity(mAh)", ({ charge_mAh }) => Math.abs(charge_mAh).toFixed(6)],
    ["T1(℃)", ({ temperature_degC }) => temperature_degC],
  ]);

export const arbin = (rows: readonly Row[]): string =>
  written(rows, [
    ["Data_Point", (_, i) => i + 1],
    ["Date_Time", () => "2024-11-01 10:00:00"],
    ["Test_Time(s)", ({ t_s }) => t_s],
    ["Step_Time(s)", ({ t_s }) => t_s],
    ["Step_Index", () => 1],
    ["Cycle_Index", () => 1],
    ["Current(A)", ({ current_mA }) => (current_mA / 1000).toFixed(9)],
    ["Voltage(V)", ({ voltage_V }) => voltage_V.toFixed(6)],
    ["Charge_Capacity(Ah)", () => 0],
    ["Discharge_Capacity(Ah)", ({ charge_mAh }) => (-charge_mAh / 1000).toFixed(9)],
    ["Aux_Temperature_1(C)", ({ temperature_degC }) => temperature_degC],
  ]);

export const biologic = (rows: readonly Row[]): string => {
  const comma = (value: number, digits: number) => value.toFixed(digits).replace(".", ",");
  const body = written(
    rows,
    [
      ["mode", () => 1],
      ["ox/red", () => 0],
      ["time/s", ({ t_s }) => comma(t_s, 1)],
      ["control/V/mA", () => comma(0, 1)],
      ["Ewe/V", ({ voltage_V }) => comma(voltage_V, 6)],
      ["<I>/mA", ({ current_mA }) => comma(current_mA, 6)],
      ["(Q-Qo)/mA.h", ({ charge_mAh }) => comma(charge_mAh, 6)],
      ["Temperature/°C", ({ temperature_degC }) => comma(temperature_degC, 1)],
    ],
    "\t",
  );
  return `EC-Lab ASCII FILE\nNb header lines : 4\n\n${body}`;
};

/** One file of everything: C/20 to empty, rest, C/4 to full, rest, then pulses. */
export function wholeProgramme(degC: number): Row[] {
  const model = new FirmwareModel(truth, 1);
  const rows: Row[] = [];
  const flow = (
    current_mA: number,
    dt_s: number,
    hours: number,
    until: (mV: number) => boolean,
  ) => {
    for (let i = 0; i < (hours * 3600) / dt_s; i++) {
      const mV = model.step(current_mA * 1e6, dt_s, degC);
      const t_s = (rows.at(-1)?.t_s ?? 0) + dt_s;
      const charge_mAh = (model.soc - 1) * CAPACITY_MAH;
      rows.push({ t_s, current_mA, voltage_V: mV / 1000, temperature_degC: degC, charge_mAh });
      if (until(mV)) return;
    }
  };
  const never = () => false;
  flow(-CAPACITY_MAH / 20, 60, 24, (mV) => mV < 1000 * CUT_OFF_V);
  flow(0, 60, 1, never);
  flow(CAPACITY_MAH / 4, 60, 6, () => model.soc > 0.95);
  flow(0, 60, 1, never);
  for (let pulse = 0; pulse < 15; pulse++) {
    flow(-CAPACITY_MAH / 4, 10, 0.15, never);
    flow(0, 10, 0.1, never);
    flow(CAPACITY_MAH / 5, 10, 0.02, never);
    flow(0, 10, 0.1, never);
  }
  return rows;
}
