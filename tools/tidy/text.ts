// Rules that need only the lines of a file: lengths, names, leftovers, opening comment or title.

import { LONG_FILES } from "./exceptions.js";
import { finding, isCode, isGenerated, isMarkdown, type FileRule, type Source } from "./source.js";

export const COLUMNS_MAX = 100;
export const FILE_LINES_MAX = 300;
export const FILE_LINES_HARD = 500;

/** A table row cannot be broken, and neither can an address: what is left without it counts. */
function columns(of: Source, line: string): number {
  if (isMarkdown(of) && line.trimStart().startsWith("|")) return 0;
  return [...line.replace(/https?:\/\/\S+/g, "")].length;
}

export const lineLength: FileRule = (of) => {
  const checked = isCode(of) || isMarkdown(of) || /\.(ya?ml|toml)$/.test(of.path);
  if (!checked || isGenerated(of)) return [];
  return of.lines.flatMap((line, i) => {
    const width = columns(of, line);
    if (width <= COLUMNS_MAX) return [];
    return [finding(of, i + 1, `line of ${width} columns, at most ${COLUMNS_MAX}; break it`)];
  });
};

export const fileLength: FileRule = (of) => {
  if (!isCode(of) || isGenerated(of)) return [];
  const count = of.lines.length;
  const listed = Object.hasOwn(LONG_FILES, of.path);
  const limit = listed ? FILE_LINES_HARD : FILE_LINES_MAX;
  if (count <= limit) return [];
  return [finding(of, 0, `file of ${count} lines, at most ${limit}; give each concept its file`)];
};

const NOT_A_CONCEPT = /^(utils?|helpers?|common|misc)$/i;

export const fileName: FileRule = (of) => {
  const parts = of.path.split("/").map((part) => part.replace(/\..*$/, ""));
  const bad = parts.find((part) => NOT_A_CONCEPT.test(part));
  if (bad === undefined) return [];
  return [finding(of, 0, `"${bad}" is not a concept; name it after what it holds`)];
};

// One letter in brackets, so that this line does not find itself.
const LEFTOVER = /\b(TOD[O]|FIXM[E]|XX[X])\b/;

export const leftover: FileRule = (of) => {
  if (of.path.endsWith("package-lock.json")) return [];
  return of.lines.flatMap((line, i) => {
    const word = LEFTOVER.exec(line)?.[1];
    if (word === undefined) return [];
    return [finding(of, i + 1, `leftover ${word}; do it now or write down what is missing`)];
  });
};

/** Lines that speak to a tool, not to a reader. */
const DIRECTIVE =
  /^(#!|<!doctype|\/\/\/|\/\/ ?@|["']use strict["']|\/[/*] ?(eslint|prettier)-|\/\* ?global )/;
const COMMENT = /^(\/\/|\/\*|#\s|<!--|"""|;)/;

/** The words of the line that opens a file's first comment; 0 when code comes first. */
function openingWords(of: Source): number {
  const lines = of.lines.map((line) => line.trim());
  const start = lines.findIndex((line) => line !== "" && !DIRECTIVE.test(line));
  const first = lines[start] ?? "";
  if (!COMMENT.test(first)) return 0;
  const bare = /^(\/\*+|<!--|""")$/.test(first);
  const sentence = bare ? (lines[start + 1] ?? "") : first;
  return sentence.match(/\p{L}{2,}/gu)?.length ?? 0;
}

/** A comment of fewer words says a name, not what the file is. */
const OPENING_WORDS_MIN = 3;

export const openingComment: FileRule = (of) => {
  if (!isCode(of) || openingWords(of) >= OPENING_WORDS_MIN) return [];
  return [finding(of, 1, "no opening comment; say in a sentence what this file is and why")];
};

export const pageTitle: FileRule = (of) => {
  if (!isMarkdown(of) || /^# \S/.test(of.lines[0] ?? "")) return [];
  return [finding(of, 1, 'page without a title; start it with a line "# Title"')];
};
