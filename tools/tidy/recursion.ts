// The core does not recurse: only then is its stack known. A call is followed by name through the
// imports of each file, over all files of the core.

import ts from "typescript";
import { resolveImport } from "./rooms.js";
import { isCore, lineOf, nodesOf, type Finding, type Source, type TreeRule } from "./source.js";

interface Declared {
  path: string;
  name: string;
  line: number;
  /** Keys of the functions that it calls, as far as names tell. */
  calls: Set<string>;
}

const keyOf = (path: string, name: string) => `${path}#${name}`;

/** Where the names come from that a file imports: local name to key. */
function importedKeys(of: Source): Map<string, string> {
  const keys = new Map<string, string>();
  for (const statement of of.syntax().statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    const module = statement.moduleSpecifier;
    const path = ts.isStringLiteral(module) ? resolveImport(of.path, module.text) : undefined;
    if (path === undefined || bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) {
      keys.set(name.text, keyOf(path, (propertyName ?? name).text));
    }
  }
  return keys;
}

function declaredIn(of: Source): Declared[] {
  const imported = importedKeys(of);
  return [...nodesOf(of.syntax())].flatMap((node) => {
    if (!ts.isFunctionDeclaration(node) || node.name === undefined) return [];
    const calls = new Set<string>();
    for (const inner of nodesOf(node)) {
      if (!ts.isCallExpression(inner) || !ts.isIdentifier(inner.expression)) continue;
      const name = inner.expression.text;
      calls.add(imported.get(name) ?? keyOf(of.path, name));
    }
    return [{ path: of.path, name: node.name.text, line: lineOf(of, node), calls }];
  });
}

/** The names on a way of calls from `start` back to itself; undefined: there is none. */
function cycle(start: Declared, all: Map<string, Declared>): string[] | undefined {
  const seen = new Set<string>();
  const ways: [Declared, string[]][] = [[start, [start.name]]];
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    const [at, names] = way;
    for (const key of at.calls) {
      const next = all.get(key);
      if (next === start) return [...names, start.name];
      if (next === undefined || seen.has(key)) continue;
      seen.add(key);
      ways.push([next, [...names, next.name]]);
    }
  }
  return undefined;
}

export const noRecursion: TreeRule = (sources) => {
  const declared = sources.filter(isCore).flatMap(declaredIn);
  const all = new Map(declared.map((one) => [keyOf(one.path, one.name), one]));
  return declared.flatMap((one): Finding[] => {
    const names = cycle(one, all);
    if (names === undefined) return [];
    const text = `recursion ${names.join(" -> ")}, of unknown depth; use a loop with a limit`;
    return [{ path: one.path, line: one.line, text }];
  });
};
