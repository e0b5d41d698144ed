// The core's arithmetic is the same bits everywhere and never links soft-double code: no f64, no
// direct conversion between wide integers and real numbers, no heap, no library mathematics.

import ts from "typescript";
import { finding, isCore, lineOf, nodesOf, type FileRule, type Source } from "./source.js";

/** The one place that may name f64: the alias that a test-only build replaces. */
const ALIAS = "assembly/math/real.ts";
/** Rooms that convert to wide integers: guarded functions, and the coulomb counter. */
const WIDE_ROOMS = /^assembly\/(math|ledger)\//;
const MATH_ROOM = "assembly/math/";

const REAL = new Set(["real", "f32", "f64"]);
const WIDE = new Set(["i64", "u64"]);

/** Reports every node of the core that `judge` has something to say about. */
const everyNode =
  (judge: (node: ts.Node, of: Source) => string | undefined): FileRule =>
  (of) => {
    if (!isCore(of)) return [];
    return [...nodesOf(of.syntax())].flatMap((node) => {
      const text = judge(node, of);
      return text === undefined ? [] : [finding(of, lineOf(of, node), text)];
    });
  };

export const noDouble = everyNode((node, of) => {
  if (of.path === ALIAS || !ts.isIdentifier(node) || node.text !== "f64") return undefined;
  return "f64 in the core, soft floats on every target; use `real` of math/real.ts";
});

export const noHeap = everyNode((node) => {
  if (!ts.isNewExpression(node)) return undefined;
  const name = node.expression.getText();
  return `new ${name} in the core, which has no heap; use abi.ts, StaticArray or memory.data`;
});

const LIBRARY = new Set(["Math", "Mathf", "NativeMath", "NativeMathf", "JSMath"]);

export const noLibrary = everyNode((node) => {
  if (!ts.isIdentifier(node) || !LIBRARY.has(node.text)) return undefined;
  return `${node.text} in the core, which is not the same bits everywhere; use assembly/math`;
});

interface Cast {
  to: string;
  operand: ts.Expression;
}

/** `<i64>x`, `x as i64` and `i64(x)`. */
function castOf(node: ts.Node): Cast | undefined {
  if (ts.isTypeAssertionExpression(node) || ts.isAsExpression(node)) {
    return { to: node.type.getText(), operand: node.expression };
  }
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const operand = node.arguments[0];
  return operand === undefined ? undefined : { to: node.expression.text, operand };
}

/** Names in this file that are declared with one of `types`, or return one. */
function namesOfType(of: Source, types: Set<string>): Set<string> {
  const names = new Set<string>();
  for (const node of nodesOf(of.syntax())) {
    const declares =
      ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node);
    if (!declares || node.name === undefined || node.type === undefined) continue;
    if (types.has(node.type.getText())) names.add(node.name.getText());
  }
  return names;
}

/** Whether an operand is of one of `types`, as far as this file tells. */
function mentions(operand: ts.Node, types: Set<string>, names: Set<string>): boolean {
  const cast = castOf(operand);
  if (cast !== undefined && /^(real|[fiu]\d+|bool|[iu]size)$/.test(cast.to)) {
    return types.has(cast.to);
  }
  if (ts.isCallExpression(operand)) return names.has(operand.expression.getText());
  if (ts.isNumericLiteral(operand)) return types === REAL && /[.]|^\d+e/i.test(operand.getText());
  if (ts.isIdentifier(operand)) return names.has(operand.text);
  let found = false;
  ts.forEachChild(operand, (child) => {
    found ||= mentions(child, types, names);
  });
  return found;
}

/** `<i64>` only where integers are widened on purpose, and never of a real number, or back. */
export const noWideReal: FileRule = (of) => {
  if (!isCore(of) || of.path.startsWith(MATH_ROOM)) return [];
  const reals = namesOfType(of, REAL);
  const wides = namesOfType(of, WIDE);
  return everyNode((node) => {
    const cast = castOf(node);
    if (cast === undefined) return undefined;
    const text = node.getText().replace(/\s+/g, " ").slice(0, 40);
    if (WIDE.has(cast.to) && mentions(cast.operand, REAL, reals)) {
      return `${text} converts a real number to 64 bits, soft doubles; use wide_of of math/convert`;
    }
    if (REAL.has(cast.to) && mentions(cast.operand, WIDE, wides)) {
      return `${text} converts 64 bits to a real number, soft doubles; use real_of of math/convert`;
    }
    if (!WIDE.has(cast.to) || WIDE_ROOMS.test(of.path)) return undefined;
    return `${text} widens outside math/ and ledger/; let the ledger count, or use math/convert`;
  })(of);
};
