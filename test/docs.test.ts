// The documents tell the truth: every TypeScript block runs, every npm command exists.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { buildPath, projectPath, projectRoot } from "../tools/build/paths.js";

const inFolder = (folder: string) =>
  readdirSync(projectPath(folder)).map((name) => `${folder}/${name}`);
const documents = [
  "README.md",
  "host/espruino/tfmb.md",
  ...inFolder("docs"),
  ...inFolder("docs/systems"),
];

function blocks(document: string, language: string): string[] {
  const text = readFileSync(projectPath(document), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1]!,
  );
}

const isMarkdown = (name: string) => name.endsWith(".md");

for (const document of documents.filter(isMarkdown)) {
  blocks(document, "ts").forEach((source, index) => {
    test(`${document}: TypeScript block ${index + 1} runs`, () => {
      mkdirSync(buildPath("docs"), { recursive: true });
      const path = buildPath(`docs/${document.replaceAll(/\W+/g, "_")}_${index}.ts`);
      // what test/package.test.ts imports from dist/, here from its source
      const here = source.replaceAll('from "tfmb/hil"', `from "${projectRoot}host/hil/index.js"`);
      writeFileSync(path, here.replaceAll('from "./', `from "${projectRoot}`));
      const args = ["--import", "tsx", path];
      const result = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
      assert.equal(result.status, 0, result.stderr);
      const said = [...source.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(
        ([, text]) => text!,
      );
      if (said.length > 0) assert.equal(result.stdout.trim(), said.join("\n"));
    });
  });

  test(`${document}: every npm command of its shell blocks exists`, () => {
    const { scripts } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    for (const block of blocks(document, "sh")) {
      for (const [, name] of block.matchAll(/npm (?:run )?(\w+)/g)) {
        const known = name === "ci" || name! in scripts;
        assert.ok(known, `${document}: npm ${name} is not a script of package.json`);
      }
    }
  });
}
