// What Espruino's interpreter (2v29) lacks, looked for in an emitted file: syntax beyond ES5,
// labels, functions used before their declaration ran, and names that are not there. Lists after
// EspruinoDocs info/Features.md and what an interpreter built from its source answered.

import { parse, type Node } from "acorn";

export interface LintFinding {
  line: number;
  text: string;
}

/** Names of Espruino that the module may use; any other unbound name is a finding. */
const GLOBALS = new Set([
  ...["E", "NRF", "require", "exports", "peek32", "getTime", "analogRead", "digitalWrite"],
  ...["setWatch", "clearWatch", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  ...["Math", "Error", "Object", "Array", "String", "JSON", "isNaN", "undefined", "NaN", "atob"],
  ...["ArrayBuffer", "DataView", "Uint8Array", "Uint16Array", "Uint32Array", "Float32Array"],
  ...["print", "console", "process", "I2C", "SPI", "Infinity", "parseInt", "parseFloat", "BTN"],
]);
/** Pins, buttons, buses. */
const HARDWARE = /^(D\d+|[A-H]\d+|BTN\d|LED\d?|I2C\d|SPI\d)$/;
/** Members that JavaScript has and Espruino has not, by object. */
const MISSING: Record<string, Set<string>> = {
  Math: new Set([
    ...["fround", "imul", "clz32", "trunc", "log2", "log10", "cbrt", "hypot", "expm1", "log1p"],
    ...["sinh", "cosh", "tanh", "asinh", "acosh", "atanh"],
  ]),
  Object: new Set(["freeze", "seal", "isFrozen", "isSealed"]),
  Array: new Set(["from", "of"]),
};
/** Methods that no object of Espruino has. */
const MISSING_METHODS = new Set(["copyWithin", "flat", "flatMap", "at", "matchAll", "normalize"]);

type Tree = Node & Record<string, unknown>;

const isNode = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

function children(node: Tree): Tree[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

const isFunction = (node: Tree) => /^Function(Declaration|Expression)$/.test(node.type);
const nameOf = (node: unknown) => (isNode(node) ? (node.name as string) : "");

/** A function or the file: what it declares, and what it mentions itself or through the inner. */
interface Scope {
  outer: Scope | undefined;
  /** Where a name has its value from: behind its declaration; parameters from the start. */
  declared: Map<string, number>;
  /** Functions declared here, by name. */
  functions: Map<string, Scope>;
  /** Names mentioned in this scope's own statements, and where. */
  mentioned: { name: string; at: number }[];
  inner: Scope[];
}

function scopeOf(root: Tree, outer?: Scope): Scope {
  const scope: Scope = {
    outer,
    declared: new Map(),
    functions: new Map(),
    mentioned: [],
    inner: [],
  };
  const parameters = (root.params ?? []) as Tree[];
  for (const parameter of parameters) scope.declared.set(nameOf(parameter), -1);
  if (root.type === "FunctionExpression" && root.id) scope.declared.set(nameOf(root.id), -1);
  if (isFunction(root)) scope.declared.set("arguments", -1);
  const visit = (node: Tree): void => {
    if (isFunction(node)) {
      const within = scopeOf(node, scope);
      scope.inner.push(within);
      if (node.type === "FunctionDeclaration") {
        scope.declared.set(nameOf(node.id), node.start);
        scope.functions.set(nameOf(node.id), within);
      }
      return;
    }
    if (node.type === "VariableDeclarator") scope.declared.set(nameOf(node.id), -1);
    if (node.type === "CatchClause") scope.declared.set(nameOf(node.param), -1);
    if (node.type === "Identifier") scope.mentioned.push({ name: nameOf(node), at: node.start });
    const skipped =
      node.type === "MemberExpression" && !node.computed
        ? node.property
        : node.type === "Property" && !node.computed
          ? node.key
          : undefined;
    for (const child of children(node)) if (child !== skipped) visit(child);
  };
  const body = isFunction(root) ? [root.body as Tree] : (root.body as Tree[]);
  body.forEach(visit);
  return scope;
}

function resolve(scope: Scope | undefined, name: string): Scope | undefined {
  if (scope === undefined || scope.declared.has(name)) return scope;
  return resolve(scope.outer, name);
}

const unbound = (scope: Scope): { name: string; at: number }[] => [
  ...scope.mentioned.filter(({ name }) => !resolve(scope, name)),
  ...scope.inner.flatMap(unbound),
];

/** Functions of `home` that `scope`'s statements mention, directly or through others. */
function needs(scope: Scope, home: Scope, seen = new Set<Scope>()): Set<string> {
  const names = new Set<string>();
  if (seen.has(scope)) return names;
  seen.add(scope);
  for (const { name } of scope.mentioned) {
    if (resolve(scope, name) !== home || !home.functions.has(name)) continue;
    names.add(name);
    for (const further of needs(home.functions.get(name)!, home, seen)) names.add(further);
  }
  return names;
}

/** Mentions of a function, or of one that needs it, before its declaration ran. */
function early(scope: Scope): { name: string; at: number }[] {
  const own = scope.mentioned.flatMap(({ name, at }) => {
    const called = scope.functions.get(name);
    if (!called) return [];
    const all = [name, ...needs(called, scope)];
    return all.filter((one) => scope.declared.get(one)! > at).map((one) => ({ name: one, at }));
  });
  return [...own, ...scope.inner.flatMap(early)];
}

function* nodesOf(node: Tree): Generator<Tree> {
  yield node;
  for (const child of children(node)) yield* nodesOf(child);
}

function judge(node: Tree, text: string): string | undefined {
  if (node.type === "LabeledStatement") return "a label: Espruino has none";
  if (node.type === "WithStatement") return "`with`: Espruino has none";
  if (node.type === "ReturnStatement" && !node.argument) {
    const rest = text.slice(node.end).trimStart();
    if (!/^[;}]/.test(rest) && text[node.end - 1] !== ";" && rest !== "") {
      return "`return` with its value on the next line: Espruino reads it as the value";
    }
  }
  if (node.type !== "MemberExpression" || node.computed) return undefined;
  const [object, member] = [nameOf(node.object), nameOf(node.property)];
  if (MISSING[object]?.has(member)) return `${object}.${member}: Espruino has none`;
  if (MISSING_METHODS.has(member)) return `.${member}(): Espruino has none`;
  return undefined;
}

/** What of a file Espruino would not run; an empty list is good. */
export function lintEspruino(text: string): LintFinding[] {
  const lineAt = (at: number) => text.slice(0, at).split("\n").length;
  let tree: Tree;
  try {
    tree = parse(text, { ecmaVersion: 5 }) as unknown as Tree;
  } catch (error) {
    const { pos, message } = error as SyntaxError & { pos: number };
    return [{ line: lineAt(pos), text: `beyond ES5: ${message}` }];
  }
  const findings = [...nodesOf(tree)].flatMap((node) => {
    const found = judge(node, text);
    return found === undefined ? [] : [{ line: lineAt(node.start), text: found }];
  });
  const scope = scopeOf(tree);
  for (const { name, at } of unbound(scope)) {
    if (!GLOBALS.has(name) && !HARDWARE.test(name))
      findings.push({ line: lineAt(at), text: `${name} is not of Espruino` });
  }
  for (const { name, at } of early(scope)) {
    findings.push({ line: lineAt(at), text: `${name} is used before its declaration ran` });
  }
  const foreign = /[^\n\x20-\x7e]/.exec(text);
  if (foreign) {
    findings.push({ line: lineAt(foreign.index), text: "a character that is not plain ASCII" });
  }
  return findings;
}
