// The sensor class and the node controller against small fakes: what is refused and how, what
// retained RAM keeps, how a start, a pause and a clock that stands still are handled.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Actuators, AREAS, Reason, Status, Values } from "../../../host/core/abi.js";
import { Area } from "../../../host/core/fields.js";
import { compileProfile } from "../../../host/core/profile.js";
import { type Measured, writeSample } from "../../../host/core/sample.js";
import { CorePort } from "../../../host/moddable/core_port.js";
import {
  type BatteryOptions,
  BatteryNode,
  type BatterySample,
  type CoreInstance,
  type SleepModule,
  ThinFilmBattery,
  bootReason,
} from "../../../host/moddable/index.js";
import { type ChargerDecision } from "../../../host/parts/index.js";
import { buildPath } from "../../../tools/build/paths.js";
import { single } from "../../../tools/vectors/nodes.js";

const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));

function wasmCore(): CoreInstance {
  const { exports } = new WebAssembly.Instance(module, {});
  const memory = (exports.memory as WebAssembly.Memory).buffer;
  return { ...(exports as unknown as CoreInstance), memory };
}

const profile = (values: object = {}): ArrayBuffer =>
  compileProfile({ ...single, storage_kind: 0, ...values }).buffer as ArrayBuffer;

/** An input of 12 bits over 4.5 V that shows 3.95 V. */
class Input {
  static open = 0;
  readonly resolution = 12;
  constructor() {
    Input.open++;
  }
  read(): number {
    return Math.round((3950 / 4500) * 4096);
  }
  close(): void {
    Input.open--;
  }
}

const options = (more: Partial<BatteryOptions> = {}): BatteryOptions => ({
  core: wasmCore,
  profile: profile(),
  sensor: { io: Input, pin: 1, full_scale_mV: 4500 },
  now: () => 0,
  ...more,
});

/** Retained RAM and reset reason of a chip. */
function sleepModule(resetReason = 0): SleepModule & { deeps: number[]; words: number[] } {
  const words = new Array<number>(32).fill(0);
  const deeps: number[] = [];
  return {
    resetReason,
    words,
    deeps,
    getRetainedValue: (index) => words[index]!,
    setRetainedValue: (index, value) => void (words[index] = value),
    deep: (duration_ms) => void deeps.push(duration_ms),
  };
}

test("what cannot work is refused in one line, and the input is closed again", () => {
  const before = Input.open;
  const bytes = profile();
  new DataView(bytes).setUint32(0, 1, true);
  const refuse = (more: Partial<BatteryOptions>, message: RegExp) =>
    assert.throws(() => new ThinFilmBattery(options(more)), message);
  refuse({ profile: bytes }, /^Error: profile: refused with status 17, word 0/);
  refuse({ profile: new ArrayBuffer(1e5) }, /^RangeError: profile: 100000 bytes, .* room for \d+$/);
  refuse(
    { sensor: { io: Input, pin: 1, full_scale_mV: 0 } },
    /^RangeError: sensor.full_scale_mV = 0 must be > 0$/,
  );
  const foreign = () => ({ ...wasmCore(), layout_hash: () => 7 });
  refuse({ core: foreign }, /^TypeError: core: layout 7 is not \d+/);
  assert.equal(Input.open, before);
  const battery = new ThinFilmBattery(options());
  battery.close();
  battery.close();
  assert.equal(Input.open, before);
  assert.throws(() => battery.sample(), /^Error: closed$/);
});

test("a sample carries ECMA-419 provenance: time where it is known, ticks, faults", () => {
  const battery = new ThinFilmBattery(options({ now: () => 5000, temperature: () => 20 }));
  const first = battery.sample();
  assert.deepEqual([first.ticks, first.faults, "time" in first], [5000, 0, false]);
  battery.configure({ now: () => 65_000, time: () => 1.7e12 });
  const second = battery.sample();
  assert.deepEqual([second.ticks, second.time, second.status & 255], [65_000, 1.7e12, Status.ok]);
  assert.deepEqual(battery.identification, { model: "tfmb", classification: "Battery" });
  assert.notEqual(battery.configuration.profile_crc, 0);
  battery.close();
});

