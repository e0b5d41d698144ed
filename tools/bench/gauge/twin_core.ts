// The core as a twin's firmware: readings in by the sample, SOC and its sigma out, and what it
// decided for the charger.

import { AREAS, Pmic, Reason, Status } from "../../../host/core/abi.js";
import { Core, type StoragePort } from "../../../host/core/core.js";
import { compileProfile, type ProfileValues } from "../../../host/core/profile.js";
import { Words } from "../../../host/core/words.js";
import { type Reading } from "../../../host/sim/twin/bed.js";

const MS = 1000;
const PC_PER_NAH = 3.6e6;
const WORD = 2 ** 32;
/** A status of this or more says that the core cannot go on. */
const FATAL = 16;
/** The first reading comes so long after the start. */
const START_MS = 1000;

/** Fields of the gauge that not every layout has; the later name first. */
const DRAIN_FIELDS = ["unbooked_drain_nA", "leak_nA"];
const ALIVE_FIELD = "hypotheses";

/** The core's clock where it starts at a time of the bed. */
const clockOf = (time_s: number): number => Math.round(time_s * MS) % WORD;

/** Reads a single field of the gauge by name; undefined: this layout has none. */
function gaugeReader(words: Words, names: readonly string[]): (() => number) | undefined {
  const name = names.find((each) => each in AREAS.gauge.fields);
  const gauge = words.gauge as unknown as Record<string, number>;
  return name === undefined ? undefined : () => gauge[name]!;
}

/** A start with nothing but the journal: its storage, and the time. */
export interface Restart {
  journal: StoragePort;
  time_s: number;
}

export class TwinCore {
  readonly words: Words;
  readonly core: Core;
  /** Learned drain beyond the books. */
  readonly drain_nA: () => number;
  /** Hypotheses in use, where the core has them. */
  readonly alive: (() => number) | undefined;
  readonly #pulse_nA: number;
  readonly #capacity_pC: number;
  readonly #journal: StoragePort | undefined;

  /** Without `restart` it has no journal, and starts at 0. */
  constructor(module: WebAssembly.Module, profile: ProfileValues, restart?: Restart) {
    this.#journal = restart?.journal;
    this.core = new Core(new WebAssembly.Instance(module).exports);
    this.words = new Words(this.core);
    this.#capacity_pC = profile.capacity_nAh * PC_PER_NAH;
    this.#pulse_nA = profile.event_pulse_nA[0]!;
    this.words.sample.valid = profile.observables;
    this.drain_nA = gaugeReader(this.words, DRAIN_FIELDS)!;
    this.alive = gaugeReader(this.words, [ALIVE_FIELD]);
    this.#must(this.core.loadProfile(compileProfile(profile)));
    this.#boot(Reason.cold, restart?.time_s ?? 0);
  }

  /** Starts again with what retained RAM kept, after no time off. */
  restartWarm(time_s: number): void {
    this.#boot(Reason.warm, time_s);
  }

  #boot(reason: number, time_s: number): void {
    const off_s = reason === Reason.warm ? 0 : undefined;
    this.#must(this.core.boot(reason, off_s, clockOf(time_s)));
    this.#serve();
  }

  #serve(): void {
    if (this.#journal !== undefined) this.core.serveStorage(this.#journal);
  }

  step(reading: Reading): void {
    const { sample } = this.words;
    sample.time_ms = (START_MS + clockOf(reading.time_s)) % WORD;
    sample.pmic_flags =
      (reading.charging ? Pmic.charging : 0) |
      (reading.limiting ? Pmic.limiting : 0) |
      (reading.paused ? Pmic.paused : 0);
    sample.voltage_mV = reading.voltage_mV;
    sample.voltage_loaded_mV = reading.loaded_mV;
    sample.pulse_drain_nA = this.#pulse_nA;
    sample.temperature_degC = reading.temperature_degC;
    sample.harvest_mean_nA = reading.harvest_mean_nA;
    sample.harvest_now_nA = reading.harvest_now_nA;
    sample.events[0] = reading.events;
    sample.charge_pC = reading.charge_pC ?? 0;
    this.#must(this.core.exports.step());
    this.#serve();
  }

  /** What it says of its cell's health: shares of the told capacity, and of the told resistance. */
  get health(): { capacity_share: number | undefined; resistance_ratio: number } {
    const { soh_capacity, resistance_scale } = this.words.gauge;
    const capacity_share = soh_capacity < 0 ? undefined : soh_capacity;
    return { capacity_share, resistance_ratio: resistance_scale };
  }

  /** State of charge as the ledger holds it: not clipped. */
  get soc(): number {
    return this.words.vital.charge_pC / this.#capacity_pC;
  }

  /** The sample's bytes in the core's memory. */
  sampleBytes(): Uint8Array {
    const { memory } = this.core.exports;
    const { at, size } = AREAS.sample;
    return new Uint8Array("buffer" in memory ? memory.buffer : memory, at, size);
  }

  /** Whether the charger may charge, and how long it pauses before the next reading. */
  get charge(): boolean {
    return this.words.decision.charge_enable === 1;
  }

  get pause_s(): number {
    const { decision } = this.words;
    return decision.measure === 1 ? decision.measure_wait_ms / MS : 0;
  }

  #must(status: number): void {
    if ((status & 255) >= FATAL) throw new Error(this.core.statusText(status));
    if (status === Status.storage && this.#journal === undefined) {
      throw new Error("twin: the profile has no storage to serve");
    }
  }
}
