// Where the energy went: every entry from its own flow, in pJ (nA mV s), and charge in nC (nA s).
// Nothing here is the rest of a subtraction, so that a loss that is forgotten shows: what the
// charger drew is what was used, lost and stored (`imbalance_pJ`).

import { type Buffer } from "./buffer.js";
import { type Cell } from "./cell.js";
import { type Packets } from "./packets.js";

/** Who gets the charge that is taken from the buffer. */
export type Pulsed = "active" | "events" | "gauge" | "record";

const sum = (values: Record<string, number>): number =>
  Object.values(values).reduce((total, value) => total + value, 0);

/** What the charger takes from its source, turns into heat, and gives. */
export interface ChargerPowers {
  drawn_uW: number;
  lost_uW: number;
  delivered_uW: number;
}

export class Ledger {
  /** What the source could have given at its best point, whatever the charger made of it. */
  available_pJ = 0;
  /** What the charger would have drawn, and what it drew: less where the cell was full. */
  offered_pJ = 0;
  drawn_pJ = 0;
  /** What reached the rail of the cell. */
  delivered_pJ = 0;
  delivered_nC = 0;
  /**
   * Losses outside the cell: conversion, cold starts, the charger's own current, from the rail and
   * from a capacitor at its input, a shunt there, the limiter before the buffer, leakage over the
   * board.
   */
  conversion_pJ = 0;
  start_pJ = 0;
  quiescent_pJ = 0;
  quiescent_nC = 0;
  input_pJ = 0;
  shunt_pJ = 0;
  limiter_pJ = 0;
  leak_pJ = 0;
  leak_nC = 0;
  /** Used by the node, asleep and switched off from the rail, the others from the buffer. */
  sleep_pJ = 0;
  sleep_nC = 0;
  off_pJ = 0;
  off_nC = 0;
  active_pJ = 0;
  active_nC = 0;
  gauge_pJ = 0;
  gauge_nC = 0;
  record_pJ = 0;
  record_nC = 0;
  events_pJ = 0;
  events_nC = 0;
  /** Through the limiter into the buffer. */
  buffer_nC = 0;
  /** Stored at the start. */
  readonly start_cell_pJ: number;
  readonly start_buffer_pJ: number;

  constructor(
    readonly cell: Cell,
    readonly buffer: Buffer,
    readonly stores: readonly Packets[] = [],
  ) {
    this.start_cell_pJ = cell.stored_pJ;
    this.start_buffer_pJ = buffer.stored_pJ;
  }

  /** The charger moved a charge, of what it could have, onto the rail; at these powers. */
  charge(offered_nC: number, moved_nC: number, rail_mV: number, powers: ChargerPowers): void {
    const { drawn_uW, lost_uW, delivered_uW } = powers;
    if (!(delivered_uW > 0)) return;
    const per_delivered = (moved_nC * rail_mV) / delivered_uW;
    this.delivered_nC += moved_nC;
    this.delivered_pJ += moved_nC * rail_mV;
    this.drawn_pJ += drawn_uW * per_delivered;
    this.conversion_pJ += lost_uW * per_delivered;
    this.offered_pJ += (drawn_uW * offered_nC * rail_mV) / delivered_uW;
  }

  /** What the capacitors at the charger's inputs took, lost and used. */
  fill(): void {
    if (this.stores.length === 0) return;
    for (const store of this.stores) {
      this.offered_pJ += store.drawn_pJ;
      this.drawn_pJ += store.drawn_pJ;
      this.input_pJ += store.own_pJ;
      this.shunt_pJ += store.shunt_pJ;
      store.drawn_pJ = store.own_pJ = store.shunt_pJ = 0;
    }
  }

  /** A cold start drew energy and gave none. */
  start(drawn_pJ: number): void {
    this.offered_pJ += drawn_pJ;
    this.drawn_pJ += drawn_pJ;
    this.start_pJ += drawn_pJ;
  }

  /** The charger's own current. */
  quiescent(moved_nC: number, rail_mV: number): void {
    this.quiescent_nC += moved_nC;
    this.quiescent_pJ += moved_nC * rail_mV;
  }

