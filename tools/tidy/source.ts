// One file of the tree as the rules of tidy see it, and what a rule reports.

import ts from "typescript";

export interface Source {
  /** Relative to the root of the repository, with forward slashes. */
  path: string;
  text: string;
  lines: string[];
  /** The syntax tree; parsed on first use. Only for TypeScript, AssemblyScript and JavaScript. */
  syntax: () => ts.SourceFile;
}

export interface Finding {
  path: string;
  /** From 1; 0 when the finding is about the file as a whole. */
  line: number;
  /** What, the value, and the remedy, in one line. */
  text: string;
}

/** Judges one file by itself. */
export type FileRule = (source: Source) => Finding[];

/** Judges what only shows in several files together. */
export type TreeRule = (sources: Source[]) => Finding[];

/** Made by tools/abi/generate.ts: their shape follows the layout table, not the conventions. */
const GENERATED = new Set([
  "assembly/abi.ts",
  "host/core/abi.ts",
  "host/c/tfmb_abi.h",
  "host/c/tfmb_calls.h",
]);

/** The only page that is generated; its rows are as long as the table's. */
const GENERATED_PAGE = "docs/FORMAT.md";

export function source(path: string, text: string): Source {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  let parsed: ts.SourceFile | undefined;
  const syntax = () => (parsed ??= ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return { path, text, lines, syntax };
}

export function finding(of: Source, line: number, text: string): Finding {
  return { path: of.path, line, text };
}

/** Line number, from 1, of a node of the source's syntax tree. */
export function lineOf(of: Source, node: ts.Node): number {
  const tree = of.syntax();
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** All nodes below `node`, itself included, parents first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

export const isGenerated = (of: Source) => GENERATED.has(of.path) || of.path === GENERATED_PAGE;

/** The compiler's input: TypeScript, AssemblyScript, JavaScript. */
export const isScript = (of: Source) => /\.[cm]?[jt]s$/.test(of.path);

export const isC = (of: Source) => /\.[ch]$/.test(of.path);

export const isShell = (of: Source) => /\.sh$|^\.ci\//.test(of.path);

/** Files that people write in a language with comments. */
export const isCode = (of: Source) =>
  isScript(of) || isC(of) || isShell(of) || /\.(S|ld|py|css|html)$/.test(of.path);

export const isMarkdown = (of: Source) => of.path.endsWith(".md");

/** A file of the AssemblyScript core that people write. */
export const isCore = (of: Source) => /^assembly\/.*\.ts$/.test(of.path) && !isGenerated(of);
