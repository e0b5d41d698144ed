// Every part file is right; a wrong one gives one line with place, value, range and remedy.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkPart, PartError } from "../../boards/check.js";
import { listParts, readPart, readScenario } from "../../boards/parts.js";
import { staleSchemas } from "../../boards/schema/generate.js";
import { KINDS, type Kind } from "../../boards/schema/kinds.js";
import { isQuantity } from "../../boards/schema/quantity.js";
import { projectPath } from "../../tools/build/paths.js";
import { profileRows, rangeOf } from "../host/core_fixture.js";

const root = projectPath("boards");
const kinds = Object.keys(KINDS) as Kind[];

/** A fresh copy of a file's data, of any shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const dataOf = (kind: Kind, name: string): any =>
  JSON.parse(readFileSync(`${root}/${KINDS[kind].folder}/${name}.json`, "utf8"));

/** The line that a changed cell file gives. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function lineAfter(change: (cell: any) => void): string {
  const cell = dataOf("cell", "enerchip-50uAh");
  change(cell);
  try {
    checkPart("cell", cell, "boards/cells/x.json");
  } catch (error) {
    assert.ok(error instanceof PartError);
    assert.ok(!error.message.includes("\n"));
    return error.message;
  }
  return "accepted";
}

/** Every place of a value that is no object. */
function leavesOf(value: object): [Record<string, unknown>, string][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null
      ? leavesOf(inner as object)
      : [[value as Record<string, unknown>, key] as [Record<string, unknown>, string]],
  );
}

describe("part files", () => {
  for (const kind of kinds) {
    it(`${kind}: every file passes its schema and names it`, () => {
      const names = listParts(root, kind);
      assert.ok(names.length > 0);
      for (const name of names) {
        const part = readPart(root, kind, name);
        const up = KINDS[kind].folder.replaceAll(/[^/]+/g, "..");
        assert.equal(part.$schema, `${up}/schema/${kind}.schema.json`, name);
      }
    });
  }

  it("every cell, board, load and scenario is there", () => {
    const cells = [
      ...["d11-10uAh", "enerchip-100uAh", "enerchip-12uAh", "enerchip-50uAh", "enerchip-5uAh"],
      ...["lfp-25uAh", "lnmo-50uAh", "r20-0p7mAh", "r20-12uAh", "r20-50uAh"],
    ];
    for (const name of cells) assert.ok(listParts(root, "cell").includes(name), name);
    assert.ok(listParts(root, "board").includes("nrf52840-bq25570"));
    for (const name of ["bq25570", "cbc3150"]) assert.ok(listParts(root, "pmic").includes(name));
    const limit = (name: string) =>
      readPart(root, "board", name).profile.actuators.includes("charge_limit");
    assert.ok(listParts(root, "board").some((name) => !limit(name)));
    assert.ok(listParts(root, "load").includes("climate-logger"));
    assert.ok(listParts(root, "scenario").includes("default-year"));
  });

  it("every scenario names parts that exist", () => {
    for (const name of listParts(root, "scenario")) readScenario(root, name);
  });

  it("the JSON Schemas are those of the valibot schemas", async () => {
    assert.deepEqual(await staleSchemas(), [], "run node --import tsx boards/schema/generate.ts");
    const files = readdirSync(`${root}/schema`).filter((file) => file.endsWith(".json"));
    assert.deepEqual(files.sort(), kinds.map((kind) => `${kind}.schema.json`).sort());
  });

  it("the ranges of the schemas are those of assembly/abi.txt", () => {
    // one JSON Schema node: of a number, or of a list of numbers
    interface Json {
      properties?: Record<string, Json>;
      items?: Json;
      minimum?: number;
      maximum?: number;
      minItems?: number;
    }
    const schemaOf = (kind: Kind) =>
      JSON.parse(readFileSync(`${root}/schema/${kind}.schema.json`, "utf8")) as Json;
    const fields = {
      ...schemaOf("cell").properties!.profile!.properties,
      ...schemaOf("board").properties!.profile!.properties,
      ...schemaOf("load").properties!.policy!.properties,
      ...schemaOf("load").properties,
    };
    let compared = 0;
    for (const row of profileRows()) {
      const range = rangeOf(row.range);
      const value = fields[row.name]?.properties?.value;
      if (range === undefined || value === undefined) continue;
      const element = row.count > 1 ? value.items! : value;
      assert.deepEqual([element.minimum, element.maximum], range, row.name);
      if (row.count > 1) assert.equal(value.minItems, row.count, row.name);
      compared++;
    }
    assert.ok(compared > 45, `only ${compared} fields compared`);
  });

  it("every assumption says why, and every other number has a source", () => {
    const check = (file: string, value: unknown): void => {
      if (isQuantity(value)) {
        const known = value.tag === "A" ? value.note : value.source;
        assert.ok(known !== undefined && known !== "", `${file}: ${JSON.stringify(value)}`);
      } else if (typeof value === "object" && value !== null) {
        for (const inner of Object.values(value)) check(file, inner);
      }
    };
    for (const kind of ["cell", "board", "load"] as const) {
      for (const name of listParts(root, kind)) check(name, dataOf(kind, name));
    }
  });
});

