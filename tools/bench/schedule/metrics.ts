// What the schedule bench measured of its trials, by the names that the goals have.

import { POLICIES } from "../../oracle/policies/list.js";
import { goalOf, type Measurement } from "../report.js";
import { type TrialFigures } from "./trial.js";

/** The policy of the core, by its name in the list. */
export const OWN = "ours";
export const REFERENCE = "dp";
const PERCENT = 100;

/** Means over weeks, and the worst of them. */
export interface Summary {
  mean: number;
  worst: number;
}

export function summaryOf(trials: readonly TrialFigures[], policy: string): Summary {
  const scores = trials.map(({ policies }) => policies[policy]!.score);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { mean, worst: Math.min(...scores) };
}

/** The published policy that is best on these trials. */
export function bestPublished(trials: readonly TrialFigures[]): string {
  const names = Object.keys(POLICIES).filter((name) => POLICIES[name]!.kind === "published");
  const mean = (name: string) => summaryOf(trials, name).mean;
  return names.reduce((best, name) => (mean(name) > mean(best) ? name : best));
}

/** Floors missed beyond those of idling, percent of the slots. */
export const above_pct = ({ slots }: TrialFigures, missed_above: number): number =>
  (PERCENT * missed_above) / slots;

/** The worn week at one size. */
export function weekMeasurements(trial: TrialFigures): Measurement[] {
  const { size_uAh, slots, policies } = trial;
  const one = (name: string, value: number, unit: string, of: string): Measurement => {
    return { name: `week_${name}_${size_uAh}uAh`, value, unit, of };
  };
  const best = bestPublished([trial]);
  const idle_pct = (PERCENT * trial.idle_missed) / slots;
  const own = policies[OWN];
  const equal = "utility over that of the perfect plan that may miss as many slots";
  return [
    one("perfect_plan_value", trial.plan_value, "1", "linear program, fair form, weight 5"),
    one("idle_missed", idle_pct, "%", "slots whose floor is missed without any event, at 3 uA"),
    one("fixed_rate_score", policies.fixed!.score, "1", "best rate, in hindsight"),
    one("known_score", policies.known!.score, "1", "the plan, were its next two days told"),
    one("published_score", policies[best]!.score, "1", `best causal rule of the others: ${best}`),
    one("reference_score", policies[REFERENCE]!.score, "1", "causal dynamic program, other weeks"),
    one("reference_utility_at_equal_misses", policies[REFERENCE]!.equal!, "1", equal),
    ...(own === undefined
      ? []
      : [
          one("score", own.score, "1", "the core's policy: 0 idling, 1 the perfect plan"),
          one("utility_at_equal_misses", own.equal!, "1", equal),
          one("misses_above_idle", above_pct(trial, own.missed_above), "%", "of the slots"),
        ]),
  ];
}

/** Generated weeks: of each size the means, and what the core's policy falls short of its goals. */
export function weeksMeasurements(bySize: ReadonlyMap<number, TrialFigures[]>): Measurement[] {
  const sizes = [...bySize];
  const has = sizes.every(([, trials]) => trials.every(({ policies }) => OWN in policies));
  const means = sizes.flatMap(([size_uAh, trials]): Measurement[] => {
    const best = bestPublished(trials);
    const one = (name: string, policy: string, of: string): Measurement => {
      const { mean, worst } = summaryOf(trials, policy);
      const text = `${of}, mean of ${trials.length} weeks; worst ${worst.toFixed(3)}`;
      return { name: `weeks_${name}_${size_uAh}uAh`, value: mean, unit: "1", of: text };
    };
    return [
      one("published_score", best, `best causal rule of the others: ${best}`),
      one("reference_score", REFERENCE, "causal dynamic program fitted to other weeks"),
      one("known_score", "known", "the plan, were its next two days told"),
      ...(has ? [one("score", OWN, "the core's policy")] : []),
    ];
  });
  if (!has) return means;
  const gaps = sizes.map(([size_uAh, trials]) => {
    return goalOf("schedule", `week_score_${size_uAh}uAh`) - summaryOf(trials, OWN).mean;
  });
  const worst = sizes.map(([, trials]) => summaryOf(trials, OWN).worst);
  const weeks = `${sizes[0]![1].length} generated weeks`;
  const gap = `largest of (goal of the size minus mean score), ${weeks}`;
  return [
    ...means,
    { name: "weeks_mean_gap_max", value: Math.max(...gaps), unit: "1", of: gap },
    { name: "weeks_worst_score", value: Math.min(...worst), unit: "1", of: `any size, ${weeks}` },
  ];
}
