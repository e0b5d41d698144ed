// A node's life on the mocked device, for any engine: starts a program that requires the module,
// and lets days pass.

import { type Battery } from "../../../host/espruino/battery.js";
import { type Device } from "./device.js";

/** Evaluates the text of a module; returns its exports. */
export type Evaluate = (
  text: string,
  globals: Record<string, unknown>,
  require: (name: string) => unknown,
) => Record<string, unknown>;

export interface Program {
  /** Text of the module, and of the application that requires it. */
  module: string;
  app: string;
}

const DAY_S = 86400;
const MINUTE_S = 60;

/** Starts the program; its battery, if it came so far before the power failed. */
export function start(device: Device, program: Program, evaluate: Evaluate): Battery | undefined {
  const globals = device.globals();
  let tfmb: unknown;
  const require = (name: string): unknown => {
    if (name !== "tfmb") return device.builtin(name);
    tfmb = tfmb || evaluate(program.module, globals, require);
    return tfmb;
  };
  let battery: unknown;
  device.attempt(() => {
    battery = evaluate(program.app, globals, require).battery;
  });
  return battery as Battery | undefined;
}

/** -1..1..-1 over a day. Not Math.sin: engines differ in its last bit. */
export function wave(time_s: number): number {
  const turn = (time_s / DAY_S + 1) % 1;
  return turn < 0.5 ? 4 * turn - 1 : 3 - 4 * turn;
}

/** Lets time pass, the cell's voltage following the light; calls back after each minute. */
export function live(device: Device, duration_s: number, each: () => void = () => undefined): void {
  const end_s = device.time_s + duration_s;
  while (device.time_s < end_s && !device.dead) {
    device.voltage_mV = 3950 + 20 * wave(device.time_s - DAY_S / 6) + (device.time_s % 7) / 4;
    device.temperature_degC = 20 + 5 * wave(device.time_s);
    device.run(Math.min(device.time_s + MINUTE_S, end_s));
    each();
  }
}

/** A day, wake by wake: every report, in the order of time. */
export function day(device: Device, program: Program, evaluate: Evaluate): unknown[] {
  const battery = start(device, program, evaluate);
  if (!battery) throw new Error("the program did not start");
  const reports: unknown[] = [battery.report];
  live(device, DAY_S, () => {
    if (reports[reports.length - 1] !== battery.report) reports.push(battery.report);
  });
  return reports;
}
