// The slots of a comparison out of the page again: the other half of comparison/packed.ts.

import { type PackedComparison, type PackedLife } from "../comparison/packed.js";
import { unpack, type Course } from "./unpack.js";

/** What a policy, or the plan, went through; see PackedLife. */
export interface Life {
  title: string;
  color: string;
  stored: Float64Array;
  events: Float64Array;
  dead: Uint8Array;
}

export interface Comparison {
  course: Course;
  events_max: number;
  harvest_uW: Float64Array;
  floor_uW: number;
  plan: Life;
  policies: Life[];
  foremost: Life;
}

const rowsOf = (digits: string): Uint8Array => Uint8Array.from(digits, Number);

const lifeOf = ({ title, color, stored, events, dead }: PackedLife): Life => {
  return { title, color, stored: unpack(stored), events: unpack(events), dead: rowsOf(dead) };
};

export function unpackComparison(packed: PackedComparison): Comparison {
  const { slot_s, events_max, floor_uW, plan, idling_dead, policies } = packed;
  const t_s = Float64Array.from(idling_dead, (_, row) => row * slot_s);
  return {
    course: { t_s, end_s: t_s.at(-1)!, shaded: rowsOf(idling_dead), rows_are: "points" },
    ...{ events_max, floor_uW, harvest_uW: unpack(packed.harvest_uW) },
    ...{ plan: lifeOf(plan), policies: policies.map(lifeOf) },
    foremost: lifeOf(policies[packed.foremost]!),
  };
}
