// `tfmb list`: the parts there are, each with its title.

import { listParts, readPart } from "../../boards/parts.js";
import { KINDS, type Kind } from "../../boards/schema/kinds.js";
import { projectPath } from "../build/paths.js";
import { tableText } from "./part_table.js";
import { pageColumns } from "./width.js";

/** What the command prints. */
export function list(width = pageColumns()): string {
  const root = projectPath("boards");
  const lines = (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const titles = listParts(root, kind).map((label) => ({
      label,
      text: readPart(root, kind, label).title,
    }));
    return [KINDS[kind].folder, ...tableText(titles, width)];
  });
  return lines.join("\n");
}
