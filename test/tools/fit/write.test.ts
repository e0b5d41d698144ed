// `tfmb fit` writes what the data tell into a cell file, whole or not at all, and says in one line
// what is wrong with a folder.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import * as prettier from "prettier";
import { checkPart } from "../../../boards/check.js";
import { plain } from "../../../boards/schema/quantity.js";
import { projectPath } from "../../../tools/build/paths.js";
import { MANIFEST_FILE, type Manifest } from "../../../tools/characterise/manifest.js";
import { fit } from "../../../tools/commands/fit.js";
import { fittedFile, folder, part, scratch, stated } from "./records.js";

const file = await fittedFile("fitted.json");
const text = fs.readFileSync(file, "utf8");

describe("tfmb fit --write", () => {
  it("leaves the file as Prettier would", async () => {
    const config = await prettier.resolveConfig(projectPath("boards/cells/cell.json"));
    assert.equal(await prettier.format(text, { ...config, parser: "json" }), text);
  });

  it("drops a source that no number names any more", async () => {
    const data = JSON.parse(text) as typeof part;
    data.sources["Label"] = "printed on the cell";
    data.profile.capacity_nAh = { value: 7e5, tag: "M", source: "Label" };
    const labelled = join(scratch, "labelled.json");
    fs.writeFileSync(labelled, JSON.stringify(data));
    await fit({ folder, cell: labelled, write: true });
    assert.equal(fs.readFileSync(labelled, "utf8"), text);
  });

  it("changes what the data tell, with their source, and nothing else", () => {
    const after_fit = plain(checkPart("cell", JSON.parse(text), file)).profile;
    const changed = Object.entries(after_fit)
      .filter(([name, value]) => {
        const before = (stated as Record<string, unknown>)[name];
        return JSON.stringify(value) !== JSON.stringify(before);
      })
      .map(([name]) => name);
    const may = ["capacity_nAh", "resistance_ohm", "activation_K", "diffusion_gain", "soc_sigma"];
    may.push("resistance_sigma", "voltage_sigma_mV", "tables");
    assert.deepEqual(
      changed.filter((name) => !may.includes(name)),
      [],
    );
    for (const name of may.slice(0, -1)) {
      const { tag, source } = (JSON.parse(text) as typeof part).profile[name as "capacity_nAh"];
      assert.deepEqual([tag, source], ["C", "fit"], name);
    }
    const { sources, physics: untouched } = JSON.parse(text) as typeof part;
    assert.match(sources["fit"]!, /tfmb characterise r20-0p7mAh --seed 1, then tfmb fit/);
    assert.deepEqual(untouched, part.physics);
    const { tables } = after_fit;
    assert.ok(tables.soc.length <= 16 && tables.soc[0] === 0 && tables.soc.at(-1) === 1);
    const rising = (values: number[]) => values.every((x, i) => i === 0 || x > values[i - 1]!);
    assert.ok(rising(tables.soc) && rising(tables.ocv[0]!.ocv_mV));
  });

  it("gives the same bytes again, also on its own result", async () => {
    assert.equal(fs.readFileSync(await fittedFile("again.json"), "utf8"), text);
    await fit({ folder, cell: file, write: true });
    assert.equal(fs.readFileSync(file, "utf8"), text);
  });

  it("prints a page of 100 columns, or JSON, and writes nothing without --write", async () => {
    const page = await fit({ folder, cell: file });
    assert.ok(
      page.split("\n").every((line) => [...line].length <= 100),
      page,
    );
    assert.match(page, /check .* not fitted/);
    assert.match(page, /not in data .*area, CCD, limits, self-discharge/);
    const fields = JSON.parse(await fit({ folder, json: true })) as Record<string, unknown>;
    assert.ok("tables" in fields && "capacity_nAh" in fields);
    assert.equal(fs.readFileSync(file, "utf8"), text);
  });
});

