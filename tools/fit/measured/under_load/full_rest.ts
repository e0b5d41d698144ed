// The voltage of a full cell at rest over temperature, from files that begin so: the upper end of
// every OCV table, which a discharge begins below.

import { between } from "../../curve.js";
import { type Track } from "../../soc_axis.js";
import { type Slow } from "../axis.js";
import { restBelow_nA } from "../legs.js";

interface FullRest {
  degC: number;
  mV: number;
}

/** Rests nearer in temperature than this are one. */
const APART_K = 3;

function restsOf(slow: readonly Slow[], tracks: readonly Track[]): FullRest[] {
  const at = (log: Track["log"], row: number): FullRest[] => {
    const rests = row >= 0 && Math.abs(log.current_nA[row]!) <= restBelow_nA(log);
    return rests ? [{ degC: log.temperature_degC[row]!, mV: log.voltage_mV[row]! }] : [];
  };
  return [
    ...slow.flatMap(({ record, leg }) => at(record.log, leg.first - 1)),
    ...tracks.flatMap(({ log, soc }) => (soc[0] === 1 ? at(log, 0) : [])),
  ];
}

/** Full voltage at a temperature, held beyond those that were seen; undefined: none was. */
export function fullVoltages(
  slow: readonly Slow[],
  tracks: readonly Track[],
): (degC: number) => number | undefined {
  const groups: FullRest[][] = [];
  for (const rest of restsOf(slow, tracks).sort((a, b) => a.degC - b.degC)) {
    const last = groups.at(-1);
    if (last !== undefined && rest.degC - last[0]!.degC < APART_K) last.push(rest);
    else groups.push([rest]);
  }
  const mean = (group: FullRest[], of: (rest: FullRest) => number) =>
    group.reduce((sum, rest) => sum + of(rest), 0) / group.length;
  const degC = groups.map((group) => mean(group, (rest) => rest.degC));
  const mV = groups.map((group) => mean(group, (rest) => rest.mV));
  if (groups.length < 2) return () => mV[0];
  return (at_degC) => between(degC, mV, at_degC);
}
