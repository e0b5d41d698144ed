// One node's life for the golden vectors: plausible wakes, long sleeps, faults, restarts, storage.

import { Reason, Status, Values } from "../../host/core/abi.js";
import { AREAS } from "../../host/core/abi.js";
import { type ProfileValues, compileProfile } from "../../host/core/profile.js";
import { type Random } from "./random.js";
import { type Recorder, f32Bits } from "./recorder.js";

/** f32 bit patterns at the edges of every conversion and comparison. */
export const EDGES: readonly number[] = [
  0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x00800000, 0x3f7fffff, 0x3f800000,
  0x3f800001, 0xbf800000, 0x4effffff, 0x4f000000, 0x4f000001, 0xceffffff, 0xcf000000, 0xcf000001,
  0x4f7fffff, 0x4f800000, 0x4f800001, 0xcf800000, 0x5effffff, 0x5f000000, 0xdf000000, 0x7f7fffff,
  0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x7f800001, 0x7fffffff, 0x41200000,
];

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;
const UNKNOWN = 0xffffffff;

type SampleField = keyof typeof AREAS.sample.fields;

export class Session {
  #slots = new Map<number, Uint32Array>();
  #time_ms: number;
  #temperature_degC = 22;
  #voltage_mV: number;
  readonly #series: number;
  /** Every wake has a counter's charge and a current. */
  readonly #underLoad: boolean;

  constructor(
    readonly recorder: Recorder,
    readonly random: Random,
    readonly values: ProfileValues,
  ) {
    this.#time_ms = random.word();
    this.#series = values.series;
    this.#underLoad = values.tables.polarization !== undefined;
    this.#voltage_mV = 4000 * this.#series;
  }

  /** Loads the profile; a copy with one word changed must be refused first. */
  load(): void {
    const bytes = compileProfile(this.values);
    const words = new Uint32Array(bytes.buffer);
    const at = this.recorder.call("profile_at");
    const broken = words.slice();
    broken[this.random.below(words.length)]! ^= 1 << this.random.below(32);
    for (const candidate of [broken, words]) {
      this.recorder.poke(at, candidate);
      this.recorder.call("load_profile", bytes.length);
    }
  }

  /** Starts with or without retained RAM; executes the reads of the journal. */
  boot(): void {
    const reason = this.random.pick(Object.values(Reason));
    const off_s = this.random.pick([0, 1, 60, 86400, 2592000, UNKNOWN]);
    if (this.random.chance(0.3)) this.#flip("vital");
    this.#serve(this.recorder.call("boot", reason, off_s, this.#time_ms | 0));
  }

