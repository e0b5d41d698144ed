// The rows of a comparison as its pictures and files show them: the perfect plan, the policies from
// the best to the worst, and idling.

import { type Compared } from "../../oracle/compare.js";
import { type CompareNumbers } from "../../oracle/numbers.js";
import { type PolicyKind } from "../../oracle/policies/list.js";
import { type Look } from "./looks.js";

export interface Row extends Omit<Compared, "kind" | "brown_outs" | "over_limit"> {
  look: Look;
  /** The plan misses slots in parts: it dies at no certain time. */
  brown_outs: number | null;
  over_limit: number | null;
}

/** The best first; of equals ours, then what a node can have. */
const RANK: PolicyKind[] = ["ours", "published", "reference", "hindsight"];

export const byValue = (policies: readonly Compared[]): Compared[] =>
  policies.toSorted((a, b) => b.value - a.value || RANK.indexOf(a.kind) - RANK.indexOf(b.kind));

/** The one that a report speaks of: ours, or else the best. */
export const foremost = (policies: readonly Compared[]): Compared =>
  policies.find(({ kind }) => kind === "ours") ?? byValue(policies)[0]!;

/** Whether there is anything between idling and the plan. */
const isWorth = ({ plan, idling }: CompareNumbers) => plan.value - idling.value > 1e-6;

export function rowsOf(numbers: CompareNumbers): Row[] {
  const { plan, idling, policies } = numbers;
  const worth = isWorth(numbers);
  const planRow: Row = {
    ...{ ...plan, name: "plan", title: "perfect plan", look: "plan" },
    ...{ score: worth ? 1 : null, regret: 0, equal: worth ? 1 : null },
    ...{ missed_above: plan.missed - idling.missed, brown_outs: null, over_limit: null },
  };
  const idlingRow: Row = {
    ...{ ...idling, name: "idling", title: "idling", look: "idling" },
    ...{ score: worth ? 0 : null, regret: plan.value - idling.value, equal: worth ? 0 : null },
    missed_above: 0,
  };
  const between = byValue(policies).map(({ kind, ...row }): Row => ({ ...row, look: kind }));
  return [planRow, ...between, idlingRow];
}
