// A node and a plant of the gauge's own model, wake by wake; charging is paused while the rest
// voltage is read. What is hidden from the node is up to the test.

import { Pmic, Values } from "../../host/core/abi.js";
import { Random } from "../../tools/vectors/random.js";
import { type Build, NodeUnderTest } from "./node_under_test.js";
import { Plant } from "./plant.js";
import { type ProfileValues, baseProfile } from "./profile_under_test.js";

export const INTERVAL_S = 600;
/** Wakes of a day. */
export const DAY = 86400 / INTERVAL_S;
const SLEEP_NA = baseProfile.sleep_drain_nA as number;
const EVENT_PC = (baseProfile.event_drain_pC as number[])[0]!;
const PULSE_NA = 40000;
const ALL =
  Values.voltage | Values.pulse | Values.temperature | Values.harvest | Values.harvest_now;

export interface Hidden {
  leak_nA: number;
  resistance_scale: number;
  /** What the node takes and the harvester gives, over what is booked. */
  load_ratio?: number;
  harvest_ratio?: number;
  /** Error of the ADC's gain. */
  gain?: number;
}

/** Light for half of each day. */
function harvest_nA(time_s: number): number {
  return Math.max(0, 1870 * Math.sin((2 * Math.PI * time_s) / 86400));
}

/** Events at random: some days are busy, so that their charge is not a constant drain. */
function eventsOf(random: Random, time_s: number): number {
  const busy = Math.floor(time_s / 86400) % 3;
  return random.chance(0.15 * busy) ? 6 : 0;
}

export class Twin {
  readonly plant: Plant;
  readonly node: NodeUnderTest;
  readonly #random = new Random(99);
  #time_s = 0;

  constructor(
    soc: number,
    readonly hidden: Hidden,
    readonly noise_mV: () => number,
    changes: Partial<ProfileValues> = {},
    build?: Build,
  ) {
    this.plant = new Plant(baseProfile, soc, hidden.leak_nA, hidden.resistance_scale);
    this.node = NodeUnderTest.running(changes, build);
  }

  /** One interval and the sample at its end, with an error in the rest voltage. */
  wake({ error_mV = 0, valid = ALL } = {}): void {
    const { plant, node, hidden } = this;
    const { load_ratio = 1, harvest_ratio = 1, gain = 0 } = hidden;
    const booked_nA = Math.fround(harvest_nA(this.#time_s));
    const events = eventsOf(this.#random, this.#time_s);
    const load_nA = SLEEP_NA + (events * EVENT_PC) / (1000 * INTERVAL_S);
    this.#time_s += INTERVAL_S;
    plant.temperature_degC = 25 + 8 * Math.sin((2 * Math.PI * this.#time_s) / 86400);
    plant.flow(booked_nA * harvest_ratio - load_nA * load_ratio, INTERVAL_S);
    const rest_mV = plant.voltage_mV(-SLEEP_NA * load_ratio);
    const voltage_mV = rest_mV * (1 + gain) + this.noise_mV();
    const drop_mV = PULSE_NA * plant.resistance_mV_nA(plant.soc) + this.noise_mV();
    node.step({
      dt_ms: 1000 * INTERVAL_S,
      valid,
      pmic_flags: Pmic.paused,
      voltage_mV: voltage_mV + error_mV,
      voltage_loaded_mV: voltage_mV + error_mV - drop_mV,
      pulse_drain_nA: PULSE_NA,
      temperature_degC: plant.temperature_degC,
      harvest_mean_nA: booked_nA,
      events: [events, 0, 0, 0],
    });
  }

  /** Error of the estimate. */
  get error(): number {
    return this.node.get("gauge", "soc") - this.plant.soc;
  }
}

export const quiet = () => 0;

/** Noise of a millivolt, the same for the same seed. */
export function noisy(seed: number): () => number {
  const random = new Random(seed);
  return () => random.normal();
}

/** Runs a twin for some days; calls `look` after each wake. */
export function live(twin: Twin, days: number, look: (twin: Twin) => void = () => {}): Twin {
  for (let wake = 0; wake < days * DAY; wake++) {
    twin.wake();
    look(twin);
  }
  return twin;
}
