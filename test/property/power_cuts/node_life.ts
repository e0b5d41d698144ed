// A node's life by script: wakes with known harvest and load, so that the true charge is known to
// the picocoulomb. After its first reading the node measures no voltage: what its journal keeps
// is all that it knows.

import { AREAS, Values } from "../../../host/core/abi.js";
import { Random } from "../../../tools/vectors/random.js";
import { baseProfile, profileBytes } from "../profile_under_test.js";
import { ERASE, Machine, PROGRAM } from "./machine.js";
import { Medium, type MediumKind } from "./medium.js";

export interface Setup {
  kind: MediumKind;
  slots_log2: number;
  /** The number of the first record is this and one. */
  sequence: number;
  seed: number;
}

const AT = 0x1000;
const PC_PER_NAH = 3.6e6;
const CAPACITY_NAH = 50000;
export const CAPACITY_PC = CAPACITY_NAH * PC_PER_NAH;
export const SHARES = { record_share: 0.02, erase_share: 0.04 };
const DRAINS = {
  fram: { record_drain_pC: 410000, erase_drain_pC: 0 },
  flash: { record_drain_pC: 5e6, erase_drain_pC: 425e6 },
};
const ACTIVE_MS = 20;

export const profileOf = ({ kind, slots_log2 }: Setup): Uint8Array =>
  profileBytes({
    ...SHARES,
    ...DRAINS[kind],
    capacity_nAh: CAPACITY_NAH,
    // the first reading tells SOC to some tenths of a percent: what a cut costs stands out
    soc_sigma: 0.003,
    voltage_sigma_mV: 0.2,
    adc_gain_sigma: 0.00005,
    adc_noise_mV: 0.1,
    adc_lsb_mV: 0.1,
    temperature_sigma_K: 0,
    storage_kind: kind === "fram" ? 1 : 2,
    storage_at: AT,
    storage_slots_log2: slots_log2,
    observables: Values.voltage | Values.harvest | Values.active,
  });

/** One interval of the script. */
interface Interval {
  dt_ms: number;
  harvest_nA: number;
}

export class NodeLife {
  readonly machine: Machine;
  readonly medium: Medium;
  readonly random: Random;
  /** The true charge. */
  true_pC = 0;
  /** How far the node's own charge lies above it. */
  error_pC = 0;
  readonly #drains: { record_drain_pC: number; erase_drain_pC: number };
  /** Charge and discharge take turns, so that SOC stays in the middle. */
  #charging = false;

  constructor(readonly setup: Setup) {
    const profile = profileOf(setup);
    const crc = new DataView(profile.buffer).getUint32(AREAS.profile.fields.crc.offset, true);
    this.random = new Random(setup.seed);
    this.machine = new Machine(profile);
    this.medium = new Medium(setup.kind, AT, 2 ** setup.slots_log2, crc);
    this.#drains = DRAINS[setup.kind];
    this.machine.boot(this.medium);
    this.machine.node.set("vital", "sequence", setup.sequence);
  }

  /** The first reading tells SOC; the truth lies `sigmas` of its error below it. */
  begin(sigmas: number): void {
    const { machine } = this;
    machine.node.step({ dt_ms: 1000, valid: Values.voltage, voltage_mV: 3950 });
    this.error_pC = sigmas * machine.socSigma * CAPACITY_PC;
    this.true_pC = machine.charge_pC + this.drawn_pC(machine.op) - this.error_pC;
  }

  /** By how much the node's books differ from what it did. */
  get unbooked_pC(): number {
    return this.machine.charge_pC - this.true_pC - this.error_pC;
  }

  /** The node starts anew, and may have lost what moved since its record. */
  restarted(): void {
    this.error_pC = this.machine.charge_pC - this.true_pC;
  }

  /** What happens until the next wake. */
  draw(): Interval {
    const soc = this.true_pC / CAPACITY_PC;
    if (soc < 0.4) this.#charging = true;
    if (soc > 0.6) this.#charging = false;
    const dt_ms = 60000 + this.random.below(540000);
    const harvest_nA = this.#charging ? this.random.below(4000) : this.random.below(300);
    return { dt_ms, harvest_nA };
  }

  /** The charge that an interval moves, net. */
  static moved_pC({ dt_ms, harvest_nA }: Interval): number {
    const { sleep_drain_nA, active_drain_nA, self_drain_nA } = baseProfile as unknown as Record<
      string,
      number
    >;
    const gained_pC = (harvest_nA - self_drain_nA!) * dt_ms;
    return gained_pC - sleep_drain_nA! * (dt_ms - ACTIVE_MS) - active_drain_nA! * ACTIVE_MS;
  }

  /** One wake of `machine` at the end of an interval. */
  static wake(machine: Machine, { dt_ms, harvest_nA }: Interval): number {
    return machine.node.step({
      dt_ms,
      valid: Values.harvest | Values.active,
      harvest_mean_nA: harvest_nA,
      active_ms: ACTIVE_MS,
    });
  }

  /** The next wake; returns what it was. */
  next(): Interval {
    const interval = this.draw();
    NodeLife.wake(this.machine, interval);
    this.true_pC += NodeLife.moved_pC(interval);
    return interval;
  }

  /** The charge that an operation draws. */
  drawn_pC(op: number): number {
    if (op === ERASE) return this.#drains.erase_drain_pC;
    return op === PROGRAM ? this.#drains.record_drain_pC : 0;
  }
}
