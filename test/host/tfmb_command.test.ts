// The command line as a user meets it: pages on stdout, one line on stderr and exit code 2 for
// wrong input.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type numbersOf } from "../../tools/commands/summary.js";
import { readLight } from "../../tools/commands/light.js";
import { projectPath, projectRoot } from "../../tools/build/paths.js";

let folder = "";
before(() => (folder = mkdtempSync(join(tmpdir(), "tfmb-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

function tfmb(...words: string[]): { code: number | null; out: string; err: string } {
  const command = ["--import", "tsx", projectPath("tools/tfmb.ts"), ...words];
  const options = { cwd: projectRoot, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
  return { code: status, out: stdout, err: stderr };
}

/** A CSV file of these lines. */
function csv(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

describe("tfmb", () => {
  it("list: every kind with its parts", () => {
    const { code, out, err } = tfmb("list");
    assert.equal(code, 0, err);
    for (const name of ["cells", "enerchip-12uAh", "nrf52840-pv", "default-day"]) {
      assert.match(out, new RegExp(`^ *${name}`, "m"));
    }
    for (const line of out.split("\n")) assert.ok(line.length <= 100, line);
  });

  it("run: a page, and nothing on stderr", () => {
    const { code, out, err } = tfmb("run", "--hours", "6");
    assert.equal(code, 0, err);
    assert.equal(err, "");
    assert.match(out, /^A working day in an office/);
    assert.match(out, /6 h, seed 1/);
  });

  it("run --json: one object", () => {
    const { code, out, err } = tfmb("run", "--hours", "6", "--json");
    assert.equal(code, 0, err);
    const { hours, soc, steps } = JSON.parse(out) as ReturnType<typeof numbersOf>;
    assert.equal(hours, 6);
    assert.equal(soc.start, 0.75);
    assert.ok(steps > 10);
  });

  it("run --light: a trace in lux, or in W/m2", () => {
    const rows = Array.from({ length: 49 }, (_, i) => `${i * 300},${i % 2 === 0 ? 5 : 0}`);
    const path = csv("window.csv", "# a window", "t_s,W_per_m2", ...rows);
    const { code, out, err } = tfmb("run", "--hours", "4", "--light", path, "--json");
    assert.equal(code, 0, err);
    const { light, energy } = JSON.parse(out) as { light: string; energy: Record<string, number> };
    assert.equal(light, "window.csv");
    assert.ok(energy.harvested_nAh! > 0);
  });

  it("wrong input: one line, exit code 2, nothing on stdout", () => {
    const short = csv("short.csv", "t_s,lux", "0,1", "60,1");
    const cases: [string[], RegExp][] = [
      [[], /no command; try: tfmb run/],
      [["runn"], /unknown command 'runn'/],
      [["run", "--hurs", "3"], /unknown option '--hurs'/],
      [["run", "--hours", "soon"], /--hours soon must be > 0/],
      [["run", "--hours", "-1"], /--hours -1 must be > 0/],
      [["run", "--scenario", "default-dya"], /"default-dya" .* did you mean default-day\?/],
      [["run", "--light", join(folder, "none.csv")], /none\.csv: does not exist/],
      [["run", "--light", short], /short\.csv covers 0\.03 h; run it with --hours 0\.03/],
    ];
    for (const [words, line] of cases) {
      const { code, out, err } = tfmb(...words);
      assert.equal(code, 2, words.join(" "));
      assert.equal(out, "");
      assert.match(err, line);
      assert.equal(err.trimEnd().split("\n").length, 1, err);
    }
  });
});

describe("a light trace", () => {
  it("is read by its header, with other columns and comments beside", () => {
    const path = csv("w.csv", "# logger", "lux, note, t_s", "5,a,100", "", "7,b,160");
    const { t_s, lux, end_s } = readLight(path);
    assert.deepEqual([t_s, lux, end_s], [[0, 60], [5, 7], 120]);
    const watts = readLight(csv("p.csv", "t_s,W_per_m2", "0,-0.5", "60,10")).lux;
    assert.deepEqual(watts, [0, 1220]);
  });

  it("is refused with file, line and value", () => {
    const wrong = (line: RegExp, ...lines: string[]) =>
      assert.throws(() => readLight(csv("bad.csv", ...lines)), {
        name: "LightError",
        message: line,
      });
    wrong(/bad\.csv: is empty/);
    wrong(/the header "time,lux" must name t_s, and lux or W_per_m2/, "time,lux", "0,1");
    wrong(/bad\.csv:3: lux = "dark" must be a number/, "t_s,lux", "0,1", "60,dark");
    wrong(/bad\.csv:2: lux = "" must be a number/, "t_s,lux", "0", "60,1");
    wrong(/bad\.csv:3: t_s = 0 must be > 0/, "t_s,lux", "0,1", "0,2");
    wrong(/bad\.csv:2: lux = -1 must be >= 0/, "t_s,lux", "0,-1", "60,1");
    wrong(/bad\.csv: 1 rows, it must have at least 2/, "t_s,lux", "0,1");
  });
});
