// What `tfmb compare` prints, 80 columns wide.

import { slotSpark } from "../commands/stored_plot.js";
import { type Compared } from "./compare.js";
import { isPlenty, LESS, type CompareNumbers } from "./numbers.js";

const NAME = 14;

interface Column {
  /** Two lines. */
  title: [string, string];
  width: number;
  cell: (row: Compared, slots: number) => string;
}

/** What no node can have, by name. */
const HINDSIGHT: Record<string, string> = {
  fixed: "  fixed rate: the best, chosen in hindsight",
  known: "  known days: ours, were its next two days told",
};

const percent = (part: number, slots: number) => `${((100 * part) / slots).toFixed(1)} %`;

const COLUMNS: Column[] = [
  { title: ["", "score"], width: 7, cell: ({ score }) => score?.toFixed(3) ?? "-" },
  { title: ["", "utility"], width: 9, cell: ({ utility }) => utility.toFixed(1) },
  { title: ["at equal", "misses"], width: 10, cell: ({ equal }) => equal?.toFixed(3) ?? "-" },
  { title: ["", "missed"], width: 9, cell: (row, slots) => percent(row.missed_above, slots) },
  { title: ["", "deaths"], width: 7, cell: ({ brown_outs }) => String(brown_outs) },
  { title: ["", "over"], width: 6, cell: ({ over_limit }) => String(over_limit) },
  { title: ["", "cycles"], width: 8, cell: ({ cycles }) => cycles.toFixed(2) },
  { title: ["", "regret"], width: 8, cell: ({ regret }) => regret.toFixed(1) },
];

function table({ policies, world }: CompareNumbers): string[] {
  const slots = world.harvest_J.length;
  const line = (name: string, cellOf: (column: Column) => string) => {
    const cells = COLUMNS.map((column) => cellOf(column).padStart(column.width));
    return `  ${name.padEnd(NAME)}${cells.join("")}`.trimEnd();
  };
  return [
    line("", ({ title }) => title[0]),
    line("", ({ title }) => title[1]),
    ...policies.map((row) => line(row.title, ({ cell }) => cell(row, slots))),
  ];
}

function legend(numbers: CompareNumbers): string[] {
  const { plan, idling, unmeetable, world, can_limit, policies } = numbers;
  const slots = world.harvest_J.length;
  const over = can_limit ? "held back by the board" : "violations on this board";
  return [
    `  perfect plan: utility ${plan.utility.toFixed(1)}, value ${plan.value.toFixed(1)}; ` +
      `idling: value ${idling.value.toFixed(1)}`,
    "  score: 0 idling, 1 the plan; regret: the value that the plan has more",
    "  missed: floors more than idling misses; deaths: how often it browned out",
    `  over: slots with more than the cell may take: ${over}`,
    ...policies.flatMap(({ name }) => HINDSIGHT[name] ?? []),
    "",
    `  no policy could have met ${unmeetable.toFixed(1)} of ${slots} floors ` +
      `(${percent(unmeetable, slots)}); idling misses ${idling.missed}`,
  ];
}

function courses({ plan, policies, world }: CompareNumbers): string[] {
  const line = (name: string, bars: string) => `  ${name.padEnd(NAME)}${bars}`;
  const level = (stored_J: readonly number[]) => slotSpark(stored_J, 0, world.cell.capacity_J);
  return [
    "  stored charge, 0 to full",
    line("perfect plan", level(plan.stored_J)),
    ...policies.map(({ title, stored_J }) => line(title, level(stored_J))),
    line("harvest", slotSpark(world.harvest_J, 0, Math.max(...world.harvest_J))),
  ];
}

/** `head` says what was lived. */
export function pageOf(head: readonly string[], numbers: CompareNumbers): string {
  const plenty = ["", "  There is enough for everything that is wanted;", `  ${LESS}.`];
  return [
    ...[...head, ""],
    ...table(numbers),
    ...(isPlenty(numbers) ? plenty : []),
    ...["", ...legend(numbers), ""],
    ...courses(numbers),
  ].join("\n");
}
