// What a part file holds, as a table for people: name, value, tag, and where the value comes from.

import { isQuantity, TAGS, type Quantity, type Tag } from "../../boards/schema/quantity.js";
import { wrapped } from "./width.js";

/** A line of the table; a heading has only a label. */
export interface Line {
  label: string;
  value?: string;
  tag?: Tag;
  /** Source and note. */
  text?: string;
  /** Values of a long list, on lines of their own. */
  list?: string;
}

/** Keys that the page shows in places of their own. */
const APART = ["$schema", "title", "sources"];
/** A longer list gets lines of its own. */
const SHORT_LIST = 4;
/** A longer text is not put among the numbers. */
const SHORT_TEXT = 24;
/** Of the width. */
const VALUE_SHARE = 1 / 3;
const INDENT = "  ";

/** Source and note of a number. */
export function provenance({ source, note }: Quantity): string {
  return [source, note].filter((part) => part !== undefined).join(": ");
}

function quantityLine(label: string, quantity: Quantity): Line {
  const { value, tag } = quantity;
  const text = provenance(quantity);
  if (Array.isArray(value) && value.length > SHORT_LIST) {
    return { label, value: `${value.length} values`, tag, text, list: value.join(" ") };
  }
  return { label, value: Array.isArray(value) ? value.join(", ") : String(value), tag, text };
}

/** Lines of a value and of what is in it. */
function linesOf(name: string, value: unknown, depth: number): Line[] {
  const label = INDENT.repeat(depth) + name;
  if (isQuantity(value)) return [quantityLine(label, value)];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return [{ label, text: value.join(", ") }];
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, inner]): [string, unknown] =>
      Array.isArray(value) ? [String(Number(key) + 1), inner] : [key, inner],
    );
    return [{ label }, ...entries.flatMap(([key, inner]) => linesOf(key, inner, depth + 1))];
  }
  const text = String(value);
  return [text.length > SHORT_TEXT ? { label, text } : { label, value: text }];
}

/** Lines of everything in a part. */
export function partLines(part: object): Line[] {
  return Object.entries(part)
    .filter(([name]) => !APART.includes(name))
    .flatMap(([name, value]) => linesOf(name, value, 0));
}

const widest = (texts: string[]) => Math.max(0, ...texts.map((text) => text.length));

/** The table in lines of at most `width` columns; a column that nothing is in is left out. */
export function tableText(lines: readonly Line[], width: number): string[] {
  const isHeading = ({ value, text }: Line) => value === undefined && text === undefined;
  const labels = widest(lines.filter((line) => !isHeading(line)).map(({ label }) => label));
  // where a terminal is narrow a long value goes below its label, as lists do
  const fits = (value: string) => value.length <= width * VALUE_SHARE;
  const values = widest(lines.map(({ value = "" }) => value).filter(fits));
  const tags = widest(lines.map(({ tag = "" }) => tag));
  const column = (text: string, columns: number) =>
    columns === 0 ? "" : text.padEnd(columns) + INDENT;
  return lines.flatMap((line) => {
    const { label, value: told = "", tag = "", text = "" } = line;
    const [value, list = ""] = fits(told) ? [told, line.list] : ["", told];
    if (isHeading(line)) return [INDENT + label];
    const name = INDENT + column(label, labels);
    const start = name + column(value, values) + column(tag, tags);
    const [first = "", ...rest] = wrapped(text, width - start.length);
    return [
      (start + first).trimEnd(),
      ...rest.map((more) => " ".repeat(start.length) + more),
      ...wrapped(list, width - name.length).map((more) => " ".repeat(name.length) + more),
    ];
  });
}

/** The sources, and what the tags that occur mean. */
export function legend(part: object, lines: readonly Line[], width: number): string[] {
  const { sources = {} } = part as { sources?: Record<string, string> };
  const names = Object.entries(sources);
  const tags = (Object.keys(TAGS) as Tag[]).filter((tag) => lines.some((line) => line.tag === tag));
  const entries: Line[] = [
    ...(names.length > 0 ? [{ label: "sources" }] : []),
    ...names.map(([name, text]) => ({ label: INDENT + name, text })),
    ...(tags.length > 0 ? [{ label: "tags" }] : []),
    ...tags.map((tag) => ({ label: INDENT + tag, text: TAGS[tag] })),
  ];
  return tableText(entries, width);
}
