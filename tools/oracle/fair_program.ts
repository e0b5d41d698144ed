// The perfect-foresight linear program on the slots of a world, in the fair form: events run only
// in the alive part of a slot. Without that, dying is worth it: the energy of a missed floor buys
// many events. Per slot i: x[s] events in segment s of the utility, c into and d out of the cell, q
// stored, w spilled, b share of the floor that is missed. Energies are in floors.
//
//   maximise   sum slope[s] x[i,s] - weight b[i]
//   subject to h[i] + eta_d d[i] + b[i] = 1 + event sum x[i,s] + c[i]/eta_c + w[i]
//              q[i] = (1 - leak) q[i-1] + c[i] - d[i],  0 <= q <= capacity,  c <= charge_max
//              x[i,s] <= width[s] (1 - b[i])
//
// The utility's segments are chords of ln(1 + n), whose slopes fall: they fill in their order. But
// for the chords, which lie up to .0142 below a slot's utility, it is an upper bound of any policy
// that counts whole events and whole slots.

import { type SlotWorld, utilityOf } from "./slot_world.js";

/** Where the chords meet, events. */
const CHORDS = [0, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 36, 42, 50];

export interface Segment {
  width: number;
  slope: number;
}

/** Chords of the utility up to the most events of a slot. */
export function segmentsOf(events_max: number): Segment[] {
  const ends = [...CHORDS.filter((events) => events < events_max), events_max];
  return ends.slice(1).map((end, i) => {
    const width = end - ends[i]!;
    return { width, slope: (utilityOf(end) - utilityOf(ends[i]!)) / width };
  });
}

/** Enough digits that no rounding shows, and no exponents. */
const number = (value: number): string => value.toFixed(9);

/** What is asked of the plan beside the weighted sum. */
export interface Terms {
  /** Most slots that may be missed, in parts; what is missed is then no loss. */
  misses_max?: number;
  /** Only the floor counts: the fewest misses, whatever the utility. */
  floor_only?: boolean;
}

/** The program as text in the LP format. */
export function fairProgram(world: SlotWorld, terms: Terms = {}): string {
  const { misses_max = Infinity, floor_only = false } = terms;
  const miss_weight = floor_only ? 1 : misses_max < Infinity ? 0 : world.miss_weight;
  const { harvest_J, floor_J, event_J, cell } = world;
  const segments = segmentsOf(world.events_max);
  const worth: string[] = [];
  const rows: string[] = [];
  const bounds: string[] = [];
  const event = number(event_J / floor_J);
  const kept = number(1 - cell.leak_share);
  const start = number(((1 - cell.leak_share) * cell.start_J) / floor_J);
  harvest_J.forEach((energy_J, i) => {
    const spent = segments.map((_, s) => ` - ${event} x${i}_${s}`).join("");
    const before = i === 0 ? "" : ` - ${kept} q${i - 1}`;
    if (!floor_only) worth.push(...segments.map(({ slope }, s) => `+ ${number(slope)} x${i}_${s}`));
    worth.push(`- ${number(miss_weight)} b${i}`);
    rows.push(
      `e${i}: ${number(cell.efficiency_out)} d${i} + b${i}${spent}` +
        ` - ${number(1 / cell.efficiency_in)} c${i} - w${i} = ${number(1 - energy_J / floor_J)}`,
      `s${i}: q${i}${before} - c${i} + d${i} = ${i === 0 ? start : "0"}`,
      ...segments.map(({ width }, s) => `a${i}_${s}: x${i}_${s} + ${width} b${i} <= ${width}`),
    );
    bounds.push(`q${i} <= ${number(cell.capacity_J / floor_J)}`, `b${i} <= 1`);
    if (cell.charge_max_J < Infinity)
      bounds.push(`c${i} <= ${number(cell.charge_max_J / floor_J)}`);
  });
  if (misses_max < Infinity) {
    const all = harvest_J.map((_, i) => `+ b${i}`).join("\n ");
    rows.push(`misses: ${all} <= ${number(misses_max)}`);
  }
  const part = (head: string, lines: string[]) => `${head}\n ${lines.join("\n ")}\n`;
  return (
    part("Maximize\n worth:", worth) + part("Subject To", rows) + part("Bounds", bounds) + "End\n"
  );
}
