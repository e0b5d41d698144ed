// compare.csv, a row a policy, and slots.csv, a row a slot: names with units, as in the report.

import { type CompareNumbers } from "../../oracle/numbers.js";
import { metricsOf } from "./metrics.js";
import { rowsOf } from "./rows.js";

const DIGITS = 9;
const UJ_PER_J = 1e6;

/** An empty field for what there is not. */
const field = (value: number | null): string =>
  value === null ? "" : String(Number(value.toPrecision(DIGITS)));

const text = (lines: readonly (readonly string[])[]): string =>
  `${lines.map((fields) => fields.join(",")).join("\n")}\n`;

/** Shares are fractions. */
export function policiesCsv(numbers: CompareNumbers): string {
  const slots = numbers.world.harvest_J.length;
  const metrics = metricsOf(numbers.can_limit);
  const head = ["policy", "kind", "value", "missed_slots", ...metrics.map(({ id }) => id)];
  const rows = rowsOf(numbers).map((row) => {
    const judged = metrics.map(({ of }) => field(of(row, slots)));
    return [row.name, row.look, field(row.value), field(row.missed), ...judged];
  });
  return text([head, ...rows]);
}

/** What each policy did in each slot, and what was stored at its end. */
export function slotsCsv(numbers: CompareNumbers): string {
  const { slot_s, harvest_J } = numbers.world;
  const rows = rowsOf(numbers);
  const columns = rows.flatMap(({ name }) => [
    ...[`${name}_events`, `${name}_missed`, `${name}_stored_uJ`],
  ]);
  const lines = harvest_J.map((energy_J, i) => [
    ...[field(i * slot_s), field(energy_J * UJ_PER_J)],
    ...rows.flatMap(({ events, unpaid, stored_J }) =>
      [events[i]!, unpaid[i]!, stored_J[i]! * UJ_PER_J].map(field),
    ),
  ]);
  return text([["t_s", "harvest_uJ", ...columns], ...lines]);
}
