// What the lives against the critical current came to: numbers by the names of the goals, and a
// table.

import { type Measurement } from "../report.js";
import { type LimitFigures } from "./critical_current.js";

const TITLE = 16;
const COLUMN = 12;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The board has a limiter, and what firmware sets on it binds. */
const limited = ({ scenario }: LimitFigures) => scenario.startsWith("limit-");

export function limitMeasurements(lives: readonly LimitFigures[]): Measurement[] {
  const guarded = lives.filter((life) => limited(life) && life.guarded);
  const unguarded = lives.filter((life) => limited(life) && !life.guarded);
  const others = lives.filter((life) => !limited(life) && life.guarded);
  const binding_h = sum(guarded.map((life) => life.binding_h));
  const where = `in ${binding_h.toFixed(0)} h in which CCD binds, ${guarded.length} scenarios`;
  const what = "wakes after charging above the plant's critical current";
  const count = (name: string, of: readonly LimitFigures[], text: string): Measurement => {
    const value = sum(of.map(({ violations }) => violations));
    const off = sum(of.map(({ unattended }) => unattended));
    const whole = `${what}, ${text}; ${off} of them while no firmware ran`;
    return { name: `ccd_violations_${name}`, value, unit: "1", of: whole };
  };
  const hours = (name: string, value: number, of: string): Measurement => {
    return { name: `ccd_${name}_h`, value, unit: "h", of };
  };
  return [
    count("guarded", guarded, where),
    count("unguarded", unguarded, "the same lives with a profile whose CCD is out of reach"),
    hours("binding", binding_h, "the limit that firmware set holds back the charger"),
    count("unenforced", others, "boards that cannot set the current"),
    hours("flagged", sum(others.map((life) => life.unenforced_h)), "such boards say so"),
    hours(
      "weaker_source",
      sum(others.map((life) => life.weaker_h)),
      "a switch to a source that is not the strongest",
    ),
  ];
}

/** A row a life. */
export function limitTable(lives: readonly LimitFigures[]): string {
  const heads = [
    "guard",
    "binds",
    "violations",
    "unattended",
    "above",
    "most",
    "flagged",
    "weaker",
    "off",
  ];
  const line = (head: string, cells: readonly string[]) =>
    head.padEnd(TITLE) + cells.map((text) => text.padStart(COLUMN)).join("");
  const hours = (value: number) => `${value.toFixed(1)} h`;
  const rows = lives.map((life) => {
    const { scenario, guarded, binding_h, violations, over_h, share_max } = life;
    const { unattended, unenforced_h, weaker_h, off_h } = life;
    return line(scenario, [
      ...[
        guarded ? "yes" : "removed",
        hours(binding_h),
        String(violations),
        String(unattended),
        hours(over_h),
      ],
      ...[share_max.toFixed(2), hours(unenforced_h), hours(weaker_h), hours(off_h)],
    ]);
  });
  const title =
    "charging against the plant's critical current: time in which the limit binds, wakes after\n" +
    "a violation, those of them after a time without firmware, time above, most over critical,\n" +
    "flagged as not enforced, fed by a weaker source";
  return [title, line("", heads), ...rows].join("\n");
}
