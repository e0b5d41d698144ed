// What of the gauge bench is run, from the words of a command line:
//
//   --seeds 20..39   --only nocv,flat   --cells r20-50uAh   --variants full,easy   --days 10

import { type Selection } from "./matrix.js";

/** Seeds of the figures; 0..19 are for tuning. */
const FIRST_SEED = 20;
const LAST_SEED = 39;

export interface Choice extends Selection {
  /** The seeds in words. */
  words: string;
  days?: number | undefined;
  /** Nothing was left out. */
  whole: boolean;
}

/** A selection that cannot be run; the message is the one line. */
export class SelectionError extends Error {
  override readonly name = "SelectionError";
}

/** Names that an option may have. */
export interface Known {
  setups: readonly string[];
  cells: readonly string[];
  variants: readonly string[];
}

function seedsOf(text: string): number[] {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (match === null || last < first) {
    throw new SelectionError(`--seeds ${text} must be FIRST..LAST, as 20..39`);
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function namesOf(option: string, text: string, known: readonly string[]): string[] {
  const names = text.split(",");
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined) return names;
  throw new SelectionError(`${option} ${stranger} must be one of ${known.join(", ")}`);
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days > 0) return days;
  throw new SelectionError(`--days ${text} must be a whole number of days`);
}

const OPTIONS = ["--seeds", "--only", "--cells", "--variants", "--days"];

/** Throws SelectionError. */
export function selectionOf(words: readonly string[], known: Known): Choice {
  const given = new Map<string, string>();
  for (let i = 0; i < words.length; i += 2) {
    const [option, value] = [words[i]!, words[i + 1]];
    if (!OPTIONS.includes(option) || value === undefined) {
      throw new SelectionError(
        `gauge: ${option} must be one of ${OPTIONS.join(", ")}, and a value`,
      );
    }
    given.set(option, value);
  }
  const list = (option: string, names: readonly string[]) => {
    const text = given.get(option);
    return text === undefined ? undefined : namesOf(option, text, names);
  };
  const seeds = seedsOf(given.get("--seeds") ?? `${FIRST_SEED}..${LAST_SEED}`);
  const days = given.get("--days");
  return {
    seeds,
    words: seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]}-${seeds.at(-1)}`,
    setups: list("--only", known.setups),
    cells: list("--cells", known.cells),
    variants: list("--variants", known.variants),
    days: days === undefined ? undefined : daysOf(days),
    whole: given.size === 0,
  };
}
