// The command line as a user meets it: pages on stdout, one line on stderr and exit code 2 for
// wrong input, and nothing half written.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { LAYOUT_HASH } from "../../host/core/abi.js";
import { projectPath, projectRoot } from "../../tools/build/paths.js";
import { type RunNumbers } from "../../tools/report/numbers.js";

let folder = "";
before(() => (folder = mkdtempSync(join(tmpdir(), "tfmb-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

function tfmb(...words: string[]): { code: number | null; out: string; err: string } {
  const command = ["--import", "tsx", projectPath("tools/tfmb.ts"), ...words];
  const options = { cwd: projectRoot, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
  return { code: status, out: stdout, err: stderr };
}

function run(...words: string[]): RunNumbers {
  const { code, out, err } = tfmb("simulate", "--json", ...words);
  assert.equal(code, 0, err);
  return JSON.parse(out) as RunNumbers;
}

/** A file of these lines. */
function file(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

describe("tfmb list and show", () => {
  it("list every kind with its parts, and one of them", () => {
    const { code, out, err } = tfmb("list");
    assert.equal(code, 0, err);
    for (const name of ["cells", "enerchip-12uAh", "nrf52840-bq25570", "default-year", "bq25570"]) {
      assert.match(out, new RegExp(`^ *${name}`, "m"));
    }
    for (const line of out.split("\n")) assert.ok(line.length <= 100, line);
    assert.doesNotMatch(out, /\.\.\.$/m, "a title that is cut");
    assert.match(tfmb("show", "enerchip-50uAh").out, /% SOC|SOC/);
  });
});

describe("tfmb simulate", () => {
  it("prints a page of at most 100 columns, and nothing on stderr where it is piped", () => {
    const { code, out, err } = tfmb("simulate", "--hours", "48");
    assert.equal(code, 0, err);
    assert.equal(err, "");
    assert.match(out, /^A year at a desk/);
    for (const label of ["light", "SOC true", "energy in", "used", "lost", "events", "supply"]) {
      assert.match(out, new RegExp(`^  ${label} `, "m"));
    }
    assert.match(out, /gauge [\d.]+ nW, sleep floor/);
    for (const line of out.split("\n")) assert.ok([...line].length <= 100, line);
  });

  it("takes other parts, seeds, lengths and single values from flags", () => {
    const base = run("--hours", "24");
    assert.equal(base.hours, 24);
    assert.equal(run("--years", "0.01").hours, 87.6);
    const other = run(
      ...["--hours", "24", "--cell", "r20-0p7mAh", "--board", "nrf52840-neh7100"],
      ...["--site", "warehouse-45N", "--seed", "7"],
    );
    assert.deepEqual(
      [other.cell, other.board, other.site, other.seed],
      ["r20-0p7mAh", "nrf52840-neh7100", "warehouse-45N", 7],
    );
    const set = run("--hours", "24", "--set", "board.physics.supply.sleep_nA=3000");
    const ratio = set.energy.used.sleep_mJ! / base.energy.used.sleep_mJ!;
    assert.ok(Math.abs(ratio - 2) < 0.02, `twice the current: ${ratio}`);
    const start = run("--hours", "24", "--set", "scenario.start_soc=0.5");
    assert.ok(Math.abs(start.soc.start - 0.5) < 1e-6);
    assert.match(start.replay!, /^tfmb simulate default-year --hours 24 --set scenario/);
  });

  it("runs a light trace for its length, or again and again", () => {
    const rows = Array.from({ length: 25 }, (_, i) => `${i * 600},${i % 2 === 0 ? 400 : 0}`);
    const path = file("lamp.csv", "# a lamp", "t_s,lux", ...rows);
    const once = run("--light", path);
    assert.ok(Math.abs(once.hours - 25 / 6) < 0.01, `${once.hours} h`);
    assert.equal(once.site, "lamp.csv");
    assert.ok(once.energy.harvest.delivered_mJ > 0);
    assert.match(run("--light", path, "--hours", "24").site, /^lamp\.csv, 5\.8 times$/);
  });

  it("plays a recording of radio, for its length or again and again, beside light or alone", () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i * 60},${i % 2 === 0 ? -10 : -60}`);
    const gate = file("gate.csv", "t_s,power_dBm", ...rows);
    const once = run("rf-cart-week", "--radio", gate);
    assert.ok(Math.abs(once.hours - 1 / 3) < 1e-6, `${once.hours} h`);
    assert.equal(once.site, "reader-cart-45N, radio of gate.csv");
    assert.equal(once.title, "The node of rf-cart-week with the radio of gate.csv");
    // half of the time 55 uW of 100
    assert.ok(Math.abs(once.energy.harvest.available_mJ! / (27.5e-3 * 1200) - 1) < 1e-3);
    const again = run("rf-cart-week", "--radio", gate, "--hours", "1");
    assert.match(again.site, /radio of gate\.csv, 3\.0 times$/);
    const lamp = file("night.csv", "t_s,lux", "0,0", "1800,0");
    const both = run("rf-cart-week", "--radio", gate, "--light", lamp);
    assert.equal(both.hours, 1);
    assert.equal(both.site, "night.csv, radio of gate.csv, 3.0 times");
  });

  it("takes a scenario file", () => {
    const text = readFileSync(projectPath("boards/scenarios/default-year.json"), "utf8");
    const path = file("mine.json", text.replace('"hours": 8760', '"hours": 12'));
    const numbers = run(path);
    assert.equal(numbers.hours, 12);
    assert.equal(numbers.scenario, path);
  });

  it("writes report, numbers and trace, the numbers as with --json", () => {
    const out = join(folder, "deep", "run");
    const { code, out: page } = tfmb("simulate", "--hours", "24", "--out", out);
    assert.equal(code, 0);
    assert.match(page, /report +\S*report\.html/);
    assert.deepEqual(readdirSync(out).sort(), ["report.html", "run.json", "trace.csv"]);
    const numbers = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as RunNumbers;
    assert.deepEqual(numbers.energy, run("--hours", "24").energy);
  });

  it("gives the energy that it drew as used, lost and stored", () => {
    const { energy } = run("--hours", "240");
    const sum = (group: Record<string, number>) => Object.values(group).reduce((a, b) => a + b, 0);
    const out_mJ = sum(energy.used) + sum(energy.lost) + sum(energy.stored);
    assert.ok(Math.abs(energy.harvest.drawn_mJ / out_mJ - 1) < 1e-6);
  });

  it("answers wrong input with one line and exit code 2, and writes nothing", () => {
    const out = join(folder, "nothing");
    const broken = file("broken.json", "{");
    const odd = file("odd.csv", "t_s,lux", "0,1", "60,dark");
    const gate = file("gate.csv", "t_s,power_uW", "0,1", "600,2");
    const brief = file("brief.csv", "t_s,power_uW", "0,1", "1,2");
    const cases: [string[], RegExp][] = [
      [[], /no command; try: tfmb simulate/],
      [["simulat"], /unknown command 'simulat'; did you mean simulate\?/],
      [["simulate", "--hurs", "3"], /unknown option '--hurs'; did you mean --hours\?/],
      [["simulate", "--hours", "soon"], /--hours soon must be 0\.1\.\.87648/],
      [["simulate", "--hours", "3", "--years", "1"], /--years and --hours both say how long/],
      [["simulate", "--seed", "1.5"], /--seed 1\.5 must be an integer 0\.\./],
      [["simulate", "default-yaer"], /"default-yaer" .* did you mean default-year\?/],
      [["simulate", join(folder, "none.json")], /none\.json: does not exist/],
      [["simulate", broken], /broken\.json: not JSON/],
      [["simulate", "--cell", "enerchp-50uAh"], /did you mean enerchip-50uAh\?/],
      [["simulate", "--light", join(folder, "none.csv")], /none\.csv: does not exist/],
      [["simulate", "--light", odd], /odd\.csv:3: lux = "?dark"? must be/],
      [["simulate", "--ambient", "20"], /--ambient is for a light trace/],
      [["simulate", "--radio", gate], /--radio drives no source of nrf52840-bq25570; name a/],
      [["simulate", "rf-cart-week", "--radio", odd], /odd\.csv:1: header = "t_s,lux" must name/],
      [["simulate", "rf-cart-week", "--radio", brief], /brief\.csv: 2 s must be at least 0\.1 h/],
      [["simulate", "--set", "panels=3"], /--set panels=3: must begin with one of scenario, cell/],
      [["simulate", "--set", "board.physics.panles=3"], /panles is not a known name; known: pmic/],
      [["simulate", "--set", "board.physics.panels=-3"], /panels = -3 must be 0\.00001\.\./],
      [["simulate", "--set", "board.physics.panels"], /must be place=value/],
      [["simulate", "--set", "scenario.start_day=0"], /start_day = 0 must be 1\.\.365/],
      [["simulate", "--years", "11"], /--years 11 must be 0\.001\.\.10$/m],
      [["simulate", "--set", "scenario.hours=96360"], /hours = 96360 must be 0\.1\.\.87648 h/],
      [["simulate", "--hours", "1", "--hours", "2"], /--hours is given twice; give it once/],
      [["simulate", "--hours", "1", "--out", ""], /--out is empty; name a folder/],
      [["simulate", "--light", folder], /is a folder; a recording is a CSV file/],
      [["simulate", "--board", "x"], /there are banglejs2, .* and \d+ more: see tfmb list$/m],
      [["simulate", "--set", "pmic.physics.mppt.kind=fixed"], /mppt: fixed lacks its number/],
      [
        ["simulate", "--set", "cell.physics.emf.lithium[3]=0.1"],
        /values must rise: 0\.1 comes after/,
      ],
      [["simulate", "--set", "board.physics.float_strap_mV=4800"], /are one voltage; set both/],
      [["simulate", "--set", "board.physics.supply.on_mV=4200"], /must be < float_strap_mV = 4100/],
      [["simulate", "--set", "scenario.pack.series=2"], /pack = 2 x 1 must be 1 x 1/],
      [
        ["simulate", "--set", "board.physics.harvester=teg-16p8mV"],
        /must be thermoelectric: .*name/,
      ],
      [["simulate", "--hours", "1", "--out", join(odd, "x")], /odd\.csv.*cannot make the folder/],
    ];
    for (const [words, line] of cases) {
      const given = words.includes("--out") || words.length < 2 ? words : [...words, "--out", out];
      const { code, out: stdout, err } = tfmb(...given);
      assert.equal(code, 2, `${words.join(" ")}: ${err}`);
      assert.equal(stdout, "");
      assert.match(err, line);
      assert.equal(err.trimEnd().split("\n").length, 1, err);
    }
    assert.equal(existsSync(out), false);
  });
});

describe("tfmb flash and commission", () => {
  it("end with code 3 where somebody else has to flash, so that a script does not go on", () => {
    const built = { board: "moddable-four", layout_hash: LAYOUT_HASH, files: [], notes: [] };
    file("build.json", JSON.stringify(built));
    const { code, out, err } = tfmb("flash", "--board", "moddable-four", "--from", folder);
    assert.equal(code, 3, err);
    assert.match(out, /^nothing was flashed; run, in the folder of an app .*\n {2}mcconfig -m -p /);
  });

  it("say in one line with code 2 that a board takes more than it harvests", () => {
    const { code, out, err } = tfmb("commission", "--board", "banglejs2");
    assert.equal(code, 2);
    assert.equal(out, "banglejs2 with enerchip-100uAh, simulated in office-45N\n");
    assert.match(err, /^tfmb: harvest: the board takes 151 uA \(618 uW\) asleep, gets .*\n$/);
  });
});

describe("tfmb oracle and compare", () => {
  it("write a report that is the same again, the numbers as with --json", () => {
    const words = ["compare", "limit-hot", "--hours", "48", "--policies", "ours,dp"];
    const dirs = ["one", "two"].map((name) => join(folder, "compared", name));
    const names = ["compare.csv", "compare.html", "compare.json", "slots.csv"];
    for (const dir of dirs) {
      const { code, out, err } = tfmb(...words, "--out", dir);
      assert.equal(code, 0, err);
      assert.match(out, /report +\S*compare\.html/);
      assert.deepEqual(readdirSync(dir).sort(), names);
    }
    const read = (dir: string, name: string) => readFileSync(join(dir, name), "utf8");
    for (const name of names) assert.equal(read(dirs[0]!, name), read(dirs[1]!, name), name);
    assert.equal(tfmb(...words, "--json").out, read(dirs[0]!, "compare.json"));
  });

  it("answer wrong input with one line and exit code 2, and write nothing", () => {
    const out = join(folder, "compared-nothing");
    const full = file("full.csv", "t_s,lux");
    const cases: [string[], RegExp][] = [
      [["oracle", "defalt-year"], /scenario "defalt-year" .* did you mean default-year\?/],
      [["oracle", join(folder, "none.json")], /none\.json: does not exist; name a scenario/],
      [["oracle", "--hours", "0"], /--hours 0 must be 24\.\.87648/],
      [["oracle", "--weeks", "0"], /--weeks 0 must be an integer 1\.\.52/],
      [["oracle", "--weeks", "52"], /--weeks 52: of 60 min slots at most 48 are solved/],
      [["oracle", "--hours", "48", "--weeks", "1"], /--weeks 1: the run has 2 days; take fewer/],
      [["oracle", "wing-piezo"], /load watch-only wants no events; take another with --load/],
      [["oracle", "--policies", "ours"], /unknown option '--policies'/],
      [["compare", "--out", out, "--policies", "enomax"], /"enomax" .* did you mean eno-max\?/],
      [["compare", "--out", out, "--policies", "ours,"], /"" is not a policy; there are fixed, /],
      [["compare", "--out", out, "--from", "400"], /--from 400: a run of 365 days has 7 days/],
      [["compare", "--hours", "24", "--out", join(full, "x")], /full\.csv.*cannot make the folder/],
    ];
    for (const [words, line] of cases) {
      const { code, out: stdout, err } = tfmb(...words);
      assert.equal(code, 2, `${words.join(" ")}: ${err}`);
      assert.equal(stdout, "");
      assert.match(err, line);
      assert.equal(err.trimEnd().split("\n").length, 1, err);
    }
    assert.equal(existsSync(out), false);
  });
});