  /** One wake of a node that works. */
  wake(): void {
    const { random } = this;
    const dt_ms = random.chance(0.7)
      ? Math.round(random.between(60000, 900000))
      : Math.round(random.decades(1, 40 * DAY_MS));
    this.#advance(dt_ms);
    this.#temperature_degC += random.normal() * 0.8 + 0.02 * (20 - this.#temperature_degC);
    const here_mV = this.recorder.bytes.getFloat32(this.#at("gauge", "ocv_mV"), true);
    if (here_mV > 1000) this.#voltage_mV = here_mV;
    const rest_mV = this.#voltage_mV + random.normal() * 3 * this.#series;
    const pulse_nA = random.decades(2000, 200000);
    const resistance = this.recorder.bytes.getFloat32(this.#at("gauge", "resistance_ohm"), true);
    const drop_mV = pulse_nA * 1e-6 * (resistance || 2000) * random.between(0.9, 1.1);
    const light = Math.max(0, Math.sin((this.#time_ms / DAY_MS) * 2 * Math.PI));
    const harvest_nA = light * random.between(0, 6000);
    const limiting = random.chance(0.06);
    this.#set("voltage_mV", rest_mV);
    this.#set("voltage_loaded_mV", Math.max(2, rest_mV - drop_mV));
    this.#set("pulse_drain_nA", pulse_nA);
    this.#set("temperature_degC", this.#temperature_degC);
    this.#set("harvest_mean_nA", harvest_nA);
    this.#set("harvest_now_nA", harvest_nA * random.between(0.5, 1.5));
    this.#set("source_mV", light * 520, random.below(4));
    this.#setWord("active_ms", Math.min(dt_ms, 5 + random.below(60)));
    this.#setWord("pmic_flags", limiting ? 3 : random.chance(0.05) ? 8 : 1);
    this.#setEvents();
    let valid = Values.voltage | Values.temperature | Values.harvest | Values.active | 0xf00;
    if (random.chance(0.75)) valid |= Values.pulse;
    if (random.chance(0.6)) valid |= Values.harvest_now;
    if (random.chance(0.08)) valid &= ~Values.voltage;
    if (random.chance(0.05)) valid &= ~Values.temperature;
    if (this.#underLoad) valid |= this.#setCurrent(random.normal() * 1e5);
    if (this.#underLoad || random.chance(0.04)) valid |= this.#setCharge(random.normal() * 1e9);
    this.#setWord("valid", valid);
    this.step();
  }

  /** One wake with something wrong in it. */
  fault(): void {
    const { random } = this;
    const kind = random.below(5);
    if (kind === 0) this.#advance(random.pick([0, -HOUR_MS, 40 * DAY_MS, 40 * DAY_MS + 1, -1]));
    else this.#advance(1 + random.below(HOUR_MS));
    const fields = Object.entries(AREAS.sample.fields).filter(
      ([name, { type }]) => type === "f32" && (name !== "current_nA" || this.#underLoad),
    );
    const count = kind === 1 ? fields.length : 1 + random.below(2);
    for (let i = 0; i < count; i++) {
      const [, field] = kind === 1 ? fields[i]! : random.pick(fields);
      const at = AREAS.sample.at + field.offset + 4 * random.below(field.count);
      this.recorder.poke(at, [random.chance(0.7) ? random.pick(EDGES) : random.word()]);
    }
    if (kind === 2) this.#setCharge(random.pick([-1, 1, 9e18, -9e18, 4e17]));
    if (kind === 3) this.#setWord("active_ms", random.word());
    this.#setWord("valid", kind === 4 ? random.word() : this.#underLoad ? 0x4fff : 0xfff);
    this.step();
    this.#set("temperature_degC", this.#temperature_degC);
  }

  /** Queries at ordinary and at extreme arguments. */
  query(): void {
    const { random, recorder } = this;
    const duration = random.pick([0, 1, 10, 1000, 60000, DAY_MS, -1]);
    recorder.call("allowed_current_nA", random.pick([-1, 1]), duration);
    recorder.call("time_to_empty_s", random.below(5));
    recorder.call("time_to_full_s");
    const edge = random.chance(0.5)
      ? random.pick(EDGES)
      : f32Bits(random.normal() * 2 ** random.below(40));
    recorder.call("guarded_i32", edge);
    recorder.call("guarded_u32", edge);
    if (random.chance(0.2)) recorder.call("acknowledge", random.word() | 0);
    if (random.chance(0.2)) this.#serve(recorder.call("storage_done", 0));
  }

  step(): void {
    const status = this.recorder.call("step");
    if (this.recorder.bytes.getUint32(this.#at("storage", "op"), true) !== 0)
      this.#serve(Status.storage);
    void status;
  }

  /** The host's part: executes storage operations, sometimes badly. */
  #serve(status: number): void {
    let answer = status;
    while ((answer & 255) === Status.storage) {
      const { bytes } = this.recorder;
      const op = bytes.getUint32(this.#at("storage", "op"), true);
      const address = bytes.getUint32(this.#at("storage", "address"), true);
      const words = bytes.getUint32(this.#at("storage", "length"), true) / 4;
      const at = bytes.getUint32(this.#at("storage", "memory_at"), true);
      const failed = this.random.chance(0.05);
      if (op === 1) {
        const stored = this.#slots.get(address) ?? new Uint32Array(words).fill(0xffffffff);
        const read = stored.slice(0, words);
        if (this.random.chance(0.1)) read[this.random.below(words)]! ^= 1 << this.random.below(32);
        this.recorder.poke(at, read);
      } else if (op === 2 && !failed) {
        this.#slots.set(address, this.recorder.memory.slice(at / 4, at / 4 + words));
      } else if (op === 3) {
        for (let at = address; at < address + 4 * words; at += 128) this.#slots.delete(at);
      }
      answer = this.recorder.call("storage_done", failed ? 1 : 0);
    }
  }

  #at<A extends keyof typeof AREAS>(area: A, field: keyof (typeof AREAS)[A]["fields"]): number {
    const fields = AREAS[area].fields as Record<string, { offset: number }>;
    return AREAS[area].at + fields[field as string]!.offset;
  }

  #advance(dt_ms: number): void {
    this.#time_ms = (this.#time_ms + dt_ms) >>> 0;
    this.#setWord("time_ms", this.#time_ms);
  }

  #set(field: SampleField, value: number, index = 0): void {
    this.recorder.poke(this.#at("sample", field) + 4 * index, [f32Bits(value)]);
  }

  #setWord(field: SampleField, value: number): void {
    this.recorder.poke(this.#at("sample", field), [value >>> 0]);
  }

  #setCharge(charge_pC: number): number {
    const wide = BigInt.asUintN(64, BigInt(Math.round(charge_pC)));
    const words = [Number(wide & 0xffffffffn), Number(wide >> 32n)];
    this.recorder.poke(this.#at("sample", "charge_pC"), words);
    return Values.charge;
  }

  #setCurrent(current_nA: number): number {
    this.#set("current_nA", current_nA);
    return Values.current;
  }

  #setEvents(): void {
    const { random } = this;
    const counts = [0, 1, 2, 3].map(() => (random.chance(0.15) ? random.below(4) : 0));
    this.recorder.poke(this.#at("sample", "events"), [
      counts[0]! | (counts[1]! << 16),
      counts[2]! | (counts[3]! << 16),
    ]);
  }

  #flip(area: "vital"): void {
    const words = Math.floor(AREAS[area].size / 4);
    const address = AREAS[area].at + 4 * this.random.below(words);
    const word = this.recorder.memory[address / 4]!;
    this.recorder.poke(address, [(word ^ (1 << this.random.below(32))) >>> 0]);
  }
}
