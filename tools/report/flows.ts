// The balance of the node as flows: what came in, and where it went. Everything is taken as it is
// booked; what the books leave open is a flow of its own, so that it shows.

import { nameAndUnit } from "./digits.js";
import { type EnergyNumbers, type Group } from "./numbers.js";

/** Decides colour and order; `open` is what the books do not explain. */
export type FlowKind = "harvest" | "stored" | "used" | "lost" | "open";

export interface Flow {
  kind: FlowKind;
  name: string;
  energy_mJ: number;
}

export interface Balance {
  sources: Flow[];
  sinks: Flow[];
  /** Everything that came in, or everything that went out, whichever is more. */
  total_mJ: number;
  /** What came in less what went out. */
  open_mJ: number;
}

const ORDER: FlowKind[] = ["used", "stored", "lost", "open"];

const flowsOf = (kind: FlowKind, group: Group): Flow[] =>
  Object.entries(group)
    .filter(([, energy_mJ]) => Number.isFinite(energy_mJ) && energy_mJ !== 0)
    .map(([key, energy_mJ]) => ({ kind, name: nameAndUnit(key).name, energy_mJ }));

const sum = (flows: readonly Flow[]) => flows.reduce((all, { energy_mJ }) => all + energy_mJ, 0);

/** Turned round: a store that gave, or a loss that was a gain. */
const reversed = (flow: Flow): Flow => ({ ...flow, energy_mJ: -flow.energy_mJ });

/** Of this share of the total, less is rounding. */
const ROUNDING = 1e-6;

export function balanceOf(energy: EnergyNumbers): Balance {
  const { drawn_mJ } = energy.harvest;
  const out = [
    ...flowsOf("used", energy.used),
    ...flowsOf("stored", energy.stored),
    ...flowsOf("lost", energy.lost),
  ];
  const sources = [
    ...flowsOf("harvest", { drawn_mJ }).map((flow) => ({ ...flow, name: "harvest" })),
    ...out.filter(({ energy_mJ }) => energy_mJ < 0).map(reversed),
  ];
  const sinks = out.filter(({ energy_mJ }) => energy_mJ > 0);
  const open_mJ = sum(sources) - sum(sinks);
  const total_mJ = Math.max(sum(sources), sum(sinks));
  const open: Flow = { kind: "open", name: "not booked", energy_mJ: Math.abs(open_mJ) };
  if (open.energy_mJ > ROUNDING * total_mJ) (open_mJ > 0 ? sinks : sources).push(open);
  const rank = ({ kind }: Flow) => ORDER.indexOf(kind);
  const bigFirst = (a: Flow, b: Flow) => rank(a) - rank(b) || b.energy_mJ - a.energy_mJ;
  return { sources: sources.sort(bigFirst), sinks: sinks.sort(bigFirst), total_mJ, open_mJ };
}
