// The pages of docs/systems: written by hand but for the table of figures, which a run fills in.

import { existsSync, readFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { projectPath } from "../build/paths.js";
import { type Figure } from "./system.js";

const BEGIN = "<!-- figures: written by npm run systems -->";
const END = "<!-- end of figures -->";

export const pagePath = (name: string): string => projectPath(`docs/systems/${name}.md`);
export const picturePath = (name: string): string => projectPath(`docs/systems/${name}.svg`);

function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, review, run }) => `| ${what} | ${review || "not stated"} | ${run} |`,
  );
  return ["| | the review | this run |", "| --- | --- | --- |", ...rows].join("\n");
}

/** A page as it lies on disk. Throws where there is none. */
export function readPage(name: string): string {
  const path = pagePath(name);
  if (!existsSync(path)) throw new Error(`docs/systems/${name}.md does not exist; write it first`);
  return readFileSync(path, "utf8");
}

/** The page with these figures in its table. Throws where it has no place for them. */
export async function withFigures(name: string, figures: readonly Figure[]): Promise<string> {
  const page = readPage(name);
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) {
    throw new Error(`docs/systems/${name}.md: no lines "${BEGIN}" and "${END}"; put them in`);
  }
  const text = `${page.slice(0, from + BEGIN.length)}\n\n${tableOf(figures)}\n\n${page.slice(to)}`;
  const config = await resolveConfig(pagePath(name));
  return format(text, { ...config, parser: "markdown" });
}
