// The Espruino module: the files of host/espruino in ES5, one after the other, with addresses of
// fields and offsets of the blob as numbers. Espruino knows no hoisting, so the order counts.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { transformSync } from "esbuild";
import ts from "typescript";
import { AREAS, Pmic, Reason, Status, Values } from "../../host/core/abi.js";
import { readTable } from "../abi/table.js";
import { readBank } from "./core_c.js";
import { buildBlob, type Blob } from "./espruino_blob.js";
import { lintEspruino } from "./espruino_lint.js";
import { buildPath, projectPath } from "./paths.js";

/** Each uses only what stands before it. */
const FILES = ["instance", "fields", "journal", "bthome", "battery"];
/** Stands for `exports`, which would make esbuild wrap the file. */
const EXPORTS = "tfmb_exports";
/** Properties that begin with `_` are the module's own. */
const SMALL = { target: "es5", format: "esm", legalComments: "none", mangleProps: /^_/ } as const;
const HEADER = "/* tfmb: battery management for thin-film cells. MIT licence. See tfmb.md. */\n";

/** What `AT.*`, `BLOB.*` and the enumerations of the layout stand for. */
function numbers(blob: Blob): Record<string, string> {
  const hypothesis = readFileSync(projectPath("assembly/gauge/hypothesis.ts"), "utf8");
  const bank = readBank(hypothesis, readTable().areasEnd);
  const all: [string, number][] = [
    ["BLOB.bytes", blob.bytes.length],
    ["BLOB.crc", blob.crc | 0],
    ["BLOB.data_at", blob.data_at],
    ["BLOB.bank_at", bank.bankAt],
    ["BLOB.hypothesis_bytes", bank.hypothesisBytes],
  ];
  const members = (name: string, of: Record<string, number>) =>
    Object.entries(of).forEach(([member, value]) => all.push([`${name}.${member}`, value]));
  members("BLOB.entry", blob.offsets);
  members("Pmic", Pmic);
  members("Reason", Reason);
  members("Status", Status);
  members("Values", Values);
  for (const [area, { at, fields }] of Object.entries(AREAS)) {
    for (const [name, { offset }] of Object.entries(fields)) {
      all.push([`AT.${area}.${name}`, at + (offset as number)]);
    }
  }
  return Object.fromEntries(all.map(([name, value]) => [name, String(value)]));
}

/** All files as one, their imports apart. Two things of one name are an error of the compiler. */
function joined(): string {
  const texts = FILES.map((name) => readFileSync(projectPath(`host/espruino/${name}.ts`), "utf8"));
  return texts
    .join("\n")
    .replace(/^import [\s\S]*? from ".*";\n/gm, "")
    .replace(/^export /gm, "");
}

const CONSTANT = /^const ([A-Z_\d]+) = (-?[x\da-f]+);\n/gm;

/** Constants become numbers where they are used: on the chip each would be two variables. */
function constants(script: string): Record<string, string> {
  const found = [...script.matchAll(CONSTANT)] as unknown as [string, string, string][];
  return Object.fromEntries(found.map(([, name, value]) => [name, String(Number(value))]));
}

/** What tfmb.ts hands out, as Espruino wants it. */
function handedOut(): string {
  const source = readFileSync(projectPath("host/espruino/tfmb.ts"), "utf8");
  const names = [...source.matchAll(/^export \{ (.*) \} from/gm)].flatMap(([, list]) =>
    list!.split(", "),
  );
  return names.map((name) => `${EXPORTS}.${name} = ${name};\n`).join("");
}

/** TypeScript's own ES5: esbuild lowers no `const` and no `let`. */
function es5(source: string): string {
  const options = {
    target: ts.ScriptTarget.ES5,
    module: ts.ModuleKind.ESNext,
    ignoreDeprecations: "6.0",
  };
  return ts.transpileModule(source, { compilerOptions: options }).outputText;
}

/** Text of the module, for people or minified. */
export function espruinoModule(blob: Blob, minify: boolean): string {
  const script = `${joined()}\n${handedOut()}`;
  const { code } = transformSync(script.replace(CONSTANT, ""), {
    loader: "ts",
    define: { ...numbers(blob), ...constants(script) },
    target: "es2020",
    // assigned, not defined: smaller, and names stay names
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    ...{ format: "esm", treeShaking: minify, minifySyntax: minify },
  });
  const plain = es5(code);
  const done = minify ? transformSync(plain, { ...SMALL, minify }).code : plain;
  return gate(HEADER + done.replaceAll(`${EXPORTS}.`, "exports."));
}

/** Nothing leaves here that Espruino would not run. */
function gate(text: string): string {
  const [first] = lintEspruino(text);
  if (first) throw new Error(`Espruino module, line ${first.line}: ${first.text}`);
  return text;
}

/** Writes the module and the blob into build/espruino. */
export function buildEspruino(): void {
  const folder = buildPath("espruino");
  mkdirSync(folder, { recursive: true });
  const blob = buildBlob();
  writeFileSync(`${folder}/tfmb.bin`, blob.bytes);
  writeFileSync(`${folder}/tfmb.js`, espruinoModule(blob, false));
  writeFileSync(`${folder}/tfmb.min.js`, espruinoModule(blob, true));
}
