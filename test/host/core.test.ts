// The wrapper drives a core as a node does: load, boot, step, store - on every build of the core.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { createContext, runInContext } from "node:vm";
import { Faults, Mode, Reason, SIGNATURES, Status, Values } from "../../host/core/abi.js";
import { Core, type StoragePort } from "../../host/core/core.js";
import { compileProfile } from "../../host/core/profile.js";
import { statusCode, statusText } from "../../host/core/status.js";
import { buildPath } from "../../tools/build/paths.js";
import { defaultProfile, newCore, wasm } from "./core_fixture.js";

const MINUTE_MS = 60000;

/** FRAM that can be told to fail. */
class Fram implements StoragePort {
  readonly bytes = new Uint8Array(4096);
  programs = 0;
  broken = false;

  read(address: number, into: Uint8Array): void {
    into.set(this.bytes.subarray(address, address + into.length));
  }
  program(address: number, bytes: Uint8Array): void {
    if (this.broken) throw new Error("no answer");
    this.programs++;
    this.bytes.set(bytes, address);
  }
  erase(): void {
    throw new Error("FRAM is not erased");
  }
}

/** A running core with the default profile. */
function start(core: Core, fram: Fram, time_ms = 0): Core {
  assert.equal(core.loadProfile(compileProfile(defaultProfile())), Status.ok);
  core.boot(Reason.cold, undefined, time_ms);
  core.serveStorage(fram);
  return core;
}

/** Steps through some minutes of sunshine. */
function live(core: Core, fram: Fram, minutes: number, from_ms = 0): number {
  for (let minute = 1; minute <= minutes; minute++) {
    const status = core.step({
      time_ms: from_ms + minute * MINUTE_MS,
      // 25 uA over some 2.4 kohm stand above the rest voltage, and it fills by 0.8 % a minute
      voltage_mV: 4060 + 0.8 * minute,
      temperature_degC: 22,
      harvest_mean_nA: 25000,
      harvest_now_nA: 25000,
    });
    assert.ok(statusCode(status) <= Status.rejected, core.statusText(status));
    core.serveStorage(fram);
  }
  return from_ms + minutes * MINUTE_MS;
}

