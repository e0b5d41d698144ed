// Writes every view of the layout table; with --check it only says whether they are up to date.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { assemblyView } from "./assembly_view.js";
import { formatPage } from "./format_page.js";
import { callsView, cView, typescriptView } from "./host_views.js";
import { readTable } from "./table.js";

const root = new URL("../../", import.meta.url);
const table = readTable();
const views: [string, string][] = [
  ["assembly/abi.ts", assemblyView(table)],
  ["host/core/abi.ts", typescriptView(table)],
  ["host/c/tfmb_abi.h", cView(table)],
  ["host/c/tfmb_calls.h", callsView(table)],
  ["docs/FORMAT.md", formatPage(table)],
];

let stale = 0;
for (const [name, text] of views) {
  const path = fileURLToPath(new URL(name, root));
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  if (process.argv.includes("--check")) {
    console.error(`${name} does not match assembly/abi.txt; run: npm run abi`);
    stale++;
  } else {
    writeFileSync(path, text);
    console.log(`${name} written`);
  }
}
process.exitCode = stale ? 1 : 0;
