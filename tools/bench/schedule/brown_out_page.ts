// What the years with brown-outs came to: numbers by the names of the goals, and a table.

import { type Measurement } from "../report.js";
import { type BrownOutFigures } from "./brown_outs.js";

const TITLE = 18;
const COLUMN = 13;
/** The setting that is judged. */
const JUDGED = "survival";
const PERCENT = 100;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const sizeOf = ({ panels, cell }: BrownOutFigures) => `${panels} x, ${cell} x`;

/** Scenario, size and plan of a life, whatever its seed. */
const groupOf = (life: BrownOutFigures) => `${life.scenario} ${sizeOf(life)} ${life.plan}`;

function totals(lives: readonly BrownOutFigures[]) {
  return {
    all: sum(lives.map(({ brown_outs }) => brown_outs)),
    avoidable: sum(lives.map(({ avoidable_d }) => avoidable_d.length)),
    off_h: sum(lives.map(({ off_h }) => off_h)),
    done: sum(lives.map(({ done_share }) => done_share)) / lives.length,
  };
}

/** As its file has it: neither fewer panels nor a smaller cell. */
const asItIs = ({ panels, cell }: BrownOutFigures) => panels === 1 && cell === 1;

/** Scenarios as they are; apart, with so few panels or so small a cell that winters are hard. */
export function brownOutMeasurements(lives: readonly BrownOutFigures[]): Measurement[] {
  return [...new Set(lives.map(({ plan }) => plan))].flatMap((plan): Measurement[] => {
    const own = lives.filter((life) => life.plan === plan);
    const suffix = plan === JUDGED ? "" : `_${plan}`;
    const one = (name: string, some: readonly BrownOutFigures[], which: string): Measurement => {
      const { all, avoidable } = totals(some);
      const of = `of ${all}, ${which}, ${plan} setting; idle from 24 h before would have survived`;
      return { name: `${name}${suffix}`, value: avoidable, unit: "1", of };
    };
    const hard = own.filter((life) => !asItIs(life));
    const share = "of the events that were wanted, mean of all these years";
    return [
      one("avoidable_brownouts", own.filter(asItIs), "year scenarios as they are"),
      one("avoidable_brownouts_undersized", hard, "the same, undersized"),
      {
        ...{ name: `events_done_${plan}`, value: PERCENT * totals(own).done, unit: "%" },
        of: share,
      },
    ];
  });
}

/** A row a scenario, size and plan. */
export function brownOutTable(lives: readonly BrownOutFigures[]): string {
  const heads = ["panels, cell", "plan", "brown-outs", "avoidable", "off", "events done"];
  const line = (head: string, cells: readonly string[]) =>
    head.padEnd(TITLE) + cells.map((text) => text.padStart(COLUMN)).join("");
  const names = [...new Set(lives.map(groupOf))];
  const groups = names.map((name) => lives.filter((life) => groupOf(life) === name));
  const rows = groups.map((group) => {
    const [first] = group;
    const { all, avoidable, off_h, done } = totals(group);
    return line(first!.scenario, [
      ...[sizeOf(first!), first!.plan, String(all), String(avoidable)],
      ...[`${off_h.toFixed(0)} h`, `${(PERCENT * done).toFixed(1)} %`],
    ]);
  });
  const seeds = new Set(lives.map(({ seed }) => seed)).size;
  return [`years of ${seeds} seeds each`, line("", heads), ...rows].join("\n");
}
