// The page of parts says what the drivers say: it is generated, every register that a driver
// touches is in its table, and no row claims silicon or a source that is not named.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Aem13920Twin } from "../../../host/hil/twins/aem13920.js";
import { deviceOf } from "../../../host/hil/twins/bus.js";
import { Neh7100Twin } from "../../../host/hil/twins/neh7100.js";
import { type RegisterTwin } from "../../../host/hil/twins/register_twin.js";
import { Aem13920 } from "../../../host/parts/aem13920.js";
import { Neh7100 } from "../../../host/parts/neh7100.js";
import { type Charger, type I2cDevice } from "../../../host/parts/index.js";
import { projectPath } from "../../../tools/build/paths.js";
import { TABLES, partsPage } from "../../../tools/parts_page.js";
import { usual } from "./decisions.js";

test("docs/PARTS.md is what the tables say", () => {
  const page = readFileSync(projectPath("docs/PARTS.md"), "utf8");
  assert.equal(page, partsPage(), "run: node --import tsx tools/parts_page.ts");
});

test("every row names a source that is listed, and none claims silicon", () => {
  for (const { part, rows, lists, sources } of TABLES) {
    for (const { source } of [...rows, ...lists]) {
      assert.ok(source in sources, `${part}: source ${source}`);
    }
    for (const { name, silicon } of rows) assert.equal(silicon, "no", `${part}: ${name}`);
  }
});

/** Registers that a driver reads and writes in a short life. */
function touched(twin: RegisterTwin, make: (device: I2cDevice) => Charger & Partial<Aem13920>) {
  const read = new Set<number>();
  const written = new Set<number>();
  const bus = deviceOf(twin);
  let pointer = 0;
  const device: I2cDevice = {
    write(bytes, stop) {
      pointer = bytes[0]!;
      for (let i = 1; i < bytes.length; i++) written.add(pointer + i - 1);
      bus.write(bytes, stop);
    },
    read(length) {
      for (let i = 0; i < length; i++) read.add(pointer + i);
      return bus.read(length);
    },
  };
  const driver = make(device);
  driver.begin();
  driver.apply({ ...usual, mpp_ratio: 0.7 });
  driver.status();
  driver.storage_mV?.();
  return { read, written };
}

test("tables have the registers that drivers touch, with their access", () => {
  const options = { mppt_sample_ms: 16, mppt_period_ms: 4096, buck_mV: 1800 };
  const lives = {
    neh7100: touched(
      new Neh7100Twin(),
      (device) => new Neh7100(device, { lvd_mV: 3000, mppt_interval_s: 32 }),
    ),
    aem13920: touched(
      new Aem13920Twin(),
      (device) => new Aem13920(device, { ovdis_mV: 3000, chrdy_mV: 3100, ...options }),
    ),
  };
  for (const [part, { read, written }] of Object.entries(lives)) {
    const { rows } = TABLES.find((table) => table.part === part)!;
    const at = (...accesses: string[]) =>
      rows.filter(({ access }) => accesses.includes(access)).map((row) => row.at!);
    const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);
    assert.deepEqual(sorted(read), sorted(at("read", "both")), `${part}: read`);
    assert.deepEqual(sorted(written), sorted(at("write", "both")), `${part}: written`);
  }
});
