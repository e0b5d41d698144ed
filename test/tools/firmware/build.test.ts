// `tfmb build`: every board that says what runs on it gets files with its profile inside, or one
// line that says what is missing.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { crc32 } from "node:zlib";
import { listParts, readPart } from "../../../boards/parts.js";
import { CHIPS, isInstalled } from "../../../tools/build/images.js";
import { projectPath } from "../../../tools/build/paths.js";
import { runBuild } from "../../../tools/commands/build.js";
import { readBuilt } from "../../../tools/firmware/firmware.js";
import { espruinoFiles, moddableFiles } from "../../../tools/firmware/module_firmware.js";
import { profileC } from "../../../tools/firmware/profile_files.js";

const PROFILE = Uint8Array.of(0x50, 0x4d, 0x46, 0x54, 1, 2, 3, 4);
let folder = "";
before(() => (folder = mkdtempSync(join(tmpdir(), "tfmb-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

describe("firmware in C", () => {
  const boards = listParts(projectPath("boards"), "board").filter(
    (name) => readPart(projectPath("boards"), "board", name).firmware?.runtime === "c",
  );

  for (const board of boards.filter((name) => !name.includes("-teg") && name !== "pico")) {
    it(`of ${board} holds the library and the profile, and an image where it can`, () => {
      const out = join(folder, board);
      const said = runBuild({ board, out });
      const built = readBuilt(out, board);
      assert.equal(crc32(readFileSync(join(out, "profile.bin"))), built.profile_crc);
      for (const name of ["core.c", "tfmb.h", "node.c", "node_profile.c"]) {
        assert.ok(built.files.includes(name), name);
      }
      for (const name of built.files) assert.ok(existsSync(join(out, name)), name);
      const { firmware } = readPart(projectPath("boards"), "board", board);
      assert.ok(firmware?.runtime === "c");
      const linked = firmware.image !== undefined && isInstalled(CHIPS.m4f.family.compiler);
      assert.equal(built.files.includes("node.hex"), linked);
      assert.equal(/note +no image: /.test(said), !linked);
      if (linked) assert.match(readFileSync(join(out, "node.hex"), "utf8"), /^:[0-9A-F]+\r?\n/);
    });
  }

  it("has the profile's words as they lie in memory", () => {
    const source = profileC(PROFILE, "x */ y");
    assert.match(source, /\{\n {2}0x54464d50u, 0x04030201u,\n\}/);
    assert.equal(source.match(/\*\//g)!.length, 1);
  });
});

describe("firmware as a module", () => {
  it("of Espruino is refused where the module could not read what the board has", () => {
    const built = (set: string[]) => () =>
      runBuild({ board: "puckjs", set, out: join(folder, "e") });
    assert.throws(
      () => runBuild({ board: "puckjs", cell: "enerchip-100uAh-loaded", out: join(folder, "e") }),
      /enerchip-100uAh-loaded.json: profile.polarization is .*, which the Espruino module lacks; /,
    );
    assert.throws(
      built(['board.profile.observables=["voltage","charge"]']),
      /puckjs.json: profile.observables has charge, which the Espruino module does not read; /,
    );
  });

  it("of Espruino has the names of its Storage", () => {
    for (const name of ["tfmb.min.js", "tfmb.bin"]) writeFileSync(join(folder, name), name);
    const { files } = espruinoFiles(PROFILE, folder);
    assert.deepEqual(Object.keys(files).sort(), ["tfmb", "tfmb.bin", "tfmb.pro"]);
    for (const name of Object.keys(files)) assert.ok(name.length <= 8, name);
    assert.equal(files["tfmb.pro"], PROFILE);
  });

  it("of Moddable has the profile as a module, and a manifest with it", async () => {
    const module = mkdtempSync(join(folder, "moddable-"));
    writeFileSync(join(module, "manifest.json"), "{}");
    const platform = { runtime: "moddable", platform: "nrf52/moddable_four" } as const;
    const { files, notes } = moddableFiles(platform, PROFILE, "a node", module);
    writeFileSync(join(module, "profile.mjs"), files["profile.js"]!);
    const loaded = (await import(join(module, "profile.mjs"))) as { default: Uint8Array };
    assert.deepEqual(loaded.default, PROFILE);
    const manifest = JSON.parse(files["manifest_node.json"] as string) as object;
    assert.deepEqual(manifest, {
      include: ["./manifest.json"],
      modules: { "tfmb/profile": "./profile" },
      preload: ["tfmb/profile"],
    });
    assert.match(notes[0]!, /mcconfig -m -p nrf52\/moddable_four/);
  });

  it("that was not built is said so, in one line", () => {
    const nowhere = join(folder, "nowhere");
    assert.throws(() => espruinoFiles(PROFILE, nowhere), /tfmb.min.js: does not exist, .*npm run/);
  });
});

describe("a wrong question", () => {
  it("has one line, and nothing is written", () => {
    const out = join(folder, "none");
    assert.throws(() => runBuild({ out }), /build needs --board NAME/);
    assert.throws(() => runBuild({ board: "mm-node", out }), /mm-node.json: nothing runs on it/);
    assert.throws(() => runBuild({ board: "picco", out }), /did you mean pico/);
    assert.ok(!existsSync(out));
  });

  it("does not mix its files into somebody else's folder", () => {
    const foreign = mkdtempSync(join(folder, "foreign "));
    runBuild({ board: "stm32l476-cbc3150", out: foreign });
    rmSync(join(foreign, "build.json"));
    const before_names = readdirSync(foreign);
    const again = () => runBuild({ board: "stm32l476-cbc3150", out: foreign });
    assert.throws(again, /foreign .*: holds other files and no build.json; name a new folder, or/);
    assert.deepEqual(readdirSync(foreign), before_names);
    const within = join(
      foreign,
      before_names.find((name) => name.endsWith(".c"))!,
      "x",
    );
    assert.throws(() => runBuild({ board: "stm32l476-cbc3150", out: within }), {
      name: "ReportError",
      message: /^[^\n]*: cannot make the folder [^\n]*$/,
    });
  });

  it("is answered with a command that can be pasted, and its folder can be built again", () => {
    const spaced = join(folder, "pi co");
    const board = "stm32l476-cbc3150";
    assert.ok(runBuild({ board, out: spaced }).endsWith(` --from '${spaced}'`));
    assert.ok(runBuild({ board, out: spaced }).includes("profile"));
  });
});
