// A harvester's file is of one of four kinds, each with its own numbers; the simulated node takes
// only the one that it can be driven by, and says so.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkPart, PartError } from "../../boards/check.js";
import { listParts, readPart } from "../../boards/parts.js";
import { environmentOf, plantOf } from "../../boards/plant.js";
import { SOURCE_KINDS } from "../../boards/schema/board.js";
import { plain } from "../../boards/schema/quantity.js";
import { partsOf } from "../../tools/simulate/setup.js";
import { projectPath } from "../../tools/build/paths.js";

const root = projectPath("boards");

/** The line that a changed file of that name gives. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function lineAfter(name: string, change: (physics: any) => void): string {
  const file = JSON.parse(readFileSync(`${root}/harvesters/${name}.json`, "utf8"));
  change(file.physics);
  try {
    checkPart("harvester", file, "x.json");
  } catch (error) {
    assert.ok(error instanceof PartError);
    assert.ok(!error.message.includes("\n"));
    return error.message;
  }
  return "accepted";
}

const files = listParts(root, "harvester");

describe("the files of harvesters", () => {
  it("are of all kinds that a board's profile knows", () => {
    const kinds = files.map((name) => plain(readPart(root, "harvester", name)).physics.kind);
    assert.deepEqual([...new Set(kinds)].sort(), [...SOURCE_KINDS].sort());
  });

  it("name place, value, range and remedy, by their kind", () => {
    assert.equal(
      lineAfter("teg-16p8mV", (physics) => (physics.internal_ohm.value = -16)),
      "x.json: physics.internal_ohm = -16 must be 0.001..1000000 ohm; " +
        "correct the value, or its unit",
    );
    assert.match(
      lineAfter("piezo-20nF", (physics) => (physics.diode.ideality.value = 50)),
      /physics\.diode\.ideality = 50 must be 0\.5\.\.5;/,
    );
    assert.match(
      lineAfter("rf-868MHz", (physics) => (physics.rectifier.efficiency.value[1] = 55)),
      /physics\.rectifier\.efficiency\[1\] = 55 must be 0\.000001\.\.1;/,
    );
    assert.equal(
      lineAfter("piezo-20nF", (physics) => delete physics.mass_g),
      "x.json: physics.mass_g is missing; add it",
    );
    assert.match(
      lineAfter("am1417", (physics) => (physics.kind = "solar")),
      /physics\.kind = "solar" must be one of photovoltaic, piezoelectric, thermoelectric, rf;/,
    );
    assert.match(
      lineAfter("am1417", (physics) => delete physics.kind),
      /physics\.kind = undefined must be one of photovoltaic, /,
    );
  });

  it("say what a misspelt name was meant to be, among those of their kind", () => {
    assert.equal(
      lineAfter("teg-16p8mV", (physics) => {
        physics.internl_ohm = physics.internal_ohm;
        delete physics.internal_ohm;
      }),
      "x.json: physics.internl_ohm is not a known name; did you mean internal_ohm?",
    );
    assert.equal(
      lineAfter("piezo-20nF", (physics) => (physics.diode.xyz = 1)),
      "x.json: physics.diode.xyz is not a known name; known: saturation_nA, ideality",
    );
    assert.match(
      lineAfter("rf-868MHz", (physics) => (physics.light = {})),
      /physics\.light is not a known name; known: kind, rectifier$/,
    );
  });

  it("give one line whatever their physics is replaced by", () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.jsonValue(), (name, value) => {
        const file = { ...readPart(root, "harvester", name), physics: value };
        assert.throws(() => checkPart("harvester", file, "x.json"), /^PartError: x\.json: .+$/);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the simulated node", () => {
  const HOURS = 24;

  function build(harvester: string): void {
    const set = [`board.physics.harvester=${harvester}`];
    const parts = partsOf(root, { scenario: "default-year", set });
    plantOf(parts, environmentOf(parts, 1, HOURS), 1);
  }

  it("is driven by every panel", () => {
    for (const name of files) {
      if (readPart(root, "harvester", name).physics.kind === "photovoltaic") build(name);
    }
  });

  it("refuses a kind of which its profile says another, with the place and the remedy", () => {
    assert.throws(() => build("teg-16p8mV"), {
      name: "PartError",
      message:
        "boards/boards/nrf52840-bq25570.json: profile.sources[0].kind = photovoltaic must be " +
        "thermoelectric: teg-16p8mV is; name one of that kind, or change the profile",
    });
  });
});
