// docs/PARTS.md from the tables of host/parts: `node --import tsx tools/parts_page.ts` writes it,
// with --check it only says whether it is up to date. A test checks it as well.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { aem13920Table } from "../host/parts/aem13920.table.js";
import { cbc915Table } from "../host/parts/cbc915.table.js";
import { framTable } from "../host/parts/fram.table.js";
import { neh7100Table } from "../host/parts/neh7100.table.js";
import { hex, type PartTable } from "../host/parts/part_table.js";
import { projectPath } from "./build/paths.js";

export const TABLES: PartTable[] = [neh7100Table, aem13920Table, cbc915Table, framTable];

const PAGE = projectPath("docs/PARTS.md");

const HEAD = `# Parts with a bus

<!-- Made from host/parts/*.table.ts by tools/parts_page.ts: do not edit. -->

Drivers (\`host/parts\`) turn the core's decision into what a part can do, never beyond it, and
report the rest as bits of \`Actuators\`; they fill the sample with what the part tells. The same
classes run in Moddable, Node and Espruino. Each has a twin for tests at a desk
(\`host/hil/twins\`), written from the same sources without the driver's constants.

**None of this was run on silicon.** Drivers and twins agree with each other and with what was
read; both are wrong where a source is. The last column says what somebody checked, row by row.
`;

const cell = (text: string): string => text.replaceAll("|", "\\|");

function rows(table: PartTable): string {
  const at = (value: number | undefined): string => {
    if (value === undefined) return "-";
    return table.kind === "registers" ? hex(value) : String(value);
  };
  const lines = table.rows.map((row) =>
    [row.name, at(row.at), row.access, row.use, row.reset, row.source, row.silicon]
      .map(cell)
      .join(" | "),
  );
  const place = table.kind === "registers" ? "register | at" : "command | number";
  const head = `${place} | access | used for | after power-on | source | on silicon`;
  return [head, "--- | --- | --- | --- | --- | --- | ---", ...lines]
    .map((line) => `| ${line} |`)
    .join("\n");
}

function lists(table: PartTable): string {
  if (table.lists.length === 0) return "";
  const lines = table.lists.map(({ name, values, source }) => {
    return `| ${name} | ${values.join(", ")} | ${source} |`;
  });
  return ["\n| by code | values from code 0 | source |", "| --- | --- | --- |", ...lines, ""].join(
    "\n",
  );
}

/** Lines of at most 100 columns; those after the first are indented by `hang`. */
function wrapped(text: string, hang = ""): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= 100) lines[lines.length - 1] = longer;
    else lines.push(hang + word);
  }
  return lines.join("\n");
}

const item = (text: string): string => wrapped(`- ${text}`, "  ");

function section(table: PartTable): string {
  const file = `${table.part}.ts`;
  const places = `Driver \`host/parts/${file}\`, twin \`host/hil/twins/${file}\`.`;
  const sources = Object.entries(table.sources).map(([name, what]) => item(`${name}: ${what}.`));
  return `
## ${table.title}

${wrapped(`${table.bus}. ${places}`)}

${sources.join("\n")}

${rows(table)}
${lists(table)}
${wrapped(`Not met: ${table.unmet}.`)}

Assumed:

${table.assumed.map(item).join("\n")}
`;
}

export const partsPage = (): string => HEAD + TABLES.map(section).join("");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--check")) writeFileSync(PAGE, partsPage());
  else if (readFileSync(PAGE, "utf8") !== partsPage()) {
    console.error(
      "docs/PARTS.md is not what host/parts says: node --import tsx tools/parts_page.ts",
    );
    process.exitCode = 1;
  }
}
