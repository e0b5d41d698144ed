// Each fault does what its options say, no more: sensors and clock in their units, storage byte by
// byte, the profile bit by bit, the plant from that moment on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AREAS, AREAS_END, Status } from "../../../../host/core/abi.js";
import { crc32 } from "../../../../host/core/profile.js";
import { Words } from "../../../../host/core/words.js";
import { PowerFailure } from "../../../../host/hil/devices/device.js";
import { type Faults } from "../../../../host/hil/faults/faults.js";
import { hostileProfile } from "../../../../host/hil/faults/profile_fault.js";
import { Clock, SensorFaults } from "../../../../host/hil/faults/sensor_faults.js";
import { rig } from "../../../../host/hil/index.js";
import { StorageTwin } from "../../../../host/hil/twins/storage_twin.js";
import { Random } from "../../../../host/sim/random.js";

function newSample() {
  return new Words({ exports: { memory: new ArrayBuffer(AREAS_END) } }).sample;
}

/** What a sensor shows of 4000 mV, 20 degC and 500 nA. */
function shown(faults: Faults, sensors = new SensorFaults(new Random(1))) {
  const sample = newSample();
  sample.voltage_mV = 4000;
  sample.temperature_degC = 20;
  sample.harvest_now_nA = 500;
  sensors.apply(sample, faults);
  const { voltage_mV, temperature_degC, harvest_now_nA } = sample;
  return { voltage_mV, temperature_degC, harvest_now_nA };
}

test("sensors: gain, offset, open, NaN, noise, and nothing of the others", () => {
  const good = { voltage_mV: 4000, temperature_degC: 20, harvest_now_nA: 500 };
  assert.deepEqual(shown({}), good);
  const wrong = { voltage: { gain: 1.01, offset: -5 } };
  assert.deepEqual(shown(wrong), { ...good, voltage_mV: 4035 });
  assert.ok(shown({ temperature: { open: true } }).temperature_degC < -60);
  assert.ok(Number.isNaN(shown({ harvest: { nan: true } }).harvest_now_nA));
  const sensors = new SensorFaults(new Random(1));
  const noisy = Array.from(
    { length: 2000 },
    () => shown({ voltage: { noise: 10 } }, sensors).voltage_mV - 4000,
  );
  const square = noisy.reduce((sum, value) => sum + value * value, 0) / noisy.length;
  assert.ok(Math.abs(Math.sqrt(square) - 10) < 0.5);
});

test("a stuck sensor holds what it first showed, until the fault begins anew", () => {
  const sensors = new SensorFaults(new Random(1));
  const sample = newSample();
  const read = (true_mV: number) => {
    sample.voltage_mV = true_mV;
    sensors.apply(sample, { voltage: { stuck: true } });
    return sample.voltage_mV;
  };
  assert.deepEqual([read(4000), read(3900)], [4000, 4000]);
  sensors.begin("voltage");
  assert.equal(read(3800), 3800);
});

test("the clock jumps, drifts, rolls over, stops, and goes on from there", () => {
  const clock = new Clock();
  assert.equal(clock.read_ms(10), 10_000);
  clock.begin(10, { jump_s: -4 });
  assert.equal(clock.read_ms(11), 7000);
  clock.begin(11, { drift_ppm: 100_000 });
  assert.equal(clock.read_ms(21), 18_000);
  clock.begin(21, { stopped: true });
  assert.equal(clock.read_ms(30), 18_000);
  clock.end(30);
  assert.equal(clock.read_ms(31), 19_000);
  clock.begin(31, { rollover_in_s: 2 });
  assert.equal(clock.read_ms(33.5), 500);
  clock.restart(40);
  assert.equal(clock.read_ms(41), 1000);
});

test("storage: a torn program keeps the bytes before the cut, failures are counted", () => {
  const fram = new StorageTwin("fram", new Random(1));
  const read = () => {
    const into = new Uint8Array(4);
    fram.read(8, into);
    return [...into];
  };
  fram.program(8, Uint8Array.of(1, 2, 3, 4));
  fram.begin({ torn_after_bytes: 2 });
  assert.throws(() => fram.program(8, Uint8Array.of(9, 9, 9, 9)), PowerFailure);
  assert.deepEqual(read(), [9, 9, 3, 4]);
  fram.begin({ failing: 1 });
  assert.throws(read, /does not answer/);
  fram.begin({ power_fails_after: 1 });
  read();
  assert.throws(read, PowerFailure);
  assert.deepEqual(read(), [9, 9, 3, 4]);
  fram.program(8, Uint8Array.of(0, 0, 0, 0));
  fram.begin({ flipped_bits: 1 });
  assert.equal(read().filter((byte) => byte !== 0).length, 1);
  assert.throws(() => fram.erase(0, 128), /not erased/);
});

test("flash only clears bits, and an erase sets them", () => {
  const flash = new StorageTwin("flash", new Random(1));
  const into = new Uint8Array(2);
  flash.program(0, Uint8Array.of(0xf0, 0xff));
  flash.program(0, Uint8Array.of(0x3c, 0x0f));
  flash.read(0, into);
  assert.deepEqual([...into], [0x30, 0x0f]);
  flash.erase(0, 2);
  flash.read(0, into);
  assert.deepEqual([...into], [0xff, 0xff]);
});

test("a profile with a wrong field has a good CRC, a damaged one has not", () => {
  const profile = new Uint8Array(AREAS.profile.size);
  const { crc, float_mV } = AREAS.profile.fields;
  const sealed = (bytes: Uint8Array) =>
    new DataView(bytes.buffer).getUint32(crc.offset, true) ===
    crc32(bytes.subarray(crc.offset + 4));
  const wrong = hostileProfile(profile, { field: "float_mV", value: 9000 });
  assert.equal(new DataView(wrong.buffer).getFloat32(float_mV.offset, true), 9000);
  assert.ok(sealed(wrong));
  assert.ok(!sealed(hostileProfile(wrong, { flipped_bit: 4000 })));
  assert.deepEqual(hostileProfile(profile, undefined), profile);
});

test("the plant: light, temperature and short from that moment on, and back", async () => {
  const node = await rig({ scenario: "hil/desk-day" });
  await node.runTo(10 * 3600);
  const lux = node.node.harvest.around.lux;
  assert.ok(lux > 0 && node.node.charging_nA > 0);
  await node.inject({ harvester_share: 0, temperature_degC: -10, short_nA: 5000 });
  const before_nC = node.node.ledger.leak_nC;
  await node.runFor(1);
  assert.equal(node.node.charging_nA, 0);
  assert.equal(node.node.cell.temperature_degC, -10);
  assert.ok(node.node.ledger.leak_nC - before_nC >= 5000 * 3600);
  node.clear();
  await node.runFor(1);
  assert.ok(node.node.harvest.around.lux > 0 && node.node.cell.temperature_degC > 10);
  await node.close();
});

test("a refused profile leaves the charger alone and does no events", async () => {
  const node = await rig({ scenario: "hil/desk-day" });
  await node.inject({ profile: { flipped_bit: 3000 } });
  await node.runTo(0.5);
  assert.equal(node.status & 255, Status.profile_crc);
  await node.runFor(1);
  assert.deepEqual(node.board.settings, node.board.of.unattended);
  assert.ok(node.deeds.steps > 10 && node.deeds.done.every((done) => done === 0));
  await node.close();
});
