// What a scenario may ask about: the plant's truth, what the board did, and every element of the
// core's gauge and decision by its name in the layout table; each with its unit.

import { Actuators, AREAS, Mode, Status, Values, Vetoes } from "../../core/abi.js";
import { bitNames, FAULT_BITS } from "../../core/fault_names.js";
import { type FieldSpec } from "../../core/fields.js";
import { statusName } from "../../core/status.js";
import { type Rig } from "../rig.js";

/** A number with a unit, the name of a state, or names of bits that are set. */
export type Quantity =
  | { kind: "number"; unit: string; read: (rig: Rig) => number }
  | { kind: "name"; names: readonly string[]; read: (rig: Rig) => string }
  | { kind: "bits"; names: readonly string[]; read: (rig: Rig) => string[] };

const number = (unit: string, read: (rig: Rig) => number): Quantity => ({
  kind: "number",
  unit,
  read,
});

const bits = (table: Record<string, number>, read: (rig: Rig) => number): Quantity => ({
  kind: "bits",
  names: Object.keys(table),
  read: (rig) => bitNames(table, read(rig)),
});

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

const modeName = (mode: number) =>
  Object.entries(Mode).find(([, value]) => value === mode)?.[0] ?? String(mode);

const TRUTH: Record<string, Quantity> = {
  soc: number("1", ({ node }) => node.cell.soc),
  voltage_mV: number("mV", ({ node }) => node.voltage_mV()),
  temperature_degC: number("degC", ({ node }) => node.cell.temperature_degC),
  charging_nA: number("nA", ({ node }) => node.charging_nA),
  light_lx: number("lx", ({ node }) => node.harvest.around.lux),
  powered: {
    kind: "name",
    names: ["on", "off"],
    read: ({ node }) => (node.on ? "on" : "off"),
  },
};

const BOARD: Record<string, Quantity> = {
  charging: {
    kind: "name",
    names: ["on", "off"],
    read: ({ board }) => (board.settings.charge ? "on" : "off"),
  },
  sleep_s: number("s", ({ board, time_s }) => board.wake_s - time_s),
  wakes: number("1", ({ deeds }) => deeds.steps),
  boots: number("1", ({ deeds }) => deeds.boots),
  resets: number("1", ({ deeds }) => deeds.resets),
  records: number("1", ({ deeds }) => deeds.records),
  brownouts: number("1", ({ run }) => run.brownouts),
  events_done: number("1", ({ deeds }) => sum(deeds.done)),
  events_refused: number("1", ({ deeds }) => sum(deeds.refused)),
  events_failed: number("1", ({ deeds }) => sum(deeds.failed)),
};

const JUDGED: Record<string, Quantity> = {
  soc_error: number("1", ({ words, board }) => words.gauge.soc - board.sampled_soc),
  soc_error_sigmas: number(
    "1",
    ({ words, board }) => Math.abs(words.gauge.soc - board.sampled_soc) / words.gauge.soc_sigma,
  ),
  // what the core wanted stored was stored: that it asked is no other outcome
  status: {
    kind: "name",
    names: Object.keys(Status).filter((name) => name !== "storage"),
    read: ({ status }) => (status === Status.storage ? "ok" : (statusName(status) ?? "unknown")),
  },
  mode: {
    kind: "name",
    names: Object.keys(Mode),
    read: ({ words }) => modeName(words.decision.mode),
  },
  faults: bits(FAULT_BITS, ({ words }) => words.decision.faults),
  faults_latched: bits(FAULT_BITS, ({ words }) => words.decision.faults_latched),
  vetoes: bits(Vetoes, ({ words }) => words.decision.veto),
  unenforced: bits(Actuators, ({ words }) => words.decision.unenforced),
  rejected: bits(Values, ({ words }) => words.decision.rejected),
  // of the whole run so far
  faults_seen: bits(FAULT_BITS, ({ deeds }) => deeds.faults),
  vetoes_seen: bits(Vetoes, ({ deeds }) => deeds.vetoes),
};

/** `gauge.soc`, `decision.events[1]`, with the units of the table. */
function ofArea(area: "gauge" | "decision"): Record<string, Quantity> {
  const fields = Object.entries(AREAS[area].fields) as [string, FieldSpec & { unit: string }][];
  return Object.fromEntries(
    fields.flatMap(([name, { count, unit }]) =>
      Array.from({ length: count }, (_, i): [string, Quantity] => [
        `${area}.${name}${count > 1 ? `[${i}]` : ""}`,
        number(unit === "-" ? "1" : unit, ({ words }) => {
          const value = (words[area] as unknown as Record<string, number | ArrayLike<number>>)[
            name
          ]!;
          return typeof value === "number" ? value : value[i]!;
        }),
      ]),
    ),
  );
}

export const QUANTITIES: Readonly<Record<string, Quantity>> = {
  ...TRUTH,
  ...BOARD,
  ...JUDGED,
  ...ofArea("gauge"),
  ...ofArea("decision"),
};
