// Numbers in part files: each says where it comes from.
//
//   { "value": 136, "tag": "D", "source": "R20", "note": "at 20 degC" }
//
// `source` names an entry of the file's `sources`; an assumption has a note that says why.

import * as v from "valibot";

/** Where a number comes from. */
export const TAGS = {
  M: "measured, or stated by a datasheet or vendor",
  D: "digitised or transcribed by a third party",
  F: "published fit or function",
  S: "statement of a review",
  C: "computed from quoted inputs",
  A: "assumption, without a source",
} as const;

export type Tag = keyof typeof TAGS;

export interface Quantity<V = number | number[]> {
  value: V;
  tag: Tag;
  source?: string | undefined;
  note?: string | undefined;
}

const tags = Object.keys(TAGS) as Tag[];

/** For readers of the JSON Schemas. */
export const TAG_LEGEND = `tag: ${tags.map((tag) => `${tag} ${TAGS[tag]}`).join("; ")}`;

/** A message that a reader can act on; the place and the value are put before it. */
const must = (min: number, max: number, unit: string, what = "") =>
  `must be ${what}${min}..${max}${unit === "1" ? "" : ` ${unit}`}`;

const tagged = <S extends v.GenericSchema>(value: S) =>
  v.strictObject(
    {
      value,
      tag: v.picklist(tags, `must be one of ${tags.join(", ")}`),
      source: v.optional(v.string("must be a name in sources")),
      note: v.optional(v.string("must be text")),
    },
    "must be { value, tag, and source or note }",
  );

/** A plain number in a range, both ends allowed. */
export const number = (min: number, max: number, unit: string) =>
  v.pipe(
    v.number(must(min, max, unit)),
    v.minValue(min, must(min, max, unit)),
    v.maxValue(max, must(min, max, unit)),
    v.description(unit === "1" ? "a pure number" : unit),
  );

const integerOf = (min: number, max: number, unit: string) =>
  v.pipe(
    v.number(must(min, max, unit, "an integer ")),
    v.integer(must(min, max, unit, "an integer ")),
    v.minValue(min, must(min, max, unit, "an integer ")),
    v.maxValue(max, must(min, max, unit, "an integer ")),
    v.description(unit === "1" ? "a count" : unit),
  );

/** A number with its provenance. */
export const quantity = (min: number, max: number, unit: string) => tagged(number(min, max, unit));

export const integer = (min: number, max: number, unit: string) =>
  tagged(integerOf(min, max, unit));

/** `count` numbers with one provenance. */
export const numbers = (count: number, min: number, max: number, unit: string) =>
  tagged(
    v.pipe(
      v.array(number(min, max, unit), `must be a list of ${count} numbers`),
      v.length(count, `must be a list of ${count} numbers`),
    ),
  );

export const integers = (count: number, min: number, max: number, unit: string) =>
  tagged(
    v.pipe(
      v.array(integerOf(min, max, unit), `must be a list of ${count} integers`),
      v.length(count, `must be a list of ${count} integers`),
    ),
  );

/** A column of a table: 2 to 64 numbers with one provenance. */
export const column = (min: number, max: number, unit: string) =>
  tagged(
    v.pipe(
      v.array(number(min, max, unit), "must be a list of numbers"),
      v.minLength(2, "must be a list of 2 to 64 numbers"),
      v.maxLength(64, "must be a list of 2 to 64 numbers"),
    ),
  );

export const text = v.pipe(v.string("must be text"), v.minLength(1, "must not be empty"));

/** What every part file begins with. */
export const head = {
  $schema: text,
  title: text,
  sources: v.record(text, text, "must be an object: short name to full reference"),
};

/** A value without the provenance of its numbers. */
export type Plain<T> = T extends { value: infer V; tag: Tag }
  ? V
  : T extends readonly (infer E)[]
    ? Plain<E>[]
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;

export const isQuantity = (value: unknown): value is Quantity =>
  typeof value === "object" && value !== null && "value" in value && "tag" in value;

/** Strips the provenance. */
export function plain<T>(value: T): Plain<T> {
  if (isQuantity(value)) return value.value as Plain<T>;
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    return list.map((inner) => plain(inner)) as Plain<T>;
  }
  if (typeof value !== "object" || value === null) return value as Plain<T>;
  const entries = Object.entries(value as Record<string, unknown>).map(([key, inner]) => [
    key,
    plain(inner),
  ]);
  return Object.fromEntries(entries) as Plain<T>;
}
