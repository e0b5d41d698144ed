// A made-up board with a model cell whose profile is wrong about it, for the gauge's random runs:
// what it measures, how its sensors fail, how it starts again.

import { Pmic, Reason, Status, Values } from "../../host/core/abi.js";
import { type Random } from "../../tools/vectors/random.js";
import { type Curve, DIFFUSION, FLAT, LAYERED, ModelCell } from "./model_cell.js";
import { type NodeUnderTest } from "./node_under_test.js";
import { ALL_VALUES, profileBytes, type ProfileValues } from "./profile_under_test.js";

/** How a voltage sensor may fail. */
export type Fault = "none" | "stuck" | "noisy" | "offset" | "nan";
export const FAULTS: Fault[] = ["stuck", "noisy", "offset", "nan"];

const UNKNOWN_OFF = 0xffffffff;
const LSB_MV = 1.1;
const NOISE_MV = 0.9;
const LOAD_STEP_ERROR = 0.03;

/** What this node is like, and what its profile does not know. */
export interface Truth {
  flat: boolean;
  /** What is told about the charger. */
  charger: "tells" | "silent" | "metered";
  capacity_nAh: number;
  label: number;
  resistance_ratio: number;
  load_ratio: number;
  harvest_ratio: number;
  gain: number;
  set_ratio: number;
}

/**
 * A node at random, with profile errors as large as they may be; or, `exact`, the same node but for
 * gain and set point, which are what the profile says.
 */
export function drawTruth(random: Random, exact = false): Truth {
  const truth: Truth = {
    flat: random.chance(0.3),
    charger: random.pick(["tells", "tells", "metered", "metered", "silent"]),
    capacity_nAh: random.decades(5000, 2e6),
    label: random.between(0.9, 1.1),
    resistance_ratio: random.decades(0.5, 2),
    load_ratio: random.between(0.85, 1.15),
    harvest_ratio: random.between(0.85, 1.15),
    gain: random.between(-0.004, 0.004),
    set_ratio: random.between(0.995, 1.005),
  };
  return exact ? { ...truth, gain: 0, set_ratio: 1 } : truth;
}

/** R Q of the family: 1 C drops some 100 mV. */
const OHM_NAH = 1e8;

function profileOf(truth: Truth, sleep_nA: number, tau_s: number, random: Random) {
  const { soc, ocv_mV }: Curve = truth.flat ? FLAT : LAYERED;
  const float_mV = truth.flat ? 3500 : 4150;
  const capacity_nAh = truth.capacity_nAh * truth.label;
  const without =
    truth.charger === "tells"
      ? Values.metered
      : truth.charger === "metered"
        ? Values.limiting
        : Values.metered | Values.limiting;
  const changes: Partial<ProfileValues> = {
    ...DIFFUSION,
    capacity_nAh,
    resistance_ohm: OHM_NAH / truth.capacity_nAh,
    observables: ALL_VALUES & ~without,
    float_mV,
    float_strap_mV: float_mV,
    actuators: 0x60,
    sleep_drain_nA: sleep_nA,
    event_drain_pC: [capacity_nAh * 360, 0, 0, 0],
    adc_lsb_mV: LSB_MV,
    adc_noise_mV: NOISE_MV,
    adc_gain_sigma: 0.002,
    float_sigma: 0.003,
    hypotheses: 7,
    hysteresis_mV: truth.flat ? 6 : 0,
    leak_sigma_nA: 0.004 * (capacity_nAh / 24),
    leak_walk_nA: 0.0002 * (capacity_nAh / 24),
    soc_sigma_floor: 0.003,
    flow_noise: 0.03,
    off_drain_nA: 0.01 * (capacity_nAh / 24),
    self_drain_nA: 0,
    storage_kind: random.pick([0, 1]),
    tables: {
      soc,
      tau_s: soc.map(() => tau_s),
      resistance_factor: soc.map(() => 1),
      dudt_mV_K: soc.map(() => 0),
      blocks: [{ temperature_degC: 25, ocv_mV }],
    },
  };
  return { changes, float_mV };
}

/** What the world does over one interval, and what the node does meanwhile. */
export interface Interval {
  dt_s: number;
  offer_nA: number;
  /** Light at the end of it, when the node wakes. */
  now_nA: number;
  events: number;
  /** How likely each value is missing. */
  missing: number;
}

export class GaugeBoard {
  readonly node: NodeUnderTest;
  readonly cell: ModelCell;
  readonly sleep_nA: number;
  readonly #off_nA: number;
  readonly #event_pC: number;
  readonly #slots = new Map<number, Uint8Array>();
  fault: Fault = "none";
  /** It failed at some time, healed or not. */
  broke = false;
  #offset_mV = 0;
  #stuck_mV = 3900;
  #time_ms = 0;
  #pause = false;

  constructor(
    readonly truth: Truth,
    readonly random: Random,
    node: NodeUnderTest,
  ) {
    const { capacity_nAh } = truth;
    this.node = node;
    this.sleep_nA = (capacity_nAh / 24) * random.decades(0.005, 0.1);
    const tau_s = random.decades(300, 5000);
    const { changes, float_mV } = profileOf(truth, this.sleep_nA, tau_s, random);
    this.#off_nA = changes.off_drain_nA as number;
    this.#event_pC = (changes.event_drain_pC as number[])[0]!;
    this.cell = new ModelCell({
      curve: truth.flat ? FLAT : LAYERED,
      capacity_nAh,
      resistance_ohm: (changes.resistance_ohm as number) * truth.resistance_ratio,
      activation_K: 6400,
      tau_s,
      leak_nA: Math.abs(random.normal()) * (changes.leak_sigma_nA as number),
      hysteresis_mV: truth.flat ? 6 : 0,
      set_mV: float_mV * truth.set_ratio,
      soc: random.between(0.05, 0.95),
    });
    node.load(profileBytes(changes));
    this.boot(Reason.cold, UNKNOWN_OFF);
  }

