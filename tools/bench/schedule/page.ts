// The schedule bench for people: a row a policy, a column a size.

import { POLICIES } from "../../oracle/policies/list.js";
import { above_pct, summaryOf } from "./metrics.js";
import { type TrialFigures } from "./trial.js";

const TITLE = 14;
const COLUMN = 16;

type BySize = ReadonlyMap<number, TrialFigures[]>;

function table(title: string, bySize: BySize, cell: (name: string, of: TrialFigures[]) => string) {
  const line = (head: string, cells: string[]) =>
    head.padEnd(TITLE) + cells.map((text) => text.padStart(COLUMN)).join("");
  const sizes = [...bySize];
  const rows = Object.entries(POLICIES).map(([name, { title: row }]) =>
    line(
      row,
      sizes.map(([, trials]) => cell(name, trials)),
    ),
  );
  const head = line(
    "",
    sizes.map(([size_uAh]) => `${size_uAh} uAh`),
  );
  return [title, head, ...rows].join("\n");
}

/** The worn week. */
export const weekTable = (bySize: BySize): string =>
  table(
    "a worn week: score (0 idle, 1 perfect plan), floors missed above idling in % of slots,\n" +
      "utility over that of the plan that may miss as much",
    bySize,
    (name, [trial]) => {
      const { score, missed_above, equal } = trial!.policies[name]!;
      const above = above_pct(trial!, missed_above).toFixed(1);
      return `${score.toFixed(2)} ${above.padStart(4)} ${equal!.toFixed(2)}`;
    },
  );

/** Generated weeks. */
export const weeksTable = (title: string, bySize: BySize): string =>
  table(`${title}: mean score, worst`, bySize, (name, trials) => {
    const { mean, worst } = summaryOf(trials, name);
    return `${mean.toFixed(3)} ${worst.toFixed(2).padStart(5)}`;
  });
