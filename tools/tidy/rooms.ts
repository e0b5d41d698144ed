// Imports of the core point one way: a room uses the rooms that a sample passes before it.

import { posix } from "node:path";
import ts from "typescript";
import { finding, isCore, lineOf, type FileRule, type Source } from "./source.js";

/** The rooms in the order in which a sample walks through them. */
const WALK = ["sample", "ledger", "cell", "gauge", "guard", "harvest", "plan", "journal"];
/** Rooms that all may use: the cell's model, and mathematics (which itself uses no other room). */
const SHARED = new Set(["math", "cell"]);
/** Files that all may use; they stand on mathematics and each other only. */
const GROUND = new Set(["abi.ts", "profile.ts", "derived.ts"]);

/** Every module that a file names after `from` or `import`. */
export function importsOf(of: Source): { module: string; line: number }[] {
  return of.syntax().statements.flatMap((statement) => {
    const names = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
    const module = names ? statement.moduleSpecifier : undefined;
    if (module === undefined || !ts.isStringLiteral(module)) return [];
    return [{ module: module.text, line: lineOf(of, statement) }];
  });
}

/** Path of the file that `module` means when `from` imports it; undefined: not a relative path. */
export function resolveImport(from: string, module: string): string | undefined {
  if (!module.startsWith(".")) return undefined;
  const path = posix.join(posix.dirname(from), module);
  return path.endsWith(".ts") ? path : `${path}.ts`;
}

/** "cell" of assembly/cell/ocv.ts; the file's own name when it lies in no room. */
const roomOf = (path: string) => path.split("/")[1] ?? "";

const isRoom = (name: string) => !name.endsWith(".ts");

/** Why `from` may not import `to`; undefined: it may. Both are rooms or files beside them. */
function objection(from: string, to: string): string | undefined {
  const known = (name: string) => !isRoom(name) || name === "math" || WALK.includes(name);
  const unknown = [from, to].find((name) => !known(name));
  if (unknown !== undefined) return `room ${unknown} has no place in the walk ${WALK.join(", ")}`;
  if (to === from || GROUND.has(to)) return undefined;
  if (to === "math") return undefined;
  if (from === "math" || GROUND.has(from)) return `${from} stands on math and abi only, not ${to}`;
  if (!isRoom(from)) return undefined;
  if (!isRoom(to)) return `room ${from} uses ${to}, which stands above all rooms`;
  if (SHARED.has(to) || WALK.indexOf(to) < WALK.indexOf(from)) return undefined;
  return `room ${from} uses ${to}, which a sample reaches later`;
}

export const roomOrder: FileRule = (of) => {
  if (!isCore(of)) return [];
  return importsOf(of).flatMap(({ module, line }) => {
    const path = resolveImport(of.path, module);
    if (path === undefined || !path.startsWith("assembly/")) {
      return [finding(of, line, `imports ${module} from outside assembly/; the core stands alone`)];
    }
    const why = objection(roomOf(of.path), roomOf(path));
    if (why === undefined) return [];
    return [finding(of, line, `${why}; pass the value as an argument or move it up the walk`)];
  });
};
