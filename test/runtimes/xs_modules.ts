// Runs ES modules in XS as Moddable would: each specifier mapped to a source, `main` imported.

import { besideThis, runProcess } from "./engine.js";

/**
 * Imports `main`, which prints by tfmb_print(text); returns the printed lines. `vector` is any file
 * of whole words: the XS session wants one.
 */
export async function runModules(
  modules: Record<string, string>,
  vector: string,
): Promise<string[]> {
  const script = `
    globalThis.tfmb_sources = ${JSON.stringify(modules)};
    const sources = {};
    for (const [specifier, text] of Object.entries(tfmb_sources)) {
      sources[specifier] = { source: new ModuleSource(text) };
    }
    const realm = new Compartment({
      globals: { tfmb_print },
      modules: sources,
      resolveHook: (specifier) => specifier,
    });
    realm.import("main").catch((error) => tfmb_print("error: " + error));
  `;
  const request = JSON.stringify({ vector, scripts: [`{${script}}`] });
  const result = await runProcess(process.execPath, [besideThis("xs_session.mjs")], request);
  if (result.code !== 0) throw new Error(`XS: exit code ${result.code}: ${result.stderr}`);
  return (JSON.parse(result.stdout) as { lines: string[] }).lines;
}
