// `tfmb show NAME`: one part on a page: what it is, its numbers with their provenance, its sources.
// A cell shows what a designer asks for first, and its OCV; --all adds the rest.

import { listed, nearest, PartError } from "../../boards/check.js";
import { listParts, readPart } from "../../boards/parts.js";
import { type CellFile } from "../../boards/schema/cell.js";
import { KINDS, type Kind } from "../../boards/schema/kinds.js";
import { projectPath } from "../build/paths.js";
import { legend, partLines, tableText } from "./part_table.js";
import { cellLines, ocvPlot } from "./show_cell.js";
import { pageColumns, wrapped } from "./width.js";

export interface ShowOptions {
  /** A cell with everything in its file. */
  all?: boolean;
  /** Columns of the terminal. */
  columns?: number | undefined;
}

const kinds = Object.keys(KINDS) as Kind[];

/** `cell` of "cell" and of "cells". */
const kindOf = (word: string): Kind | undefined =>
  kinds.find((kind) => word === kind || word === KINDS[kind].folder);

function wrongKind(word: string): PartError {
  const meant = nearest(word, [...kinds, ...kinds.map((kind) => KINDS[kind].folder)]);
  const known = meant === undefined ? `there are ${listed(kinds)}` : `did you mean ${meant}?`;
  return new PartError(`"${word}" is no kind of part; ${known}`);
}

/** The kind of the one part with this name. */
function onlyKind(root: string, name: string): Kind {
  const found = kinds.filter((kind) => listParts(root, kind).includes(name));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const each = found.map((kind) => `tfmb show ${kind} ${name}`);
    const all = found.map((kind) => `a ${kind}`).join(" and ");
    throw new PartError(`"${name}" is ${all}; say which: ${each.join(", ")}`);
  }
  const kind = kindOf(name);
  if (kind !== undefined) {
    throw new PartError(
      `show which ${kind}? there are ${listed(listParts(root, kind))}: see tfmb list`,
    );
  }
  const meant = nearest(
    name,
    kinds.flatMap((each) => listParts(root, each)),
  );
  const remedy = meant === undefined ? "tfmb list shows all parts" : `did you mean ${meant}?`;
  throw new PartError(`no part is called "${name}"; ${remedy}`);
}

/** Kind and name of a command line: `NAME`, or `KIND NAME`. */
function named(root: string, words: readonly string[]): { kind: Kind; name: string } {
  const [first, second, ...rest] = words;
  if (first === undefined || rest.length > 0) {
    throw new PartError("show takes a name, or a kind and a name: tfmb show cell enerchip-50uAh");
  }
  if (second === undefined) return { kind: onlyKind(root, first), name: first };
  const kind = kindOf(first);
  if (kind === undefined) throw wrongKind(first);
  return { kind, name: second };
}

/**
 * What the command prints, in lines of at most 100 columns, and of at most the terminal's. Throws
 * PartError with one line.
 */
export function show(words: readonly string[], options: ShowOptions = {}): string {
  const root = projectPath("boards");
  const { kind, name } = named(root, words);
  const part = readPart(root, kind, name);
  const width = pageColumns(options.columns);
  const everything = partLines(part);
  const cell = kind === "cell" ? (part as CellFile) : undefined;
  const first = cell === undefined ? everything : cellLines(cell);
  const rest = cell !== undefined && options.all === true ? everything : [];
  const below = legend(part, [...first, ...rest], width);
  return [
    `${name}, ${KINDS[kind].title}`,
    ...wrapped(part.title, width),
    "",
    ...tableText(first, width),
    ...(cell === undefined ? [] : ["", ...ocvPlot(cell, width)]),
    ...(rest.length > 0 ? ["", ...tableText(rest, width)] : []),
    ...(below.length > 0 ? ["", ...below] : []),
  ].join("\n");
}
