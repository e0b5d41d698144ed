// Writes boards/schema/*.schema.json from the valibot schemas; with --check it only compares.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { jsonSchema } from "./json_schema.js";
import { KINDS, type Kind } from "./kinds.js";
import { TAG_LEGEND } from "./quantity.js";

const placeOf = (kind: Kind) => fileURLToPath(new URL(`${kind}.schema.json`, import.meta.url));

/** The text that the kind's schema file must have. */
export function schemaText(kind: Kind): Promise<string> {
  const { schema, title } = KINDS[kind];
  return format(JSON.stringify(jsonSchema(schema, title, TAG_LEGEND)), {
    parser: "json",
    printWidth: 100,
  });
}

/** Kinds whose schema file is not what the valibot schema says. */
export async function staleSchemas(): Promise<Kind[]> {
  const kinds = Object.keys(KINDS) as Kind[];
  const texts = await Promise.all(kinds.map(schemaText));
  return kinds.filter((kind, i) => {
    try {
      return readFileSync(placeOf(kind), "utf8") !== texts[i];
    } catch {
      return true;
    }
  });
}

async function main(check: boolean): Promise<void> {
  const stale = await staleSchemas();
  if (!check) for (const kind of stale) writeFileSync(placeOf(kind), await schemaText(kind));
  if (check && stale.length > 0) {
    const command = "node --import tsx boards/schema/generate.ts";
    console.error(`boards/schema: ${stale.join(", ")} out of date; run ${command}`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(process.argv.includes("--check"));
