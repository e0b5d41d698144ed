// One scenario on one device: what was expected, what was seen, and what it came to.

import { performance } from "node:perf_hooks";
import { type Parts } from "../../boards/parts.js";
import { DeviceError, type DeviceMaker } from "../../host/hil/devices/device.js";
import { rigOf } from "../../host/hil/rig_of.js";
import { play, type Check } from "../../host/hil/script/play.js";
import { checkSteps, type Step } from "../../host/hil/script/script.js";
import { type RunTrace } from "../../host/sim/record.js";
import { traceFor } from "../simulate/life.js";

export interface Outcome {
  scenario: string;
  title: string;
  device: string;
  pass: boolean;
  /** Why it could not be run to its end; one line. */
  error?: string;
  checks: Check[];
  /** Over every decision and gauge: the same where the same bits were decided. */
  digest: string;
  hours: number;
  seed: number;
  wakes: number;
  boots: number;
  /** By the clock. */
  seconds: number;
  /** The line that runs it again. */
  replay: string;
  trace: RunTrace;
}

export interface Case {
  scenario: string;
  parts: Parts;
  device: string;
  make: () => DeviceMaker;
  replay: string;
}

/** Adds what the scenario does not say: that this device decided the same bits as another. */
export function compareBits(outcome: Outcome, other: Outcome): void {
  const { hours } = outcome;
  const pass = outcome.digest === other.digest;
  outcome.checks.push({
    place: "every wake",
    note: `decisions and gauge as on ${other.device}, bit for bit`,
    time_s: hours * 3600,
    quantity: "digest",
    unit: "",
    expected: other.digest,
    seen: outcome.digest,
    pass,
  });
  outcome.pass &&= pass;
}

/** Runs a case. Throws ScriptError for steps that cannot be read. */
export async function runCase(of: Case, told?: (check: Check) => void): Promise<Outcome> {
  const { scenario, parts, device, replay } = of;
  const { seed, hours, title } = parts.scenario;
  const steps = (parts.scenario.steps ?? []) as Step[];
  checkSteps(steps, scenario);
  const trace = traceFor(hours);
  const start_ms = performance.now();
  const head = { scenario, title, device, hours, seed, replay, trace };
  const seconds = () => (performance.now() - start_ms) / 1000;
  const checks: Check[] = [];
  const none = { digest: "", wakes: 0, boots: 0 };
  try {
    const rig = await rigOf(parts, of.make(), trace);
    try {
      await play(rig, steps, (check) => {
        checks.push(check);
        told?.(check);
      });
      const { digest, deeds } = rig;
      const pass = checks.every((check) => check.pass);
      const made = { digest, wakes: deeds.steps, boots: deeds.boots };
      return { ...head, ...made, pass, checks, seconds: seconds() };
    } finally {
      await rig.close();
    }
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    return { ...head, ...none, pass: false, error: error.message, checks, seconds: seconds() };
  }
}
