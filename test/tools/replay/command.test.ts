// `tfmb replay` as a user meets it: a page of figures, files that are the same for the same input,
// and one line for a record that cannot be used.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  replayCommand,
  runReplay,
  type ReplayCsvOptions,
} from "../../../tools/commands/replay_csv.js";
import { isInputError } from "../../../tools/commands/usage.js";
import { type ReplayNumbers } from "../../../tools/replay/numbers.js";
import { Command } from "commander";
import { CAPACITY_NAH, CELL, charge, LABEL, part, text } from "./plant_record.js";

let folder = "";
let file = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "tfmb-"));
  file = join(folder, "plant.csv");
  writeFileSync(file, text);
});
after(() => rmSync(folder, { recursive: true, force: true }));

const HOLDS = String(CAPACITY_NAH / 1e9);

/** Sources that no number of the profile names are refused. */
function usedBy(profile: unknown, sources: Record<string, string>) {
  const text = JSON.stringify(profile);
  const named = ([name]: [string, string]) => new RegExp(`"source":"[^"]*\\b${name}\\b`).test(text);
  return Object.fromEntries(Object.entries(sources).filter(named));
}

/** What the command line's words come to. */
function tfmb(...words: string[]): string {
  let out = "";
  const command = replayCommand(new Command("replay")).exitOverride();
  command.configureOutput({ outputError: () => undefined });
  command.action((names: string[], options: ReplayCsvOptions) => {
    out = runReplay(names, options);
  });
  command.parse([file, "--cell", CELL, "--holds", HOLDS, ...words], { from: "user" });
  return out;
}
const numbersOf = (...words: string[]) => JSON.parse(tfmb("--json", ...words)) as ReplayNumbers;

const refused = (message: RegExp, ...words: string[]) =>
  assert.throws(
    () => tfmb(...words),
    (error) => isInputError(error) && message.test(error.message) && !error.message.includes("\n"),
  );

