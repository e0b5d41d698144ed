// Whether a part file is right: against its schema, then its provenance. A wrong file gives one
// line: where, which value, what it must be, what to do.

import * as v from "valibot";
import { KINDS, type Kind } from "./schema/kinds.js";
import { isQuantity } from "./schema/quantity.js";

export type Part<K extends Kind> = v.InferOutput<(typeof KINDS)[K]["schema"]>;

/** A file that cannot be used; the message is the one line. */
export class PartError extends Error {
  override readonly name = "PartError";
}

const shown = (value: unknown): string => {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 40 ? `${json.slice(0, 37)}...` : json;
};

/** `profile.tables.ocv[0].ocv_mV[3]`; the `value` of a quantity is not named. */
function placeOf(path: readonly (string | number)[]): string {
  const named = path.filter((key, i) => !(key === "value" && i > 0));
  return named
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);
}

/** The known name nearest to a misspelt one, if any is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const pairs = (word: string) => new Set([...word].slice(1).map((c, i) => word[i]! + c));
  const here = pairs(name);
  const scored = known.map((other) => {
    const there = pairs(other);
    const shared = [...here].filter((pair) => there.has(pair)).length;
    return { other, score: (2 * shared) / (here.size + there.size || 1) };
  });
  const best = scored.sort((a, b) => b.score - a.score)[0];
  return best !== undefined && best.score > 0.5 ? best.other : undefined;
}

/** A longer list of names is not read: its end is only counted. */
const LIST_MAX = 70;

/** The first of the names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const fit = names.filter((_, i) => names.slice(0, i + 1).join(", ").length <= LIST_MAX);
  const more = names.length - fit.length;
  return more === 0 ? fit.join(", ") : `${fit.join(", ")} and ${more} more`;
}

/** What to do about a name that is not among the known ones; `where` shows them all. */
export function otherName(name: string, known: readonly string[], where = "tfmb list"): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const all = listed(known);
  return known.join(", ") === all ? `there are ${all}` : `there are ${all}: see ${where}`;
}

/** What of a valibot schema leads to the names of an object. */
interface SchemaNode {
  entries?: Record<string, SchemaNode>;
  item?: SchemaNode;
  wrapped?: SchemaNode;
  pipe?: SchemaNode[];
  /** Of a variant: which of the options it is, its member `key` says. */
  key?: string;
  options?: SchemaNode[];
  literal?: unknown;
}

/** The schema of this very value: behind what may be left out, and of a variant's kind. */
function schemaOf(node: SchemaNode | undefined, value: unknown): SchemaNode | undefined {
  let bare = node;
  while (bare?.wrapped !== undefined) bare = bare.wrapped;
  const { key, options } = bare ?? {};
  if (key === undefined || options === undefined) return bare;
  const kind = (value as Record<string, unknown>)[key];
  return options.find(({ entries }) => entries?.[key]?.literal === kind);
}

/** Names that the object at the end of the path may have, from the schema. */
function namesAt(schema: unknown, path: readonly { key: unknown; value: unknown }[]): string[] {
  let node = schema as SchemaNode | undefined;
  for (const { key, value } of path) {
    const inner =
      typeof key === "number"
        ? (node?.item ?? node?.pipe?.[0]?.item)
        : node?.entries?.[key as string];
    node = schemaOf(inner, value);
  }
  return Object.keys(node?.entries ?? {});
}

function lineOf(issue: v.BaseIssue<unknown>, schema: unknown): string {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const place = placeOf(path);
  if (issue.kind === "schema" && issue.expected === "never") {
    const known = namesAt(schema, (issue.path ?? []).slice(0, -1));
    const meant = nearest(String(path.at(-1)), known);
    const remedy = meant === undefined ? `known: ${listed(known)}` : `did you mean ${meant}?`;
    return `${place} is not a known name; ${remedy}`;
  }
  if (issue.type === "strict_object" && issue.received === "undefined") {
    return `${place} is missing; add it`;
  }
  const must = issue.message.startsWith("must") ? issue.message : `must be ${issue.expected}`;
  return `${place || "the file"} = ${shown(issue.input)} ${must}; correct the value, or its unit`;
}

/** Every number with its place, in the order of the file. */
function* quantitiesIn(value: unknown, place: string): Generator<[string, { tag: string }]> {
  if (typeof value !== "object" || value === null) return;
  if (isQuantity(value)) {
    yield [place, value];
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : place === "" ? key : `.${key}`;
    yield* quantitiesIn(inner, place + step);
  }
}

/** What is wrong with the sources; undefined: nothing. */
function badProvenance(part: { sources?: Record<string, string> }): string | undefined {
  const sources = part.sources ?? {};
  const used = new Set<string>();
  for (const [place, quantity] of quantitiesIn(part, "")) {
    const { tag, source, note } = quantity as { tag: string; source?: string; note?: string };
    if (tag === "A" && note === undefined) return `${place} is assumed; add a note that says why`;
    if (tag !== "A" && source === undefined) return `${place} has tag ${tag} and no source; add it`;
    for (const name of source?.split(", ") ?? []) {
      used.add(name);
      if (name in sources) continue;
      return `${place}.source = ${shown(name)} must be one of ${Object.keys(sources).join(", ")}`;
    }
  }
  const unused = Object.keys(sources).find((name) => !used.has(name));
  return unused === undefined ? undefined : `sources.${unused} is not used; remove it`;
}

/** The checked part, or a PartError that begins with `file`. */
export const checkPart = <K extends Kind>(kind: K, data: unknown, file: string): Part<K> =>
  checkAgainst(KINDS[kind].schema as v.GenericSchema<unknown, Part<K>>, data, file);

/** The same by a schema. */
export function checkAgainst<T>(
  schema: v.GenericSchema<unknown, T>,
  data: unknown,
  file: string,
): T {
  const result = v.safeParse(schema, data);
  if (!result.success) {
    // a misspelt name is both unknown and missing: say the first
    const strange = result.issues.find(({ expected }) => expected === "never");
    throw new PartError(`${file}: ${lineOf(strange ?? result.issues[0], schema)}`);
  }
  const part = result.output;
  const wrong = badProvenance(part as { sources?: Record<string, string> });
  if (wrong !== undefined) throw new PartError(`${file}: ${wrong}`);
  return part;
}
