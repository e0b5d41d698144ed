// What a user says of columns: `--columns time=Zeit:s,current=-Strom:mA`. A minus turns the sign
// round; a unit behind a colon stands over that of the heading.

import { MeasurementError } from "../characterise/manifest.js";
import {
  COLUMN_KINDS,
  headingAs,
  unitOf,
  UNITS_SHOWN,
  type ColumnKind,
  type Heading,
} from "./header.js";

/** Kind to what was said of it: `[-]NAME[:UNIT]`. */
export type Mapping = Partial<Record<ColumnKind, string>>;

/** A column of a file: where it is, and how it is read. */
export interface Column {
  index: number;
  /** As the headings have it. */
  name: string;
  heading: Heading;
}

/** The option's words. Throws MeasurementError. */
export function mappingOf(columns: string | undefined): Mapping {
  if (columns === undefined) return {};
  const pairs = columns.split(",").map((pair) => {
    const [kind, ...name] = pair.split("=");
    const known = COLUMN_KINDS.includes(kind!.trim() as ColumnKind);
    if (known && name.join("=") !== "") return [kind!.trim(), name.join("=").trim()];
    throw new MeasurementError(
      `--columns ${pair} must be KIND=[-]NAME[:UNIT], with KIND of ${COLUMN_KINDS.join(", ")}`,
    );
  });
  return Object.fromEntries(pairs) as Mapping;
}

/** Where the headings have what was said; a name may itself begin with a minus or hold a colon. */
function placeOf(said: string, headings: readonly string[]) {
  for (const turned of [false, true]) {
    if (turned && !said.startsWith("-")) continue;
    const text = turned ? said.slice(1) : said;
    const [, name, unit] = /^(.*):([^:]*)$/.exec(text) ?? [];
    const index = headings.indexOf(text);
    if (index >= 0) return { index, unit: undefined, turned };
    if (name !== undefined && headings.includes(name))
      return { index: headings.indexOf(name), unit, turned };
  }
  return undefined;
}

/** Whether a line of headings is the one that was spoken of. */
export const speaksOf = (mapping: Mapping, headings: readonly string[]): boolean =>
  Object.values(mapping).some((said) => placeOf(said, headings) !== undefined);

/** The column that was said to be of a kind. Throws MeasurementError with what is there. */
export function columnSaid(
  place: string,
  kind: ColumnKind,
  said: string,
  headings: readonly string[],
): Column {
  const found = placeOf(said, headings);
  if (found === undefined) {
    const there = headings.join(", ");
    const shown = there.length > 100 ? `${there.slice(0, 97)}...` : there;
    throw new MeasurementError(`${place}: no column "${said}" for ${kind}; there are ${shown}`);
  }
  const { index, unit, turned } = found;
  const name = headings[index]!;
  // a heading of any words is read in the unit of its kind, and that is said
  const own = headingAs(kind, name) ?? unitOf(kind, "")!;
  const heading = unit === undefined ? own : unitOf(kind, unit);
  if (heading === undefined) {
    throw new MeasurementError(
      `--columns ${kind}=${said}: the unit "${unit}" must be one of ${UNITS_SHOWN[kind]}`,
    );
  }
  return { index, name, heading: turned ? { ...heading, scale: -heading.scale } : heading };
}
