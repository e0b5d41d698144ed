// By what the rows of a comparison are judged: once for the bars, the table and compare.csv.

import { fixed, percent } from "../digits.js";
import { type Row } from "./rows.js";

export interface Metric {
  /** Of the column in compare.csv, with its unit. */
  id: string;
  title: string;
  /** What it means, and which way is better. */
  says: string;
  of: (row: Row, slots: number) => number | null;
  text: (value: number) => string;
}

const decimals = (places: number) => (value: number) => fixed(value, places);

export function metricsOf(can_limit: boolean): Metric[] {
  const over = can_limit
    ? "slots in which the board held back what the cell may not take"
    : "slots with more than the cell may take, which this board cannot hold back";
  return [
    {
      ...{ id: "score", title: "Score", says: "0 is idling, 1 the perfect plan" },
      ...{ of: ({ score }) => score, text: decimals(3) },
    },
    {
      ...{ id: "utility", title: "Utility", says: "of the events that were done" },
      ...{ of: ({ utility }) => utility, text: decimals(1) },
    },
    {
      ...{ id: "utility_at_equal_misses", title: "Utility at equal misses" },
      says: "over that of the plan that may miss as many floors",
      ...{ of: ({ equal }) => equal, text: decimals(3) },
    },
    {
      ...{ id: "missed_above_idling", title: "Floor missed above idling" },
      says: "share of the slots; less is better",
      ...{ of: ({ missed_above }, slots) => missed_above / slots, text: (value) => percent(value) },
    },
    {
      ...{ id: "brown_outs", title: "Brown-outs", says: "how often the node died" },
      ...{ of: ({ brown_outs }) => brown_outs, text: decimals(0) },
    },
    {
      ...{ id: "over_limit_slots", title: can_limit ? "Charge limited" : "Violations", says: over },
      ...{ of: ({ over_limit }) => over_limit, text: decimals(0) },
    },
    {
      ...{ id: "equivalent_cycles", title: "Wear", says: "equivalent cycles of the cell" },
      ...{ of: ({ cycles }) => cycles, text: decimals(2) },
    },
    {
      ...{ id: "regret", title: "Regret", says: "value that the perfect plan has more" },
      ...{ of: ({ regret }) => regret, text: decimals(1) },
    },
  ];
}