describe("tfmb replay", () => {
  it("prints a page of at most 100 columns: core, counting, sigma, bands, error over time", () => {
    const page = tfmb("--adc-bits", "10", "--gain", "1.1");
    for (const label of ["record", "start", "faults", "core", "counting", "sigma", "recovered"]) {
      assert.match(page, new RegExp(`^  ${label} `, "m"));
    }
    assert.match(page, /current gain 1\.1\n +10-bit ADC over 5000 mV\n/);
    assert.match(page, /^ {2}SOC % +10-20 .* 90-100$/m);
    assert.match(page, /[\u2801-\u28ff].*\n.*100 % of 20\.0 h$/s);
    for (const line of page.split("\n")) assert.ok([...line].length <= 100, line);
  });

  it("is as wide as the terminal, and says the same in a narrow one", () => {
    const { columns } = process.stdout;
    try {
      process.stdout.columns = 60;
      const page = tfmb("--gain", "1.1");
      assert.match(page, /^ {2}SOC % +10-20 .*\n.*\n.*\n {2}SOC % .* 90-100$/m);
      assert.match(page, /the same charge from\n {14}the true start, no voltage\n/);
      for (const line of page.split("\n")) assert.ok([...line].length <= 60, line);
    } finally {
      process.stdout.columns = columns;
    }
  });

  it("joins files to one life, and says its health beside the truth", () => {
    const words = ["--label", "1.25", "--resistance-ratio", "0.5", "--pause", "600"];
    const command = (...more: string[]) => tfmb(...words, ...more);
    const page = command();
    assert.doesNotMatch(page, /^ {2}truth /m, "one counter, as it is");
    assert.match(page, /^ {2}faults {6}capacity label 1\.25\n {14}told resistance 0\.5$/m);
    assert.match(page, /^ {2}capacity {4}.* at the end; truly \d+\.\d %$/m);
    assert.match(
      page,
      /^ {2}resistance {2}[\d.]+ times what is told, .*; 2\.00 if the cell is as/m,
    );
    const { health } = JSON.parse(command("--json")) as ReplayNumbers;
    assert.equal(health.true_resistance_ratio, 0.5);
    assert.ok(Math.abs(health.true_capacity_share - LABEL / 1.25) < 1e-9);
    const other = join(folder, "again.csv");
    writeFileSync(other, text);
    assert.throws(
      () => runReplay([file, other], { cell: CELL }),
      /^RecordError: again\.csv: begins at 100\.0 % SOC, the life before it ends at \d\d\./,
    );
    const back = join(folder, "back.csv");
    writeFileSync(back, charge);
    const joined = runReplay([file, back, `${file}#discharge`], { cell: CELL });
    assert.match(joined, /^plant\.csv, back\.csv, plant\.csv through the core/);
    assert.match(joined, /^ {2}truth .*plant\.csv .*\n.*back\.csv .* times 0\.9\d+ to end full\n/m);
  });

  it("hands every option to the replay", () => {
    const words =
      "--charge counter --voltages all --from 600 --settle 1200 --recovered 3 --start 0.4 " +
      "--start-sigma 0.2 --label 0.9 --resistance-ratio 2 --every 60 --dropout 0.1 --offset 0.01 " +
      "--gain 1.1 --noise 0.02 --adc-offset 3 --adc-gain 1.001 --adc-noise 2 --adc-bits 12 " +
      "--adc-range 4500 --seed 4 --no-integration";
    const numbers = numbersOf(...words.split(" "));
    assert.deepEqual(numbers.sensing, {
      ...{ charge: "counter", every_s: 60, integrated: false, dropout: 0.1 },
      ...{ current_offset_C: 0.01, current_gain: 1.1, current_noise_C: 0.02 },
      ...{ voltage_offset_mV: 3, voltage_gain: 1.001, voltage_noise_mV: 2 },
      ...{ adc_bits: 12, adc_range_mV: 4500 },
    });
    const { start, label_ratio, voltages, settle_s, recovered_pct, length_s } = numbers;
    assert.deepEqual(start, { soc: 0.4, sigma: 0.2 });
    assert.deepEqual([label_ratio, voltages, settle_s, recovered_pct], [0.9, "all", 1200, 3]);
    assert.ok(length_s <= 20 * 3600 - 600);
    assert.equal(numbers.replay, `tfmb replay ${file} --cell ${CELL} --holds ${HOLDS} ${words}`);
    assert.equal(numbersOf("--no-current", "--booked", "0.9").sensing.booked_gain, 0.9);
    assert.equal(numbersOf("--no-current").sensing.booked_gain, 1.1);
  });

  it("writes a report, numbers and a row for each wake, the same bytes each time", () => {
    const once = (name: string) => {
      const out = join(folder, name);
      assert.match(tfmb("--out", out, "--adc-noise", "1"), /report {6}\S+report\.html$/);
      assert.deepEqual(readdirSync(out).sort(), ["replay.json", "report.html", "trace.csv"]);
      return readdirSync(out).map((each) => readFileSync(join(out, each), "utf8"));
    };
    const [json, html, csv] = once("a");
    assert.deepEqual(once("b"), [json, html, csv]);
    assert.equal(csv!.split("\n").length, 3600 + 2);
    assert.match(
      csv!,
      /^t_s,soc,soc_estimate,soc_sigma,soc_counted,voltage_mV,current_nA,capacity_share,/,
    );
    assert.match(csv!, /\n0,1,.*,[\d.]*,[\d.]+\n/);
    assert.match(html!, /<svg[^>]*>\s*<title>Estimate and error/);
    assert.doesNotMatch(html!, /https?:(?!\/\/www\.w3\.org)|<script/);
    assert.equal((JSON.parse(json!) as ReplayNumbers).file, "plant.csv");
  });

  it("takes a cell's profile alone, as tfmb fit leaves it", () => {
    const { title, sources, profile } = part;
    const cell = join(folder, "cell.json");
    writeFileSync(cell, JSON.stringify({ title, sources: usedBy(profile, sources), profile }));
    const { commit: _, ...mine } = JSON.parse(
      runReplay([file], { cell, json: true }),
    ) as ReplayNumbers;
    const { commit: __, ...theirs } = JSON.parse(
      runReplay([file], { cell: CELL, json: true }),
    ) as ReplayNumbers;
    assert.deepEqual({ ...mine, cell: CELL, replay: theirs.replay }, theirs);
    writeFileSync(cell, JSON.stringify({ title, sources: {}, profile: { capacity_nAh: 1 } }));
    assert.throws(() => runReplay([file], { cell }), {
      name: "PartError",
      message: /cell\.json: /,
    });
  });

  it("says how many values the core refused, and when it cannot go on", () => {
    const broken = (to: (line: string, row: number) => string) =>
      writeFileSync(join(folder, "broken.csv"), text.split("\n").map(to).join("\n"));
    const run = () => runReplay([join(folder, "broken.csv")], { cell: CELL });
    broken((line, row) => (row === 99 ? line.replace(",25,", ",149,") : line));
    assert.match(run(), /^ {2}refused {5}1 values that the core excluded/m);
    broken((line, row) => (row > 99 ? line.replace(/^\d+/, (t) => String(Number(t) + 4e6)) : line));
    assert.throws(run, {
      name: "RecordError",
      message: /^the core stops at 4\d+\.000 s .*40 days/,
    });
  });

  it("says in one line what is wrong with record and options", () => {
    refused(/plant\.csv:1: no column "I" for current; there are/, "--columns", "current=I");
    refused(
      /largest current is .* C of enerchip-50uAh at --scale 1; give/,
      "--scale",
      "1",
      "--columns",
      "current=current_uA:A,counter=charge_uAh:Ah",
    );
    refused(/is 1000000 times the file's own count .*in uA/, "--columns", "current=current_uA:A");
    refused(/--start-sigma needs --start/, "--start-sigma", "0.1");
    refused(/--settle 999999 leaves nothing of 7\d+ s/, "--settle", "999999");
    const out = join(folder, "unwritten");
    refused(/--settle 999999 leaves nothing/, "--settle", "999999", "--out", out);
    assert.ok(!existsSync(out));
    refused(/plant\.csv: ends after 71980 s, before 80000 s/, "--from", "80000");
    refused(/--booked needs --no-current/, "--booked", "0.9");
    refused(/--charge sum must be one of trapezoid, mean, counter/, "--charge", "sum");
    refused(/--gain 11 must be 0\.1\.\.10/, "--gain", "11");
    assert.throws(
      () => runReplay([file], { cell: CELL, holds: CAPACITY_NAH / 4e9 }),
      /: plant\.csv: its charge takes enerchip-50uAh, 0\.00001\d+ Ah, from -\d+ to 1\d\d % /,
    );
    assert.throws(() => runReplay([join(folder, "none.csv")], { cell: CELL }), /does not exist/);
  });
});
