// The rig: a device that runs the core, and around it the twins of everything else - plant, board,
// sensors, clock, storage - with their faults. The plant's time is the only time; a device of
// another time ("real") is waited for.
//
//   plant -> sample bytes -> device.step -> decision -> plant
//
// The loop is that of host/sim/simulate.ts, so that a scenario without faults gives the same bits.

import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AREAS, AREAS_END, Reason } from "../core/abi.js";
import { Words } from "../core/words.js";
import { Board, type Programme } from "../sim/board.js";
import { type Deeds } from "../sim/deeds.js";
import { type Environment } from "../sim/environment/environment.js";
import { type Node } from "../sim/node.js";
import { Random } from "../sim/random.js";
import { type RunTrace } from "../sim/record.js";
import { Run } from "../sim/run.js";
import { type Sensors } from "../sim/sensors.js";
import { PowerFailure, type Device, type DeviceMaker, type Reply } from "./devices/device.js";
import { type FaultName, type Faults, type PowerFault } from "./faults/faults.js";
import { PlantFaults } from "./faults/plant_faults.js";
import { hostileProfile } from "./faults/profile_fault.js";
import { Clock, isSensor, SensorFaults } from "./faults/sensor_faults.js";
import { StorageTwin } from "./twins/storage_twin.js";

export interface RigParts {
  programme: Programme;
  node: Node;
  sensors: Sensors;
  environment: Environment;
  /** Of noise and bit flips; the plant has drawn its own. */
  seed: number;
  hours: number;
  trace?: RunTrace | undefined;
}

/** Statuses from here on refuse the call. */
const REFUSED = 16;
/** What a node sleeps whose core refused the sample (host/c/example/node.c). */
const RETRY_S = 60;
/** What follows when power failed inside a call: a cold start that knows nothing. */
const FAILED: PowerFault = { off_s: 1, retained: "lost", clock: "lost" };
const STORAGE_KINDS = ["fram", "fram", "flash"] as const;
const HOUR_S = 3600;

/** Power is off until then, and how it comes back. */
interface Cut {
  until_s: number;
  since_s: number;
  fault: PowerFault;
}

export class Rig {
  readonly device: Device;
  readonly board: Board;
  readonly run: Run;
  readonly words: Words;
  readonly storage: StorageTwin;
  readonly clock = new Clock();
  /** What is wrong now. */
  readonly faults: Faults = {};
  /** What the device answered last. */
  status = 0;
  readonly end_s: number;
  readonly #of: RigParts;
  readonly #memory: Uint8Array;
  readonly #sensors: SensorFaults;
  readonly #plant: PlantFaults;
  readonly #digest = createHash("sha256");
  #cut: Cut | undefined;
  #started_ms: number | undefined;

  /** Power on: the first start. Throws DeviceError. */
  static async start(make: DeviceMaker, of: RigParts): Promise<Rig> {
    const random = new Random(of.seed ^ 0x4117);
    const storage = new StorageTwin(storageKind(of.programme.profile), random);
    const device = await make({ storage });
    return new Rig(device, of, storage, random);
  }

  private constructor(device: Device, of: RigParts, storage: StorageTwin, random: Random) {
    this.device = device;
    this.storage = storage;
    this.#of = of;
    this.end_s = of.hours * HOUR_S;
    const memory = new ArrayBuffer(AREAS_END);
    this.#memory = new Uint8Array(memory);
    this.words = new Words({ exports: { memory } });
    this.board = new Board(of.programme, of.node, of.sensors, this.words);
    this.run = new Run(of.node, this, this.end_s, of.trace);
    this.#sensors = new SensorFaults(random);
    this.#plant = new PlantFaults(this.board, of.environment);
  }

  get node(): Node {
    return this.#of.node;
  }
  get deeds(): Deeds {
    return this.board.deeds;
  }
  get time_s(): number {
    return this.node.time_s;
  }
  /** Over every decision and gauge so far: the same on devices that gave the same bits. */
  get digest(): string {
    return this.#digest.copy().digest("hex").slice(0, 16);
  }

  /** Something goes wrong from now on; what happens once, happens now. */
  async inject(faults: Faults): Promise<void> {
    Object.assign(this.faults, faults);
    for (const name of Object.keys(faults)) if (isSensor(name)) this.#sensors.begin(name);
    if (faults.clock !== undefined) this.clock.begin(this.time_s, faults.clock);
    if (faults.storage !== undefined) this.storage.begin(faults.storage);
    this.#plant.apply(this.faults);
    if (faults.power !== undefined) {
      delete this.faults.power;
      await this.#powerFails(faults.power);
    }
  }