  /** Leakage over the board. */
  leak(moved_nC: number, rail_mV: number): void {
    this.leak_nC += moved_nC;
    this.leak_pJ += moved_nC * rail_mV;
  }

  /** What the node drew asleep, or switched off. */
  steady(on: boolean, moved_nC: number, rail_mV: number): void {
    if (on) {
      this.sleep_nC += moved_nC;
      this.sleep_pJ += moved_nC * rail_mV;
    } else {
      this.off_nC += moved_nC;
      this.off_pJ += moved_nC * rail_mV;
    }
  }

  /** The limiter let a charge into the buffer, and lost this over it. */
  refill(moved_nC: number, lost_pJ: number): void {
    this.buffer_nC += moved_nC;
    this.limiter_pJ += lost_pJ;
  }

  /** A pulse took charge from the buffer. */
  pulse(by: Pulsed, pulse_pJ: number, pulse_nC: number): void {
    if (by === "active") {
      this.active_pJ += pulse_pJ;
      this.active_nC += pulse_nC;
    } else if (by === "gauge") {
      this.gauge_pJ += pulse_pJ;
      this.gauge_nC += pulse_nC;
    } else if (by === "record") {
      this.record_pJ += pulse_pJ;
      this.record_nC += pulse_nC;
    } else {
      this.events_pJ += pulse_pJ;
      this.events_nC += pulse_nC;
    }
  }

  /** Charge that the load took. */
  get load_nC(): number {
    const pulsed_nC = this.active_nC + this.events_nC + this.gauge_nC + this.record_nC;
    return this.sleep_nC + this.off_nC + pulsed_nC;
  }

  /** Energy that the load took from the buffer, and all that it took. */
  get pulsed_pJ(): number {
    return this.active_pJ + this.events_pJ + this.gauge_pJ + this.record_pJ;
  }

  get used_pJ(): number {
    return this.sleep_pJ + this.off_pJ + this.pulsed_pJ;
  }

  /** In the capacitors at the charger's inputs, which are empty at the start. */
  get input_stored_pJ(): number {
    return this.stores.reduce((total, { stored_pJ }) => total + stored_pJ, 0);
  }

  /** Everything lost, by cause. */
  get lost_pJ(): Record<string, number> {
    const { input_pJ, shunt_pJ } = this;
    const stores = this.stores.length > 0;
    const inputs: Record<string, number> = stores
      ? { charger_input: input_pJ, shunt: shunt_pJ }
      : {};
    return {
      conversion: this.conversion_pJ,
      cold_start: this.start_pJ,
      quiescent: this.quiescent_pJ,
      limiter: this.limiter_pJ,
      leak: this.leak_pJ,
      ...inputs,
      ...this.cell.lost,
    };
  }

  /** What does not add up at each port and over all of them, pJ. */
  get imbalance_pJ(): { charger: number; rail: number; cell: number; all: number } {
    const { cell } = this;
    const converted_pJ = this.delivered_pJ + this.conversion_pJ + this.start_pJ;
    const input_pJ = this.input_pJ + this.shunt_pJ + this.input_stored_pJ;
    const charged_pJ = cell.stored_pJ - this.start_cell_pJ;
    const buffered_pJ = this.buffer.stored_pJ - this.start_buffer_pJ;
    const stored_pJ = charged_pJ + buffered_pJ + this.input_stored_pJ;
    const direct_pJ = this.sleep_pJ + this.off_pJ + this.quiescent_pJ + this.leak_pJ;
    const limited_pJ = this.pulsed_pJ + buffered_pJ + this.limiter_pJ;
    return {
      charger: this.drawn_pJ - converted_pJ - input_pJ,
      rail: this.delivered_pJ - cell.port_pJ - direct_pJ - limited_pJ,
      cell: cell.port_pJ - charged_pJ - sum({ ...cell.lost }),
      all: this.drawn_pJ - this.used_pJ - sum(this.lost_pJ) - stored_pJ,
    };
  }
}
