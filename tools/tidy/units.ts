// Exported quantities carry their unit: a name that sounds physical ends in a unit. Heuristic: it
// looks at exported constants, variables, functions and members whose declared type is a number.

import ts from "typescript";
import { NAMES_WITHOUT_UNIT } from "./exceptions.js";
import {
  finding,
  isCore,
  isGenerated,
  isScript,
  lineOf,
  type FileRule,
  type Finding,
  type Source,
} from "./source.js";

const QUANTITIES =
  "current voltage charge temperature power energy resistance capacity capacitance".split(" ");

const BASES = "A V C W J Ah Wh ohm F K Pa".split(" ");
const PREFIXES = ["", "p", "n", "u", "m", "k", "M", "G"];
const OTHERS =
  "degC s min h day days Hz kHz MHz mm mm2 cm cm2 m m2 lx lux g kg ppm perc B rad deg dBm".split(
    " ",
  );

/** Every unit a name may end in. A quotient is written out: `ccd_mA_cm2`, `slope_mV_K`. */
export const UNITS = new Set([
  ...BASES.flatMap((base) => PREFIXES.map((prefix) => prefix + base)),
  ...["ms", "us", "ns", ...OTHERS],
]);
const CAPITAL_UNITS = new Set([...UNITS].map((unit) => unit.toUpperCase()));

/** Endings that say "a pure number", "a bit" or "a place". */
const PURE =
  "scale ratio share fraction spread gain factor count kind index at enable bit bits mask word";
const PURE_ENDINGS = new Set(PURE.split(" "));

/** `power cut` and the like are events, not quantities. */
const EVENTS = /power_?(cuts?|fail\w*|on|off|loss|cycles?|down|up)(?![a-z])/gi;

/** Members of bit tables and enumerations are named after what they flag. */
const FLAGS = /^(FAULT|VALUE|VETO|ACTUATOR|PMIC|STATUS|MODE|PATH|REASON|OP|KIND)_/;

/** Whether a name sounds like a quantity and does not say in which unit. */
export function lacksUnit(name: string): boolean {
  if (FLAGS.test(name)) return false;
  const words = name
    .replace(EVENTS, "")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_$]/);
  if (!words.some((word) => QUANTITIES.includes(word))) return false;
  const last = name.split("_").at(-1) ?? "";
  if (PURE_ENDINGS.has(words.at(-1) ?? "")) return false;
  const shouted = name === name.toUpperCase();
  return !(UNITS.has(last) || (shouted && CAPITAL_UNITS.has(last)));
}

/** In the core integers are also bits and states: only these types hold quantities there. */
const CORE_NUMBER = /^(real|f32|i64|u64)$/;
const HOST_NUMBER =
  /^(number|bigint|readonly number\[\]|number\[\]|Float(32|64)Array)( \| (undefined|null))?$/;

type Member =
  | ts.PropertySignature
  | ts.PropertyDeclaration
  | ts.MethodSignature
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration;
type Typed = Member | ts.VariableDeclaration | ts.FunctionDeclaration | ts.ArrowFunction;

/** Whether a declaration holds or returns a number; undeclared types count by their literal. */
function isNumber(node: Typed, of: Source): boolean {
  const pattern = isCore(of) ? CORE_NUMBER : HOST_NUMBER;
  if (node.type !== undefined) return pattern.test(node.type.getText());
  const holds = ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node);
  if (!holds || node.initializer === undefined) return false;
  const value = node.initializer;
  if (ts.isArrowFunction(value)) return isNumber(value, of);
  return ts.isNumericLiteral(value) || ts.isPrefixUnaryExpression(value);
}

const hasModifier = (node: ts.Node, kind: ts.SyntaxKind) =>
  ts.canHaveModifiers(node) &&
  ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) === true;

const isExported = (node: ts.Node) => hasModifier(node, ts.SyntaxKind.ExportKeyword);

/** What callers see of a class, an interface or a type literal. */
function membersOf(members: readonly ts.Node[]): Member[] {
  const visible = members.filter((node) => !hasModifier(node, ts.SyntaxKind.PrivateKeyword));
  return visible.filter(isMember).filter((member) => !ts.isPrivateIdentifier(member.name));
}

function isMember(node: ts.Node): node is Member {
  const property = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
  const method = ts.isMethodSignature(node) || ts.isMethodDeclaration(node);
  return property || method || ts.isGetAccessor(node);
}

/** What a statement exports that may be a quantity. */
function quantitiesOf(statement: ts.Statement): Typed[] {
  if (ts.isVariableStatement(statement)) return [...statement.declarationList.declarations];
  if (ts.isFunctionDeclaration(statement)) return [statement];
  if (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return membersOf(statement.members);
  }
  const literal = ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type);
  return literal ? membersOf(statement.type.members) : [];
}

export const unitSuffix: FileRule = (of) => {
  if (!isScript(of) || !/^(assembly|host|tools)\//.test(of.path) || isGenerated(of)) return [];
  const nodes = of.syntax().statements.filter(isExported).flatMap(quantitiesOf);
  return nodes.flatMap((node): Finding[] => {
    const name = node.name?.getText() ?? "";
    if (Object.hasOwn(NAMES_WITHOUT_UNIT, name) || !isNumber(node, of) || !lacksUnit(name)) {
      return [];
    }
    const text = `${name} has no unit; end it in one (_nA, _mV, _pC, _degC, _ohm, _nAh ...)`;
    return [finding(of, lineOf(of, node), text)];
  });
};
