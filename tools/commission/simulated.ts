// A simulated node on the bench: its cell, charger, sensors and light are the plant's, and differ
// from the files as the seed draws. The reference meter has an error of its own.

import { crc32 } from "node:zlib";
import { environmentOf, plantOf, type Plant } from "../../boards/plant.js";
import { type Parts } from "../../boards/parts.js";
import { type Settings } from "../../host/sim/supply.js";
import { type CommissionedNode, type Reading } from "./device.js";

/** A bench multimeter: 0.05 % one way for all readings of a bench. */
const REFERENCE_ERROR = 0.0005;
/** Wakes and reads take no time here, but readings are not at the same instant. */
const READ_S = 0.1;

export class SimulatedNode implements CommissionedNode {
  readonly plant: Plant;
  gain = 1;
  #settings: Settings;

  constructor(parts: Parts, hours: number) {
    const { seed } = parts.scenario;
    this.plant = plantOf(parts, environmentOf(parts, seed, hours), seed);
    const float_mV = parts.board.physics.float_strap_mV.value;
    this.#settings = { charge: false, limit_nA: Infinity, float_mV };
  }

  async read(): Promise<Reading> {
    await this.wait(READ_S);
    const { node, sensors } = this.plant;
    return {
      voltage_mV: this.gain * sensors.voltage_mV(node.voltage_mV()),
      temperature_degC: sensors.temperature_degC(node.cell.temperature_degC),
      charge_nA: sensors.current_nA(node.readMeter_nA()),
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
