// A day of a node with the emitted module, in a context as bare as Espruino: what it measures,
// books, sends and sets is what the mocked board saw.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AREAS, Pmic, Reason, Values } from "../../../host/core/abi.js";
import { type LoggedCall } from "./native_calls.js";
import { evaluate, example, missing, newDevice } from "./fixture.js";
import { day, type start } from "./life.js";

const skip = missing();

type Battery = NonNullable<ReturnType<typeof start>>;

/** Linear memory, as the calls' pokes leave it. */
function* samples(log: LoggedCall[]): Generator<DataView> {
  const memory = new DataView(new ArrayBuffer(65536));
  for (const { name, poked } of log) {
    for (const [at, word] of poked) memory.setUint32(at, word, true);
    if (name === "step") yield memory;
  }
}

const { at: SAMPLE, fields } = AREAS.sample;
const u32 = (view: DataView, name: keyof typeof fields) =>
  view.getUint32(SAMPLE + fields[name].offset, true);
const f32 = (view: DataView, name: keyof typeof fields) =>
  view.getFloat32(SAMPLE + fields[name].offset, true);

function aDay() {
  const device = newDevice();
  const reports = day(device, example("mdbt42q"), evaluate) as Battery["report"][];
  return { device, reports };
}

test("the example lives through a day: it wakes, sends, writes its journal", { skip }, () => {
  const { device, reports } = aDay();
  assert.ok(reports.length > 20, `${reports.length} reports`);
  for (const { status } of reports) assert.ok((status & 255) < 16, `status ${status}`);
  assert.ok(reports.every(({ soc }) => soc >= 0 && soc <= 1));
  assert.ok(device.flash.programs > 0, "no record was written");
  assert.ok(device.advertised.length > 0, "nothing was advertised");
  assert.deepEqual(device.flash.violations, []);
  assert.deepEqual(
    device.native.log.slice(0, 2).map(({ name }) => name),
    ["map_profile", "boot"],
  );
  assert.equal(device.native.log[1]!.args[0], Reason.cold);
});

test("a sample holds what the board measured and did since the last one", { skip }, () => {
  const { device } = aDay();
  let events = 0;
  let last_ms = 0;
  for (const sample of samples(device.native.log)) {
    const valid = Values.voltage | Values.temperature | Values.active;
    assert.equal(u32(sample, "valid"), valid);
    assert.ok(Math.abs(f32(sample, "voltage_mV") - 3950) < 23, `${f32(sample, "voltage_mV")} mV`);
    assert.ok(Math.abs(f32(sample, "temperature_degC") - 20) <= 5.1);
    const time_ms = u32(sample, "time_ms");
    assert.ok(time_ms > last_ms, "the clock goes on");
    // analog readings and native calls take the mocked board between one and some milliseconds
    if (last_ms > 0) assert.ok(u32(sample, "active_ms") >= 1 && u32(sample, "active_ms") < 30);
    last_ms = time_ms;
    events += sample.getUint16(SAMPLE + fields.events.offset + 2, true);
  }
  // what was sent after the last sample is not told yet
  const told = events;
  assert.ok(
    told > 0 && device.sent >= told && device.sent <= told + 3,
    `${told} of ${device.sent}`,
  );
});

test(
  "the divider is connected for the reading only, and charging pauses when asked",
  { skip },
  () => {
    const { device } = aDay();
    assert.ok(device.read_through_gate);
    assert.equal(device.levels.D29, 0);
    const pauses = [...samples(device.native.log)].filter(
      (sample) => (u32(sample, "pmic_flags") & Pmic.paused) !== 0,
    );
    const off = device.written.filter(({ pin, level }) => pin === "D30" && level === 0);
    assert.ok(off.length >= pauses.length);
  },
);

test(
  "comparator and watch wake it early, but never more often than its own shortest sleep",
  {
    skip,
  },
  () => {
    const { device } = aDay();
    assert.deepEqual(device.comparator, { pin: "D31", level: 0.5 });
    const steps = () => device.native.log.filter(({ name }) => name === "step").length;
    device.run(device.time_s + 6);
    const before = steps();
    for (let i = 0; i < 50; i++) device.triggerWatch();
    for (let i = 0; i < 50; i++) device.triggerComparator();
    assert.ok(steps() - before <= 1, `${steps() - before} wakes`);
    device.run(device.time_s + 6);
    device.triggerWatch();
    assert.ok(steps() - before >= 1);
  },
);
