// Espruino's own interpreter, where ESPRUINO_BIN names one: the module loads there, refuses what it
// should, and its journal and advertisement work. No package brings an interpreter, so this is the
// one test that may be skipped.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { buildPath } from "../../../tools/build/paths.js";
import { missing } from "./fixture.js";

const binary = process.env.ESPRUINO_BIN;
const skip = binary === undefined ? "ESPRUINO_BIN names no Espruino interpreter" : missing();

/** A bus that keeps what is written behind two address bytes. */
const SCRIPT = (module: string) => `
Modules.addCached("tfmb", ${JSON.stringify(module)});
var tfmb = require("tfmb");
var memory = new Uint8Array(512), at = 0;
var bus = {
  writeTo: function (device, place, data) {
    at = 256 * place[0] + place[1];
    if (data) memory.set(data, at);
  },
  readFrom: function (device, length) { return new Uint8Array(memory.buffer, at, length); }
};
var journal = tfmb.fram(bus, 0x50);
journal.program(256, new Uint8Array([1, 2, 3, 4]));
var seen = new Uint8Array(4);
journal.read(256, seen);
var refused = "";
try { tfmb.connect({}, { divider: 0 }); } catch (error) { refused = error.toString(); }
print("RESULT " + JSON.stringify([Object.keys(tfmb), E.toJS(seen), refused]));
`;

test("the emitted module runs in Espruino itself", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "tfmb-espruino-"));
  try {
    for (const name of ["tfmb.js", "tfmb.min.js"]) {
      const script = join(folder, "run.js");
      writeFileSync(script, SCRIPT(readFileSync(buildPath(`espruino/${name}`), "utf8")));
      const { stdout } = spawnSync(binary!, [script], { encoding: "utf8", timeout: 60_000 });
      const line = /^RESULT (.*)$/m.exec(stdout)?.[1];
      assert.ok(line, stdout);
      const [names, seen, refused] = JSON.parse(line) as [string[], string, string];
      assert.deepEqual(names.sort(), ["connect", "flash", "fram", "framSPI", "pages"]);
      assert.match(seen, /1,2,3,4/);
      assert.match(refused, /divider = 0 must be at least 1/);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
