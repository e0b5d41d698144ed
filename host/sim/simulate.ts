// A run: the node's program lives on the plant from the first second to the last. A run is (commit,
// scenario, seed): the same triple gives the same bytes.

import { Mode } from "../core/abi.js";
import { type Firmware } from "./firmware.js";
import { type Node } from "./node.js";
import { OFF, type RunTrace } from "./record.js";

/** Errors of the estimate are judged from here on: the start is the filter's own affair. */
const SETTLED_S = 86400;
/** So often a switched-off node is looked at. */
const OFF_STEP_S = 600;
/** So many wakes lie between two words about the progress. */
const TOLD_EVERY = 4096;

/** What a run came to, beside the ledgers of its node and the deeds of its firmware. */
export class Run {
  brownouts = 0;
  off_s = 0;
  /** Time in each mode of the core, by its number. */
  readonly mode_s = [0, 0, 0, 0];
  readonly soc_start: number;
  soc_min: number;
  soc_max: number;
  /** Sums over the judged wakes: squared error, largest, those within two sigma, sigma. */
  judged = 0;
  squares = 0;
  worst = 0;
  within = 0;
  sigmas = 0;
  /** Until the last row of the trace: time, and charge delivered and taken by the load. */
  recorded_s = 0;
  recorded_in_nC = 0;
  recorded_out_nC = 0;

  constructor(
    readonly node: Node,
    readonly firmware: Firmware,
    readonly length_s: number,
    readonly trace?: RunTrace,
  ) {
    this.soc_start = node.cell.soc;
    this.soc_min = this.soc_start;
    this.soc_max = this.soc_start;
  }
}

export interface RunOptions {
  trace?: RunTrace | undefined;
  /** Told now and then which share of the run is done. */
  progress?: ((share: number) => void) | undefined;
  /** Ends the run when the supply first breaks down, by the supervisor or under a pulse. */
  stop_at_brownout?: boolean | undefined;
}

/** Runs a node and its firmware for `hours`. */
export function simulate(node: Node, firmware: Firmware, hours: number, options: RunOptions): Run {
  const end_s = hours * 3600;
  const run = new Run(node, firmware, end_s, options.trace);
  firmware.boot();
  while (node.time_s < end_s) {
    if (!node.on) {
      off(run, end_s);
      continue;
    }
    const from_s = node.time_s;
    firmware.sleep(end_s);
    run.mode_s[firmware.words.decision.mode]! += node.time_s - from_s;
    if (!node.on) {
      run.brownouts++;
      if (options.stop_at_brownout === true) break;
    } else if (node.time_s < end_s) {
      firmware.wake();
      if (options.stop_at_brownout === true && firmware.deeds.resets > 0) break;
      judge(run);
      if (options.trace !== undefined) record(run, options.trace, firmware.words.decision.mode);
      if (options.progress !== undefined && firmware.deeds.steps % TOLD_EVERY === 0) {
        options.progress(node.time_s / end_s);
      }
    }
  }
  firmware.closeBooks();
  firmware.refuseRest();
  return run;
}

/** Without its load the node waits for the supervisor, and starts again. */
function off(run: Run, end_s: number): void {
  const { node, firmware } = run;
  const from_s = node.time_s;
  node.pass(Math.min(end_s, from_s + OFF_STEP_S), firmware.unattended);
  run.off_s += node.time_s - from_s;
  span(run, node.cell.soc);
  if (run.trace !== undefined) record(run, run.trace, OFF);
  if (node.on) firmware.boot();
}

function span(run: Run, soc: number): void {
  if (soc < run.soc_min) run.soc_min = soc;
  if (soc > run.soc_max) run.soc_max = soc;
}

/** Compares the estimate with the truth. */
function judge(run: Run): void {
  const { node, firmware } = run;
  const { gauge } = firmware.words;
  const soc = firmware.sampled_soc;
  span(run, soc);
  if (node.time_s < Math.min(SETTLED_S, run.length_s / 4)) return;
  const error = Math.abs(gauge.soc - soc);
  run.judged++;
  run.squares += error * error;
  run.sigmas += gauge.soc_sigma;
  if (error > run.worst) run.worst = error;
  if (error <= 2 * gauge.soc_sigma) run.within++;
}

/** One row of the trace. */
function record(run: Run, trace: RunTrace, mode: number): void {
  const { node, firmware } = run;
  const { gauge } = firmware.words;
  const i = trace.count;
  if (i >= trace.t_s.length) return;
  trace.count++;
  trace.t_s[i] = node.time_s;
  trace.lux[i] = node.harvest.around.lux;
  trace.temperature_degC[i] = node.cell.temperature_degC;
  trace.soc[i] = mode === OFF ? node.cell.soc : firmware.sampled_soc;
  trace.estimate[i] = mode === OFF ? NaN : gauge.soc;
  trace.sigma[i] = mode === OFF ? NaN : gauge.soc_sigma;
  trace.voltage_mV[i] = mode === OFF ? node.voltage_mV() : firmware.sampled_mV;
  const { ledger } = node;
  const per_s = 1 / (node.time_s - run.recorded_s);
  trace.harvest_nA[i] = (ledger.delivered_nC - run.recorded_in_nC) * per_s;
  trace.load_nA[i] = (ledger.load_nC - run.recorded_out_nC) * per_s;
  run.recorded_s = node.time_s;
  run.recorded_in_nC = ledger.delivered_nC;
  run.recorded_out_nC = ledger.load_nC;
  trace.mode[i] = mode;
}

/** Name of a mode. */
export function modeName(mode: number): string {
  return Object.entries(Mode).find(([, value]) => value === mode)?.[0] ?? "off";
}
