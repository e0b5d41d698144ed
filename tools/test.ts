// `npm test`: everything that this machine can check, part by part. A part that fails does not stop
// the others; the last line counts all tests together, parts without tests of their own as one.
// Arguments name the parts to run: `npm test -- tidy lint`. Exit code 1 when anything failed.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

/** What a part's tests came to. */
interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of the skipped tests, with their reasons. */
  skips: string[];
}

interface Part {
  name: string;
  what: string;
  /** Arguments of node. */
  command: () => string[];
  /** Counts the tests in the output; absent: the part is one test. */
  tally?: (output: string) => Tally;
}

interface Result {
  part: Part;
  ok: boolean;
  seconds: number;
  tally: Tally;
}

const MATRIX = "build/conformance/matrix.txt";
const script = (path: string, ...rest: string[]) => ["--import", "tsx", path, ...rest];

const PARTS: Part[] = [
  {
    name: "build",
    what: "the core for every target",
    command: () => script("tools/build.ts"),
  },
  {
    name: "abi",
    what: "generated files match assembly/abi.txt",
    command: () => script("tools/abi/generate.ts", "--check"),
  },
  {
    name: "tidy",
    what: "the conventions",
    command: () => script("tools/tidy.ts"),
  },
  {
    name: "lint",
    what: "ESLint",
    command: () => ["node_modules/eslint/bin/eslint.js", "."],
  },
  {
    name: "format",
    what: "Prettier",
    command: () => ["node_modules/prettier/bin/prettier.cjs", "--check", "."],
  },
  {
    name: "types",
    what: "TypeScript",
    command: () => ["node_modules/typescript/bin/tsc", "--noEmit"],
  },
  {
    name: "core",
    what: "as-pect: specs of the core",
    // Not through as-pect's own command, which may exit before its last lines are written.
    command: () => [
      "node_modules/@as-pect/cli/lib/test.js",
      ...["--config", "test/as-pect.config.js", "--as-config", "test/as-pect.asconfig.json"],
    ],
    tally: tallyAsPect,
  },
  {
    name: "tests",
    what: "node:test: host, boards, tools, conformance",
    command: () => [
      ...["--enable-source-maps", "--import", "tsx", "--test", "--test-reporter=spec"],
      ...testFiles(),
    ],
    tally: tallyNodeTest,
  },
];

/** Every *.test.ts below test/, engines' own packages apart. */
function testFiles(): string[] {
  const all = readdirSync("test", { recursive: true, encoding: "utf8" });
  const isTest = (path: string) => path.endsWith(".test.ts") && !path.includes("node_modules");
  return all
    .filter(isTest)
    .sort()
    .map((path) => `test/${path}`);
}

/** as-pect tells passed and all tests in its summary, and what it left out file by file. */
function tallyAsPect(output: string): Tally {
  const [, passed, all] = /\[Tests\]: (\d+) \/ (\d+)/.exec(output) ?? [];
  const left = [...output.matchAll(/^(?:.) (\S+\.spec\.ts) .*Todo: ([1-9]\d*)/gmu)];
  return {
    passed: Number(passed ?? 0),
    failed: Number(all ?? 0) - Number(passed ?? 0),
    skipped: left.reduce((sum, [, , count]) => sum + Number(count), 0),
    skips: left.map(([, file, count]) => `${file}: ${count} left out`),
  };
}

/** node:test ends its report with one line a number. */
function tallyNodeTest(output: string): Tally {
  const last = (name: string) =>
    Number([...output.matchAll(new RegExp(`^ℹ ${name} (\\d+)$`, "gmu"))].at(-1)?.[1] ?? 0);
  return {
    passed: last("pass"),
    failed: last("fail") + last("cancelled"),
    skipped: last("skipped") + last("todo"),
    skips: [...output.matchAll(/^\s*﹣ (.* # .*)$/gmu)].map(([, name]) => name ?? ""),
  };
}

/** Runs node with these arguments, shows what it prints, and returns its exit code and output. */
function run(command: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        to.write(chunk);
      });
    }
    child.on("close", (code) => {
      const output = stripVTControlCharacters(Buffer.concat(chunks).toString("utf8"));
      resolve({ code: code ?? 1, output });
    });
  });
}

/** The tally of a part; that it ended badly, or tested nothing, is a failure of its own. */
function tallyOf(part: Pick<Part, "tally">, code: number, output: string): Tally {
  const none = { passed: 0, failed: 0, skipped: 0, skips: [] };
  if (part.tally === undefined) return code === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 };
  const tally = part.tally(output);
  const silent = tally.passed + tally.failed + tally.skipped === 0;
  if (silent) console.error("no test ran, which counts as one failure");
  if (tally.failed === 0 && (code !== 0 || silent)) tally.failed = 1;
  return tally;
}

async function runPart(part: Part): Promise<Result> {
  console.log(`\n== ${part.name}: ${part.what}`);
  const start_ms = performance.now();
  const { code, output } = await run(part.command());
  const tally = tallyOf(part, code, output);
  const seconds = (performance.now() - start_ms) / 1000;
  return { part, ok: tally.failed === 0, seconds, tally };
}

function printSummary(results: Result[]): void {
  const skips = results.flatMap(({ tally }) => tally.skips);
  if (skips.length > 0) console.log(`\n== skipped\n${skips.join("\n")}`);
  console.log("\n== summary");
  for (const { part, ok, seconds } of results) {
    const time = `${seconds.toFixed(1)} s`.padStart(9);
    console.log(`${part.name.padEnd(8)}${(ok ? "ok" : "FAILED").padEnd(7)}${time}  ${part.what}`);
  }
}

/** `N passed, N failed`, and how many were skipped if any. */
function lastLine(tallies: Tally[]): string {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((all, one) => all + of(one), 0);
  const skipped = sum((tally) => tally.skipped);
  const counted = `${sum((tally) => tally.passed)} passed, ${sum((tally) => tally.failed)} failed`;
  return skipped === 0 ? counted : `${counted}, ${skipped} skipped`;
}

/** The parts that the arguments name; all without arguments. */
function chosen(names: string[]): Part[] {
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown !== undefined) {
    const known = PARTS.map((part) => part.name).join(", ");
    console.error(`npm test: no part is called ${unknown}; the parts are ${known}`);
    process.exit(2);
  }
  return names.length === 0 ? PARTS : PARTS.filter((part) => names.includes(part.name));
}

async function main(names: string[]): Promise<void> {
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  const parts = chosen(names);
  const compares = parts.some((part) => part.name === "tests");
  if (compares) rmSync(MATRIX, { force: true });
  const results: Result[] = [];
  for (const part of parts) results.push(await runPart(part));
  if (compares) {
    const written = existsSync(MATRIX);
    console.log(
      `\n== conformance\n${written ? readFileSync(MATRIX, "utf8") : "no matrix written"}`,
    );
  }
  printSummary(results);
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
  console.log(`\n${lastLine(results.map(({ tally }) => tally))}`);
}

await main(process.argv.slice(2));
