// `tfmb fit FILE...` writes a cell file and a report, whole or not at all.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { checkAgainst } from "../../../../boards/check.js";
import { cellProfile } from "../../../../boards/schema/cell.js";
import { fitPaths, type FitPathsOptions } from "../../../../tools/commands/fit.js";
import * as laboratory from "./laboratory.js";

const scratch = fs.mkdtempSync(join(tmpdir(), "tfmb-measured-"));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

const place = (name: string, text: string | Buffer): string => {
  const file = join(scratch, name);
  fs.writeFileSync(file, text);
  return file;
};
const slow = place("slow.csv", laboratory.neware(laboratory.slowDischarge(25)));
// EC-Lab's own encoding
const drive = place("drive.mpt", Buffer.from(laboratory.biologic(laboratory.drive(5)), "latin1"));
const out = join(scratch, "out");

describe("tfmb fit FILE...", () => {
  it("writes cell.json, which says where each number is from, and report.html", async () => {
    const page = await fitPaths([slow, drive], { out, labelMAh: 2 });
    assert.match(page, /^2 files \(Neware, BioLogic\): 19\d\d?\.?\d* mAh|^2 files/);
    assert.match(page, /out: cell\.json and report\.html written$/);
    assert.ok(page.split("\n").every((line) => [...line].length <= 100 + scratch.length));
    const file = join(out, "cell.json");
    const { profile, sources } = checkAgainst(
      cellProfile,
      JSON.parse(fs.readFileSync(file, "utf8")),
      file,
    );
    assert.match(sources["fit"]!, /slow\.csv, drive\.mpt/);
    assert.equal(profile.resistance_ohm.tag, "C");
    assert.deepEqual([profile.area_cm2.tag, profile.tables.dudt_mV_K.tag], ["A", "A"]);
    assert.match(profile.area_cm2.note!, /not in the files: as r20-50uAh, scaled by capacity/);
    // per capacity the stand-in's own
    assert.ok(Math.abs(profile.area_cm2.value / (0.1463 * (1.95e6 / 52309)) - 1) < 0.05);
    const report = fs.readFileSync(join(out, "report.html"), "utf8");
    const polarization = profile.polarization!;
    assert.deepEqual([polarization.slow_ohm.tag, polarization.activation_kK.tag], ["C", "A"]);
    assert.equal(report.match(/<svg/g)?.length, 7);
    assert.match(report, /The cell under load, at 25 degC[^]*kinetic[^]*self-heating/);
    assert.match(report, /drive\.mpt/);
    assert.doesNotMatch(report, /<script|NaN|undefined/);
    assert.deepEqual(fs.readdirSync(out).sort(), ["cell.json", "report.html"]);
  });

  it("scales to another capacity: R times capacity stays", async () => {
    const json = async (options: FitPathsOptions) =>
      JSON.parse(await fitPaths([slow, drive], { json: true, ...options })) as {
        profile: Record<string, { value: number }>;
      };
    const [own, small] = [await json({}), await json({ asUAh: 50 })];
    const product = ({ profile }: typeof own) =>
      profile["capacity_nAh"]!.value * profile["resistance_ohm"]!.value;
    assert.equal(small.profile["capacity_nAh"]!.value, 50000);
    assert.ok(Math.abs(product(own) / product(small) - 1) < 1e-3);
  });
});

describe("errors of tfmb fit FILE...", () => {
  async function fails(paths: string[], options: FitPathsOptions, says: RegExp): Promise<void> {
    const unwritten = join(scratch, "none");
    await assert.rejects(fitPaths(paths, { out: unwritten, ...options }), (error: Error) => {
      assert.match(error.message, says);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
    assert.ok(!fs.existsSync(unwritten));
  }

  it("name the file, the option and the remedy", async () => {
    await fails([slow, join(scratch, "no.csv")], {}, /no\.csv: does not exist; name files of a/);
    await fails([join(scratch, "no.csv")], {}, /no\.csv: does not exist; name files of a/);
    const workbook = place("book.xlsx", Buffer.from([80, 75, 3, 4, 0, 0]));
    await fails(
      [slow, workbook],
      {},
      /book\.xlsx: is no text; export it from the tester as CSV or/,
    );
    await fails([slow, scratch], {}, /is a folder; name files of a/);
    await fails(
      [slow],
      { columns: "clock=t" },
      /--columns clock=t must be KIND=\[-\]NAME\[:UNIT\], with KIND of/,
    );
    await fails(
      [slow],
      { columns: "time=t" },
      /slow\.csv:1: no column "t" for time; there are DataPoint, Cycle Index/,
    );
    await fails([slow], { write: true }, /--write is for a folder that tfmb characterise wrote/);
    await fails([scratch], {}, /--out is for a laboratory's own files; leave it out here/);
    await fails([slow], { cell: "none" }, /cell "none" is not in boards\/cells/);
  });

  it("say that the core reads no larger cell", async () => {
    const rows = laboratory.slowDischarge(25);
    const large = rows.map((row) => ({ ...row, current_mA: 1000 * row.current_mA }));
    const text = laboratory.plainText(large);
    await fails(
      [place("large.csv", text)],
      {},
      /19\d\d\.\d mAh, the core reads up to 10 mAh; .*--as/,
    );
  });
});