describe("errors of tfmb fit", () => {
  const copies = (change: (copy: string) => void): string => {
    const copy = fs.mkdtempSync(join(scratch, "copy-"));
    fs.cpSync(folder, copy, { recursive: true });
    change(copy);
    return copy;
  };
  const edits = (name: string, edit: (text: string) => string): string =>
    copies((copy) => {
      const path = join(copy, name);
      fs.writeFileSync(path, edit(fs.readFileSync(path, "utf8")));
    });
  const manifestWith = (edit: (manifest: Manifest) => void): string =>
    edits(MANIFEST_FILE, (json) => {
      const manifest = JSON.parse(json) as Manifest;
      edit(manifest);
      return JSON.stringify(manifest);
    });
  const line = (number: number, to: (line: string) => string) => (all: string) =>
    all
      .split("\n")
      .map((row, i) => (i === number - 1 ? to(row) : row))
      .join("\n");
  /** One line that says `says`; the cell file stays as it was. */
  async function fails(records: string, says: RegExp, cell = file): Promise<void> {
    await assert.rejects(fit({ folder: records, cell, write: true }), (error: Error) => {
      assert.match(error.message, says);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
    assert.equal(fs.readFileSync(file, "utf8"), text);
    const left = fs.readdirSync(scratch).filter((name) => name.includes("partial"));
    assert.deepEqual(left, []);
  }

  it("name the file, the line and the column", async () => {
    const slow = "slow_25degC.csv";
    await fails(join(scratch, "none"), /none.characterisation\.json: does not exist; the folder/);
    await fails(
      copies((at) => fs.rmSync(join(at, slow))),
      /slow_25degC\.csv: does not exist/,
    );
    await fails(
      edits(MANIFEST_FILE, () => "{"),
      /characterisation\.json: not JSON/,
    );
    await fails(
      edits(slow, (all) => all.replace("voltage_V", "volts")),
      /slow_25degC\.csv:1: the header "test_time_s,.*" must name voltage_V/,
    );
    await fails(
      edits(slow, (all) => all.slice(0, 300)),
      /csv: [0-9] rows, it must have at least 10/,
    );
    await fails(
      edits(
        slow,
        line(7, (row) => row.replace(/^[^,]*/, "0.05")),
      ),
      /csv:7: test_time_s = 0\.05 must be > [\d.]+, the row before/,
    );
    await fails(
      edits(
        slow,
        line(9, (row) => row.replace(/^([^,]*,[^,]*),[^,]*/, "$1,much")),
      ),
      /csv:9: current_uA = "much" must be a number/,
    );
    await fails(
      edits(
        slow,
        line(5, () => "1,2"),
      ),
      /csv:5: current_uA = "" must be a number/,
    );
  });

  it("say what the records lack", async () => {
    const without = (procedure: string) =>
      manifestWith((manifest) => {
        manifest.files = manifest.files.filter((entry) => entry.procedure !== procedure);
      });
    for (const procedure of ["slow", "gitt", "temperature"]) {
      await fails(without(procedure), new RegExp(`no file of procedure ${procedure}; record one`));
    }
    const cut = (share: number) => (all: string) => {
      const rows = all.split("\n");
      return rows.slice(0, Math.round(rows.length * share)).join("\n");
    };
    await fails(
      edits("slow_25degC.csv", cut(0.3)),
      /no way from a full charge to a full discharge/,
    );
    const cold = edits("temperatures.csv", (all) => all.replace(/,(-10|0|10|40)\.0,/g, ",25.0,"));
    await fails(cold, /clear pulses over 0 K, it must be at least 10 over 15 K/);
  });

  it("refuse a manifest that is wrong, or of another cell", async () => {
    await fails(
      manifestWith((manifest) => (manifest.instrument.voltage_noise_mV = -1)),
      /characterisation\.json: instrument\.voltage_noise_mV = -1 must be 0\.\.100/,
    );
    await fails(
      manifestWith((manifest) => (manifest.files[0]!.file = "../x.csv")),
      /files\.0\.file = .*must be a CSV file of this folder/,
    );
    const enerchip = join(scratch, "enerchip.json");
    fs.copyFileSync(projectPath("boards/cells/enerchip-50uAh.json"), enerchip);
    const before = fs.readFileSync(enerchip, "utf8");
    await fails(folder, /cut-off and float are 3 and 4\.1 V, the records are between/, enerchip);
    assert.equal(fs.readFileSync(enerchip, "utf8"), before);
  });
});
