// Turns the output of wasm2js into one ES5 function `tfmb_core(memory_bytes)` that returns a new
// core: its exports and `memory`, an ArrayBuffer of that size instead of 64 KiB.

import { parse } from "acorn";
import { transformSync } from "esbuild";

function replaceOnce(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`wasm2js output has no ${String(from)}: another version?`);
  return changed;
}

/**
 * Labelled statements in ES5 text. Espruino's interpreter has none, so as long as this is not zero
 * core.js does not run there (the native core does).
 */
export function countLabels(text: string): number {
  let labels = 0;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== "object") return;
    if ((node as { type?: string }).type === "LabeledStatement") labels++;
    Object.values(node).forEach(visit);
  };
  visit(parse(text, { ecmaVersion: 5 }));
  return labels;
}

/**
 * @param source what `wasm2js -Oz` printed
 * @param memoryBytes memory when the caller asks for none; rounded up to a multiple of 16
 * @param names the exports, which survive minification
 */
export function coreJs(source: string, memoryBytes: number, names: string[]): string {
  const bytes = Math.ceil(memoryBytes / 16) * 16;
  let text = source.replace(/^export var .*$/gm, "").replace(/^import .*$/gm, "");
  text = replaceOnce(text, "new ArrayBuffer(65536)", "new ArrayBuffer(memory_bytes)");
  text = replaceOnce(
    text,
    /"memory": Object\.create\([\s\S]*?\}\)\s*\n \}/,
    '"memory": buffer\n }',
  );
  text = replaceOnce(text, /\n function __wasm_memory_size\(\) \{[\s\S]*?\n \}\n/, "\n");
  const wrapped =
    `function tfmb_core(memory_bytes) {\n memory_bytes = memory_bytes || ${bytes};\n` +
    `${text}\n return retasmFunc;\n}\n`;
  const { code } = transformSync(wrapped, { minify: true, target: "es5", legalComments: "none" });
  parse(code, { ecmaVersion: 5 });
  for (const name of names) {
    if (!code.includes(name)) throw new Error(`core.js lost the export ${name}`);
  }
  return code;
}
