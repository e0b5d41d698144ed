// Valibot schemas as JSON Schema, for editors: the few kinds that part files are made of.

import type * as v from "valibot";

type Json = Record<string, unknown>;

interface Node {
  type: string;
  kind: "schema";
  entries?: Record<string, Node>;
  item?: Node;
  value?: Node;
  wrapped?: Node;
  literal?: unknown;
  options?: readonly (string | Node)[];
  pipe?: readonly (Node | Rule)[];
}

interface Rule {
  kind: "validation" | "metadata" | "transformation";
  type: string;
  requirement?: unknown;
  description?: string;
}

/** JSON Schema's word for a valibot action, by the type that it constrains. */
const WORDS: Record<string, Record<string, string>> = {
  number: { min_value: "minimum", max_value: "maximum" },
  string: { min_length: "minLength" },
  array: { min_length: "minItems", max_length: "maxItems" },
};

function ruled(json: Json, rules: readonly (Node | Rule)[]): Json {
  const words = WORDS[json.type as string] ?? {};
  for (const rule of rules) {
    if (rule.kind === "schema") continue;
    const { type, requirement, description } = rule;
    const word = words[type];
    if (word !== undefined) json[word] = requirement;
    else if (type === "integer") json.type = "integer";
    else if (type === "regex") json.pattern = (requirement as RegExp).source;
    else if (type === "description") json.description = description;
    // of several values together: the check of the part says it
    else if (type === "check") continue;
    else if (type === "length")
      Object.assign(json, { minItems: requirement, maxItems: requirement });
    else throw new Error(`no JSON Schema for the valibot action ${type}; teach json_schema.ts`);
  }
  return json;
}

function objectOf(entries: Record<string, Node>): Json {
  const names = Object.keys(entries);
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, convert(entries[name]!)])),
    required: names.filter((name) => entries[name]!.type !== "optional"),
    additionalProperties: false,
  };
}

function convert(node: Node): Json {
  if (node.pipe !== undefined) {
    const [first, ...rules] = node.pipe;
    return ruled(convert(first as Node), rules);
  }
  if (node.type === "strict_object") return objectOf(node.entries!);
  if (node.type === "array") return { type: "array", items: convert(node.item!) };
  if (node.type === "record") return { type: "object", additionalProperties: convert(node.value!) };
  if (node.type === "picklist") return { enum: node.options };
  if (node.type === "literal") return { const: node.literal };
  if (node.type === "variant") {
    return { oneOf: node.options!.map((option) => convert(option as Node)) };
  }
  if (node.type === "optional") return convert(node.wrapped!);
  if (["number", "string", "boolean"].includes(node.type)) return { type: node.type };
  throw new Error(`no JSON Schema for the valibot type ${node.type}; teach json_schema.ts`);
}

/** A JSON Schema (draft 2020-12) that accepts what the valibot schema accepts. */
export function jsonSchema(schema: v.GenericSchema, title: string, description: string): Json {
  const draft = "https://json-schema.org/draft/2020-12/schema";
  return { $schema: draft, title, description, ...convert(schema) };
}
