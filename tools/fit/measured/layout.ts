// How a laboratory file is laid out: the line of its headings, what separates its columns, its
// decimal sign, and whose tester wrote it.

import { MeasurementError } from "../../characterise/manifest.js";
import { columnsIn, headingAs, type ColumnKind, type Heading } from "./header.js";

export type Maker = "Maccor" | "Neware" | "Arbin" | "BioLogic" | "plain CSV";

export interface Layout {
  maker: Maker;
  /** Index of the line of headings. */
  line: number;
  separator: string;
  decimal_comma: boolean;
  columns: Map<ColumnKind, { index: number; name: string; heading: Heading }>;
}

/** Columns that the user names: kind to heading. */
export type Mapping = Partial<Record<ColumnKind, string>>;

/** Comments above the headings end within so many lines; BioLogic says how many it has. */
const LINES_MAX = 200;
const NEEDED: readonly ColumnKind[] = ["time", "voltage", "current"];

/** Headings that only one tester has. */
const MARKS: readonly [Maker, RegExp][] = [
  ["BioLogic", /^(ewe|ecell|<i>)\/|^mode$/i],
  ["Maccor", /^(rec#?|cyc#|amp-hr|dpt time)$/i],
  ["Neware", /^(datapoint|record id|step type|total time|chg\. cap\.|capacitance_chg)/i],
  ["Arbin", /^(data[_ ]point|test[_ ]time ?\(s\)|step[_ ]index)$/i],
];

function makerOf(headings: readonly string[]): Maker {
  const scores = MARKS.map(([maker, mark]) => ({
    maker,
    score: headings.filter((heading) => mark.test(heading)).length,
  }));
  const best = scores.sort((a, b) => b.score - a.score)[0]!;
  return best.score > 0 ? best.maker : "plain CSV";
}

const separatorOf = (line: string): string =>
  ["\t", ";", ","].find((sign) => line.split(sign).length >= NEEDED.length) ?? ",";

export const cellsOf = (line: string, separator: string): string[] =>
  line.split(separator).map((cell) => cell.trim().replaceAll('"', ""));

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** Columns that the user named, over those that the headings name. Throws MeasurementError. */
function withMapping(place: string, headings: readonly string[], mapping: Mapping) {
  const columns = columnsIn(headings);
  for (const [kind, name] of Object.entries(mapping) as [ColumnKind, string][]) {
    const index = headings.indexOf(name);
    if (index < 0) {
      const there = shortened(headings.join(", "));
      throw new MeasurementError(`${place}: no column "${name}" for ${kind}; there are ${there}`);
    }
    columns.set(kind, index);
  }
  return columns;
}

/** The layout of a text. Throws MeasurementError when no line names time, voltage and current. */
export function layoutOf(file: string, lines: readonly string[], mapping: Mapping): Layout {
  let fullest = { line: 0, columns: new Map<ColumnKind, number>() };
  const named = Object.values(mapping);
  for (let line = 0; line < Math.min(lines.length, LINES_MAX); line++) {
    const headings = cellsOf(lines[line]!, separatorOf(lines[line]!));
    const holds = named.length > 0 && named.some((name) => headings.includes(name));
    const columns = holds
      ? withMapping(`${file}:${line + 1}`, headings, mapping)
      : columnsIn(headings);
    if (columns.size > fullest.columns.size) fullest = { line, columns };
    if (NEEDED.every((kind) => columns.has(kind))) break;
  }
  const { line, columns } = fullest;
  const text = lines[line] ?? "";
  const separator = separatorOf(text);
  const headings = cellsOf(text, separator);
  const missing = NEEDED.filter((kind) => !columns.has(kind));
  if (missing.length > 0 || named.some((name) => !headings.includes(name))) {
    const lacks = missing.length > 0 ? missing.join(", ") : "the columns of --columns";
    throw new MeasurementError(
      `${file}:${line + 1}: the headings "${shortened(text)}" name no ${lacks}; ` +
        "say which with --columns time=NAME,voltage=NAME,current=NAME",
    );
  }
  const found = [...columns].map(([kind, index]) => {
    const name = headings[index]!;
    const plain = { kind, scale: 1, offset: 0, united: false };
    const heading = headingAs(kind, name) ?? headingAs(kind, kind) ?? plain;
    return [kind, { index, name, heading }] as const;
  });
  const first = lines[line + 1] ?? "";
  const decimal_comma = separator !== "," && !first.includes(".") && first.includes(",");
  return { maker: makerOf(headings), line, separator, decimal_comma, columns: new Map(found) };
}
