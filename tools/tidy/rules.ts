// All rules of tidy: the conventions of this repository, made executable.

import { functionLength } from "./functions.js";
import { noDouble, noHeap, noLibrary, noWideReal } from "./numbers.js";
import { machinePath, registryHost } from "./places.js";
import { noRecursion } from "./recursion.js";
import { roomOrder } from "./rooms.js";
import { type FileRule, type Finding, type Source, type TreeRule } from "./source.js";
import { fileLength, fileName, leftover, lineLength, openingComment, pageTitle } from "./text.js";
import { staleExceptions } from "./stale.js";
import { unitSuffix } from "./units.js";

const FILE_RULES: FileRule[] = [
  lineLength,
  fileLength,
  fileName,
  leftover,
  openingComment,
  pageTitle,
  machinePath,
  registryHost,
  functionLength,
  noDouble,
  noHeap,
  noLibrary,
  noWideReal,
  roomOrder,
  unitSuffix,
];

const TREE_RULES: TreeRule[] = [noRecursion, staleExceptions];

export const RULE_COUNT = FILE_RULES.length + TREE_RULES.length;

/** What all rules find in the tree, in the order of files and lines. */
export function judge(sources: Source[]): Finding[] {
  const single = sources.flatMap((of) => FILE_RULES.flatMap((rule) => rule(of)));
  const together = TREE_RULES.flatMap((rule) => rule(sources));
  return [...single, ...together].sort(
    (a, b) => a.path.localeCompare(b.path, "en") || a.line - b.line,
  );
}
