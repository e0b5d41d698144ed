// Functions fit on a screen: by syntax tree in TypeScript, AssemblyScript and JavaScript, by braces
// in C.

import ts from "typescript";
import {
  finding,
  isC,
  isGenerated,
  isScript,
  lineOf,
  nodesOf,
  type FileRule,
  type Finding,
  type Source,
} from "./source.js";

export const FUNCTION_LINES_MAX = 70;

/** Callbacks of these only hold the tests of a subject; each test is a function of its own. */
const GROUPS = new Set(["describe", "suite"]);

function tooLong(of: Source, line: number, count: number, name: string): Finding[] {
  if (count <= FUNCTION_LINES_MAX) return [];
  const text = `function ${name} of ${count} lines, at most ${FUNCTION_LINES_MAX}; split it`;
  return [finding(of, line, text)];
}

/** Functions that only wrap others: a group of tests, or a script called on the spot. */
function isWrapper(node: ts.Node): boolean {
  let parent = node.parent;
  if (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  if (!ts.isCallExpression(parent)) return false;
  if (!parent.arguments.some((argument) => argument === node)) return true;
  return ts.isIdentifier(parent.expression) && GROUPS.has(parent.expression.text);
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return named?.getText() ?? "without a name";
}

function inScript(of: Source): Finding[] {
  const tree = of.syntax();
  return [...nodesOf(tree)].flatMap((node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || isWrapper(node)) return [];
    const first = lineOf(of, node);
    const last = tree.getLineAndCharacterOfPosition(node.end).line + 1;
    return tooLong(of, first, last - first + 1, nameOf(node));
  });
}

/** What has braces in C and is no function. */
const NOT_A_FUNCTION = /\b(struct|enum|union|typedef|extern "C")\b[^()]*\{|=\s*\{/;

function inC(of: Source): Finding[] {
  const found: Finding[] = [];
  let first = 0;
  for (const [i, line] of of.lines.entries()) {
    const indented = /^\s|^$/.test(line);
    if (!indented && /^[A-Za-z_].*\(/.test(line) && !line.includes(";")) first = i + 1;
    if (NOT_A_FUNCTION.test(line) && !indented) first = 0;
    if (!line.startsWith("}") || first === 0) continue;
    const name = /([A-Za-z_]\w*)\s*\(/.exec(of.lines[first - 1] ?? "")?.[1] ?? "";
    found.push(...tooLong(of, first, i + 2 - first, name));
    first = 0;
  }
  return found;
}

export const functionLength: FileRule = (of) => {
  if (isGenerated(of)) return [];
  if (isC(of)) return inC(of);
  return isScript(of) ? inScript(of) : [];
};