  /** Starts the core; the journal answers. */
  boot(reason: number, off_s: number): void {
    this.#time_ms = this.random.word();
    this.node.core.boot(reason, off_s, this.#time_ms);
    this.#serve();
  }

  /** A brown-out: the node is off, then starts with what it kept. */
  brownOut(off_s: number, reason: number, known: boolean): void {
    this.cell.advance(0, this.#off_nA, off_s);
    this.boot(reason, known ? Math.round(off_s) : UNKNOWN_OFF);
  }

  /** The clock jumps: the node's time is off by this from now on. */
  jump(by_ms: number): void {
    this.#time_ms = (this.#time_ms + by_ms) >>> 0;
  }

  /** Events that take this much charge, as the program counts them. */
  eventsFor(charge_pC: number): number {
    const real_pC = this.#event_pC * this.truth.load_ratio;
    return Math.max(0, Math.min(65535, Math.round(charge_pC / real_pC)));
  }

  breakSensor(fault: Fault): void {
    this.fault = fault;
    this.broke = true;
    this.#offset_mV = this.random.pick([-1, 1]) * this.random.decades(20, 300);
    this.#stuck_mV = this.cell.emf_mV;
  }

  /** One interval in the cell and the sample at its end. Returns the status. */
  wake(interval: Interval): number {
    const { dt_s, offer_nA, events } = interval;
    const { cell, truth, random } = this;
    const booked_nA = this.sleep_nA + (events * this.#event_pC) / (1000 * dt_s);
    cell.temperature_degC += random.between(-2, 2);
    cell.temperature_degC = Math.min(35, Math.max(10, cell.temperature_degC));
    cell.advance(offer_nA, booked_nA * truth.load_ratio, dt_s);
    this.#time_ms = (this.#time_ms + Math.round(1000 * dt_s)) >>> 0;
    const metered = truth.charger === "metered";
    const flowed_nA = metered ? cell.taken_nA : offer_nA;
    this.#sample(interval, flowed_nA);
    const status = this.node.core.step();
    this.#pause = this.node.get("decision", "measure") === 1;
    this.#serve();
    return status & 255;
  }

  #sample({ now_nA, events, missing }: Interval, flowed_nA: number): void {
    const { node, cell, truth, random } = this;
    const paused = this.#pause;
    const load_nA = this.sleep_nA * truth.load_ratio;
    const taken_nA = paused ? 0 : cell.taken(now_nA, load_nA, 0);
    const held = taken_nA < now_nA && !paused;
    const rest_mV = cell.emf_mV + (taken_nA - load_nA) * cell.resistance_mV_nA;
    const reading_mV = this.#read(rest_mV);
    const pulse_nA = truth.capacity_nAh * 0.3;
    const drop_mV = pulse_nA * cell.resistance_mV_nA * (1 + LOAD_STEP_ERROR * random.normal());
    let valid = 0;
    for (const bit of [1, 2, 4, 16, 32]) if (!random.chance(missing)) valid |= bit;
    const told = held && truth.charger === "tells" ? Pmic.limiting : 0;
    const per_ratio = 1 / truth.harvest_ratio;
    const now = paused ? 0 : truth.charger === "metered" ? taken_nA : now_nA;
    node.set("sample", "time_ms", this.#time_ms);
    node.set("sample", "valid", valid);
    node.set("sample", "pmic_flags", told | (paused ? Pmic.paused : 0));
    node.set("sample", "voltage_mV", reading_mV);
    node.set("sample", "voltage_loaded_mV", this.#round(reading_mV - drop_mV));
    node.set("sample", "pulse_drain_nA", pulse_nA);
    node.set("sample", "temperature_degC", cell.temperature_degC + 0.5 * random.normal());
    node.set("sample", "harvest_mean_nA", flowed_nA * per_ratio);
    node.set("sample", "harvest_now_nA", now * per_ratio);
    node.set("sample", "events", events);
  }

  #round(mV: number): number {
    return Math.round((mV + NOISE_MV * this.random.normal()) / LSB_MV) * LSB_MV;
  }

  /** The reading of a voltage: gain, noise, resolution, and what is broken. */
  #read(voltage_mV: number): number {
    const good_mV = this.#round(voltage_mV * (1 + this.truth.gain));
    switch (this.fault) {
      case "none":
        return good_mV;
      case "stuck":
        return this.#stuck_mV;
      case "noisy":
        return good_mV + 50 * this.random.normal();
      case "offset":
        return good_mV + this.#offset_mV;
      case "nan":
        return this.random.pick([NaN, Infinity, -1, good_mV]);
    }
  }

  /** The journal's device: always well. */
  #serve(): void {
    const { node } = this;
    for (let left = 8; left > 0 && node.get("storage", "op") !== 0; left--) {
      const address = node.get("storage", "address");
      const { at, size } = node.layout.vital;
      const vital = new Uint8Array(node.core.memory.buffer, at, size);
      const kept = this.#slots.get(address);
      if (node.get("storage", "op") === 1) vital.set(kept ?? new Uint8Array(size));
      else this.#slots.set(address, vital.slice());
      const status = node.core.storage_done(0);
      if (status !== Status.ok && status !== Status.storage) return;
    }
  }
}