describe("a core with names", () => {
  it("takes bytes, or a compiled module", async () => {
    const bytes = new Uint8Array(readFileSync(buildPath("core.wasm")));
    assert.ok((await Core.instantiate(bytes)) instanceof Core);
    assert.ok((await Core.instantiate(wasm)) instanceof Core);
  });

  it("refuses an instance that is no core, or of another layout, and says so", () => {
    assert.throws(() => new Core({}), /not a tfmb core: it does not export abi_version/);
    const names = SIGNATURES.map(({ name }) => [name, () => 0]);
    const other = { ...Object.fromEntries(names), memory: new ArrayBuffer(64) } as object;
    assert.throws(() => new Core(other), /layout 0x00000000, .* from the same assembly\/abi.txt/);
  });

  it("refuses to step before a profile and a boot, in one clear line", async () => {
    const core = await newCore();
    assert.match(core.statusText(core.step({ time_ms: 1 })), /^no_profile: .*loadProfile/);
    core.loadProfile(compileProfile(defaultProfile()));
    assert.match(core.statusText(core.step({ time_ms: 1 })), /^not_booted: .*boot/);
  });

  it("reads SOC from the first rest voltage and follows the charge", async () => {
    const fram = new Fram();
    const core = start(await newCore(), fram);
    core.step({ time_ms: 1000, voltage_mV: 4000, temperature_degC: 22 });
    core.serveStorage(fram);
    const { soc, soc_sigma } = core.gauge();
    assert.ok(soc > 0.6 && soc < 0.9, `soc ${soc}`);
    assert.ok(soc_sigma < 0.2, `sigma ${soc_sigma}`);
    live(core, fram, 60, 1000);
    assert.ok(core.gauge().soc > soc, "25 uA for an hour did not charge");
  });

  it("says which values it excluded", async () => {
    const fram = new Fram();
    const core = start(await newCore(), fram);
    const status = core.step({ time_ms: 1000, voltage_mV: NaN, temperature_degC: 22 });
    assert.equal(statusCode(status), Status.rejected);
    assert.match(core.statusText(status), /^rejected: .*: voltage$/);
    assert.equal(core.decision().rejected, Values.voltage);
    assert.ok(core.decision().faults & Faults.sensor);
  });

  it("marks as measured what a sample holds, and nothing else", async () => {
    const core = await newCore();
    const valid = (measured: object) => {
      core.step({ time_ms: 1, ...measured });
      return core.sample.get("valid");
    };
    assert.equal(valid({}), 0);
    assert.equal(valid({ voltage_mV: 4000 }), Values.voltage);
    assert.equal(valid({ voltage_loaded_mV: 3900 }), 0);
    assert.equal(valid({ voltage_loaded_mV: 3900, pulse_drain_nA: 1e4 }), Values.pulse);
    assert.equal(valid({ charge_pC: -5n, active_ms: 3 }), Values.charge | Values.active);
    assert.equal(valid({ current_nA: -7000 }), Values.current);
    assert.equal(core.sample.get("current_nA"), -7000);
    assert.equal(valid({ source_mV: [undefined, 400] }), Values.source << 1);
    core.step({ time_ms: 1, events: [3, 0, 1] });
    assert.deepEqual(core.sample.list("events"), [3, 0, 1, 0]);
    core.step({ time_ms: 1 });
    assert.deepEqual(core.sample.list("events"), [0, 0, 0, 0]);
  });

  it("continues from its journal after a power cut", async () => {
    const fram = new Fram();
    const before = start(await newCore(), fram);
    live(before, fram, 1);
    before.acknowledge(Faults.restarted);
    live(before, fram, 120, 60000);
    assert.ok(fram.programs >= 1, "nothing was recorded");
    const after = await newCore();
    after.loadProfile(compileProfile(defaultProfile()));
    assert.equal(after.boot(Reason.cold, 60, 5000), Status.storage);
    assert.equal(after.storage()?.op, "read");
    assert.equal(after.serveStorage(fram), Status.ok);
    assert.equal(after.storage(), undefined);
    after.step({ time_ms: 6000 });
    const difference = Math.abs(after.gauge().soc - before.gauge().soc);
    assert.ok(difference < 0.05, `soc differs by ${difference}`);
    assert.equal(after.decision().faults_latched & Faults.restarted, 0);
  });

  it("reports storage that fails, and goes on", async () => {
    const fram = new Fram();
    const core = start(await newCore(), fram);
    fram.broken = true;
    live(core, fram, 120);
    assert.equal(fram.programs, 0);
    assert.ok(core.decision().faults_latched & Faults.storage);
    assert.equal(core.storage(), undefined);
  });

  it("answers queries, and says when an answer is not known", async () => {
    const idle = await newCore();
    assert.equal(idle.timeToEmpty_s(Mode.sleep), undefined);
    assert.equal(idle.timeToFull_s(), undefined);
    assert.equal(idle.allowedCurrent_nA("discharge", 10), 0);
    const fram = new Fram();
    const core = start(await newCore(), fram);
    // not longer: a full cell is full in no time
    live(core, fram, 20);
    const short = core.allowedCurrent_nA("discharge", 10);
    const long = core.allowedCurrent_nA("discharge", 600000);
    assert.ok(short > long && long > 0, `${short} nA for 10 ms, ${long} nA for 10 min`);
    assert.ok(core.allowedCurrent_nA("charge", 1000) > 0);
    assert.ok(core.timeToFull_s()! > 0);
    assert.equal(core.acknowledge(0xffffffff), Status.ok);
    assert.equal(core.decision().faults_latched & Faults.restarted, 0);
  });

  it("lets the clock wrap", async () => {
    const fram = new Fram();
    const core = start(await newCore(), fram, 2 ** 32 - 2000);
    assert.ok(statusCode(core.step({ time_ms: 2 ** 32 - 1000, voltage_mV: 4000 })) < 16);
    assert.ok(statusCode(core.step({ time_ms: 2 ** 32 + 1000, voltage_mV: 4000 })) < 16);
    assert.equal(core.sample.get("time_ms"), 1000);
    assert.equal(statusCode(core.step({ time_ms: 1000 })), Status.clock_stopped);
    assert.equal(statusCode(core.step({ time_ms: 0 })), Status.clock_jump);
  });

  it("refuses a profile that the memory cannot hold", async () => {
    const core = await newCore();
    assert.throws(() => core.loadProfile(new Uint8Array(70000)), /70000 bytes: the core has room/);
  });

  it("gives the same bytes over the JavaScript build of the core", async () => {
    const context = createContext({});
    runInContext(readFileSync(buildPath("core.js"), "utf8"), context);
    const other = new Core(runInContext("tfmb_core()", context) as object);
    const [a, b] = [new Fram(), new Fram()];
    const cores = [start(await newCore(), a), start(other, b)] as const;
    live(cores[0], a, 30);
    live(cores[1], b, 30);
    assert.deepEqual(cores[1].gauge(), cores[0].gauge());
    assert.deepEqual(cores[1].decision(), cores[0].decision());
    assert.deepEqual(b.bytes, a.bytes);
  });
});

describe("a status as text", () => {
  it("is one line, begins with its name, and is known for every code of the table", () => {
    for (const [name, code] of Object.entries(Status)) {
      const text = statusText(code | (1 << 8));
      assert.ok(text.startsWith(`${name}: `), text);
      assert.ok(!text.includes("\n") && text.length < 160, text);
    }
    assert.match(statusText(200), /unknown status 200/);
  });
});