test("a sample lands in the core's memory as host/core puts it there, whatever its type", () => {
  const measured: Measured = {
    ...{ time_ms: 1.7e12, pmic_flags: 5, active_ms: 70_000, voltage_mV: 3950.5 },
    ...{ voltage_loaded_mV: 3900, pulse_drain_nA: 6e6, temperature_degC: -4.25 },
    ...{ charge_pC: -5_000_000_000n, harvest_mean_nA: 900, harvest_now_nA: 1200, probe_nA: 1300 },
    ...{ source_mV: [2390, undefined, 800], events: [1, 65_535], current_nA: -4321.5 },
  };
  const bytesOf = ({ memory }: { memory: ArrayBuffer }) =>
    new Uint8Array(memory, AREAS.sample.at, AREAS.sample.size);
  const [small, large] = [wasmCore(), wasmCore()];
  const port = new CorePort(small);
  port.loadProfile(profile());
  port.step(measured, {});
  writeSample(new Area(new DataView(large.memory), "sample"), measured);
  assert.deepEqual(bytesOf(small), bytesOf(large));
  const shown = new Area(new DataView(small.memory), "sample");
  assert.equal(shown.get("current_nA"), -4321.5);
  assert.notEqual(shown.get("valid") & Values.current, 0);
});

test("vital goes through retained RAM, and damaged words are not trusted", () => {
  const sleep = sleepModule();
  let now = 1000;
  const live = (reason: number, off_s: number | "slept" | undefined) =>
    new ThinFilmBattery(options({ now: () => now, retained: sleep, reason, off_s }));
  const before = live(Reason.cold, undefined);
  const drained = { harvest_mean_nA: 0 };
  let last = before.sample();
  for (let wake = 0; wake < 30; wake++) {
    now += 3_600_000;
    last = before.sample({ ...drained, events: [50, 0, 0, 0] });
  }
  assert.ok(last.soc_sigma < 0.2);
  assert.ok(sleep.words.length * 4 >= AREAS.vital.size);
  now += 600_000;
  const after = live(Reason.wake, "slept").sample(drained);
  assert.ok(Math.abs(after.soc - last.soc) < 0.02, `${last.soc} became ${after.soc}`);
  assert.ok(Math.abs(after.remaining_nAh - last.remaining_nAh) < 1000);
  sleep.words[10]! ^= 4;
  const damaged = live(Reason.wake, "slept").sample(drained);
  assert.notEqual(damaged.soc, after.soc);
});

test("a node that starts anew at every wake still corrects by voltage", () => {
  const sleep = sleepModule();
  let now = 1000;
  const wake = (reason: number, off_s?: "slept") =>
    new ThinFilmBattery(options({ now: () => now, retained: sleep, reason, off_s })).sample();
  const first = wake(Reason.cold);
  let last = first;
  for (let count = 0; count < 100; count++) {
    now += 600_000;
    last = wake(Reason.warm, "slept");
  }
  assert.ok(last.soc_sigma < 0.8 * first.soc_sigma, `${first.soc_sigma} became ${last.soc_sigma}`);
});

test("a clock that went back is not taken for a sleep", () => {
  const sleep = sleepModule();
  let now = 1_000_000_000;
  const more = { now: () => now, retained: sleep };
  new ThinFilmBattery(options({ ...more })).sample();
  now = 5;
  const battery = new ThinFilmBattery(
    options({ ...more, reason: Reason.warm, off_s: "slept" as const }),
  );
  assert.equal(battery.sample().status & 255, Status.ok);
});

test("reset reasons of the chip become starts of the core", () => {
  assert.equal(bootReason(0), Reason.cold);
  for (const bit of [0, 1, 2, 3]) assert.equal(bootReason(1 << bit), Reason.warm);
  for (const bit of [16, 17, 19]) assert.equal(bootReason(1 << bit), Reason.wake);
});

