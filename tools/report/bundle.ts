// The browser's side of the report as one script and one style sheet, made by esbuild.

import { buildSync } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { buildPath, projectPath } from "../build/paths.js";

export interface Bundle {
  script: string;
  style: string;
}

const FOLDER = "tools/report";

const styleFile = (scriptFile: string) => scriptFile.replace(/\.js$/, ".css");

function bundle(): Bundle {
  // the licence of what the page carries asks to be carried along
  const licence = readFileSync(projectPath("node_modules/uplot/LICENSE"), "utf8").trim();
  const { outputFiles } = buildSync({
    entryPoints: [projectPath(`${FOLDER}/browser/main.ts`), projectPath(`${FOLDER}/page.css`)],
    outdir: "report",
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["chrome100", "firefox100", "safari15"],
    charset: "ascii",
    banner: { js: `/* Contains uPlot.\n${licence} */` },
    logLevel: "error",
  });
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}

/** Two processes may build at once: each file appears whole. */
function place(path: string, text: string): void {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, text);
  renameSync(part, path);
}

/** Writes the script to `outFile` (`.js`) and the style sheet beside it (`.css`). */
export function buildReport(outFile: string): Bundle {
  const made = bundle();
  mkdirSync(dirname(outFile), { recursive: true });
  place(styleFile(outFile), made.style);
  place(outFile, made.script);
  return made;
}

const changed_ms = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;

function sources(): string[] {
  const names = readdirSync(projectPath(FOLDER), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /\.(ts|css)$/.test(name));
  return [
    ...files.map((name) => projectPath(`${FOLDER}/${name}`)),
    projectPath("node_modules/uplot/package.json"),
  ];
}

/** What `npm run build` left; made again when it is missing or older than its sources. */
export function reportBundle(scriptFile = buildPath("report.js")): Bundle {
  const built_ms = Math.min(changed_ms(scriptFile), changed_ms(styleFile(scriptFile)));
  if (sources().some((path) => changed_ms(path) > built_ms)) return buildReport(scriptFile);
  const text = (path: string) => readFileSync(path, "utf8");
  return { script: text(scriptFile), style: text(styleFile(scriptFile)) };
}
