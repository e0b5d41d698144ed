// The files of a run: whole or not there, small enough for a year, bundled once; and trace.csv says
// what the trace says.

import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { buildReport, reportBundle } from "../../../tools/report/bundle.js";
import { traceCsv } from "../../../tools/report/csv.js";
import { reportPage } from "../../../tools/report/page.js";
import { ReportError, writeRun } from "../../../tools/report/write.js";
import { extremeRun, hoursRun, rowsOf, yearRun } from "./runs.js";

const root = mkdtempSync(join(tmpdir(), "tfmb-report-"));
after(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
const freshFolder = () => join(root, String(count++), "run");

describe("the files of a run", () => {
  it("are three, and a second run replaces them whole", () => {
    const dir = freshFolder();
    writeRun(dir, yearRun().numbers, yearRun().trace);
    const { numbers, trace } = hoursRun();
    writeRun(dir, numbers, trace);
    assert.deepEqual(readdirSync(dir).sort(), ["report.html", "run.json", "trace.csv"]);
    const text = readFileSync(join(dir, "run.json"), "utf8");
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(numbers)));
    assert.equal(readFileSync(join(dir, "trace.csv"), "utf8"), traceCsv(trace));
    assert.equal(readFileSync(join(dir, "report.html"), "utf8"), reportPage(numbers, trace));
  });

  const refused = (dir: string, says: RegExp) => {
    const { numbers, trace } = hoursRun();
    assert.throws(
      () => writeRun(dir, numbers, trace),
      (error) => {
        assert.ok(error instanceof ReportError, String(error));
        assert.match(error.message, says);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
    );
  };

  it("say in one line that the folder cannot be made", () => {
    const file = join(root, "a-file");
    writeFileSync(file, "");
    refused(file, /a-file: cannot make the folder \(EEXIST.*\); name a folder .* --out/);
    refused(join(file, "below"), /below: cannot make the folder \(ENOTDIR/);
  });

  it("leave what was there when one of them cannot be written", () => {
    for (const [obstacle, says] of [
      ["report.html", /report\.html: is a folder/],
      [`.trace.csv.${process.pid}.part`, /cannot write \(EISDIR/],
    ] as const) {
      const dir = freshFolder();
      mkdirSync(join(dir, obstacle), { recursive: true });
      writeFileSync(join(dir, "run.json"), "old");
      refused(dir, says);
      assert.equal(readFileSync(join(dir, "run.json"), "utf8"), "old");
      const left = readdirSync(dir).filter((name) => name !== obstacle);
      assert.deepEqual(left, ["run.json"], "nothing half-written is left behind");
    }
  });

  it("are small: a year of wakes in less than 3 MB, its rows in less than 1.5 MB", () => {
    const page = reportPage(yearRun().numbers, yearRun().trace);
    assert.ok(Buffer.byteLength(page) < 3e6, `report.html of ${page.length} bytes`);
    assert.ok(rowsOf(page).length < 1.5e6, `rows of ${rowsOf(page).length} bytes`);
  });
});

describe("trace.csv", () => {
  const columns = ["t_s", "lux", "temperature_degC", "soc", "estimate", "sigma"] as const;
  const others = ["voltage_mV", "harvest_nA", "load_nA"] as const;

  it("gives every value back within its last digit, and gaps as empty fields", () => {
    for (const { trace } of [yearRun(), hoursRun(), extremeRun()]) {
      const [head = "", ...lines] = traceCsv(trace).trimEnd().split("\n");
      assert.match(head, /^t_s,light_lx,temperature_degC,soc,soc_estimate,soc_sigma,voltage_mV,/);
      assert.equal(lines.length, trace.count);
      const absolute = [5.1e-4, 0, 5.1e-3, 5.1e-7, 5.1e-7, 5.1e-7, 5.1e-3, 0, 0];
      const relative = [0, 5.1e-5, 0, 0, 0, 0, 0, 5.1e-6, 5.1e-6];
      lines.forEach((line, row) => {
        const fields = line.split(",");
        assert.equal(fields.length, 10);
        [...columns, ...others].forEach((name, i) => {
          const value = trace[name][row]!;
          const read = fields[i] === "" ? NaN : Number(fields[i]);
          if (!Number.isFinite(value)) return assert.ok(Number.isNaN(read), `${name} ${row}`);
          const bound = absolute[i]! + relative[i]! * Math.abs(value) + 1e-15 * Math.abs(value);
          if (!(Math.abs(read - value) <= bound)) assert.fail(`${name} ${row}: ${read} ${value}`);
        });
      });
    }
  });

  it("names the modes", () => {
    const lines = traceCsv(extremeRun().trace).split("\n");
    assert.match(lines[210] ?? "", /,off$/);
    assert.match(lines[105] ?? "", /,mode 77$/);
    assert.match(lines[1] ?? "", /,(sleep|active|burst|survival)$/);
  });
});

describe("the script and the style of the page", () => {
  it("are bundled once, and again when a source is newer", () => {
    const file = join(root, "built", "report.js");
    const { script, style } = reportBundle(file);
    assert.deepEqual([readFileSync(file, "utf8"), style.includes(".uplot")], [script, true]);
    writeFileSync(file, "kept");
    assert.equal(reportBundle(file).script, "kept");
    utimesSync(file, 1, 1);
    assert.equal(reportBundle(file).script, script);
    assert.ok(statSync(file).mtimeMs > 1000);
    assert.deepEqual(buildReport(file), { script, style }, "the same bytes from the same sources");
    assert.match(script, /uPlot[^]*MIT License[^]*Leon Sorokin/);
    assert.doesNotMatch(script + style, /https?:\/\/|<\/(script|style)|<!--/i);
  });
});
