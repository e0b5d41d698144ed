// How a laboratory file is laid out: the line of its headings, what separates its columns, its
// decimal sign, and whose tester wrote it.

import { MeasurementError } from "../characterise/manifest.js";
import { columnsIn, headingAs, type ColumnKind } from "./header.js";
import { columnSaid, speaksOf, type Column, type Mapping } from "./mapping.js";

export type Maker = "Maccor" | "Neware" | "Arbin" | "BioLogic" | "plain CSV";

export interface Layout {
  maker: Maker;
  /** Index of the line of headings. */
  line: number;
  separator: string;
  decimal_comma: boolean;
  columns: Map<ColumnKind, Column>;
}

/** Comments above the headings end within so many lines; BioLogic says how many it has. */
const LINES_MAX = 1000;
const NEEDED: readonly ColumnKind[] = ["time", "voltage", "current"];

/** Headings by which testers are known; one alone may be anybody's. */
const MARKS: readonly [Maker, RegExp][] = [
  ["BioLogic", /^(ewe|ecell|<i>|time)\/|^(mode|ox\/red|ns)$/i],
  ["Maccor", /^(rec#?|cyc#|cycle [pc]|amp-hr|md|es|dpt[- ]time)$/i],
  ["Neware", /^(datapoint|record id|step type|total time|d?chg\. cap\.|capacitance_d?chg)/i],
  ["Arbin", /^(data[_ ]point|test[_ ]time ?\(s\)|step[_ ]index|(dis)?charge[_ ]capacity ?\()/i],
];
const MARKS_MIN = 2;

function makerOf(headings: readonly string[]): Maker {
  const scores = MARKS.map(([maker, mark]) => ({
    maker,
    score: headings.filter((heading) => mark.test(heading)).length,
  }));
  const best = scores.sort((a, b) => b.score - a.score)[0]!;
  return best.score >= MARKS_MIN ? best.maker : "plain CSV";
}

const separatorOf = (line: string): string =>
  ["\t", ";", ","].find((sign) => line.split(sign).length >= NEEDED.length) ?? ",";

export const cellsOf = (line: string, separator: string): string[] =>
  line.split(separator).map((cell) => cell.trim().replaceAll('"', ""));

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** Columns that the headings name, and over them those that the user names. */
function columnsOf(place: string, headings: readonly string[], mapping: Mapping) {
  const columns = new Map<ColumnKind, Column>();
  for (const [kind, index] of columnsIn(headings)) {
    const name = headings[index]!;
    columns.set(kind, { index, name, heading: headingAs(kind, name)! });
  }
  if (speaksOf(mapping, headings)) setSaid(columns, place, headings, mapping);
  return columns;
}

function setSaid(
  columns: Map<ColumnKind, Column>,
  place: string,
  headings: readonly string[],
  mapping: Mapping,
): void {
  for (const [kind, said] of Object.entries(mapping) as [ColumnKind, string][]) {
    columns.set(kind, columnSaid(place, kind, said, headings));
  }
}

/** The layout of a text. Throws MeasurementError when no line names time, voltage and current. */
export function layoutOf(file: string, lines: readonly string[], mapping: Mapping): Layout {
  let fullest = { line: 0, columns: new Map<ColumnKind, Column>() };
  for (let line = 0; line < Math.min(lines.length, LINES_MAX); line++) {
    const headings = cellsOf(lines[line]!, separatorOf(lines[line]!));
    const columns = columnsOf(`${file}:${line + 1}`, headings, mapping);
    if (columns.size > fullest.columns.size) fullest = { line, columns };
    if (NEEDED.every((kind) => columns.has(kind))) break;
  }
  const { line, columns } = fullest;
  const text = lines[line] ?? "";
  const separator = separatorOf(text);
  const headings = cellsOf(text, separator);
  const missing = NEEDED.filter((kind) => !columns.has(kind));
  if (lines.every((each) => each.trim() === "")) {
    throw new MeasurementError(`${file}: is empty; export it from the tester again`);
  }
  if (missing.length > 0) {
    throw new MeasurementError(
      `${file}:${line + 1}: the headings "${shortened(text)}" name no ${missing.join(", ")}; ` +
        "say which with --columns time=NAME:UNIT,voltage=NAME:UNIT,current=NAME:UNIT",
    );
  }
  setSaid(columns, `${file}:${line + 1}`, headings, mapping);
  const first = lines[line + 1] ?? "";
  const decimal_comma = separator !== "," && !first.includes(".") && first.includes(",");
  return { maker: makerOf(headings), line, separator, decimal_comma, columns };
}
