// build/espruino/NAME.js: the drivers of host/parts as Espruino modules, `exports.connect(port,
// options)`. One file each with what it needs inside, in ES5, for Espruino knows little beyond.

import { mkdirSync, writeFileSync } from "node:fs";
import { buildSync, transformSync } from "esbuild";
import ts from "typescript";
import { buildPath, projectPath } from "./paths.js";

/** Stands for `exports`, which would make esbuild wrap the file. */
const EXPORTS = "tfmb_exports";

const onI2c = (name: string, address: string): string => `
  import { ${name}, ${address} } from "./MODULE.js";
  import { espruinoDevice } from "./bus.js";
  ${EXPORTS}.connect = function (i2c, options) {
    return new ${name}(espruinoDevice(i2c, ${address}), options);
  };`;

/** Espruino gives serial data as strings. */
const ON_UART = `
  import { Cbc915 } from "./MODULE.js";
  ${EXPORTS}.connect = function (serial, options) {
    var part = new Cbc915({ write: function (bytes) { serial.write(bytes); } }, options);
    serial.on("data", function (text) { part.receive(E.toUint8Array(text)); });
    return part;
  };`;

/** Names of at most eight characters: they may lie in Storage. */
export const ESPRUINO_PARTS: Record<string, string> = {
  neh7100: onI2c("Neh7100", "NEH7100_ADDRESS"),
  aem13920: onI2c("Aem13920", "AEM13920_ADDRESS"),
  fram: onI2c("Fram", "FRAM_ADDRESS"),
  cbc915: ON_UART,
};

function bundled(name: string, entry: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: entry.replace("MODULE", name), resolveDir: projectPath("host/parts") },
    bundle: true,
    format: "iife",
    target: "es2015",
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    write: false,
  });
  return outputFiles[0]!.text;
}

function lowered(text: string): string {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES5, ignoreDeprecations: "6.0" },
  });
  return transformSync(outputText, { minify: true, target: "es5" }).code;
}

export function buildEspruinoParts(): void {
  mkdirSync(buildPath("espruino"), { recursive: true });
  for (const [name, entry] of Object.entries(ESPRUINO_PARTS)) {
    const text = lowered(bundled(name, entry)).replaceAll(EXPORTS, "exports");
    writeFileSync(buildPath(`espruino/${name}.js`), text);
  }
}
