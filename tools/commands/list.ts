// `tfmb list`: the parts there are, each with its title.

import { listParts, readPart } from "../../boards/parts.js";
import { KINDS, type Kind } from "../../boards/schema/kinds.js";
import { projectPath } from "../build/paths.js";

const WIDTH = 98;

/** What the command prints. */
export function list(): string {
  const root = projectPath("boards");
  const lines = (Object.keys(KINDS) as Kind[]).flatMap((kind) => [
    KINDS[kind].folder,
    ...listParts(root, kind).map((name) => {
      const line = `  ${name.padEnd(20)} ${readPart(root, kind, name).title}`;
      return line.length > WIDTH ? `${line.slice(0, WIDTH - 3)}...` : line;
    }),
  ]);
  return lines.join("\n");
}
