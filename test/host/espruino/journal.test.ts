// The journal on raw flash pages, and power that fails within any word that is written or erased:
// the next start goes on from the last record or the one before it, and the file that holds the
// pages, the blob and the profile stay as they are. The same records on FRAM.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Faults, Status } from "../../../host/core/abi.js";
import { fram, framSPI } from "../../../host/espruino/journal.js";
import { Device } from "./device.js";
import {
  blobImage,
  evaluate,
  example,
  flashed,
  missing,
  newDevice,
  profileBytes,
  wasmCore,
} from "./fixture.js";
import { live, start } from "./life.js";

const skip = missing();
const DAY_S = 86400;
const PROGRAM = example("mdbt42q");

/** A node that writes a record every ten minutes or so: halves are soon full. */
const eager = () => flashed(profileBytes({ record_s: 600, record_share: 0.001 }));

/** The first start of a node; that there is no record yet is acknowledged: a later loss shows. */
function firstStart(device: Device) {
  const battery = start(device, PROGRAM, evaluate)!;
  assert.ok((battery.report.faults_latched & Faults.restarted) !== 0);
  battery.acknowledge(Faults.restarted);
  return battery;
}

/** The same chip after the power came back. */
function again(device: Device): Device {
  device.flash.wordsLeft = Infinity;
  const next = new Device(blobImage(), wasmCore, device.flash);
  next.time_s = device.time_s + 60;
  return next;
}

/** What the first step after a start says. */
function restart(device: Device): { restarted: boolean; soc: number } {
  const battery = start(device, PROGRAM, evaluate);
  assert.ok(battery, "it did not start again");
  return {
    restarted: (battery.report.faults_latched & Faults.restarted) !== 0,
    soc: battery.report.soc,
  };
}

test("records fill both halves, and a start finds the last one", { skip }, () => {
  const device = newDevice(eager());
  const battery = firstStart(device);
  live(device, 2 * DAY_S);
  assert.ok(device.flash.erases >= 3, `${device.flash.erases} erases`);
  assert.ok(device.flash.programs > 64, `${device.flash.programs} records`);
  assert.deepEqual(device.flash.violations, []);
  const { restarted, soc } = restart(again(device));
  assert.ok(!restarted);
  assert.ok(Math.abs(soc - battery.report.soc) < 0.02, `${soc} after ${battery.report.soc}`);
});

test("power that fails within any word leaves a record to start from", { skip }, () => {
  let device = newDevice(eager());
  firstStart(device);
  live(device, DAY_S / 4);
  let cuts = 0;
  // records of 31 words, and 1024 words of an erase every 32 records: this meets both often
  for (let words = 1; cuts < 300; words += 13) {
    device.flash.wordsLeft = words % 1500;
    live(device, 2 * DAY_S);
    assert.ok(device.dead, "the power did not fail");
    cuts++;
    device = again(device);
    assert.ok(!restart(device).restarted, `cut ${cuts} lost the state`);
  }
  assert.deepEqual(device.flash.violations, []);
});

test("a node without a journal runs, and says that it started anew", { skip }, () => {
  const program = { ...PROGRAM, app: PROGRAM.app.replace(/journal: .*\n/, "") };
  const device = newDevice();
  const battery = start(device, program, evaluate)!;
  assert.ok((battery.report.faults_latched & Faults.restarted) !== 0);
  assert.ok((battery.report.status & 255) < Status.no_profile);
});

test("two pages lie whole in their file, wherever it begins", { skip }, () => {
  for (const bytes of [1, 100, 2000, 3500]) {
    const chip = flashed();
    chip.put("filler", new Uint8Array(bytes));
    const device = newDevice(chip);
    start(device, PROGRAM, evaluate);
    live(device, DAY_S);
    assert.ok(chip.programs > 0);
    assert.deepEqual(chip.violations, [], `a file of ${bytes} bytes before it`);
  }
});

test("FRAM on I2C and on SPI keeps what was programmed, at two address bytes", () => {
  const memory = new Uint8Array(8192);
  let at = 0;
  const i2c = {
    writeTo: (device: number, place: number[], data?: Uint8Array) => {
      assert.equal(device, 0x50);
      at = 256 * place[0]! + place[1]!;
      if (data) memory.set(data, at);
    },
    readFrom: (_device: number, length: number) => memory.slice(at, at + length),
  };
  let enabled = false;
  const spi = {
    send: (data: Uint8Array) => {
      const [command, high, low] = data;
      const place = 256 * (high ?? 0) + (low ?? 0);
      if (command === 2 && enabled) memory.set(data.subarray(3), place);
      enabled = command === 6;
      const answer = new Uint8Array(data.length);
      if (command === 3) answer.set(memory.subarray(place, place + data.length - 3), 3);
      return answer;
    },
  };
  for (const journal of [fram(i2c as never, 0x50), framSPI(spi, 5)]) {
    const record = Uint8Array.from({ length: 124 }, (_, i) => (7 * i) & 255);
    journal.program(0x1234, record);
    const seen = new Uint8Array(124);
    journal.read(0x1234, seen);
    assert.deepEqual(seen, record);
    assert.throws(() => journal.erase(0, 128), /FRAM has no erase/);
    memory.fill(0);
  }
});
