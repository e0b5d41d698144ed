// What goes into the core's sample, and what is read from its gauge and decision.

import { Status } from "../core/abi.js";
import { type Places } from "./espruino.js";

declare const AT: Places;

export const CLASSES = 4;
/** What to sleep then: long enough for a clock that stood still. */
const RETRY_MS = 60000;

export interface Report {
  status: number;
  soc: number;
  soc_sigma: number;
  remaining_nAh: number;
  voltage_mV: number;
  mode: number;
  sleep_ms: number;
  /** What may be done of each load class until the next wake. */
  events: number[];
  charge_enable: number;
  charge_limit_nA: number;
  float_mV: number;
  faults: number;
  faults_latched: number;
}

/** Writes event counts: what was done of each load class. */
export function putEvents(view: DataView, done: readonly number[]): void {
  for (let kind = 0; kind < CLASSES; kind++) {
    view.setUint16(AT.sample.events + 2 * kind, Math.min(done[kind] || 0, 65535), true);
  }
}

/** A copy of what is known and decided; after a refused step nothing is allowed. */
export function readReport(view: DataView, status: number, voltage_mV: number): Report {
  // such statuses refuse the call: the decision is then an old one
  const refused = (status & 255) >= Status.no_profile;
  const f32 = function (at: number): number {
    return view.getFloat32(at, true);
  };
  const events: number[] = [];
  for (let kind = 0; kind < CLASSES; kind++) {
    events.push(refused ? 0 : view.getUint16(AT.decision.events + 2 * kind, true));
  }
  return {
    status: status,
    soc: f32(AT.gauge.soc),
    soc_sigma: f32(AT.gauge.soc_sigma),
    remaining_nAh: f32(AT.gauge.remaining_nAh),
    voltage_mV: voltage_mV,
    mode: view.getUint8(AT.decision.mode),
    sleep_ms: refused ? RETRY_MS : view.getUint32(AT.decision.sleep_ms, true),
    events: events,
    charge_enable: view.getUint8(AT.decision.charge_enable),
    charge_limit_nA: f32(AT.decision.charge_limit_nA),
    float_mV: f32(AT.decision.float_mV),
    faults: view.getUint32(AT.decision.faults, true),
    faults_latched: view.getUint32(AT.decision.faults_latched, true),
  };
}