  /** It works again; without names everything does. */
  clear(names: readonly FaultName[] = Object.keys(this.faults) as FaultName[]): void {
    for (const name of names) {
      delete this.faults[name];
      if (name === "clock") this.clock.end(this.time_s);
      if (name === "storage") this.storage.end();
    }
    this.#plant.apply(this.faults);
  }

  /** Lives until `until_s`, exactly: a sleep is interrupted there. */
  async runTo(until_s: number): Promise<void> {
    while (this.time_s < until_s) await this.#turn(until_s);
  }

  /** Lives until the first wake at or after `until_s`, or the scenario's end. */
  async wakeAfter(until_s: number): Promise<void> {
    while (this.time_s < Math.min(until_s, this.end_s)) await this.#turn(this.end_s);
  }

  /** Lives for so long. */
  runFor(hours: number): Promise<void> {
    return this.runTo(this.time_s + hours * HOUR_S);
  }

  async close(): Promise<void> {
    await this.device.close();
  }

  /** One sleep with the wake after it, or a while without power. */
  async #turn(end_s: number): Promise<void> {
    const { node, board, run } = this;
    if (this.#started_ms === undefined) await this.#boot(Reason.cold, undefined);
    else if (!node.on) await this.#wait(end_s);
    else {
      run.sleep(end_s);
      if (!node.on) await this.device.cut("lost");
      else if (node.time_s >= board.wake_s && node.time_s < end_s) await this.#wake();
    }
  }

  /** Without power, until it comes back. */
  async #wait(end_s: number): Promise<void> {
    const { node, run } = this;
    const cut = this.#cut;
    if (cut !== undefined && node.time_s >= cut.until_s) node.cut(false);
    run.waitOff(
      Math.min(end_s, cut === undefined ? Infinity : Math.max(cut.until_s, this.time_s + 1)),
    );
    if (!node.on) return;
    this.#cut = undefined;
    if (cut === undefined) await this.#boot(Reason.cold, undefined);
    else await this.#restart(cut);
  }

  async #powerFails(fault: PowerFault): Promise<void> {
    await this.device.cut(fault.retained);
    const cut = { since_s: this.time_s, until_s: this.time_s + fault.off_s, fault };
    if (fault.off_s === 0) return this.#restart(cut);
    this.#cut = cut;
    this.node.cut(true);
  }

  #restart({ since_s, fault }: Cut): Promise<void> {
    const lost = fault.clock === "lost";
    if (lost) this.clock.restart(this.time_s);
    const off_s = lost ? undefined : Math.round(this.time_s - since_s);
    return this.#boot(fault.retained === "kept" ? Reason.warm : Reason.cold, off_s);
  }

  async #boot(reason: number, off_s: number | undefined): Promise<void> {
    this.#started_ms ??= performance.now();
    const { board } = this;
    const profile = hostileProfile(this.#of.programme.profile, this.faults.profile);
    board.start();
    const time_ms = this.clock.read_ms(this.time_s);
    const reply = await this.#call(() => this.device.boot({ profile, reason, off_s, time_ms }));
    if (reply === undefined) return;
    this.#take(reply);
    board.started();
  }

  /** One wake: measures, asks the device, does what may be done. */
  async #wake(): Promise<void> {
    await this.#keepPace();
    const { board, run } = this;
    board.measure();
    const { sample } = this.words;
    sample.time_ms = this.clock.read_ms(this.time_s);
    this.#sensors.apply(sample, this.faults);
    const { at, size } = AREAS.sample;
    const bytes = this.#memory.slice(at, at + size);
    const reply = await this.#call(() => this.device.step(bytes));
    if (reply === undefined) return;
    this.#take(reply);
    this.#digest.update(reply.decision).update(reply.gauge);
    const held = (reply.status & 255) < REFUSED ? board.act() : board.idle(RETRY_S);
    if (!held && board.reset()) {
      await this.device.cut("lost");
      await this.#boot(Reason.cold, undefined);
    }
    run.note();
  }

  /** Asks the device; undefined: power failed in the meantime. */
  async #call(ask: () => Promise<Reply>): Promise<Reply | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof PowerFailure)) throw error;
      await this.#powerFails(FAILED);
      return undefined;
    }
  }

  #take({ status, decision, gauge, records }: Reply): void {
    this.status = status;
    this.#memory.set(decision, AREAS.decision.at);
    this.#memory.set(gauge, AREAS.gauge.at);
    this.board.recorded(records);
  }

  /** A device of real time sleeps as long as the node does. */
  async #keepPace(): Promise<void> {
    if (this.device.time !== "real" || this.#started_ms === undefined) return;
    const wait_ms = this.#started_ms + this.time_s * 1000 - performance.now();
    if (wait_ms > 0) await sleep(wait_ms);
  }
}

function storageKind(profile: Uint8Array) {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  return STORAGE_KINDS[view.getUint32(AREAS.profile.fields.storage_kind.offset, true)] ?? "fram";
}
