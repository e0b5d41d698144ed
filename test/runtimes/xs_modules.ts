// Runs scripts in XS that load ES modules as Moddable would, each start in a Compartment.

import { projectPath } from "../../tools/build/paths.js";
import { besideThis, runProcess } from "./engine.js";

/** Any file of whole words: the XS session wants one. */
const ANY_VECTOR = projectPath("test/conformance/golden.bin");

/** Runs scripts one after the other; they print by tfmb_print(text). Returns the printed lines. */
export async function runScripts(scripts: string[]): Promise<string[]> {
  const request = JSON.stringify({ vector: ANY_VECTOR, scripts });
  const result = await runProcess(process.execPath, [besideThis("xs_session.mjs")], request);
  if (result.code !== 0) throw new Error(`XS: exit code ${result.code}: ${result.stderr}`);
  return (JSON.parse(result.stdout) as { lines: string[] }).lines;
}
