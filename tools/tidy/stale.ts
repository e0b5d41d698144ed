// Exceptions go when their reason goes: an entry that excuses nothing any more is a finding.

import { LONG_FILES, NAMES_WITHOUT_UNIT } from "./exceptions.js";
import { type Finding, type Source } from "./source.js";
import { FILE_LINES_MAX } from "./text.js";

const LIST = "tools/tidy/exceptions.ts";

/** Silent about trees without the list: they are not this repository. */
export function staleExceptions(
  sources: Source[],
  longFiles = LONG_FILES,
  names = NAMES_WITHOUT_UNIT,
): Finding[] {
  const others = sources.filter(({ path }) => path !== LIST);
  if (others.length === sources.length) return [];
  const isLong = (path: string) =>
    others.some((of) => of.path === path && of.lines.length > FILE_LINES_MAX);
  const isUsed = (name: string) =>
    others.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text));
  const short = Object.keys(longFiles).filter((path) => !isLong(path));
  const unused = Object.keys(names).filter((name) => !isUsed(name));
  return [
    ...short.map((path) => `${path} is not longer than ${FILE_LINES_MAX} lines`),
    ...unused.map((name) => `${name} is nowhere in the tree`),
  ].map((why) => ({ path: LIST, line: 0, text: `exception without need: ${why}; remove it` }));
}
