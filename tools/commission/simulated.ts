// A simulated node on the bench: its cell, charger, sensors and light are the plant's, and differ
// from the files as the seed draws. The reference meter has an error of its own.

import { crc32 } from "node:zlib";
import { environmentOf, plantOf, type Plant } from "../../boards/plant.js";
import { type Parts } from "../../boards/parts.js";
import { type Node } from "../../host/sim/node.js";
import { type Settings } from "../../host/sim/supply.js";
import { OFFER_S, type CommissionedNode, type Reading } from "./device.js";

/** A bench multimeter: 0.05 % one way for all readings of a bench. */
const REFERENCE_ERROR = 0.0005;
/** Wakes and reads take no time here, but readings are not at the same instant. */
const READ_S = 0.1;

const HOUR_S = 3600;
const PER_H = HOUR_S / OFFER_S;
/** Somebody begins with a new node when there is light for an hour, within a week. */
const BEGIN = 168 * PER_H;
/** The cell's voltage at half is what a charger's power is counted at. */
const HALF = 0.5;
/** pW per uW: over mV they are nA. */
const PW = 1e6;

/** What the charger makes of the surroundings, in steps of OFFER_S. */
function offeredBy({ harvest, cell }: Node, steps: number): number[] {
  const rail_mV = cell.emf_mV(HALF);
  return Array.from({ length: steps }, (_, step) => {
    let [time_s, energy_uJ] = [step * OFFER_S, 0];
    const end_s = time_s + OFFER_S;
    while (time_s < end_s) {
      harvest.follow(time_s, rail_mV);
      const until_s = harvest.gather(time_s, end_s, Infinity, Infinity, rail_mV);
      energy_uJ += harvest.delivered_uW * (until_s - time_s);
      time_s = until_s;
    }
    return ((energy_uJ / OFFER_S) * PW) / rail_mV;
  });
}

export class SimulatedNode implements CommissionedNode {
  readonly plant: Plant;
  gain = 1;
  #settings: Settings;
  readonly #offered_nA: readonly number[];

  constructor(parts: Parts, hours: number) {
    const { seed } = parts.scenario;
    const steps = Math.ceil(hours * PER_H);
    const environment = environmentOf(parts, seed, (steps + BEGIN) / PER_H);
    const newPlant = () => plantOf(parts, environment, seed);
    const offered_nA = offeredBy(newPlant().node, steps + BEGIN);
    const own_nA = parts.board.profile.sleep_drain_nA.value;
    const lit = offered_nA
      .slice(0, BEGIN)
      .findIndex((_, at) => offered_nA.slice(at, at + PER_H).every((nA) => nA > own_nA));
    const begin = Math.max(0, lit);
    this.#offered_nA = offered_nA.slice(begin, begin + steps);
    this.plant = newPlant();
    this.plant.node.time_s = begin * OFFER_S;
    const float_mV = parts.board.physics.float_strap_mV.value;
    this.#settings = { charge: false, limit_nA: Infinity, float_mV };
  }

  offered_nA(): Promise<readonly number[]> {
    return Promise.resolve(this.#offered_nA);
  }

  async read(): Promise<Reading | undefined> {
    await this.wait(READ_S);
    const { node, sensors } = this.plant;
    // without supply the meter counts nothing either
    const metered_nA = node.readMeter_nA();
    if (!node.on) return undefined;
    return {
      voltage_mV: this.gain * sensors.voltage_mV(node.voltage_mV()),
      temperature_degC: sensors.temperature_degC(node.cell.temperature_degC),
      charge_nA: sensors.current_nA(metered_nA),
    };
  }

  reference_mV(): Promise<number> {
    return Promise.resolve(this.plant.node.voltage_mV() * (1 + REFERENCE_ERROR));
  }

  charge(on: boolean, limit_nA: number): Promise<void> {
    this.#settings = { ...this.#settings, charge: on, limit_nA };
    return Promise.resolve();
  }

  wait(duration_s: number): Promise<void> {
    const { node } = this.plant;
    const until_s = node.time_s + duration_s;
    // the supervisor may switch the load on or off in between
    while (node.time_s < until_s) node.pass(until_s, this.#settings);
    return Promise.resolve();
  }

  setGain(gain: number): Promise<void> {
    this.gain *= gain;
    return Promise.resolve();
  }

  upload(profile: Uint8Array): Promise<number> {
    return Promise.resolve(crc32(profile.slice()));
  }

  /** Silent when nothing flows into the cell any more. */
  async ship(): Promise<boolean> {
    await this.charge(false, 0);
    await this.wait(READ_S);
    return this.plant.node.charging_nA === 0;
  }
}
