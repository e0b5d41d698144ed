// `tfmb hil`: exit codes, the replay line, the files that it leaves, and one line for wrong input.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { projectPath, projectRoot } from "../../tools/build/paths.js";

const folder = mkdtempSync(join(tmpdir(), "tfmb-hil-"));
after(() => rmSync(folder, { recursive: true }));

function hil(...words: string[]) {
  const args = ["--import", "tsx", "tools/tfmb.ts", "hil", ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: projectRoot,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const FAILING = "boards/scenarios/hil/failing/must-fail.json";

/** desk-day with other steps, as a file. */
function scenarioWith(name: string, steps: unknown): string {
  const text = readFileSync(projectPath("boards/scenarios/hil/desk-day.json"), "utf8");
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(text) as object), steps }));
  return path;
}

test("a run leaves report, JUnit, JSON and a trace, and tells what runs a failure again", () => {
  const { status, stdout } = hil("run", "torn-write", FAILING, "--out", folder);
  assert.equal(status, 1);
  assert.match(stdout, /^ok +hil\/torn-write/m);
  assert.match(
    stdout,
    /expected survival, seen active\n.*again: tfmb hil run boards\S+ --device wasm/,
  );
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  assert.match(read("junit.xml"), /<testsuite name="wasm" tests="2" failures="1"/);
  const json = JSON.parse(read("hil.json")) as { passed: number; runs: { checks: object[] }[] };
  assert.equal(json.passed, 1);
  assert.ok(json.runs[0]!.checks.length >= 5);
  assert.match(read("report.html"), /1 of 2 runs as expected/);
  assert.ok(read("torn-write-wasm.csv").split("\n").length > 100);
});

test("what a device answered answers again, and only to the same questions", () => {
  const file = join(folder, "device.jsonl");
  assert.equal(hil("run", "torn-write", "--record", file).status, 0);
  assert.equal(hil("run", "torn-write", "--replay", file).status, 0);
  const other = hil("run", "torn-write", "--seed", "2", "--replay", file);
  assert.equal(other.status, 3);
  assert.match(other.stdout, /device\.jsonl: call 2 is another step; the plant or the scenario/);
});

test("what cannot be reached or written is said before a run, with exit code 3", () => {
  const cases: [string[], RegExp][] = [
    [["--device", "uart", "--port", "localhost:99999"], /must be host:port, .*is 1\.\.65535/],
    [["--record", join(folder, "none", "x.jsonl")], /x\.jsonl: cannot be written; name a file/],
  ];
  for (const [words, message] of cases) {
    const { status, stdout } = hil("run", "cold", ...words);
    assert.equal(status, 3, stdout);
    assert.match(stdout, message);
  }
});

test("lists of devices, scenarios and quantities fit a page and leave nothing out", () => {
  for (const words of [["list"], ["list", "--quantities"]]) {
    const { status, stdout } = hil(...words);
    assert.equal(status, 0);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 100, line);
  }
  assert.match(hil("list").stdout, /^ {2}cold +A frosty night: charging stops below the limit$/m);
});

test("a folder that cannot be made is said before the runs, not after", () => {
  const { status, stdout, stderr } = hil("run", "cold", "--out", "/dev/null/x");
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /\/dev\/null\/x: cannot make the folder/);
});

test("ends quietly when its reader has seen enough", async () => {
  const args = ["--import", "tsx", "tools/tfmb.ts", "hil", "run", "all"];
  const rig = spawn(process.execPath, args, { cwd: projectRoot });
  let said = "";
  rig.stderr.on("data", (bytes: Buffer) => (said += bytes.toString()));
  rig.stdout.once("data", () => rig.stdout.destroy());
  const [code] = (await once(rig, "exit")) as [number];
  assert.equal(said, "");
  assert.equal(code, 141);
});

test("wrong input gives one line that says where, and exit code 2", () => {
  let count = 0;
  const at = (step: object) => scenarioWith(`wrong-${count++}`, [step]);
  const expecting = (condition: object) => at({ expect: [condition] });
  const cases: [string[], RegExp][] = [
    [[], /no command; try: tfmb hil list, tfmb hil run/],
    [["rum"], /unknown command 'rum'; did you mean run\?/],
    [["run", "torn-wrte"], /scenario torn-wrte is not there; did you mean torn-write\?/],
    [
      ["run", "cold", "--device", "espruino", "--port", "x:1", "--program", "none.js"],
      /--program none\.js: cannot be read; name a file/,
    ],
    [["run", "cold", "--device", "uart"], /--device uart is not here; give --port/],
    [["run", at({ at: "6 hours" })], /steps\[0\]\.at = "6 hours" must be a number and a unit/],
    [["run", at({ injekt: {} })], /steps\[0\]\.injekt is not a known name; did you mean inject\?/],
    [
      ["run", expecting({ quantity: "gauge.sox", unit: "1", max: 1 })],
      /steps\[0\]\.expect\[0\]\.quantity = gauge\.sox is not known; did you mean gauge\.soc\?/,
    ],
    [
      ["run", expecting({ quantity: "voltage_mV", unit: "V", min: 3 })],
      /steps\[0\]\.expect\[0\]: voltage_mV has the unit mV; say "unit": "mV"/,
    ],
    [
      ["run", expecting({ quantity: "faults", has: "ccd maximal" })],
      /faults ccd maximal is no name of it; did you mean ccd maximum\?/,
    ],
    [["run", expecting({ quantity: "soc", unit: "1", value: 1 })], /soc lacks its tolerance/],
  ];
  for (const [words, message] of cases) {
    const { status, stderr } = hil(...words);
    assert.equal(status, 2, `${words.join(" ")}: ${stderr}`);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
  }
});