/** A node whose timers are kept in a list, and whose charger notes what it is told. */
function nodeOf(values: object, charger_unmet = 0, deep?: (sample: BatterySample) => boolean) {
  const timers: { callback: () => void; duration_ms: number }[] = [];
  const told: ChargerDecision[] = [];
  const errors: string[] = [];
  const samples: BatterySample[] = [];
  const clock = { now_ms: 1000 };
  const job = { work: (allowed: readonly number[]): number[] => [...allowed] };
  const sleep = sleepModule();
  const charger = {
    fail: false,
    begin: () => undefined,
    apply(decision: ChargerDecision) {
      if (charger.fail) throw new Error("no answer");
      told.push(decision);
      return charger_unmet;
    },
    status: () => ({ pmic_flags: 0, harvest_now_nA: 100 }),
  };
  const node = new BatteryNode({
    ...options({ profile: profile(values), onError: (message) => void errors.push(message) }),
    now: () => clock.now_ms,
    sleep,
    clock_kept: true,
    charger,
    deep,
    work: (allowed) => job.work(allowed),
    wait: (callback, duration_ms) => void timers.push({ callback, duration_ms }),
    report: (sample) => void samples.push(sample),
  });
  const next = (): void => {
    const { callback, duration_ms } = timers.shift()!;
    clock.now_ms += duration_ms;
    callback();
  };
  return { node, timers, told, errors, samples, clock, sleep, charger, next, job };
}

test("a requested measurement stops the charger first, then samples", () => {
  const rig = nodeOf({ settle_ms: 60_000 });
  rig.node.start();
  for (let wake = 0; wake < 400 && !rig.samples.at(-1)!.measure; wake++) rig.next();
  const asked = rig.samples.at(-1)!;
  assert.ok(asked.measure, "the core never asked for a measurement");
  assert.equal(rig.timers[0]!.duration_ms, asked.sleep_ms - asked.measure_wait_ms);
  const before = rig.samples.length;
  rig.next();
  assert.equal(rig.told.at(-1)!.charge_enable, false);
  assert.equal(rig.samples.length, before, "sampled before the cell had rested");
  assert.equal(rig.timers[0]!.duration_ms, asked.measure_wait_ms);
  rig.next();
  assert.equal(rig.samples.length, before + 1);
});

test("a clock that stands still is waited for, and its decision not acted on", () => {
  const rig = nodeOf({});
  rig.node.start();
  const told = rig.told.length;
  rig.timers.shift();
  rig.node.start();
  assert.equal(rig.samples.at(-1)!.status & 255, Status.clock_stopped);
  assert.equal(rig.told.length, told);
  assert.equal(rig.timers[0]!.duration_ms, 60_000);
});

test("a charger that does not answer is reported and does not stop the node", () => {
  const rig = nodeOf({}, Actuators.charge_limit);
  rig.node.start();
  assert.equal(rig.node.unmet, Actuators.charge_limit);
  rig.charger.fail = true;
  rig.next();
  assert.deepEqual(rig.errors, ["charger: setting: Error: no answer"]);
  assert.equal(rig.timers.length, 1);
});

test("what was done in a wake is booked before a deep sleep", () => {
  const actuators = Number(single.actuators) & ~Actuators.pause;
  /** vital.charge_pC in retained RAM once the node sleeps. */
  const asleep_pC = (done: number): bigint => {
    const rig = nodeOf({ actuators, event_drain_pC: [1e9, 0, 0, 0] }, 0, () => true);
    rig.job.work = () => {
      rig.clock.now_ms += 20;
      return [done, 0, 0, 0];
    };
    rig.node.start();
    assert.equal(rig.sleep.deeps.length, 1);
    const words = Int32Array.from(rig.sleep.words).buffer;
    return new DataView(words).getBigInt64(AREAS.vital.fields.charge_pC.offset, true);
  };
  assert.equal(asleep_pC(0) - asleep_pC(2), 2_000_000_000n);
});

test("a deep sleep is taken only when nothing is left to do before the next wake", () => {
  const rig = nodeOf({}, 0, () => true);
  rig.node.start();
  assert.equal(rig.samples.at(-1)!.measure ? rig.timers.length : rig.sleep.deeps.length, 1);
  rig.node.stop();
});