describe("a wrong part file", () => {
  const where = "boards/cells/x.json: ";

  it("names place, value, range and remedy", () => {
    assert.equal(
      lineAfter((cell) => (cell.profile.area_cm2.value = -3)),
      `${where}profile.area_cm2 = -3 must be 0.001..1000 cm2; correct the value, or its unit`,
    );
    assert.equal(
      lineAfter((cell) => (cell.profile.tables.ocv[0].ocv_mV.value[2] = 9000)),
      `${where}profile.tables.ocv[0].ocv_mV[2] = 9000 must be 0..6000 mV; ` +
        "correct the value, or its unit",
    );
    assert.match(
      lineAfter((cell) => (cell.profile.ccd_level.value = [1, 1])),
      /profile\.ccd_level = \[1,1\] must be a list of 3 numbers/,
    );
    assert.match(
      lineAfter((cell) => (cell.profile.float_mV.value = "4.1 V")),
      /profile\.float_mV = "4\.1 V" must be 0\.\.6000 mV/,
    );
    assert.match(
      lineAfter((cell) => (cell.profile.float_mV.tag = "X")),
      /profile\.float_mV\.tag = "X" must be one of M, D, F, S, C, A/,
    );
  });

  it("refuses a board that reads a current and counts no charge", () => {
    const board = dataOf("board", "nrf52840-bq25570-metered");
    checkPart("board", board, "x.json");
    board.profile.observables = ["voltage", "current"];
    assert.throws(
      () => checkPart("board", board, "x.json"),
      /^PartError: x\.json: profile\.observables = .* must have "charge" where it has "current"; /,
    );
  });

  it("names what is missing, and what a misspelt name was meant to be", () => {
    assert.equal(
      lineAfter((cell) => delete cell.profile.area_cm2),
      `${where}profile.area_cm2 is missing; add it`,
    );
    const misspelt = lineAfter((cell) => {
      cell.profile.aera_cm2 = cell.profile.area_cm2;
      delete cell.profile.area_cm2;
    });
    assert.equal(misspelt, `${where}profile.aera_cm2 is not a known name; did you mean area_cm2?`);
    assert.match(
      lineAfter((cell) => (cell.physics.xyz = 1)),
      /physics\.xyz is not a known name; known: area_cm2, /,
    );
  });

  it("names a number without provenance", () => {
    assert.match(
      lineAfter((cell) => (cell.profile.float_mV = 4100)),
      /profile\.float_mV = 4100 must be \{ value, tag, and source or note \}/,
    );
    assert.match(
      lineAfter((cell) => delete cell.profile.capacity_nAh.source),
      /profile\.capacity_nAh has tag C and no source; add it/,
    );
    assert.match(
      lineAfter((cell) => (cell.profile.capacity_nAh.source = "nobody")),
      /profile\.capacity_nAh\.source = "nobody" must be one of R20, /,
    );
    assert.match(
      lineAfter((cell) => delete cell.profile.ccd_age.note),
      /profile\.ccd_age is assumed; add a note that says why/,
    );
    assert.match(
      lineAfter((cell) => (cell.sources.Spare = "a paper")),
      /sources\.Spare is not used; remove it/,
    );
  });

  it("gives one line whatever a leaf is replaced by", () => {
    fc.assert(
      fc.property(fc.nat(), fc.jsonValue(), (pick, value) => {
        const line = lineAfter((cell) => {
          const leaves = leavesOf(cell);
          const [parent, key] = leaves[pick % leaves.length]!;
          parent[key] = value;
        });
        assert.match(line, /^(accepted|boards\/cells\/x\.json: .+)$/);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it("gives a line for whatever else it is", () => {
    for (const data of [null, 3, [], "cell", {}]) {
      assert.throws(() => checkPart("cell", data, "x.json"), { name: "PartError" });
    }
    assert.throws(
      () => readPart(root, "cell", "enerchip-50uah"),
      /cell "enerchip-50uah" is not in boards\/cells; did you mean enerchip-50uAh\?/,
    );
    assert.throws(() => readPart(root, "board", "../cells/x"), /is not in boards\/boards/);
  });
});
